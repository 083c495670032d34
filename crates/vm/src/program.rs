//! A program: what the compiler makes of a rulebook and the machine runs.

mod field;
pub mod index;
pub mod sieve;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use values::{Calendar, Clock, Date, Instant, Pattern, Text, Value};

pub use field::{Field, FieldPlace, Items, Join};
pub use index::Index;
pub use sieve::Sieve;

use crate::effect::{Effect, Operand, Recipient, TargetKind};
use crate::file::nested;
use crate::instruction::Instruction;

/// A compiled rulebook. Only a program that [`verify`](crate::verify) accepted is ever run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// The name of the time zone in which dates and times without offset are read.
    pub zone: String,
    /// One entry for each record type that is decided, in name order.
    pub decisions: Vec<Decision>,
    /// The declared teams, queues and users, in name order.
    pub targets: Vec<Target>,
    /// The calendars in name order; business durations refer to them by their place.
    pub calendars: Vec<Calendar>,
    /// The tables that the code asks, in name order.
    pub references: Vec<Reference>,
}

impl Program {
    /// A clock in the program's zone and with its calendars. The verifier has seen to it that both can be had.
    pub fn clock(&self, now: Instant) -> Clock {
        Clock::of(now, &self.zone, &self.calendars)
    }
}

impl Program {
    /// The table and the column of a lookup.
    pub(crate) fn looked_up(&self, lookup: &Lookup) -> Option<(&Reference, &Column)> {
        let table = self.references.iter().find(|table| table.name == lookup.reference)?;
        Some((table, table.columns.iter().find(|column| Some(&column.name) == lookup.column.as_ref())?))
    }

    /// Whether the single conditions of all rules are known, so that verdicts can be traced.
    pub fn is_traceable(&self) -> bool {
        let rules = self.decisions.iter().flat_map(|decision| &decision.rules);
        rules.into_iter().all(|rule| rule.condition.is_none() || !rule.leaves.is_empty())
    }
}

/// All that is decided about one type of record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The record type.
    pub record: Text,
    /// The fields that the code asks for, and the key; `Field` instructions refer to them by their place.
    pub fields: Vec<Field>,
    /// What is read of the items of lists of records; `Element` instructions refer to it.
    pub items: Vec<Items>,
    /// The references to other records that are followed, each behind those that lead to it.
    pub joins: Vec<Join>,
    /// The fields of who acts that the code asks for; `Actor` instructions refer to them by their place.
    pub actor: Vec<Field>,
    /// The derived values, in name order.
    pub definitions: Vec<Definition>,
    /// What is never done, whichever rule wants it.
    pub guards: Vec<Never>,
    /// The rule sets in the order in which they run.
    pub sets: Vec<RuleSet>,
    /// The rules of all sets, set after set, in written order, each set's `otherwise` last.
    pub rules: Vec<Rule>,
    /// The effects that `Perform` instructions refer to.
    pub effects: Vec<Effect<Operand>>,
    /// The constants that `Constant` instructions refer to.
    #[serde(deserialize_with = "nested::values")]
    pub constants: Vec<Value>,
    /// The constant sets that `In` instructions refer to.
    pub choices: Vec<Choice>,
    /// The patterns that `Matches` instructions refer to.
    pub patterns: Vec<Pattern>,
    /// What `Lookup` instructions refer to.
    pub lookups: Vec<Lookup>,
    /// What `Loop` instructions refer to.
    pub loops: Vec<Loop>,
    /// What `Sieve` instructions refer to.
    pub sieves: Vec<Sieve>,
    /// The instructions of everything, each piece ending in `Return`.
    pub code: Vec<Instruction>,
}

/// A table of reference data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Its name.
    pub name: Text,
    /// Whether keys are compared to the letter.
    pub exact: bool,
    /// The keys, row by row; where one stands twice, the first counts.
    #[serde(deserialize_with = "nested::shared_values")]
    pub keys: Arc<[Value]>,
    /// The columns that the code asks for, each as long as the keys.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: Text,
    /// Its values, row by row.
    #[serde(deserialize_with = "nested::shared_values")]
    pub values: Arc<[Value]>,
}

/// What is asked of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lookup {
    /// The table, by its name among [`Program::references`].
    pub reference: Text,
    /// The column; none for the presence of a row.
    pub column: Option<Text>,
}

/// What is made of the items of a list. Its code runs once for each item, which lies in a frame of its own then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loop {
    /// What is made of them.
    pub fold: Fold,
    /// In how many other loops it runs.
    pub depth: u8,
    /// Where the code of the condition on an item begins, which leaves a truth; without it all items count.
    pub filter: Option<u32>,
    /// Where the code of what is taken of an item begins, which leaves a value.
    pub item: Option<u32>,
}

/// What can be made of the items of a list. Missing items are left out, and what is taken of an item if it is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fold {
    /// Whether there is one.
    Any,
    /// How many there are.
    Count,
    /// What is taken of the first of which something can be taken.
    First,
    /// What is taken of each, as a list.
    Gather,
}

/// A derived value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Its name, without the record type.
    pub name: Text,
    /// Where its code begins; it leaves one value.
    pub entry: u32,
    /// What its lines say, each by itself, in written order. The value does not use them: they explain it. Empty in a
    /// program that is not made to be traced.
    pub lines: Vec<Line>,
    /// Whether only the first line that holds counts: in a `decide` and in a `first match` table.
    pub first_only: bool,
    /// Whether it is only a step on the way to others and stands in no verdict.
    pub hidden: bool,
}

