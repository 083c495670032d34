//! What an editor is told: each kind of block of [`QUESTIONS`] asks one question at the cursor of the rules above.
//!
//! `$0` in a rule file is the cursor; a second one ends what is selected. Places are written as `file:line:column words`.

use std::ops::Range;

use diagnostics::Place;
use ide::{Snapshot, Workspace};

use crate::page::Block;
use crate::pipeline::Project;

/// The questions.
pub(crate) const QUESTIONS: [&str; 21] = [
    "hover",
    "definition",
    "type-definition",
    "references",
    "highlight",
    "completion",
    "signature",
    "symbols",
    "workspace-symbols",
    "tokens",
    "folds",
    "selection",
    "links",
    "incoming",
    "outgoing",
    "rename",
    "prepare-rename",
    "linked",
    "hints",
    "on-type",
    "actions",
];

/// The mark of the cursor.
const CURSOR: &str = "$0";

/// A rule file without its cursor, and where that stood.
pub(crate) fn without_cursor(text: &str) -> (String, Option<Range<usize>>) {
    let places: Vec<usize> = text.match_indices(CURSOR).map(|(at, _)| at).collect();
    let (start, end) = match places.as_slice() {
        [] => return (text.to_owned(), None),
        [one] => (*one, *one),
        [one, other, ..] => (*one, other - CURSOR.len()),
    };
    (text.replace(CURSOR, ""), Some(start..end))
}

/// What a page shows for a question.
pub(crate) fn answer(project: &Project, cursor: &(String, Range<usize>), block: &Block) -> Result<String, String> {
    let snapshot = workspace(project).snapshot();
    let (file, at) = (cursor.0.as_str(), cursor.1.start);
    let shown = Shown { snapshot: &snapshot };
    Ok(match block.kind.as_str() {
        "prepare-rename" | "rename" | "linked" | "hints" | "on-type" | "actions" => {
            return changes(&shown, file, &cursor.1, block);
        }
        "hover" => shown.hover(file, at),
        "definition" => shown.definition(snapshot.definition(file, at)),
        "type-definition" => shown.definition(snapshot.type_definition(file, at)),
        "references" => lines(snapshot.references(file, at, true).iter().map(|place| shown.place(place))),
        "highlight" => lines(snapshot.highlights(file, at).into_iter().map(|highlight| {
            let does = if highlight.writes { "writes" } else { "reads" };
            format!("{does} {}", shown.range(file, &highlight.range))
        })),
        "completion" => shown.completion(file, at, block.attribute("most")),
        "signature" => shown.signature(file, at),
        "symbols" => shown.symbols(file, &snapshot.symbols(file), 0),
        "workspace-symbols" => {
            let found = snapshot.workspace_symbols(block.attribute("query").unwrap_or_default());
            lines(found.into_iter().map(|it| format!("{:?} {}: {}", it.kind, it.name, shown.place(&it.place))))
        }
        "tokens" if cursor.1.is_empty() => shown.tokens(snapshot.tokens(file), file),
        "tokens" => shown.tokens(snapshot.tokens_within(file, cursor.1.clone()), file),
        "folds" => lines(snapshot.folds(file).into_iter().map(|fold| {
            let what = if fold.comment { "comment " } else { "" };
            format!("{what}{}", shown.range(file, &fold.range))
        })),
        "selection" => lines(snapshot.selection_ranges(file, at).iter().map(|range| shown.range(file, range))),
        "links" => {
            lines(snapshot.links(file).into_iter().map(|it| format!("{} -> {}", shown.range(file, &it.range), it.file)))
        }
        "incoming" => shown.calls(snapshot.incoming_calls(file, at)),
        "outgoing" => shown.calls(snapshot.outgoing_calls(file, at)),
        other => return Err(format!("no question is called `{other}`")),
    })
}

/// What an editor would change, or put between the words.
fn changes(shown: &Shown<'_>, file: &str, cursor: &Range<usize>, block: &Block) -> Result<String, String> {
    let (snapshot, at) = (shown.snapshot, cursor.start);
    Ok(match block.kind.as_str() {
        "prepare-rename" => match snapshot.prepare_rename(file, at) {
            Ok(name) => format!("{}\n", shown.range(file, &name.range)),
            Err(reason) => format!("no: {reason}\n"),
        },
        "rename" => {
            let to =
                block.attribute("to").ok_or("a `rename` says `to=` which name")?.replace('_', " ").replace("  ", "_");
            match snapshot.rename(file, at, &to) {
                Ok(files) => shown.changed(&files),
                Err(reason) => format!("no: {reason}\n"),
            }
        }
        "linked" => lines(snapshot.linked_ranges(file, at).iter().map(|range| shown.range(file, range))),
        "hints" => {
            let now = "2026-11-20T09:00:00Z".parse().map_err(|error| format!("{error}"))?;
            let hints = snapshot.hints(file, 0..usize::MAX, ide::HintSettings::default(), Some(now));
            let mut text = snapshot.text(file).map(ToString::to_string).unwrap_or_default();
            for hint in hints.into_iter().rev() {
                text.insert_str(hint.offset, &format!("«{}»", hint.label));
            }
            text
        }
        "on-type" => {
            let edits = snapshot.format_on_type(file, at);
            shown.changed(&[ide::FileEdits { path: file.into(), edits }])
        }
        "actions" => {
            let actions = snapshot.actions(file, cursor.clone());
            let shown = actions.into_iter().map(|action| {
                let preferred = if action.preferred { ", preferred" } else { "" };
                let cures = action.cures.map(|(code, _)| format!(", cures {}", code.name())).unwrap_or_default();
                format!("{} ({:?}{cures}{preferred})\n{}", action.title, action.kind, shown.changed(&action.files))
            });
            shown.collect::<Vec<_>>().join("\n")
        }
        other => return Err(format!("no question is called `{other}`")),
    })
}

