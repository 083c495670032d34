//! Where verdicts go, in the form that was asked for.

use std::io::Write;

use records::write::{CsvWriter, Run, ndjson};
use vm::Verdict;

use crate::arguments::OutputFormat;
use crate::outline::outline;
use crate::output::{Destination, Output};
use crate::report::Failure;
use crate::table::{self, Table};
use crate::terminal::Terminal;

/// Takes verdicts, one after the other.
pub(crate) struct Sink<'a> {
    run: Run<'a>,
    form: Form<'a>,
    destination: Destination,
}

enum Form<'a> {
    Ndjson(&'a mut Output),
    Csv(Box<CsvWriter<'a, &'a mut Output>>),
    Table(Table, &'a mut Output),
    /// Traces for people.
    Outline(&'a mut Output),
}

impl<'a> Sink<'a> {
    /// A place for the verdicts of a run; a heading, where the form has one, is written at once.
    pub(crate) fn new(
        format: OutputFormat,
        trace: bool,
        run: Run<'a>,
        out: &'a mut Output,
        terminal: Terminal,
    ) -> Result<Self, Failure> {
        let destination = out.destination().clone();
        let form = match format {
            OutputFormat::Ndjson => Form::Ndjson(out),
            OutputFormat::Table if trace => Form::Outline(out),
            OutputFormat::Table => Form::Table(Table::new(terminal.full_width), out),
            OutputFormat::Csv => {
                let writer = CsvWriter::new(run, true, out).map_err(|error| destination.failure(&error))?;
                Form::Csv(Box::new(writer))
            }
        };
        Ok(Self { run, form, destination })
    }

    /// Writes the verdict of a record, which is called `label`.
    pub(crate) fn write(&mut self, label: &str, verdict: &Verdict) -> Result<(), Failure> {
        let written = match &mut self.form {
            Form::Ndjson(out) => ndjson(out, &self.run, label, verdict),
            Form::Csv(writer) => writer.write(label, verdict),
            Form::Table(table, out) => match table.add(&self.run, label, verdict) {
                Some(block) => out.write_all(block.as_bytes()),
                None => Ok(()),
            },
            Form::Outline(out) => {
                let summary = table::summary(&self.run, label, verdict);
                out.write_all(outline(&self.run, label, &summary, verdict).as_bytes())
            }
        };
        written.map_err(|error| self.destination.failure(&error))
    }

    /// Hands on what has been written; a table still holds back the rows of a block that is not full.
    pub(crate) fn hand_on(&mut self) -> Result<(), Failure> {
        let handed = match &mut self.form {
            Form::Ndjson(out) | Form::Table(_, out) | Form::Outline(out) => out.flush(),
            Form::Csv(writer) => writer.flush(),
        };
        handed.map_err(|error| self.destination.failure(&error))
    }

    /// Writes what has been held back.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        let written = match &mut self.form {
            Form::Ndjson(_) | Form::Outline(_) => Ok(()),
            Form::Csv(writer) => writer.flush(),
            Form::Table(table, out) => out.write_all(table.block().as_bytes()),
        };
        written.map_err(|error| self.destination.failure(&error))
    }
}
