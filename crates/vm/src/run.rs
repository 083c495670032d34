//! What happens to one record. Start at [`Run::decide`]; the dispatch loop is [`Run::execute`].
//!
//! The loop is a table of contents. What an instruction does stands in a file by its subject: `run/load.rs` (values onto
//! the stack), `run/truth.rs`, `run/test.rs`, `run/compute.rs`, `run/fire.rs` (rules), `run/perform.rs` (effects).
//! Effects are collected by `run/settle.rs`.

mod block;
mod compute;
mod event;
mod examine;
mod fire;
mod fold;
mod found;
mod load;
mod lookup;
mod membership;
mod moments;
mod perform;
mod possible;
mod ready;
mod recipients;
mod search;
mod settle;
mod test;
mod trace;
mod truth;
mod view;
mod weigh;

use values::{Clock, FaultCode, Value};

use self::examine::Choices;
use self::lookup::Lookups;
use self::membership::Membership;
use self::moments::Moments;
use self::possible::Possible;
use self::ready::Ready;
use self::search::Sieving;
pub(crate) use self::settle::{Marks, Settlement};
use self::view::{RECORD, View, Write, Writes};
use self::weigh::{weight, weight_of_effect};
use crate::instruction::Instruction;
use crate::machine::Options;
use crate::program::{Decision, Program, RuleSet};
use crate::record::Record;
use crate::verdict::{Fault, Idle, NotRun};

/// What is worked out once for all records.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// The tables that the decision asks.
    lookups: Lookups,
    /// Where moments are asked for that are the same for many records.
    moments: Moments,
    /// One for each of the decision's choices.
    memberships: Vec<Membership>,
    /// One for each of the decision's rules.
    rules: Vec<Ready>,
    /// How many operands each of the decision's effects takes, and how many steps it is worth beside them.
    effects: Vec<(usize, usize)>,
    /// Which fields they write.
    writes: Writes,
    /// For each set, its index, if it has one.
    indexes: Vec<Option<Possible>>,
    /// One for each of the decision's sieves.
    sieves: Vec<Sieving>,
}

impl Prepared {
    pub(crate) fn new(program: &Program, decision: &Decision) -> Self {
        Self {
            lookups: Lookups::new(program, decision),
            moments: Moments::new(decision),
            memberships: decision.choices.iter().map(Membership::new).collect(),
            rules: decision.rules.iter().map(|rule| Ready::new(program, decision, rule)).collect(),
            effects: decision.effects.iter().map(|it| (it.operand_count() as usize, weight_of_effect(it))).collect(),
            writes: Writes::new(decision),
            indexes: decision.sets.iter().map(|set| Some(Possible::new(decision, set.index.as_ref()?))).collect(),
            sieves: decision.sieves.iter().map(|sieve| Sieving::new(decision, sieve)).collect(),
        }
    }
}

/// Buffers that records use one after the other.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    stack: Vec<Value>,
    /// The moments that are known.
    moments: moments::Known,
    /// The items that loops have come to, the innermost last.
    frames: Vec<Value>,
    /// The views of the record.
    views: Vec<View>,
    /// What has been written so far and later sets see.
    writes: Vec<Write>,
    /// How each set saw the record; none for one that did not run.
    seen: Vec<Option<usize>>,
}

type Memo = Vec<Option<Result<Value, Fault>>>;

impl Memory {
    fn forget(&mut self, decision: &Decision) {
        self.stack.clear();
        self.writes.clear();
        self.seen.clear();
        view::forget(&mut self.views, decision);
        self.frames.clear();
    }
}

/// What a test with a missing operand yields; see [`Machine`](crate::Machine).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// False.
    Known,
    /// Missing.
    Unknown,
}

