//! The work of a run: each record of each input is read, decided, counted, and written out.
//!
//! ```text
//!           one thread             as many as were asked for               one thread
//! Source ─▶ Reader ── Job: texts ─▶ Worker: Parser ─▶ Machine ── Job: outcomes ─▶ Decider ─▶ Sink
//!             ▲                                                                     │ └────▶ rejects file
//!             └────────────────────────── the job, to be used again ────────────────┘
//! ```
//! What comes out is the same, byte by byte, for every number of threads: the decider takes the jobs in the order of the
//! input. There are only so many jobs, so memory does not grow with the input and whoever is ahead waits.

mod job;
mod sink;
mod threads;
mod worker;

use std::io::Write;
use std::ops::ControlFlow;

use records::{Options, Reader, Source, write};
use vm::choose::Standings;
use vm::{Chooser, Machine, Verdict};

use crate::output::Output;
use crate::progress::Progress;
use crate::report::{self, Failure};
use crate::tally::Tally;
use crate::terminal::Terminal;
use job::Job;
pub(crate) use sink::Sink;
use worker::Worker;

/// Whether to go on with the next record.
type Step = Result<ControlFlow<()>, Failure>;

/// How large a file must be for other threads to be worth their start, in bytes.
const WORTH_THREADS: u64 = 1024 * 1024;

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
    /// How many threads decide.
    pub(crate) threads: usize,
}

impl<'a> Decider<'a> {
    /// A decider that has nothing decided yet, goes on after faults, and works by itself.
    pub(crate) fn new(
        run: write::Run<'a>,
        machine: Machine,
        reading: Options,
        sink: Sink<'a>,
        rejects: Option<&'a mut Output>,
        progress: Progress,
    ) -> Self {
        let tally = Tally::new(run.decision);
        let chooser = Chooser::new(run.program, Standings::default());
        Self {
            run,
            machine,
            reading,
            sink,
            rejects,
            progress,
            tally,
            chooser,
            strict: false,
            only_matched: false,
            terminal: None,
            threads: 1,
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
        let size = source.size();
        let reader = Reader::new(source, self.run.decision, self.reading.clone())?;
        self.tell_absent_columns(&reader);
        let worker = Worker {
            run: self.run.clone(),
            machine: self.machine.clone(),
            parser: reader.parser().clone(),
            form: self.sink.form(),
            strict: self.strict,
            only_matched: self.only_matched,
            verdict: Verdict::default(),
        };
        let is_alone = self.threads < 2 || size.is_some_and(|size| size < WORTH_THREADS);
        if is_alone { self.alone(reader, worker) } else { self.on_threads(reader, &worker) }
    }

    fn alone(&mut self, mut reader: Reader, mut worker: Worker<'_>) -> Step {
        let mut job = Job::default();
        while reader.fill(&mut job.batch) {
            worker.work(&mut job);
            if self.take(&mut job)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Takes the outcomes of a job, the next one in the order of the input.
    fn take(&mut self, job: &mut Job) -> Step {
        self.progress.records(job.tally.records);
        for rejected in job.rejected.drain(..) {
            if let Some(out) = &mut self.rejects {
                let mut line = String::new();
                write::rejected(&mut line, &rejected);
                out.write_text(&line)?;
            }
            self.tally.fault(rejected);
        }
        self.sink.pass_on(&job.written)?;
        for (_, verdict) in &mut job.verdicts {
            self.chooser.choose(&self.run.program.targets, self.run.clock, verdict);
            job.tally.verdict(self.run.decision, verdict);
        }
        if self.only_matched {
            let all = job.verdicts.len();
            job.verdicts.retain(|(_, verdict)| !verdict.fired.is_empty());
            job.tally.left_out += (all - job.verdicts.len()) as u64;
        }
        self.sink.write(&job.verdicts)?;
        job.verdicts.clear();
        self.tally.add(&job.tally);
        if job.batch.is_all_at_hand() {
            self.hand_on()?;
        }
        Ok(if job.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    /// Hands on what has been written so far, so that nobody waits for it while the next record is awaited.
    fn hand_on(&mut self) -> Result<(), Failure> {
        if let Some(out) = &mut self.rejects {
            out.flush().map_err(|error| out.destination().failure(&error))?;
        }
        self.sink.hand_on()
    }

    fn tell_absent_columns(&self, reader: &Reader) {
        let sentence = report::absent_columns(reader.file(), reader.absent_columns());
        if let (Some(terminal), Some(sentence)) = (self.terminal, sentence) {
            self.progress.pause(|| report::note(terminal, &sentence));
        }
    }
}
