//! Rule sets and their rules.

use std::ops::Range;

use values::Text;

use super::{Effect, Expr, Policy};

/// Rules that share one record by a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSet {
    /// Its name; bare rules of one file form a set that is named by the file.
    pub name: Text,
    /// The policy.
    pub policy: Policy,
    /// On which events it runs.
    pub trigger: Trigger,
    /// The sets whose writes it sees: places in [`Decision::sets`](super::Decision::sets), all before its own, in
    /// ascending order.
    pub sees: Vec<u32>,
    /// The days on which it is in force, and `only when`: the set runs where both hold.
    pub guard: Option<Guard>,
    /// The rules that are not `disabled`, in written order.
    pub rules: Vec<Rule>,
    /// The effects of `otherwise`.
    pub otherwise: Option<Otherwise>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name; an unnamed rule is named by file and line.
    pub name: Text,
    /// File and line: `routing.rules:31`.
    pub at: Text,
    /// When it fires: an expression of type `Truth`.
    pub condition: Expr,
    /// The single conditions that it is made of, in written order, to explain how it turned out.
    pub leaves: Vec<Leaf>,
    /// What it does.
    pub effects: Vec<Effect>,
}

/// A single condition of a rule, as it is written: `lead.country is not "DE"`. It has no `and`, `or` or `not` around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Its words.
    pub written: Text,
    /// The bytes in its file where they stand.
    pub place: Range<u32>,
    /// What it asks: an expression of type `Truth`.
    pub test: Expr,
}

/// What happens when no rule of a set fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Otherwise {
    /// File and line.
    pub at: Text,
    /// What it does.
    pub effects: Vec<Effect>,
}

/// On which events a set runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// In every evaluation, whether there is an event or not.
    Always,
    /// On these events, by name.
    Events(Vec<Text>),
    /// On any event, but not without one.
    AnyEvent,
}

/// What guards a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    /// File and line of the set's opening.
    pub at: Text,
    /// Its effective dates, as a test of today: an expression of type `Truth`.
    pub in_force: Option<Expr>,
    /// `only when`: an expression of type `Truth`.
    pub condition: Option<Expr>,
}
