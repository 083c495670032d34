//! Where verdicts go, in the form that was asked for.

use std::io::Write;

use records::write::{CsvTable, Run, ndjson};
use values::Text;
use vm::Verdict;
use vm::effect::Effect;

use crate::arguments::OutputFormat;
use crate::outline::outline;
use crate::output::Output;
use crate::report::Failure;
use crate::table::{self, Table};
use crate::terminal::Terminal;

/// Takes verdicts, one after the other.
pub(crate) struct Sink<'a> {
    run: Run<'a>,
    out: &'a mut Output,
    late: Late<'a>,
    /// Whether something in a verdict depends on the verdicts before: who of a team is chosen.
    chooses: bool,
}

/// How verdicts are written where they are made.
#[derive(Clone, Copy)]
pub(crate) enum Form<'a> {
    /// As NDJSON.
    Ndjson,
    /// As rows of a table.
    Csv(&'a CsvTable<'a>),
    /// Not there: something depends on the verdicts before, so the sink writes them.
    Later,
}

impl Form<'_> {
    /// Whether the sink writes.
    pub(crate) const fn is_later(&self) -> bool {
        matches!(self, Self::Later)
    }
}

/// How the sink itself writes verdicts.
enum Late<'a> {
    Ndjson,
    Csv(&'a CsvTable<'a>),
    Table(Table),
    /// Traces for people.
    Outline,
}

impl<'a> Sink<'a> {
    /// A place for the verdicts of a run; a heading, where the form has one, is written at once. `table` is what is
    /// written as CSV.
    pub(crate) fn new(
        (format, trace): (OutputFormat, bool),
        table: &'a CsvTable<'a>,
        run: Run<'a>,
        out: &'a mut Output,
        terminal: Terminal,
    ) -> Result<Self, Failure> {
        let late = match format {
            OutputFormat::Ndjson => Late::Ndjson,
            OutputFormat::Csv => Late::Csv(table),
            OutputFormat::Table if trace => Late::Outline,
            OutputFormat::Table => Late::Table(Table::new(terminal.full_width)),
        };
        let chooses = |effect: &Effect<_>| matches!(effect, Effect::Assign { by: Some(_), .. });
        let chooses = run.decision.effects.iter().any(chooses);
        let mut sink = Self { run, out, late, chooses };
        if let Late::Csv(table) = sink.late {
            sink.pass_on(&table.rows().header().finish())?;
        }
        Ok(sink)
    }

    /// How verdicts are written where they are made.
    pub(crate) const fn form(&self) -> Form<'a> {
        match self.late {
            Late::Ndjson if !self.chooses => Form::Ndjson,
            Late::Csv(table) if !self.chooses => Form::Csv(table),
            _ => Form::Later,
        }
    }

    /// Writes what was written where verdicts are made.
    pub(crate) fn pass_on(&mut self, written: &str) -> Result<(), Failure> {
        let written = self.out.write_all(written.as_bytes());
        self.written(written)
    }

    /// Writes verdicts, each with what its record is called.
    pub(crate) fn write(&mut self, verdicts: &[(Text, Verdict)]) -> Result<(), Failure> {
        let mut text = String::new();
        match &mut self.late {
            Late::Ndjson => verdicts.iter().for_each(|(label, verdict)| ndjson(&mut text, &self.run, label, verdict)),
            Late::Csv(table) => {
                let mut rows = table.rows();
                verdicts.iter().for_each(|(label, verdict)| rows.push(label, verdict));
                text = rows.finish();
            }
            Late::Table(table) => {
                text.extend(verdicts.iter().filter_map(|(label, verdict)| table.add(&self.run, label, verdict)));
            }
            Late::Outline => {
                let summary = |(label, verdict): &(Text, Verdict)| {
                    let summary = table::summary(&self.run, label, verdict);
                    outline(&self.run, label, &summary, verdict)
                };
                text.extend(verdicts.iter().map(summary));
            }
        }
        self.pass_on(&text)
    }

    /// Hands on what has been written; a table still holds back the rows of a block that is not full.
    pub(crate) fn hand_on(&mut self) -> Result<(), Failure> {
        let handed = self.out.flush();
        self.written(handed)
    }

    /// Writes what has been held back.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        let rest = if let Late::Table(table) = &mut self.late { table.block() } else { String::new() };
        self.pass_on(&rest)
    }

    fn written(&self, written: std::io::Result<()>) -> Result<(), Failure> {
        written.map_err(|error| self.out.destination().failure(&error))
    }
}
