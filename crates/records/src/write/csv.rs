//! Verdicts as a table for a spreadsheet.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use values::{Text, Value};
use vm::Verdict;
use vm::effect::Effect;
use vm::program::FieldPlace;
use vm::verdict::{Assignment, Lost, Outcome};

use super::Run;
use super::ndjson::because;
use super::value::{rfc3339, write_cell};

/// Which columns a table of verdicts has.
///
/// These are all that it can have, in this order: `record`, `type`, `fired` (the rules' names), `assign` (`team sales`,
/// `queue triage`, `user d@x.com`, `nobody`, `keep owner`), `member` (who of the team), `due`, `outcome` (`accept`,
/// `reject: the reasons`), `tasks` if a rule can create some, `lost` (`assign: why`), one `set.<field>` for each field that a
/// rule can write, one `set_in.<reference>` for each other record that such fields belong to, with its key, and one
/// `values.<name>` for each derived value. A field that is cleared and one that is not written are both empty; other effects
/// stand in NDJSON only.
///
/// A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line break) gets an
/// apostrophe before it; numbers are left as they are.
#[derive(Clone, Debug)]
pub struct CsvTable<'p> {
    run: Run<'p>,
    columns: Vec<(String, Column)>,
}

/// What stands in a column.
#[derive(Clone, Debug)]
enum Column {
    Record,
    Type,
    Fired,
    Assign,
    Member,
    Due,
    Outcome,
    Tasks,
    Lost,
    /// What a field is set to.
    Set(Text),
    /// The key of the record to which a reference leads, by its place.
    SetIn(u32),
    /// A derived value, by its place.
    Value(usize),
}

impl<'p> CsvTable<'p> {
    /// The table with all columns.
    pub fn new(run: Run<'p>) -> Self {
        let named = |name: &str, column| (name.to_owned(), column);
        let mut columns = vec![
            named("record", Column::Record),
            named("type", Column::Type),
            named("fired", Column::Fired),
            named("assign", Column::Assign),
            named("member", Column::Member),
            named("due", Column::Due),
            named("outcome", Column::Outcome),
        ];
        if run.decision.effects.iter().any(|effect| matches!(effect, Effect::Task { .. })) {
            columns.push(named("tasks", Column::Tasks));
        }
        columns.push(named("lost", Column::Lost));
        let written = run.decision.effects.iter().filter_map(|effect| match effect {
            Effect::Set { field, .. } => Some(field.clone()),
            _ => None,
        });
        let fields: BTreeSet<Text> = written.collect();
        let of_record = (0..).zip(&run.decision.joins).filter(|(_, join)| matches!(join.by, FieldPlace::Field(_)));
        let lies_in = |field: &Text, name: &Text| field.strip_prefix(&**name).is_some_and(|it| it.starts_with('.'));
        let joins = of_record.filter(|(_, join)| fields.iter().any(|field| lies_in(field, &join.name)));
        let set_in = joins.map(|(place, join)| (format!("set_in.{}", join.name), Column::SetIn(place)));
        columns.extend(fields.iter().map(|field| (format!("set.{field}"), Column::Set(field.clone()))));
        columns.extend(set_in);
        let definitions = run.decision.definitions.iter().enumerate().filter(|(_, definition)| !definition.hidden);
        columns.extend(definitions.map(|(place, it)| (format!("values.{}", it.name), Column::Value(place))));
        Self { run, columns }
    }

    /// The names of the columns, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// The table with some of its columns only, in the order in which they are named.
    ///
    /// # Errors
    ///
    /// The first name that no column has.
    pub fn only<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Result<Self, &'n str> {
        let find = |name: &'n str| self.columns.iter().find(|(known, _)| known == name).cloned().ok_or(name);
        Ok(Self { run: self.run.clone(), columns: names.into_iter().map(find).collect::<Result<_, _>>()? })
    }

    /// Whether there is a column for a derived value.
    pub fn has_values(&self) -> bool {
        self.columns.iter().any(|(_, column)| matches!(column, Column::Value(_)))
    }

    /// Begins to write rows of the table.
    pub fn rows(&self) -> CsvRows<'_> {
        CsvRows { table: self, text: String::new() }
    }

    /// Puts what a column says of a verdict into a cell; tells whether it is a number.
    fn fill(&self, column: &Column, record: &str, verdict: &Verdict, cell: &mut String) -> bool {
        let run = &self.run;
        let value = match column {
            Column::Set(field) => verdict.set.iter().find(|(written, _)| written == field).map(|(_, value)| value),
            Column::SetIn(join) => verdict.set_in.iter().find(|(known, _)| known == join).map(|(_, key)| key),
            Column::Value(place) => match verdict.values.get(*place) {
                Some(Err(fault)) => {
                    cell.push_str("fault: ");
                    cell.push_str(fault.code());
                    None
                }
                value => value.and_then(|value| value.as_ref().ok()),
            },
            words => {
                write_words(run, words, record, verdict, cell);
                None
            }
        };
        if let Some(value) = value {
            write_cell(cell, value, run.clock);
        }
        matches!(value, Some(Value::Number(_)))
    }
}

/// Rows of a table of verdicts, as CSV in memory.
pub struct CsvRows<'t> {
    table: &'t CsvTable<'t>,
    text: String,
}

