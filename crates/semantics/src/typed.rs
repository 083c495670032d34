//! What was meant: names bound, types known, no sugar.
//!
//! `between`, `!=`, `not in`, `none of` and their like are gone: a condition is built of [`Expr`]s with `And`, `Or` and
//! `Not`, and every test is positive. Positions are left out on purpose: what is compiled must not change when text moves.

mod effect;
mod never;
mod reference;
mod sets;
pub mod test;

use std::sync::Arc;

pub use reference::{Column, Reference};

pub use effect::{Deadline, Effect, Escalation, Loads, Recipient, Selection};
pub use never::{Blocked, Never};
pub use sets::{Guard, Leaf, Otherwise, Rule, RuleSet, Trigger};
use values::builtins::Builtin;
use values::{Date, Pattern, Text, Type, Value};

/// A whole checked rulebook: everything that the compiler needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rulebook {
    /// The time-zone name in which dates and times without offset are read: `UTC`, `Europe/Berlin`.
    pub zone: String,
    /// One entry for each record type that rule sets decide, in name order.
    pub decisions: Vec<Decision>,
    /// The declared teams, queues and users, in name order.
    pub targets: Vec<Target>,
    /// The reference data, in name order.
    pub references: Vec<Arc<Reference>>,
    /// The calendars in name order; business durations refer to them by their place here.
    pub calendars: Vec<values::Calendar>,
}

/// All that is decided about one type of record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The record type.
    pub record: Text,
    /// Every stored field that rules may read or that identifies the record, in declared (or else name) order;
    /// expressions refer to fields by their place here.
    pub fields: Vec<Field>,
    /// The fields of who acts that rules read, in declared (or else name) order.
    pub actor: Vec<Field>,
    /// The derived values, in name order; expressions refer to them by their place here.
    pub definitions: Vec<Definition>,
    /// What is never done, in the order of the files.
    pub guards: Vec<Never>,
    /// The rule sets in the order in which they run.
    pub sets: Vec<RuleSet>,
}

/// A stored field as it is read from a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// As rules write it, without the record type: `company.employees`.
    pub name: Text,
    /// The keys or the column under which the data holds it: `["company", "employees"]`, `["Lead Source"]`.
    pub source: Vec<Text>,
    /// Its type. `Record` stands for the mere presence of a nested record, read as a truth.
    pub ty: Type,
    /// Whether it may be missing (also because a record around it may be).
    pub optional: bool,
    /// What a missing value counts as.
    pub default: Option<Value>,
    /// The texts that mean missing.
    pub sentinels: Vec<Text>,
    /// Whether it identifies the record.
    pub key: bool,
    /// Whether it comes from a `record` declaration; an inferred field is always optional.
    pub declared: bool,
    /// The reference in whose record it lies, by its name among [`Decision::fields`]: `account` for `account.region`. It is
    /// missing where there is no such record, whatever `optional` and `default` say: they are about records that are there.
    pub through: Option<Text>,
    /// Where it leads, if it is a reference itself. Its value is whether there is such a record.
    pub link: Option<Arc<Link>>,
    /// The list in whose items it lies, by its place in [`Decision::fields`]; its name is `activities[].points` then, and
    /// its source leads to it from the item.
    pub list: Option<u32>,
}

/// Where a reference leads: to the one record of another type that has a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The type of the other record.
    pub record: Text,
    /// The field that holds its key, by its name among [`Decision::fields`].
    pub by: Text,
    /// The key of the other record.
    pub key: Field,
}

/// `define lead.is_enterprise = …`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Definition {
    /// The derived field's name, without the record type.
    pub name: Text,
    /// What it is computed from.
    pub value: Expr,
    /// What its lines say, to explain it: each by itself, in written order. Empty for a `define`.
    pub lines: Vec<Line>,
    /// Whether only the first line that holds counts.
    pub first_only: bool,
    /// Whether it is no value of the author's, only a step on the way to one: which row of a table holds.
    pub hidden: bool,
}

/// A line of a `decide`, `score` or table, by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// As written, on one line.
    pub text: Text,
    /// File and line: `scoring.rules:12`.
    pub at: Text,
    /// Whether it holds (a truth), or what it contributes (a number, missing where it does not count).
    pub value: Expr,
    /// Whether it only brings the sum of the others into limits: 0 where it does nothing.
    pub limits: bool,
}

/// The three kinds of target.
pub use syntax::ast::{Policy, TargetKind};

/// A declared team, queue or user.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// Which kind.
    pub kind: TargetKind,
    /// Its name.
    pub name: Text,
    /// The members of a team; the address of a user.
    pub members: Vec<Member>,
}

