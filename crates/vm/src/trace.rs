//! How a verdict came about: every rule that was considered, its single conditions, and what they looked at.
//!
//! Only programs that were made to be traced know single conditions (see [`Leaf`](crate::program::Leaf)).

use values::{FaultCode, Value};

use crate::program::Decision;

/// How a verdict came about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The rules that were considered, in order: in a `first match` set those up to the first that held.
    pub rules: Vec<RuleTrace>,
    /// What made the derived values, as the last set saw them: the lines that counted, in written order.
    pub lines: Vec<LineTrace>,
    /// What the lines of each derived value that has lines came to, or why that could not be computed, by its place in
    /// [`Decision::definitions`](crate::program::Decision::definitions).
    pub results: Vec<(u32, Result<Value, FaultCode>)>,
}

/// A line of a derived value that counted: its condition held, or it contributed to a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineTrace {
    /// The derived value: a place in [`Decision::definitions`](crate::program::Decision::definitions).
    pub definition: u32,
    /// The line: a place in [`Definition::lines`](crate::program::Definition::lines).
    pub line: u32,
    /// `true` for a condition that held, a number for what was contributed, or why it could not be computed.
    pub gives: Result<Value, FaultCode>,
}

/// How a rule turned out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTrace {
    /// The rule: a place in [`Decision::rules`](crate::program::Decision::rules).
    pub rule: u32,
    /// Whether its condition held; `otherwise` held if it fired.
    pub holds: Result<bool, FaultCode>,
    /// Its single conditions in written order, also those that did not have to be asked.
    pub leaves: Vec<LeafTrace>,
}

/// How a single condition turned out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafTrace {
    /// Whether it held.
    pub holds: Result<bool, FaultCode>,
    /// What it read, each once, in the order of reading.
    pub read: Vec<(Read, Value)>,
}

/// What a condition reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Read {
    /// A field: a place in [`Decision::fields`](crate::program::Decision::fields).
    Field(u32),
    /// A derived value: a place in [`Decision::definitions`](crate::program::Decision::definitions).
    Definition(u32),
    /// A field before the event.
    FieldBefore(u32),
    /// A derived value before the event.
    DefinitionBefore(u32),
}

impl Read {
    /// What rules call it, without the record type.
    pub fn name(self, decision: &Decision) -> &str {
        let name = match self {
            Self::Field(place) | Self::FieldBefore(place) => decision.fields.get(place as usize).map(|it| &it.name),
            Self::Definition(place) | Self::DefinitionBefore(place) => {
                decision.definitions.get(place as usize).map(|it| &it.name)
            }
        };
        name.map_or("", |name| name)
    }

    /// Whether it is what was there before the event.
    pub const fn is_previous(self) -> bool {
        matches!(self, Self::FieldBefore(_) | Self::DefinitionBefore(_))
    }
}