impl CsvRows<'_> {
    /// The names of the columns.
    pub fn header(mut self) -> Self {
        for (place, name) in self.table.names().enumerate() {
            let start = begin_cell(&mut self.text, place);
            self.text.push_str(name);
            end_cell(&mut self.text, start, false);
        }
        self.end_row(0);
        self
    }

    /// The row of a verdict. `record` is what [`Parser::label`](crate::Parser::label) gives.
    pub fn push(&mut self, record: &str, verdict: &Verdict) {
        let row = self.text.len();
        for (place, (_, column)) in self.table.columns.iter().enumerate() {
            let start = begin_cell(&mut self.text, place);
            let is_number = self.table.fill(column, record, verdict, &mut self.text);
            end_cell(&mut self.text, start, !is_number);
        }
        self.end_row(row);
    }

    /// A row that is one empty cell is told from an empty line.
    fn end_row(&mut self, start: usize) {
        let is_empty = self.text.len() == start;
        self.text.push_str(if is_empty { "\"\"\n" } else { "\n" });
    }

    /// The text of all rows.
    pub fn finish(self) -> String {
        self.text
    }
}

/// Where the cell begins that is written next.
fn begin_cell(text: &mut String, place: usize) -> usize {
    if place > 0 {
        text.push(',');
    }
    text.len()
}

/// Puts an apostrophe before a cell that would be a formula, and quotes around one that needs them.
fn end_cell(text: &mut String, start: usize, may_be_formula: bool) {
    let cell = text.as_bytes().get(start..).unwrap_or_default();
    if may_be_formula && matches!(cell.first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n')) {
        text.insert(start, '\'');
    }
    let cell = text.as_bytes().get(start..).unwrap_or_default();
    if cell.iter().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
        quote(text, start);
    }
}

#[cold]
fn quote(text: &mut String, start: usize) {
    let cell = text.split_off(start);
    text.push('"');
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}

/// The columns that are made of words.
fn write_words(run: &Run<'_>, column: &Column, record: &str, verdict: &Verdict, cell: &mut String) {
    match column {
        Column::Record => cell.push_str(record),
        Column::Type => cell.push_str(&run.decision.record),
        Column::Fired => join(cell, &verdict.fired, |cell, &rule| cell.push_str(run.rule_name(rule))),
        Column::Assign => write_assignment(run, verdict.assignment.as_ref(), cell),
        Column::Outcome => write_outcome(verdict.outcome.as_ref(), cell),
        Column::Tasks => {
            let tasks = verdict.effects.iter().filter(|effect| matches!(effect, Effect::Task { .. }));
            join(cell, tasks, |cell, task| write_task(run, verdict, task, cell));
        }
        Column::Lost => join(cell, &verdict.lost, |cell, Lost { effect, because: why, .. }| {
            let _ = write!(cell, "{effect}: {}", because(run, why));
        }),
        Column::Member | Column::Due => {
            let Some(Assignment::To { member, due, .. }) = &verdict.assignment else { return };
            match (column, member, due) {
                (Column::Member, Some(member), _) => cell.push_str(member),
                (Column::Due, _, Some(due)) => cell.push_str(&rfc3339(*due, &run.clock.zone)),
                _ => {}
            }
        }
        Column::Set(_) | Column::SetIn(_) | Column::Value(_) => {}
    }
}

/// Writes several things into a cell, `; ` between one and the next.
fn join<T>(cell: &mut String, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut String, T)) {
    for (index, item) in items.into_iter().enumerate() {
        cell.push_str(if index > 0 { "; " } else { "" });
        write(cell, item);
    }
}

fn write_assignment(run: &Run<'_>, assignment: Option<&Assignment>, cell: &mut String) {
    match assignment {
        None => {}
        Some(Assignment::Nobody) => cell.push_str("nobody"),
        Some(Assignment::KeepOwner) => cell.push_str("keep owner"),
        Some(Assignment::To { target, .. }) => {
            let Some(named) = run.name(target, None) else { return };
            if named.kind.is_some() {
                cell.push_str(named.kind());
                cell.push(' ');
            }
            cell.push_str(named.name);
        }
    }
}

/// `Call Ada (ana@example.com, 2026-11-22T09:00:00Z)`
fn write_task(run: &Run<'_>, verdict: &Verdict, task: &Effect<Value>, cell: &mut String) {
    let Effect::Task { text, owner, due } = task else { return };
    write_cell(cell, text, run.clock);
    let owner = owner.as_ref().and_then(|owner| run.name(owner, verdict.assignment.as_ref()));
    let mut opening = " (";
    if let Some(owner) = owner {
        cell.push_str(std::mem::replace(&mut opening, ", "));
        cell.push_str(owner.name);
    }
    if let Some(due) = due {
        cell.push_str(std::mem::replace(&mut opening, ", "));
        write_cell(cell, due, run.clock);
    }
    cell.push_str(if opening == ", " { ")" } else { "" });
}

fn write_outcome(outcome: Option<&Outcome>, cell: &mut String) {
    match outcome {
        None => {}
        Some(Outcome::Accept) => cell.push_str("accept"),
        Some(Outcome::Reject(reasons)) => {
            cell.push_str("reject: ");
            join(cell, reasons, |cell, reason| cell.push_str(&reason.text));
        }
    }
}
