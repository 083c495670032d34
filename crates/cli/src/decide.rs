//! The work of a run: each record of each input is read, decided, counted, and written out.
//!
//! ```text
//! Source ─▶ Reader ─┬─ record ─▶ Machine ─┬─ verdict ─▶ Sink
//!                   │                     └─ fault ───┐
//!                   └─ rejected ──────────────────────┴─▶ rejects file, if one was asked for
//! ```
//! One record is held at a time, so memory does not grow with the input.

mod sink;

use std::io::Write;
use std::ops::ControlFlow;

use records::{Input, Options, Reader, Rejected, Source, write};
use vm::choose::Standings;
use vm::{Chooser, Machine};

use crate::output::Output;
use crate::progress::Progress;
use crate::report::{self, Failure};
use crate::tally::Tally;
use crate::terminal::Terminal;
pub(crate) use sink::Sink;

/// Whether to go on with the next record.
type Step = Result<ControlFlow<()>, Failure>;

/// Decides records.
pub(crate) struct Decider<'a> {
    run: write::Run<'a>,
    machine: Machine,
    reading: Options,
    sink: Sink<'a>,
    rejects: Option<&'a mut Output>,
    progress: Progress,
    tally: Tally,
    /// Chooses members of teams, in record order.
    pub(crate) chooser: Chooser,
    /// Whether the first fault ends the run.
    pub(crate) strict: bool,
    /// Whether verdicts without a rule that fired are left out.
    pub(crate) only_matched: bool,
    /// Where to say what is worth knowing about an input; none to say nothing.
    pub(crate) terminal: Option<Terminal>,
}

impl<'a> Decider<'a> {
    /// A decider that has nothing decided yet, and goes on after faults.
    pub(crate) fn new(
        run: write::Run<'a>,
        machine: Machine,
        reading: Options,
        sink: Sink<'a>,
        rejects: Option<&'a mut Output>,
        progress: Progress,
    ) -> Self {
        let tally = Tally::new(run.decision);
        Self {
            run,
            machine,
            reading,
            sink,
            rejects,
            progress,
            tally,
            chooser: Chooser::new(run.program, Standings::default()),
            strict: false,
            only_matched: false,
            terminal: None,
        }
    }

    /// Decides the records of all inputs, in order. What has to be remembered of teams comes back too.
    pub(crate) fn all(
        mut self,
        sources: impl IntoIterator<Item = Result<Source, Failure>>,
    ) -> Result<(Tally, Chooser), Failure> {
        for source in sources {
            if self.input(source?)?.is_break() {
                self.tally.stopped = true;
                break;
            }
            self.hand_on()?;
        }
        self.progress.finish();
        self.sink.finish()?;
        Ok((self.tally, self.chooser))
    }

    fn input(&mut self, source: Source) -> Step {
        self.progress.next_input(source.consumed());
        let mut reader = Reader::new(source, self.run.decision, self.reading.clone())?;
        self.tell_absent_columns(&reader);
        let ended = self.records(&mut reader)?;
        self.tally.read_leniently += reader.read_leniently();
        self.tally.broken_links(reader.broken_links());
        Ok(ended)
    }

    fn records(&mut self, reader: &mut Reader) -> Step {
        while let Some(read) = reader.next() {
            let step = match read {
                Ok(read) => self.record(reader, read)?,
                Err(error) => {
                    self.tally.broken.push(error.to_string());
                    self.go_on_unless_strict()
                }
            };
            if step.is_break() {
                return Ok(step);
            }
            if reader.may_wait() {
                self.hand_on()?;
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn record(&mut self, reader: &Reader, read: Result<Input, Box<Rejected>>) -> Step {
        self.tally.records += 1;
        self.progress.record();
        let input = match read {
            Ok(input) => input,
            Err(rejected) => return self.reject(rejected),
        };
        let mut verdict = match self.machine.run(&input.record) {
            Ok(verdict) => verdict,
            Err(fault) => return self.reject(Box::new(reader.undecided(&input, self.run.decision, &fault))),
        };
        self.chooser.choose(&self.run.program.targets, self.run.clock, &mut verdict);
        self.tally.verdict(self.run.decision, &verdict);
        if self.only_matched && verdict.fired.is_empty() {
            self.tally.left_out += 1;
        } else {
            self.sink.write(&reader.label(&input), &verdict)?;
        }
        Ok(ControlFlow::Continue(()))
    }

    fn reject(&mut self, rejected: Box<Rejected>) -> Step {
        if let Some(out) = &mut self.rejects {
            write::rejected(out, &rejected).map_err(|error| out.destination().failure(&error))?;
        }
        self.tally.fault(*rejected);
        Ok(self.go_on_unless_strict())
    }

    /// Hands on what has been written so far, so that nobody waits for it while the next record is awaited.
    fn hand_on(&mut self) -> Result<(), Failure> {
        if let Some(out) = &mut self.rejects {
            out.flush().map_err(|error| out.destination().failure(&error))?;
        }
        self.sink.hand_on()
    }

    const fn go_on_unless_strict(&self) -> ControlFlow<()> {
        if self.strict { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn tell_absent_columns(&self, reader: &Reader) {
        let sentence = report::absent_columns(reader.file(), reader.absent_columns());
        if let (Some(terminal), Some(sentence)) = (self.terminal, sentence) {
            self.progress.pause(|| report::note(terminal, &sentence));
        }
    }
}
