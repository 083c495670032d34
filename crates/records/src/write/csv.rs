//! Verdicts as a table for a spreadsheet.

use std::collections::BTreeSet;
use std::io::{self, Write};

use values::{Text, Value};
use vm::Verdict;
use vm::effect::Effect;
use vm::program::Definition;
use vm::verdict::{Assignment, Outcome};

use super::Run;
use super::value::{cell, rfc3339};

/// Writes verdicts as CSV, one row each, after a header.
///
/// The columns are `record`, `type`, `fired` (the rules' names), `assign` (`team sales`, `queue triage`, `user d@x.com`,
/// `nobody`, `keep owner`), `due`, `outcome` (`accept`, `reject: the reasons`), one `set.<field>` for each field that a rule
/// can write, and one `values.<name>` for each derived value if they are asked for. A field that is cleared and one that is
/// not written are both empty; effects and what was lost stand in NDJSON only.
///
/// A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line break) gets an
/// apostrophe before it; numbers are left as they are.
pub struct CsvWriter<'p, W: Write> {
    run: Run<'p>,
    /// The fields that a rule can write, in name order.
    fields: Vec<Text>,
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
        let fields = written.collect::<BTreeSet<Text>>().into_iter().collect();
        let mut writer = Self { run, fields, values, out: ::csv::Writer::from_writer(out) };
        let mut header: Vec<String> =
            ["record", "type", "fired", "assign", "due", "outcome"].map(String::from).to_vec();
        header.extend(writer.fields.iter().map(|field| format!("set.{field}")));
        header.extend(writer.definitions().iter().map(|definition| format!("values.{}", definition.name)));
        writer.row(header)?;
        Ok(writer)
    }

    /// Writes the row of a verdict. `record` is what [`Reader::label`](crate::Reader::label) gives.
    pub fn write(&mut self, record: &str, verdict: &Verdict) -> io::Result<()> {
        let run = self.run;
        let fired: Vec<&str> = verdict.fired.iter().map(|&rule| run.rule_name(rule)).collect();
        let (assign, due) = assignment(&run, verdict.assignment.as_ref());
        let outcome = outcome(verdict.outcome.as_ref());
        let mut row: Vec<String> = [record, &run.decision.record, &fired.join("; "), &assign, &due, &outcome]
            .into_iter()
            .map(|text| disarmed(text.to_owned()))
            .collect();
        for field in &self.fields {
            let value = verdict.set.iter().find(|(written, _)| written == field).map(|(_, value)| value);
            row.push(value.map_or_else(String::new, |value| value_cell(&run, value)));
        }
        row.extend(self.definitions().iter().enumerate().map(|(index, _)| match verdict.values.get(index) {
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
    fn definitions(&self) -> &'p [Definition] {
        if self.values { &self.run.decision.definitions } else { &[] }
    }

    fn row(&mut self, cells: Vec<String>) -> io::Result<()> {
        self.out.write_record(cells).map_err(|error| match error.into_kind() {
            ::csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        })
    }
}

/// The cells `assign` and `due`.
fn assignment(run: &Run<'_>, assignment: Option<&Assignment>) -> (String, String) {
    match assignment {
        None => (String::new(), String::new()),
        Some(Assignment::Nobody) => ("nobody".to_owned(), String::new()),
        Some(Assignment::KeepOwner) => ("keep owner".to_owned(), String::new()),
        Some(Assignment::To { target, due, .. }) => {
            let named = run.name(target, None).map(|named| match named.kind {
                Some(_) => format!("{} {}", named.kind(), named.name),
                None => named.name.to_string(),
            });
            let due = due.map(|due| rfc3339(due, &run.clock.zone));
            (named.unwrap_or_default(), due.unwrap_or_default())
        }
    }
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
    let cell = cell(value, &run.clock.zone);
    if matches!(value, Value::Number(_)) { cell } else { disarmed(cell) }
}

/// A text that no spreadsheet takes for a formula.
fn disarmed(text: String) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{text}"),
        false => text,
    }
}
