//! Verdicts as a table for a spreadsheet.

use std::collections::BTreeSet;
use std::io::{self, Write};

use values::{Text, Value};
use vm::Verdict;
use vm::effect::Effect;
use vm::program::{Definition, FieldPlace};
use vm::verdict::{Assignment, Lost, Outcome};

use super::Run;
use super::ndjson::because;
use super::value::{cell, rfc3339};

/// Writes verdicts as CSV, one row each, after a header.
///
/// The columns are `record`, `type`, `fired` (the rules' names), `assign` (`team sales`, `queue triage`, `user d@x.com`,
/// `nobody`, `keep owner`), `member` (who of the team), `due`, `outcome` (`accept`, `reject: the reasons`), `tasks`
/// if a rule can create some, `lost` (`assign: why`), one `set.<field>` for each field that a rule
/// can write, one `set_in.<reference>` for each other record that such fields belong to, with its key, and one `values.<name>` for each derived value if they are asked for. A field that is cleared and one that is
/// not written are both empty; other effects stand in NDJSON only.
///
/// A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line break) gets an
/// apostrophe before it; numbers are left as they are.
pub struct CsvWriter<'p, W: Write> {
    run: Run<'p>,
    /// The fields that a rule can write, in name order.
    fields: Vec<Text>,
    /// The references in whose records some of them lie.
    joins: Vec<(u32, &'p Text)>,
    /// Whether a rule can create a task.
    tasks: bool,
    values: bool,
    out: ::csv::Writer<W>,
}

impl<'p, W: Write> CsvWriter<'p, W> {
    /// Writes the header; with columns for the derived values if `values` is true.
    pub fn new(run: Run<'p>, values: bool, out: W) -> io::Result<Self> {
        let written = run.decision.effects.iter().filter_map(|effect| match effect {
            Effect::Set { field, .. } => Some(field.clone()),
            _ => None,
        });
        let fields: Vec<Text> = written.collect::<BTreeSet<Text>>().into_iter().collect();
        let of_record = (0..).zip(&run.decision.joins).filter(|(_, join)| matches!(join.by, FieldPlace::Field(_)));
        let joins = of_record.map(|(place, join)| (place, &join.name));
        let lies_in = |field: &Text, name: &Text| field.strip_prefix(&**name).is_some_and(|it| it.starts_with('.'));
        let joins = joins.filter(|(_, name)| fields.iter().any(|field| lies_in(field, name))).collect();
        let tasks = run.decision.effects.iter().any(|effect| matches!(effect, Effect::Task { .. }));
        let mut writer = Self { run, fields, joins, tasks, values, out: ::csv::Writer::from_writer(out) };
        let mut header: Vec<String> =
            ["record", "type", "fired", "assign", "member", "due", "outcome"].map(String::from).to_vec();
        header.extend(tasks.then(|| "tasks".to_owned()));
        header.push("lost".to_owned());
        header.extend(writer.fields.iter().map(|field| format!("set.{field}")));
        header.extend(writer.joins.iter().map(|(_, name)| format!("set_in.{name}")));
        header.extend(writer.definitions().map(|(_, definition)| format!("values.{}", definition.name)));
        writer.row(header)?;
        Ok(writer)
    }

