//! The machine: decides one record after the other.
//!
//! It is a stack machine that runs [verified](crate::verify) code without looking. Start at [`Machine::run`]; what
//! happens to one record is told in `run.rs`.
//!
//! # Two modes of truth
//!
//! A record is decided with *known* truth: a test with a missing operand is false. Where that happened, the question is
//! open whether the rules would have turned out the same had the value been there. So the machine then examines each
//! rule that was considered once more by its own condition with *unknown* truth: the same test now yields `Missing`, and
//! `not`, `and` and `or` reckon with it by Kleene's strong logic (unknown *and* false is false; unknown *and* true is
//! unknown). A rule whose condition ends unknown was decided by missing data; so was one that turns out otherwise when a
//! choice in a derived value does that hung on a missing value (see `run/examine.rs`).

use std::sync::Arc;

use limits::Limits;
use values::{Clock, Instant};

use crate::program::Decision;
use crate::record::Record;
use crate::run::{Marks, Memory, Prepared, Run, Settlement};
use crate::verdict::{Fault, Verdict};
use crate::verify::Verified;

/// What is asked of a [`Machine`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether verdicts list all derived values, those that no rule asked for included.
    pub values: bool,
    /// Whether verdicts tell which rules were decided by missing values.
    pub by_missing: bool,
    /// Whether verdicts tell how each rule turned out, condition by condition.
    pub trace: bool,
}

/// Everything but the trace is told.
impl Default for Options {
    fn default() -> Self {
        Self { values: true, by_missing: true, trace: false }
    }
}

/// Decides records of one type, within the limits of its clock, at one instant but for those that tell their own. Its buffers are reused from record to record;
/// a clone has its own and shares everything else.
#[derive(Debug)]
pub struct Machine {
    program: Verified,
    decision: usize,
    clock: Clock,
    /// *Now* for records that do not tell theirs.
    now: Instant,
    options: Options,
    prepared: Arc<Prepared>,
    memory: Memory,
    marks: Marks,
}

impl Machine {
    /// A machine for one of [`Program::decisions`](crate::Program::decisions), by its place; none if there is no such.
    pub fn new(program: &Verified, decision: usize, clock: Clock, options: Options) -> Option<Self> {
        let prepared = Arc::new(Prepared::new(program, program.decisions.get(decision)?));
        let (program, now, memory, marks) = (program.clone(), clock.now, Memory::default(), Marks::default());
        Some(Self { program, decision, clock, now, options, prepared, memory, marks })
    }

    /// What it decides.
    pub fn decision(&self) -> Option<&Decision> {
        self.program.decisions.get(self.decision)
    }

    /// Decides a record. The same program, record, clock and options give the same verdict, always.
    ///
    /// # Errors
    ///
    /// When something that a rule needed could not be computed, two rules of a `unique match` set held, a computed
    /// target is unknown, or a limit was reached.
    pub fn run(&mut self, record: &Record) -> Result<Verdict, Fault> {
        let mut verdict = Verdict::default();
        self.run_into(record, &mut verdict).map(|()| verdict)
    }

    /// Decides a record as [`run`](Self::run) does, into a verdict of another record that is used up: so no memory is asked
    /// for once the first verdicts have found their size.
    ///
    /// # Errors
    ///
    /// As there. What the verdict says then is nothing.
    pub fn run_into(&mut self, record: &Record, verdict: &mut Verdict) -> Result<(), Fault> {
        let Some(decision) = self.program.decisions.get(self.decision) else {
            verdict.clear();
            return Ok(()); // `new` has seen to it that there is one.
        };
        self.clock.now = record.now.unwrap_or(self.now);
        let settlement = Settlement::new(&self.program.targets, verdict, &mut self.marks);
        let mut run = Run::new(decision, &self.prepared, &self.clock, record, &mut self.memory, settlement);
        if let Err(fault) = run.decide(self.options) {
            verdict.clear();
            return Err(told(fault, &self.clock.limits));
        }
        verdict.event.clone_from(&record.event);
        verdict.now = record.now;
        Ok(())
    }
}

impl Clone for Machine {
    fn clone(&self) -> Self {
        let Self { program, decision, clock, now, options, prepared, memory: _, marks: _ } = self;
        Self {
            program: program.clone(),
            decision: *decision,
            clock: clock.clone(),
            now: *now,
            options: *options,
            prepared: Arc::clone(prepared),
            memory: Memory::default(),
            marks: Marks::default(),
        }
    }
}

/// Says of a limit that was met how much it is.
fn told(mut fault: Fault, limits: &Limits) -> Fault {
    if let Some(limit) = fault.code.limit() {
        let before = if fault.detail.is_empty() { "" } else { "; " };
        fault.detail.push_str(before);
        fault.detail.push_str(&limits.told(limit));
    }
    fault
}

#[cfg(test)]
mod tests;
