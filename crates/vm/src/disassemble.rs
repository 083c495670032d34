//! A program as readable text: what `rulebook dump --bytecode` prints.
//!
//! ```text
//! decision lead
//!
//!   set "Lead routing", first match
//!        0  field             score
//!        1  constant          70
//!        2  greater
//!        3  jump-unless       5
//!        4  fire              "Hot leads"
//!        5  return
//! ```
//!
//! The text is stable: it depends on the program alone. It shows any program, also one that does not verify.

mod effect;
mod value;

use std::collections::BTreeMap;

use values::Pattern;

use self::effect::effect_line;
use self::value::{literal, literals, quoted};
use crate::effect::TargetKind;
use crate::instruction::{Immediate, Instruction};
use crate::program::sieve::{Made, Sieve};
use crate::program::{Decision, Field, FieldPlace, Fold, Index, Member, Policy, Program, RuleSet, Target, Trigger};
use crate::verify::pieces;

/// The whole program, decision by decision.
pub fn disassemble(program: &Program) -> String {
    let mut listing = Listing { text: format!("zone {}\n", program.zone), program };
    listing.targets();
    listing.references();
    for decision in &program.decisions {
        listing.decision(decision);
    }
    listing.text
}

/// The text so far.
struct Listing<'a> {
    text: String,
    program: &'a Program,
}

impl Listing<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        let line = format!("{:indent$}{text}", "");
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, indent: usize, text: &str) {
        self.text.push('\n');
        self.line(indent, text);
    }

    fn targets(&mut self) {
        if self.program.targets.is_empty() {
            return;
        }
        self.heading(0, "targets");
        for (index, target) in self.program.targets.iter().enumerate() {
            let members: Vec<String> = target.members.iter().map(member_words).collect();
            self.line(2, &format!("{index:>4}  {} {}", target_name(target), members.join(", ")));
        }
    }

    fn references(&mut self) {
        for reference in &self.program.references {
            let columns: Vec<&str> = reference.columns.iter().map(|column| &*column.name).collect();
            let rows = reference.keys.len();
            self.heading(0, &format!("reference {}, {rows} rows: {}", reference.name, columns.join(", ")));
        }
    }

    fn joins(&mut self, decision: &Decision) {
        if !decision.joins.is_empty() {
            self.heading(2, "references");
        }
        for (index, join) in decision.joins.iter().enumerate() {
            let by = field_name(decision, join.by);
            let words = format!("{} whose {} is {by}", join.record, join.key.name);
            self.line(4, &format!("{index:>4}  {:<16}  {words}", join.name.as_str()));
        }
    }

    fn decision(&mut self, decision: &Decision) {
        self.heading(0, &format!("decision {}", decision.record));
        self.heading(2, "fields");
        for (index, field) in decision.fields.iter().enumerate() {
            self.line(4, &format!("{index:>4}  {:<16}  {}", field.name.as_str(), field_words(field)));
        }
        for items in &decision.items {
            self.heading(2, &format!("items of {}", field_name(decision, items.list)));
            for (index, field) in items.fields.iter().enumerate() {
                self.line(4, &format!("{index:>4}  {:<16}  {}", field.name.as_str(), field_words(field)));
            }
        }
        self.joins(decision);
        if !decision.actor.is_empty() {
            self.heading(2, "actor");
        }
        for (index, field) in decision.actor.iter().enumerate() {
            self.line(4, &format!("{index:>4}  {:<16}  {}", field.name.as_str(), field_words(field)));
        }
        let code = Code { program: self.program, decision, ends: ends(decision) };
        for guard in &decision.guards {
            self.heading(2, &format!("{}, {}", guard.written, guard.at));
            self.piece(&code, guard.condition);
        }
        for definition in &decision.definitions {
            self.heading(2, &format!("definition {}", definition.name));
            self.piece(&code, definition.entry);
            for line in &definition.lines {
                self.line(4, &format!("line {}, {}", line.text, line.at));
                self.piece(&code, line.entry);
            }
        }
        decision.sets.iter().for_each(|set| self.set(&code, decision, set));
        for (index, it) in decision.loops.iter().enumerate() {
            self.heading(2, &format!("loop {index}, {}", fold_word(it.fold)));
            for (what, entry) in [("condition", it.filter), ("item", it.item)] {
                if let Some(entry) = entry {
                    self.line(4, what);
                    self.piece(&code, entry);
                }
            }
        }
        for (index, sieve) in decision.sieves.iter().enumerate() {
            self.heading(2, &format!("sieve {index}"));
            self.sieve(&code, sieve);
        }
        for rule in &decision.rules {
            self.heading(2, &format!("rule {}, {}", quoted(&rule.name), rule.at));
            if let Some(condition) = rule.condition {
                self.line(4, "condition");
                self.piece(&code, condition);
            }
            self.line(4, "effects");
            self.piece(&code, rule.effects);
        }
    }

    fn set(&mut self, code: &Code<'_>, decision: &Decision, set: &RuleSet) {
        self.heading(2, &format!("set {}, {}", quoted(&set.name), set_words(decision, set)));
        if let Some(guard) = &set.guard {
            for (what, entry) in [("in force", guard.in_force), ("only when", guard.condition)] {
                if let Some(entry) = entry {
                    self.line(4, what);
                    self.piece(code, entry);
                }
            }
            self.line(4, "rules");
        }
        if let Some(index) = &set.index {
            self.index(code, index);
            self.line(4, "rules");
        }
        self.piece(code, set.entry);
    }

    fn index(&mut self, code: &Code<'_>, index: &Index) {
        self.line(4, &format!("index, {} rows", index.rows.len()));
        for dimension in &index.dimensions {
            let (parts, rows) = (dimension.scale.parts(), dimension.made_by.len());
            self.line(4, &format!("{parts} parts, asked for by {rows} rows"));
            self.piece(code, dimension.entry);
        }
    }

    fn sieve(&mut self, code: &Code<'_>, sieve: &Sieve) {
        self.index(code, &sieve.index);
        for case in &sieve.cases {
            self.line(4, "case");
            case.condition.into_iter().chain([case.value]).for_each(|entry| self.piece(code, entry));
        }
        match sieve.made {
            Made::First(otherwise) => {
                self.line(4, "otherwise");
                self.piece(code, otherwise);
            }
            Made::All(builtin) => self.line(4, &format!("made {}", quoted(builtin.row().key))),
        }
    }

    fn piece(&mut self, code: &Code<'_>, entry: u32) {
        let end = code.ends.get(&entry).copied().unwrap_or(entry);
        for place in entry..end {
            if let Some(instruction) = code.decision.code.get(place as usize) {
                self.line(4, &format!("{place:>4}  {}", code.instruction(*instruction)));
            }
        }
    }
}