    /// Writes the row of a verdict. `record` is what [`Reader::label`](crate::Reader::label) gives.
    pub fn write(&mut self, record: &str, verdict: &Verdict) -> io::Result<()> {
        let run = self.run;
        let fired: Vec<&str> = verdict.fired.iter().map(|&rule| run.rule_name(rule)).collect();
        let (assign, member, due) = assignment(&run, verdict.assignment.as_ref());
        let outcome = outcome(verdict.outcome.as_ref());
        let lost = lost(&run, verdict);
        let words = [record, &run.decision.record, &fired.join("; "), &assign, &member, &due, &outcome];
        let words = words.into_iter().map(str::to_owned).chain(self.tasks.then(|| tasks(&run, verdict))).chain([lost]);
        let mut row: Vec<String> = words.map(disarmed).collect();
        for field in &self.fields {
            let value = verdict.set.iter().find(|(written, _)| written == field).map(|(_, value)| value);
            row.push(value.map_or_else(String::new, |value| value_cell(&run, value)));
        }
        for (join, _) in &self.joins {
            let key = verdict.set_in.iter().find(|(known, _)| known == join).map(|(_, key)| key);
            row.push(key.map_or_else(String::new, |key| value_cell(&run, key)));
        }
        row.extend(self.definitions().map(|(index, _)| match verdict.values.get(index) {
            Some(Ok(value)) => value_cell(&run, value),
            Some(Err(fault)) => format!("fault: {}", fault.code()),
            None => String::new(),
        }));
        self.row(row)
    }

    /// Hands everything written to the output.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// The derived values that have a column.
    fn definitions(&self) -> impl Iterator<Item = (usize, &'p Definition)> + use<'p, W> {
        let all: &[Definition] = if self.values { &self.run.decision.definitions } else { &[] };
        all.iter().enumerate().filter(|(_, definition)| !definition.hidden)
    }

    fn row(&mut self, cells: Vec<String>) -> io::Result<()> {
        self.out.write_record(cells).map_err(|error| match error.into_kind() {
            ::csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        })
    }
}

/// The cells `assign`, `member` and `due`.
fn assignment(run: &Run<'_>, assignment: Option<&Assignment>) -> (String, String, String) {
    let settled = |words: &str| (words.to_owned(), String::new(), String::new());
    match assignment {
        None => settled(""),
        Some(Assignment::Nobody) => settled("nobody"),
        Some(Assignment::KeepOwner) => settled("keep owner"),
        Some(Assignment::To { target, member, due, .. }) => {
            let named = run.name(target, None).map(|named| match named.kind {
                Some(_) => format!("{} {}", named.kind(), named.name),
                None => named.name.to_string(),
            });
            let member = member.as_ref().map(ToString::to_string);
            let due = due.map(|due| rfc3339(due, &run.clock.zone));
            (named.unwrap_or_default(), member.unwrap_or_default(), due.unwrap_or_default())
        }
    }
}

/// The cell `tasks`: `Call Ada (ana@example.com, 2026-11-22T09:00:00Z); …`
fn tasks(run: &Run<'_>, verdict: &Verdict) -> String {
    let clock = run.clock;
    let task = |effect: &Effect<Value>| {
        let Effect::Task { text, owner, due } = effect else { return None };
        let owner = owner.as_ref().and_then(|owner| run.name(owner, verdict.assignment.as_ref()));
        let about = owner.map(|owner| owner.name.to_string()).into_iter().chain(due.iter().map(|due| cell(due, clock)));
        let about = about.collect::<Vec<_>>().join(", ");
        let text = cell(text, clock);
        Some(if about.is_empty() { text } else { format!("{text} ({about})") })
    };
    verdict.effects.iter().filter_map(task).collect::<Vec<_>>().join("; ")
}

/// The cell `lost`: `assign: `Hot` came first; …`
fn lost(run: &Run<'_>, verdict: &Verdict) -> String {
    let one = |lost: &Lost| format!("{}: {}", lost.effect, because(run, &lost.because));
    verdict.lost.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn outcome(outcome: Option<&Outcome>) -> String {
    match outcome {
        None => String::new(),
        Some(Outcome::Accept) => "accept".to_owned(),
        Some(Outcome::Reject(reasons)) => {
            let reasons: Vec<&str> = reasons.iter().map(|reason| &*reason.text).collect();
            format!("reject: {}", reasons.join("; "))
        }
    }
}

fn value_cell(run: &Run<'_>, value: &Value) -> String {
    let cell = cell(value, run.clock);
    if matches!(value, Value::Number(_)) { cell } else { disarmed(cell) }
}

/// A text that no spreadsheet takes for a formula.
fn disarmed(text: String) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{text}"),
        false => text,
    }
}
