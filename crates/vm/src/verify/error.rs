//! What the verifier can find.

use std::fmt;

use values::Text;

/// Why a program cannot be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The record type whose decision is at fault, where it is one.
    pub record: Option<Text>,
    /// The instruction at fault, where it is one.
    pub place: Option<u32>,
    /// What is wrong.
    pub flaw: Flaw,
}

impl VerifyError {
    pub(super) fn within(self, record: &Text) -> Self {
        Self { record: Some(record.clone()), ..self }
    }
}

/// What can be wrong with a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Its time zone is not known here.
    UnknownZone(String),
    /// A calendar without hours, with hours or holidays out of order, or in an unknown zone.
    Calendar(Text),
    /// Something refers to an entry that a table does not have.
    NoSuch {
        /// What kind of entry: `constant`, `rule`.
        what: &'static str,
        /// The place that it should have.
        index: u32,
    },
    /// A member of a team with a weight out of range.
    Weight(Text),
    /// A field without a place in the data, or whose default is not of its type.
    Field(Text),
    /// A reference whose key is not there, or that leads to itself.
    Join(Text),
    /// A constant nests lists too deep, or a choice holds a missing value.
    Constant(u32),
    /// A pattern that cannot be used, or the first for which there is no memory left.
    Pattern(String),
    /// A rule set's rules do not follow those of the set before, or do not know that they belong to it.
    Rules(Text),
    /// An index leads to rules of another set, is out of order or too large.
    Index(Text),
    /// A sieve whose index leads to cases that it does not have, is out of order or too large.
    Sieve(u32),
    /// A rule set that sees the writes of one that does not run before it.
    Sees(Text),
    /// An `otherwise` that is not the last of its set.
    Otherwise(Text),
    /// An effect skips an operand.
    UnusedOperand(u32),
    /// A built-in is called with a number of arguments that it does not take.
    Arity {
        /// Its key.
        builtin: &'static str,
        /// How many it is given.
        count: u32,
    },
    /// Code that belongs to nothing.
    StrayCode,
    /// Two things that need code of their own begin at the same place.
    SharedCode,
    /// A piece of code whose last instruction is not `return`.
    Endless,
    /// A jump that goes back, or out of its piece of code.
    Jump(u32),
    /// An instruction takes more than the stack holds.
    StackEmpty,
    /// The stack grows over its limit.
    StackFull,
    /// Two ways meet with different heights of the stack.
    StackUneven,
    /// A piece of code ends with a wrong number of values.
    Leaves(u32),
    /// An instruction that acts stands in code that only computes, or for a rule of another set.
    Misplaced(&'static str),
    /// Something is asked of a table that it does not have, or its columns are not of one length.
    Lookup(Text),
    /// What members of a team begin with, in a table's column, is no whole number from 0 on.
    Loads(Text),
    /// A rule fires that has had its turn.
    FiresAgain(u32),
    /// A loop that is to run in too many others.
    Loop(u32),
    /// A derived value that uses itself, or a chain of them that is too long.
    Nesting(Text),
}

/// Whatever is at fault as a whole.
impl From<Flaw> for VerifyError {
    fn from(flaw: Flaw) -> Self {
        Self { record: None, place: None, flaw }
    }
}

impl std::error::Error for VerifyError {}

impl fmt::Display for VerifyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(record) = &self.record {
            write!(out, "`{record}`: ")?;
        }
        if let Some(place) = self.place {
            write!(out, "instruction {place}: ")?;
        }
        self.flaw.fmt(out)
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownZone(zone) => write!(out, "the time zone `{zone}` is not known"),
            Self::Calendar(name) => write!(out, "the calendar `{name}` is not in order"),
            Self::NoSuch { what, index } => write!(out, "there is no {what} {index}"),
            Self::Weight(member) => write!(out, "the weight of the member `{member}` is out of range"),
            Self::Field(name) => {
                write!(out, "the field `{name}` has no place in the data, or a default of another type")
            }
            Self::Join(name) => write!(out, "the reference `{name}` has no key or leads to itself"),
            Self::Constant(index) => write!(out, "constant {index} is not a plain value"),
            Self::Pattern(pattern) => {
                write!(out, "the pattern `{pattern}` cannot be used, or all take too much memory")
            }
            Self::Rules(set) => write!(out, "the rules of `{set}` are out of order"),
            Self::Sieve(index) => write!(out, "the index of the sieve {index} is not in order"),
            Self::Index(set) => write!(out, "the index of the set `{set}` is not in order"),
            Self::Sees(set) => write!(out, "`{set}` sees a set that does not run before it"),
            Self::Otherwise(set) => write!(out, "an `otherwise` is not the last of `{set}`"),
            Self::UnusedOperand(number) => write!(out, "operand {number} of an effect is not used"),
            Self::Arity { builtin, count } => write!(out, "`{builtin}` does not take {count} arguments"),
            Self::StrayCode => out.write_str("there is code that belongs to nothing"),
            Self::SharedCode => out.write_str("two things that need code of their own share it"),
            Self::Endless => out.write_str("a piece of code does not end in `return`"),
            Self::Jump(place) => write!(out, "a jump to {place} goes back or leaves its piece of code"),
            Self::StackEmpty => out.write_str("more is taken from the stack than it holds"),
            Self::StackFull => write!(out, "the stack grows over {}", limits::fixed::STACK),
            Self::FiresAgain(rule) => write!(out, "the rule {rule} fires here though it has had its turn"),
            Self::StackUneven => out.write_str("two ways meet here with different heights of the stack"),
            Self::Leaves(height) => write!(out, "a piece of code leaves {height} values on the stack"),
            Self::Misplaced(mnemonic) => write!(out, "`{mnemonic}` does not belong into this piece of code"),
            Self::Lookup(name) => write!(out, "the reference data `{name}` does not hold what is asked of it"),
            Self::Loads(name) => {
                write!(out, "what `{name}` says that members have already is no whole number from 0 on")
            }
            Self::Loop(index) => write!(out, "the loop {index} runs in too many others"),
            Self::Nesting(name) => write!(out, "the derived value `{name}` uses itself or nests too deep"),
        }
    }
}