/// A member of a team.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// The name or address that verdicts show.
    pub address: Text,
    /// Their share of the work beside the others' in hundredths: 100 for the weight 1.
    pub weight: u32,
    /// The days on which they get none: first and last of each stretch.
    pub away: Vec<(Date, Date)>,
}

/// An expression with its type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// The type of its value when there is one.
    pub ty: Type,
    /// Whether its value may be missing.
    pub optional: bool,
}

/// The forms of expressions. Every test is positive and false when an operand is missing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ExprKind {
    /// A value that is known before any record.
    Constant(Value),
    /// A stored field, by its place in [`Decision::fields`].
    Field(u32),
    /// A derived value, by its place in [`Decision::definitions`].
    Definition(u32),
    /// A field of who acts, by its place in [`Decision::actor`].
    Actor(u32),
    /// Whether the event has made the record.
    IsNew,
    /// Whether the record before the event is known.
    HasBefore,
    /// A value on the record before the event; missing where that is not known.
    Previous(Box<Expr>),
    /// The instant of the evaluation.
    Now,
    /// The day of the evaluation in the rulebook's zone.
    Today,
    /// The exact opposite.
    Not(Box<Expr>),
    /// Whether all hold; two or more.
    And(Vec<Expr>),
    /// Whether one holds; two or more.
    Or(Vec<Expr>),
    /// A truth used as a condition: a missing one counts as false. Stands around anything of type `Truth` that may be
    /// missing where a condition is expected.
    Holds(Box<Expr>),
    /// A comparison of two values of one kind.
    Compare {
        /// Which.
        operator: Comparison,
        /// Whether text is compared to the letter. It is when a side is exact, whichever it is.
        exact: bool,
        /// Left of it.
        left: Box<Expr>,
        /// Right of it.
        right: Box<Expr>,
    },
    /// Whether a value is one of several constants.
    In {
        /// What is looked for.
        value: Box<Expr>,
        /// The constants, sorted and without duplicates where possible.
        constants: Arc<[Value]>,
        /// As in `Compare`.
        exact: bool,
    },
    /// Whether a pattern is found in a text.
    Matches {
        /// The text.
        value: Box<Expr>,
        /// The pattern.
        pattern: Pattern,
    },
    /// Whether there is no value.
    IsMissing(Box<Expr>),
    /// A built-in function or operator. Missing operands are its own business, as its row says.
    Call {
        /// Which.
        builtin: Builtin,
        /// What it is given.
        arguments: Vec<Expr>,
    },
    /// A value, or another where it is missing.
    Default {
        /// The value.
        value: Box<Expr>,
        /// The other.
        fallback: Box<Expr>,
    },
    /// The value of the first case whose condition holds. Flat, however many there are.
    Cases {
        /// Conditions and values, in order.
        cases: Vec<(Expr, Expr)>,
        /// The value where none holds.
        otherwise: Box<Expr>,
    },
    /// One of two values.
    If {
        /// A condition.
        condition: Box<Expr>,
        /// The value when it holds.
        then: Box<Expr>,
        /// The value when not.
        otherwise: Box<Expr>,
    },
    /// An item of a list that is gone through.
    Element {
        /// How many lists are being gone through around that one.
        level: u32,
        /// A field of the item, by its place in [`Decision::fields`]; none for the item itself.
        field: Option<u32>,
    },
    /// What is made of the items of a list, those left out that are missing. A missing list has no items.
    Fold {
        /// What.
        fold: Fold,
        /// How many lists are being gone through around this one.
        level: u32,
        /// The list.
        list: Box<Expr>,
        /// The condition on an item; all are taken if there is none.
        filter: Option<Box<Expr>>,
        /// What is taken of an item: for `First` and `Gather`.
        item: Option<Box<Expr>>,
    },
    /// A row of reference data: its presence, as a truth that is missing where there is no such row, or a value in it.
    Lookup {
        /// The name of the reference data.
        reference: Text,
        /// The key of the row; texts are compared as the key's column says.
        key: Box<Expr>,
        /// The column; none for the row itself.
        column: Option<Text>,
    },
    /// Pieces of text joined; a missing piece is joined as an empty text. Each piece is a text (non-texts are turned
    /// into text by a built-in around them).
    Join(Vec<Expr>),
}

/// What can be made of the items of a list. `all` is the opposite of an item that does not, `sum` a call on what is
/// gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fold {
    /// Whether there is one.
    Any,
    /// How many there are.
    Count,
    /// What is taken of the first item of which something can be taken.
    First,
    /// What is taken of each, as a list.
    Gather,
}

/// The comparisons; both sides are of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