/// A line of a derived value: of a `decide`, a `score`, a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// As written, on one line.
    pub text: Text,
    /// File and line: `scoring.rules:12`.
    pub at: Text,
    /// Where its code begins; it leaves one value: a truth, whether the line holds, or the number that it contributes,
    /// missing where it does not count.
    pub entry: u32,
    /// Whether it only brings the sum of the others into limits: 0 where it does nothing.
    pub limits: bool,
}

/// A declared team, queue or user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Which kind.
    pub kind: TargetKind,
    /// Its name.
    pub name: Text,
    /// The members of a team; the address of a user.
    pub members: Vec<Member>,
}

/// What the weight of a [`Member`] can be.
pub const WEIGHTS: std::ops::RangeInclusive<u32> = 1..=100_000;

/// A member of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The name or address that verdicts show.
    pub address: Text,
    /// Their share of the work beside the others' in hundredths, within [`WEIGHTS`]: 100 for the weight 1.
    pub weight: u32,
    /// The days on which they get none: first and last of each stretch.
    pub away: Vec<(Date, Date)>,
}

/// How the rules of a set share one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Policy {
    /// The first rule that holds fires, no other.
    First,
    /// Every rule that holds fires.
    All,
    /// At most one rule may hold; a second is a fault.
    Unique,
}

/// Rules that share one record by a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSet {
    /// Its name.
    pub name: Text,
    /// The policy.
    pub policy: Policy,
    /// On which events it runs.
    pub trigger: Trigger,
    /// The sets whose writes it sees: places in [`Decision::sets`], all before its own, in ascending order.
    pub sees: Vec<u32>,
    /// The conditions under which it runs.
    pub guard: Option<Guard>,
    /// Its rules: places in [`Decision::rules`], from `start` up to `end`.
    pub rules: std::ops::Range<u32>,
    /// Where the code of its decision tree begins; it leaves nothing.
    pub entry: u32,
    /// Which of its rules can hold; none where asking each is as fast.
    pub index: Option<Index>,
}

/// On which events a set runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trigger {
    /// In every evaluation, whether there is an event or not.
    Always,
    /// On these events, by name.
    Events(Vec<Text>),
    /// On any event, but not without one.
    AnyEvent,
}

/// What guards a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guard {
    /// File and line of the set: `routing.rules:31`.
    pub at: Text,
    /// Where the code begins that tells whether the set is in force; it leaves one truth.
    pub in_force: Option<u32>,
    /// Where the code of its `only when` begins; it leaves one truth.
    pub condition: Option<u32>,
}

/// A guard of the whole rulebook: what is not done while a condition holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Never {
    /// The effects that it is about.
    pub effect: Blocked,
    /// As it is written: `never send email when lead.opted_out`.
    pub written: Text,
    /// File and line.
    pub at: Text,
    /// Where the code of its condition begins; it leaves one truth.
    pub condition: u32,
}

/// The effects that a guard is about: all of a kind, or those of a field, a name or a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Blocked {
    /// Assignments; to a declared target, or to a name where no target is declared.
    Assign(Option<Recipient<Operand>>),
    /// `leave unassigned`
    LeaveUnassigned,
    /// `keep owner`
    KeepOwner,
    /// Whatever gives a field another value, clearing it included.
    Set(Option<Text>),
    /// Clearing a field.
    Clear(Option<Text>),
    /// Adding to a list.
    Add(Option<Text>),
    /// Removing from a list.
    Remove(Option<Text>),
    /// Tasks.
    Task,
    /// Notifications.
    Notify,
    /// Emails, or those of a template.
    Email(Option<Text>),
    /// Calls, or those of an integration.
    Call(Option<Text>),
    /// Workflows, or this one.
    Start(Option<Text>),
    /// `accept`
    Accept,
    /// `reject`
    Reject,
}

/// One rule, or the `otherwise` of a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name; `otherwise` for an `otherwise`.
    pub name: Text,
    /// File and line: `routing.rules:31`.
    pub at: Text,
    /// The set it belongs to: a place in [`Decision::sets`].
    pub set: u32,
    /// Where the code of its condition alone begins (one truth is left); none for `otherwise`. The tree does not use it:
    /// it explains a rule by itself.
    pub condition: Option<u32>,
    /// The single conditions in it, in written order; empty in a program that is not made to be traced.
    pub leaves: Vec<Leaf>,
    /// Where the code of its effects begins; it leaves nothing.
    pub effects: u32,
    /// Whether its last effect is `stop`: the tree fires no later rule of its set.
    pub stops: bool,
}

/// A single condition of a rule, which explains how the rule turned out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// As it is written: `lead.country is not "DE"`.
    pub written: Text,
    /// The bytes in the rule's file where it stands.
    pub place: std::ops::Range<u32>,
    /// Where its code begins; one truth is left.
    pub entry: u32,
}

/// Constants of which a value may be one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The constants.
    #[serde(deserialize_with = "nested::shared_values")]
    pub constants: Arc<[Value]>,
    /// Whether texts are compared to the letter.
    pub exact: bool,
}
