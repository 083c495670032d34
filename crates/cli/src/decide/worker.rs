//! Who decides the records of jobs, one job after the other.

use records::{Parser, Piece, Rejected, write};
use values::Text;
use vm::{Machine, Verdict};

use super::job::Job;
use super::sink::Form;

/// Decides records. A clone decides the same on another thread.
#[derive(Clone)]
pub(super) struct Worker<'a> {
    pub(super) run: write::Run<'a>,
    pub(super) machine: Machine,
    pub(super) parser: Parser,
    /// How verdicts are written.
    pub(super) form: Form<'a>,
    /// Whether the first fault ends the work.
    pub(super) strict: bool,
    /// Whether verdicts without a rule that fired are left out.
    pub(super) only_matched: bool,
    /// The verdict at hand; its memory is used again.
    pub(super) verdict: Verdict,
}

impl Worker<'_> {
    /// Decides the records of a job; nothing is left of what became of its last ones.
    pub(super) fn work(&mut self, job: &mut Job) {
        job.written.clear();
        job.tally.forget(self.run.decision);
        job.stopped = false;
        match self.form {
            Form::Ndjson => self.each(job, |run, job, label, verdict| {
                write::ndjson(&mut job.written, run, &label, verdict);
            }),
            Form::Csv(table) => {
                let mut rows = table.rows();
                self.each(job, |_, _, label, verdict| rows.push(&label, verdict));
                job.written = rows.finish();
            }
            Form::Later => self.each(job, |_, job, label, verdict| job.verdicts.push((label, std::mem::take(verdict)))),
        }
        job.tally.read_leniently += self.parser.take_read_leniently();
        job.tally.broken_links(self.parser.take_broken_links().iter());
    }

    /// Decides each record, and has what is to be written of it written.
    fn each(&mut self, job: &mut Job, mut write: impl FnMut(&write::Run<'_>, &mut Job, Text, &mut Verdict)) {
        let batch = std::mem::take(&mut job.batch);
        for piece in batch.pieces() {
            job.tally.records += 1;
            match self.decide(piece) {
                Ok(label) if self.form.is_later() => write(&self.run, job, label, &mut self.verdict),
                Ok(label) => {
                    job.tally.verdict(self.run.decision, &self.verdict);
                    if self.only_matched && self.verdict.fired.is_empty() {
                        job.tally.left_out += 1;
                    } else {
                        write(&self.run, job, label, &mut self.verdict);
                    }
                }
                Err(rejected) => {
                    job.rejected.push(*rejected);
                    job.stopped = self.strict;
                }
            }
            if job.stopped {
                break;
            }
        }
        if let Some(failure) = batch.failure().filter(|_| !job.stopped) {
            job.tally.broken.push(failure.to_string());
            job.stopped = self.strict;
        }
        job.batch = batch;
    }

    /// Finds the verdict on a record, and says what it is called.
    fn decide(&mut self, piece: Piece<'_>) -> Result<Text, Box<Rejected>> {
        let input = self.parser.read(piece)?;
        if let Err(fault) = self.machine.run_into(&input.record, &mut self.verdict) {
            return Err(Box::new(self.parser.undecided(piece, &input, self.run.decision, &fault)));
        }
        let label = self.parser.label(&input);
        self.parser.reuse(input);
        Ok(label)
    }
}