/// One record on its way to a verdict.
pub(crate) struct Run<'a> {
    decision: &'a Decision,
    prepared: &'a Prepared,
    clock: &'a Clock,
    record: &'a Record,
    memory: &'a mut Memory,
    mode: Mode,
    /// Whether a test has met a missing operand.
    met_missing: bool,
    /// How many more instructions may be executed.
    steps: usize,
    /// The same for what is only traced.
    steps_of_trace: usize,
    /// The set that is running.
    set: u32,
    /// How it sees the record, and what code reads from at this moment: that, or the record before the event.
    ground: usize,
    view: usize,
    /// The rule that has fired last in the set that is running.
    fired: Option<u32>,
    /// What hung on missing values while rules were examined for them.
    choices: Choices,
    settlement: Settlement<'a>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        decision: &'a Decision,
        prepared: &'a Prepared,
        clock: &'a Clock,
        record: &'a Record,
        memory: &'a mut Memory,
        settlement: Settlement<'a>,
    ) -> Self {
        memory.forget(decision);
        memory.moments.renew(clock.now);
        Self {
            decision,
            prepared,
            clock,
            record,
            memory,
            mode: Mode::Known,
            met_missing: false,
            steps: 0,
            steps_of_trace: 0,
            set: 0,
            ground: RECORD,
            view: RECORD,
            fired: None,
            choices: Choices::default(),
            settlement,
        }
    }

    /// Runs the sets in their order, then tells what else was asked for.
    pub(crate) fn decide(&mut self, options: Options) -> Result<(), Fault> {
        (self.steps, self.steps_of_trace) = (self.budget(), self.budget());
        for (index, set) in (0..).zip(&self.decision.sets) {
            self.set = index;
            self.run_set(set, options)?;
        }
        self.settlement.name_assignee();
        self.look(RECORD);
        let met_missing = self.met_missing;
        if options.values {
            self.list_values()?;
        }
        if options.trace {
            self.trace_lines()?;
        }
        if options.by_missing && met_missing {
            self.settlement.verdict.by_missing = self.examine(self.budget())?;
        }
        Ok(())
    }

    /// Runs a set, if it is its turn, on the record as it sees it.
    fn run_set(&mut self, set: &RuleSet, options: Options) -> Result<(), Fault> {
        self.fired = None;
        let view = self.view_of(set)?;
        self.look(view);
        if let Some(because) = self.idle(set)? {
            if because != Idle::Waits || options.trace {
                self.settlement.verdict.not_run.push(NotRun { set: self.set, because });
            }
            self.memory.seen.push(None);
            return Ok(());
        }
        self.memory.seen.push(Some(view));
        self.execute(set.entry).map_err(|fault| self.blame(fault, set, self.budget()))?;
        if options.trace { self.trace(set) } else { Ok(()) }
    }

    /// How many instructions, and items that loops come to, a record may take. Verified code always ends, and but for loops
    /// it executes no instruction twice.
    const fn budget(&self) -> usize {
        self.clock.limits.steps
    }

    /// Why a set does not run, if it does not.
    fn idle(&mut self, set: &RuleSet) -> Result<Option<Idle>, Fault> {
        if !self.is_triggered(&set.trigger) {
            return Ok(Some(Idle::Waits));
        }
        let Some(guard) = &set.guard else { return Ok(None) };
        for (entry, because) in [(guard.in_force, Idle::NotInForce), (guard.condition, Idle::NotWanted)] {
            let Some(entry) = entry else { continue };
            if !self.evaluate(entry).map_err(|fault| in_opening(fault, set))?.holds() {
                return Ok(Some(because));
            }
        }
        Ok(None)
    }

    /// All derived values of the record as it came. A fault stays where it is: no rule needed the value.
    fn list_values(&mut self) -> Result<(), Fault> {
        for (index, definition) in (0..).zip(&self.decision.definitions) {
            let value = match definition.hidden {
                true => Ok(Value::Missing),
                false => self.define(index),
            };
            let told = match value {
                Err(fault) if fault.code == FaultCode::TooManySteps => return Err(fault),
                Err(fault) => Err(fault.code),
                Ok(value) => {
                    self.spend(weight(&value))?;
                    Ok(value)
                }
            };
            self.settlement.verdict.values.push(told);
        }
        Ok(())
    }

    /// Names the rule in which a fault happened. A tree asks one question for many rules; the rule to name is the first
    /// whose own condition faults.
    fn blame(&mut self, fault: Fault, set: &RuleSet, steps: usize) -> Fault {
        if fault.rule.is_some() || fault.code == FaultCode::TooManySteps {
            return fault;
        }
        self.steps = steps;
        self.look(self.ground);
        let faults = |index: &u32| {
            let condition = self.decision.rules.get(*index as usize).and_then(|rule| rule.condition);
            condition.is_some_and(|condition| self.evaluate(condition).is_err())
        };
        Fault { rule: set.rules.clone().find(faults), ..fault }
    }

    /// Runs a piece of code that leaves a value, and takes the value.
    fn evaluate(&mut self, entry: u32) -> Result<Value, Fault> {
        let (height, view) = (self.memory.stack.len(), self.view);
        let result = self.execute(entry).map(|()| self.pop());
        self.view = view;
        self.memory.stack.truncate(height);
        result
    }

    /// Runs a piece of code to its `return`.
    fn execute(&mut self, entry: u32) -> Result<(), Fault> {
        let code = &self.decision.code;
        let mut next = entry;
        loop {
            self.steps = self.steps.checked_sub(1).ok_or(FaultCode::TooManySteps)?;
            let instruction = code.get(next as usize).copied().unwrap_or(Instruction::Return);
            next += 1;
            match instruction {
                Instruction::Constant(index) => self.constant(index),
                Instruction::Field(index) => self.field(index),
                Instruction::Definition(index) => self.definition(index)?,
                Instruction::Now => next = self.moment(next, Value::DateTime(self.clock.now))?,
                Instruction::Today => next = self.moment(next, Value::Date(self.clock.today()))?,
                Instruction::Item(up) => self.item(up),
                Instruction::Element(up, _, field) => self.element(up, field),
                Instruction::Lookup(index) => self.lookup(index),
                Instruction::Loop(index) => self.run_loop(index)?,
                Instruction::Sieve(which, place) => next = if self.sieve(which)? { place } else { next },

                Instruction::Actor(index) => self.actor(index),
                Instruction::IsNew => self.is_new(),
                Instruction::HasBefore => self.has_before(),
                Instruction::EnterBefore(place) => next = if self.enter_before() { next } else { place },
                Instruction::LeaveBefore => self.leave_before(),

                Instruction::Not => self.not(),
                Instruction::And => self.and(),
                Instruction::Or => self.or(),
                Instruction::Holds => self.holds(),

                Instruction::Equal => self.equal(false)?,
                Instruction::EqualExact => self.equal(true)?,
                Instruction::Less => self.ordered(std::cmp::Ordering::is_lt)?,
                Instruction::LessOrEqual => self.ordered(std::cmp::Ordering::is_le)?,
                Instruction::Greater => self.ordered(std::cmp::Ordering::is_gt)?,
                Instruction::GreaterOrEqual => self.ordered(std::cmp::Ordering::is_ge)?,
                Instruction::In(choice) => self.is_in(choice)?,
                Instruction::Matches(pattern) => self.matches(pattern)?,
                Instruction::IsMissing => self.is_missing(),

                Instruction::Call(builtin, count) => self.call(builtin, count)?,
                Instruction::Join(count) => self.join(count)?,

                Instruction::Jump(place) => next = place,
                Instruction::JumpUnless(place) => next = if self.chooses(next) { next } else { place },
                Instruction::JumpIfFalse(place) => next = if self.top_is(false) { place } else { next },
                Instruction::JumpIfTrue(place) => next = if self.top_is(true) { place } else { next },
                Instruction::JumpIfPresent(place) => next = if self.keep_present() { place } else { next },

                Instruction::Fire(rule) => self.fire(rule)?,
                Instruction::Search => self.search()?,
                Instruction::FireOtherwise(rule) => self.fire_otherwise(rule)?,
                Instruction::Perform(effect) => self.perform(effect)?,
                Instruction::Return => return Ok(()),
            }
        }
    }

    fn push(&mut self, value: Value) {
        self.memory.stack.push(value);
    }

    /// Verified code never takes more than there is.
    fn pop(&mut self) -> Value {
        self.memory.stack.pop().unwrap_or_default()
    }
}

/// Tells that a fault happened in the `only when` of a set.
fn in_opening(mut fault: Fault, set: &RuleSet) -> Fault {
    if fault.detail.is_empty() {
        fault.detail = format!("in `only when` of `{}`", set.name);
    }
    fault
}

/// A fault of a computation, not yet tied to a rule.
impl From<FaultCode> for Fault {
    fn from(code: FaultCode) -> Self {
        Self { code, rule: None, detail: String::new() }
    }
}