/// The files of a page as an editor has them.
fn workspace(project: &Project) -> Workspace {
    let mut workspace = Workspace::new();
    for (name, text) in project.files() {
        match name.ends_with(".rules") {
            true => workspace.set_file(name, text),
            false => workspace.set_data(name, Ok(text)),
        }
    }
    workspace
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.map(|line| line + "\n").collect()
}

/// Answers in words.
struct Shown<'s> {
    snapshot: &'s Snapshot,
}

impl Shown<'_> {
    fn hover(&self, file: &str, at: usize) -> String {
        let Some(hover) = self.snapshot.hover(file, at) else { return "nothing\n".to_owned() };
        // A page cannot have fences in its fences.
        let text = hover.text.replace("```", "'''");
        let guide = hover.guide.map(|page| format!("guide: {page}\n")).unwrap_or_default();
        format!("{}\n{}\n{guide}", self.range(file, &hover.range), text.trim_end())
    }

    fn definition(&self, definition: Option<ide::Definition>) -> String {
        lines(definition.into_iter().flat_map(|it| it.places).map(|place| self.place(&place)))
    }

    /// What could be written, the likeliest first; as many as the block asks for.
    fn completion(&self, file: &str, at: usize, most: Option<&str>) -> String {
        let completion = self.snapshot.completion(file, at);
        let most = most.and_then(|most| most.parse().ok()).unwrap_or(10);
        let shown = completion.items.iter().take(most).map(|item| {
            let insert = if item.insert == item.label { String::new() } else { format!(" writes {:?}", item.insert) };
            let detail = if item.detail.is_empty() { String::new() } else { format!(" ({})", item.detail) };
            format!("{} {}{detail}{insert}", item.rank, item.label)
        });
        let more = completion.items.len().saturating_sub(most);
        let rest = if more > 0 { format!("… and {more} more\n") } else { String::new() };
        let replaced = self.range(file, &completion.range);
        format!("{replaced}\n{}{rest}", lines(shown))
    }

    fn signature(&self, file: &str, at: usize) -> String {
        let Some(help) = self.snapshot.signature_help(file, at) else { return "nothing\n".to_owned() };
        lines(help.signatures.into_iter().map(|signature| {
            let mut label = signature.label;
            let parameter = signature.parameters.get(help.parameter.min(signature.parameters.len().saturating_sub(1)));
            if let Some(parameter) = parameter {
                label.insert(parameter.end, ']');
                label.insert(parameter.start, '[');
            }
            format!("{label}: {}", signature.text)
        }))
    }

    fn symbols(&self, file: &str, symbols: &[ide::Symbol], depth: usize) -> String {
        let shown = symbols.iter().map(|symbol| {
            let whole = self.range(file, &symbol.range);
            let whole = whole.split(' ').next().unwrap_or_default().to_owned();
            let end = self.range(file, &(symbol.range.end..symbol.range.end));
            let indent = "  ".repeat(depth);
            let line = format!(
                "{indent}{:?} {} at {}, {whole} to {end}\n",
                symbol.kind,
                symbol.name,
                self.range(file, &symbol.selection)
            );
            line + &self.symbols(file, &symbol.children, depth + 1)
        });
        shown.collect()
    }

    fn tokens(&self, tokens: Vec<ide::ColouredToken>, file: &str) -> String {
        lines(tokens.into_iter().map(|token| {
            let kind = match token.kind {
                ide::TokenKind::Name(kind) => format!("{kind:?}"),
                kind => format!("{kind:?}").to_lowercase(),
            };
            let declares = if token.declares { " declares" } else { "" };
            let writes = if token.writes { " writes" } else { "" };
            let place = self.range(file, &token.range);
            let place = place.split_once(':').map(|(_, place)| place.to_owned()).unwrap_or_default();
            format!("{place}: {kind}{declares}{writes}")
        }))
    }

    /// The lines that change, of each file: before and after.
    fn changed(&self, files: &[ide::FileEdits]) -> String {
        let mut shown = String::new();
        for file in files {
            let before = self.snapshot.text(&file.path).map(ToString::to_string).unwrap_or_default();
            let mut after = before.clone();
            for edit in file.edits.iter().rev() {
                after.replace_range(edit.range.clone(), &edit.replacement);
            }
            shown.push_str(&format!("{}\n", file.path));
            let diff = similar::TextDiff::from_lines(&before, &after);
            for change in diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal) {
                shown.push_str(&format!("{}{}\n", change.tag(), change.value().trim_end_matches('\n')));
            }
        }
        shown
    }

    fn calls(&self, calls: Vec<ide::Call>) -> String {
        lines(calls.into_iter().map(|call| {
            let places = call.places.len();
            format!("{} in {}, {places} times", call.item.name, call.item.place.file)
        }))
    }

    fn place(&self, place: &Place) -> String {
        self.range(&place.file, &(place.start..place.end))
    }

    fn range(&self, file: &str, range: &Range<usize>) -> String {
        let Some(text) = self.snapshot.text(file) else { return file.to_owned() };
        let before = text.get(..range.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let words = text.get(range.clone()).unwrap_or_default().replace('\n', "⏎");
        format!("{file}:{line}:{column} {words}")
    }
}
