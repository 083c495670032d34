//! The answer: what fired, what follows, and what was lost on the way. Names are looked up in the program when it is
//! written out, so that a verdict is small.

use values::{FaultCode, Instant, Text, Value};

use crate::effect::{Effect, Escalation, Recipient, Selection};
use crate::trace::Trace;

/// What was decided about one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What happened to the record, if anything did.
    pub event: Option<Text>,
    /// The instant at which it was decided, where that is the record's own.
    pub now: Option<Instant>,
    /// The rules that fired, in order: places in [`Decision::rules`](crate::program::Decision::rules).
    pub fired: Vec<u32>,
    /// The derived values in the order of [`Decision::definitions`](crate::program::Decision::definitions); one that
    /// could not be computed and that no rule needed holds its fault. Empty when they were not asked for.
    pub values: Vec<Result<Value, FaultCode>>,
    /// Who gets the record, when any rule says so.
    pub assignment: Option<Assignment>,
    /// The rule that said so: a place in [`Decision::rules`](crate::program::Decision::rules).
    pub assigned_by: Option<u32>,
    /// The fields written, in the order of writing.
    pub set: Vec<(Text, Value)>,
    /// The references in whose records fields were written, places in
    /// [`Decision::joins`](crate::program::Decision::joins), with the keys of those records.
    pub set_in: Vec<(u32, Value)>,
    /// Whether the record is accepted or rejected, when any rule says so.
    pub outcome: Option<Outcome>,
    /// The effects that are neither assignment, field nor outcome, in order. `Assignee` among their recipients is whoever
    /// `assignment` names: the member who was chosen, or else the target.
    pub effects: Vec<Effect<Value>>,
    /// What was not performed, and why.
    pub lost: Vec<Lost>,
    /// The rules whose outcome was decided by a missing value: had it been known, they might have turned out otherwise.
    /// Empty when this was not asked for.
    pub by_missing: Vec<u32>,
    /// The sets that did not run because they are not in force or their `only when` does not hold; in a verdict with a trace also those that wait
    /// for another event.
    pub not_run: Vec<NotRun>,
    /// How it came about, when that was asked for.
    pub trace: Option<Trace>,
}

impl Verdict {
    /// Forgets all that it says, so that another can be written in its place without asking for memory.
    pub fn clear(&mut self) {
        let Self {
            event,
            now,
            fired,
            values,
            assignment,
            assigned_by,
            set,
            set_in,
            outcome,
            effects,
            lost,
            by_missing,
            not_run,
            trace,
        } = self;
        (*event, *now, *assignment, *assigned_by, *outcome, *trace) = (None, None, None, None, None, None);
        fired.clear();
        values.clear();
        set.clear();
        set_in.clear();
        effects.clear();
        lost.clear();
        by_missing.clear();
        not_run.clear();
    }
}

/// A set that did not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotRun {
    /// A place in [`Decision::sets`](crate::program::Decision::sets).
    pub set: u32,
    /// Why not.
    pub because: Idle,
}

/// Why a set does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// It waits for another event than the one that happened, if any did.
    Waits,
    /// The day is none of its effective dates.
    NotInForce,
    /// Its `only when` does not hold.
    NotWanted,
}

/// Who gets the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assignment {
    /// Somebody.
    To {
        /// Whom: never `Assignee`.
        target: Recipient<Value>,
        /// Who of the team, once a [`Chooser`](crate::Chooser) has chosen.
        member: Option<Text>,
        /// How a member of a team is to be chosen.
        by: Option<Selection<Value>>,
        /// The deadline.
        due: Option<Instant>,
        /// Who is told when it passes, one after the other.
        escalations: Vec<Escalation<Value>>,
    },
    /// Nobody, as a rule settled.
    Nobody,
    /// The owner that it has.
    KeepOwner,
}

/// Whether the record is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is.
    Accept,
    /// It is not, and all the reasons.
    Reject(Vec<Reason>),
}

/// Why a record was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The field at fault.
    pub field: Option<Text>,
    /// The words.
    pub text: Text,
}

/// An effect that was not performed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The rule: a place in [`Decision::rules`](crate::program::Decision::rules).
    pub rule: u32,
    /// The effect's verb, with the field for `set`: `assign`, `set stage`, `create task`. Where only a part of it was
    /// lost, that part: `escalate`, `within`, `choose a member`, `send email cc`, `send email from`, `send email reply to`.
    pub effect: String,
    /// Why.
    pub because: Because,
}

/// Why an effect was not performed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// A rule (a place among the rules) had already settled it.
    Earlier(u32),
    /// A rule rejected the record, so that accepting it is void.
    Rejected(u32),
    /// The target, as written, had no value, or a blank one.
    TargetMissing(Text),
    /// A message's recipient, computed, is neither an address nor the name of a declared target.
    UnknownTarget(Text),
    /// A field was to be written in the record that a reference leads to, and there is none.
    NoRecord(Text),
    /// A guard of the rulebook blocks it: a place in [`Decision::guards`](crate::program::Decision::guards).
    Never(u32),
    /// `assignee` was named and nobody was assigned, or the owner kept, whom the machine does not know.
    NobodyAssigned,
    /// A value that the deadline is reckoned with is missing.
    TimeMissing,
    /// Without a deadline none can pass.
    NoDeadline,
    /// Every member of the team is away.
    EverybodyAway(Text),
    /// The target is not a team, or one without members.
    NoMembers(Text),
}

/// Why a record could not be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What went wrong.
    pub code: FaultCode,
    /// The rule in whose evaluation it happened, where one can be named.
    pub rule: Option<u32>,
    /// More about it: the rules that matched at once, the unknown target.
    pub detail: String,
}