/// Where each piece of code ends, by where it begins.
fn ends(decision: &Decision) -> BTreeMap<u32, u32> {
    pieces::cut(decision).into_iter().map(|piece| (piece.start, piece.end)).collect()
}

/// What an instruction's immediates are looked up in.
struct Code<'a> {
    program: &'a Program,
    decision: &'a Decision,
    ends: BTreeMap<u32, u32>,
}

impl Code<'_> {
    fn instruction(&self, instruction: Instruction) -> String {
        if let Instruction::Element(up, items, field) = instruction {
            let field = self.decision.items.get(usize::from(items)).and_then(|it| it.fields.get(field as usize));
            return format!("{:<16}  {up} {}", instruction.mnemonic(), field.map_or("?", |field| &field.name));
        }
        let immediates: Vec<String> = instruction.immediates().into_iter().map(|it| self.immediate(it)).collect();
        format!("{:<16}  {}", instruction.mnemonic(), immediates.join(" "))
    }

    fn immediate(&self, immediate: Immediate) -> String {
        match immediate {
            Immediate::Constant(index) => named(&self.decision.constants, index, literal),
            Immediate::Field(index) => named(&self.decision.fields, index, |field| field.name.to_string()),
            Immediate::Actor(index) => named(&self.decision.actor, index, |field| field.name.to_string()),
            Immediate::Definition(index) => named(&self.decision.definitions, index, |it| it.name.to_string()),
            Immediate::Choice(index) => named(&self.decision.choices, index, |choice| {
                let exact = if choice.exact { " exact" } else { "" };
                format!("({}){exact}", literals(&choice.constants))
            }),
            Immediate::Pattern(index) => named(&self.decision.patterns, index, Pattern::to_string),
            Immediate::Rule(index) => named(&self.decision.rules, index, |rule| quoted(&rule.name)),
            Immediate::Effect(index) => named(&self.decision.effects, index, |it| {
                effect_line(it, &self.program.targets, &self.decision.lookups)
            }),
            Immediate::Builtin(builtin) => quoted(builtin.row().key),
            Immediate::Lookup(index) => named(&self.decision.lookups, index, |lookup| match &lookup.column {
                Some(column) => format!("{}.{column}", lookup.reference),
                None => lookup.reference.to_string(),
            }),
            Immediate::Loop(index) | Immediate::Sieve(index) | Immediate::Items(index) | Immediate::Up(index) => {
                index.to_string()
            }
            Immediate::Place(place) => place.to_string(),
            Immediate::Count(count) => count.to_string(),
        }
    }
}

