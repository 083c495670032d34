//! `rulebook dump`: a rulebook in each of the forms that it takes on its way to a verdict.

mod outline;

use compiler::{plan_within, tree};
use limits::Limits;
use semantics::typed::{Decision, RuleSet, Rulebook as Meaning};
use vm::disassemble;

use crate::arguments::{Drawing, Dump};
use crate::load::{self, RuleText, Rulebook};
use crate::output;
use crate::report::{Ending, Exit};
use crate::terminal::Terminal;
use outline::outline;

/// Prints the form that was asked for. What was written can be shown of any file; the others need rules without errors.
pub(crate) fn dump(arguments: &Dump, terminal: Terminal) -> Ending {
    let rulebook = Rulebook::load(std::slice::from_ref(&arguments.path), arguments.limits.moved())?;
    let (form, limits) = (arguments.form, rulebook.limits);
    let text = if form.ast {
        rulebook.files.iter().map(|(file, text)| ast(&file.name, text, limits.tokens)).collect()
    } else {
        let meaning = rulebook.check().usable(terminal, true)?;
        match () {
            () if form.typed => outline(&meaning),
            () if form.tree => trees(&meaning, arguments.format, &limits),
            () => {
                let compiled = load::compiled(&meaning, false, &limits);
                load::note_cuts(&compiled.cut, &limits, terminal);
                let program = load::verified(compiled.program)?;
                disassemble(&program)
            }
        }
    };
    output::print(&text)?;
    Ok(Exit::Clean)
}

fn ast(name: &str, text: &RuleText, longest: usize) -> String {
    let mut out = format!("# {name}\n");
    for chunk in syntax::split(&text.text).chunks {
        let item = text.text.get(chunk.range.clone()).unwrap_or_default();
        out.push_str(&outline(&syntax::parse_within(chunk.kind, item, longest).item));
    }
    out
}

/// Draws the tree of a rule set.
type Draw = fn(&tree::Tree, &Decision, &RuleSet) -> String;

/// The tree of each rule set, below a comment that names the set.
fn trees(meaning: &Meaning, drawing: Drawing, limits: &Limits) -> String {
    let (comment, draw): (&str, Draw) = match drawing {
        Drawing::Text => ("#", tree::text),
        Drawing::Mermaid => ("%%", tree::mermaid),
        Drawing::Dot => ("//", tree::dot),
    };
    let sets = meaning.decisions.iter().flat_map(|decision| decision.sets.iter().map(move |set| (decision, set)));
    let drawn = sets.map(|(decision, set)| {
        let drawing = draw(&plan_within(decision, set, limits.tree_size), decision, set);
        format!("{comment} {} for {}\n{drawing}", set.name, decision.record)
    });
    drawn.collect::<Vec<_>>().join("\n")
}