/// An entry of a table in words, or its place where the table has no such entry.
fn named<T>(table: &[T], index: u32, words: impl FnOnce(&T) -> String) -> String {
    table.get(index as usize).map_or_else(|| format!("?{index}"), words)
}

fn field_words(field: &Field) -> String {
    let mut words = format!("{}{}", field.ty, if field.optional { "?" } else { "" });
    if field.key {
        words.push_str(" key");
    }
    let source: Vec<&str> = field.source.iter().map(|part| &**part).collect();
    if let Some(through) = field.through {
        words.push_str(&format!(" through {through}"));
    }
    if !source.is_empty() && source.join(".") != *field.name {
        words.push_str(&format!(" from {}", quoted(&source.join("."))));
    }
    if !field.sentinels.is_empty() {
        let sentinels: Vec<String> = field.sentinels.iter().map(|sentinel| quoted(sentinel)).collect();
        words.push_str(&format!(" missing when {}", sentinels.join(", ")));
    }
    if let Some(default) = &field.default {
        words.push_str(&format!(" default {}", literal(default)));
    }
    words
}

/// How a set shares the record, when it runs, and after which others.
fn set_words(decision: &Decision, set: &RuleSet) -> String {
    let mut words = policy_words(set.policy).to_owned();
    match &set.trigger {
        Trigger::Always => {}
        Trigger::Events(names) => words.push_str(&format!(", on {}", names.join(" or "))),
        Trigger::AnyEvent => words.push_str(", on any event"),
    }
    for seen in &set.sees {
        words.push_str(&format!(", after {}", named(&decision.sets, *seen, |set| quoted(&set.name))));
    }
    words
}

fn field_name(decision: &Decision, place: FieldPlace) -> &str {
    decision.field(place).map_or("?", |field| &field.name)
}

fn fold_word(fold: Fold) -> &'static str {
    match fold {
        Fold::Any => "any",
        Fold::Count => "count",
        Fold::First => "first",
        Fold::Gather => "gather",
    }
}

fn policy_words(policy: Policy) -> &'static str {
    match policy {
        Policy::First => "first match",
        Policy::All => "all matches",
        Policy::Unique => "unique match",
    }
}

fn member_words(member: &Member) -> String {
    let mut words = quoted(&member.address);
    if member.weight != 100 {
        words.push_str(&format!(" weight {}.{:02}", member.weight / 100, member.weight % 100));
    }
    if !member.away.is_empty() {
        let away: Vec<String> = member.away.iter().map(|(first, last)| format!("{first}..{last}")).collect();
        words.push_str(&format!(" away {}", away.join(", ")));
    }
    words
}

fn target_name(target: &Target) -> String {
    format!("{} {}", kind_word(target.kind), target.name)
}

fn kind_word(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Team => "team",
        TargetKind::Queue => "queue",
        TargetKind::User => "user",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::lead_routing;

    #[test]
    fn everything_is_named() {
        let text = disassemble(&lead_routing().0);
        let expected = [
            "decision lead\n\n  fields\n       0  score             number?\n",
            "  definition half\n       0  field             score\n       1  constant          2\n",
            "  set \"sample\", first match\n",
            "in                (\"DE\", \"AT\")\n",
            "fire              \"hot\"\n",
            "  rule \"emea\", sample.rules:2\n    condition\n",
            "perform           assign team sales\n",
            "perform           notify $0 $1\n",
        ];
        for part in expected {
            assert!(text.contains(part), "{part}\nis not in\n{text}");
        }
    }

    #[test]
    fn a_program_that_does_not_verify_is_shown() {
        let mut sample = lead_routing();
        sample.decision().constants.clear();
        sample.decision().rules[0].effects = 9999;
        assert!(disassemble(&sample.0).contains("constant          ?0\n"));
    }
}
