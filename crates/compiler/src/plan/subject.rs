//! What the questions of a set can find out about one value: a *subject*, and its atoms.
//!
//! A subject is an operand of tests: a field, a derived value, any expression. What its tests can tell apart about it
//! falls into *atoms*, each test is true for some of them, and an answer leaves the atoms that it allows:
//!
//! ```text
//! lead.score > 50, lead.score > 70          lead.country is "DE", lead.country in "DE", "AT"
//!
//! missing │ .. 50 │ 50 .. 70 │ 70 ..        missing │ others │ "AT" │ "DE"
//!    0        1        2         3             0         1       2      3
//! ```
//!
//! Missing is an atom like others: `no` to `> 50` leaves 0 and 1, from which `no` to `> 70` follows and nothing about
//! `<= 50`. Any test that is not about an operand and constants is its own subject, with the atoms true and others.

use semantics::typed::Expr;
use values::{Type, Value, text};

use super::atoms::Atoms;
use super::labels::Labels;
use super::line::Line;

/// The atom of a missing value.
pub(super) const MISSING: u32 = 0;

/// An operand of tests.
pub(super) struct Subject {
    /// What it is.
    pub(super) operand: Expr,
    /// Whether its texts are compared to the letter.
    pub(super) exact: bool,
    /// All atoms that it can have.
    pub(super) full: Atoms,
    /// Whether computing it cannot fault.
    pub(super) safe: bool,
    /// The last rule that asks about it.
    pub(super) last: u32,
    /// The last rule for which it matters whether it is missing, besides the tests of what it is.
    pub(super) last_missing: Option<u32>,
    /// The atoms other than missing.
    pub(super) scale: Scale,
}

/// How the values of a subject are told apart.
pub(super) enum Scale {
    /// Each by itself: texts and truths.
    Labels(Labels),
    /// By thresholds: numbers, dates, times.
    Line(Line),
}

/// What a test says about its subject.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Predicate {
    /// It is missing.
    Missing,
    /// It is one of these values, texts folded where case does not matter.
    OneOf(Vec<Value>),
    /// It stands so to one of these values.
    Ordered(Vec<(semantics::typed::Comparison, Value)>),
}

impl Subject {
    /// A subject of which nothing is asked yet but by `tests`, with the last rule that asks each.
    pub(super) fn new(operand: &Expr, exact: bool, safe: bool, tests: &[(Predicate, u32)]) -> Self {
        let scale = if operand.ty.is_ordered() {
            Scale::Line(Line::new(tests))
        } else {
            Scale::Labels(Labels::new(tests, &closed_set(&operand.ty, exact)))
        };
        let least = if operand.optional { MISSING } else { 1 };
        let full = match &scale {
            Scale::Line(line) => Atoms::of([(least, line.top())]),
            // Atom 1, all other labels, is left out where there are none.
            Scale::Labels(labels) if labels.is_complete() => Atoms::of([(least, MISSING), (2, labels.top())]),
            Scale::Labels(labels) => Atoms::of([(least, labels.top())]),
        };
        let last = tests.iter().map(|(_, last)| *last).max().unwrap_or(0);
        let about_missing = tests.iter().filter(|(predicate, _)| *predicate == Predicate::Missing);
        Self {
            operand: operand.clone(),
            exact,
            full,
            safe,
            last,
            last_missing: about_missing.map(|(_, last)| *last).max(),
            scale,
        }
    }

    /// The atoms for which a predicate is true.
    pub(super) fn atoms(&self, predicate: &Predicate) -> Atoms {
        match (predicate, &self.scale) {
            (Predicate::OneOf(values), Scale::Labels(labels)) => labels.atoms(values),
            (Predicate::Ordered(relations), Scale::Line(line)) => line.atoms(relations),
            _ => Atoms::of([(MISSING, MISSING)]),
        }
    }

    /// The greatest atom.
    pub(super) fn top(&self) -> u32 {
        match &self.scale {
            Scale::Line(line) => line.top(),
            Scale::Labels(labels) => labels.top(),
        }
    }

    /// The least and greatest of `atoms` that a positive test may name.
    pub(super) fn hull(&self, atoms: &Atoms) -> Option<(u32, u32)> {
        match self.scale {
            Scale::Labels(_) => atoms.hull(2),
            Scale::Line(_) => atoms.hull(1),
        }
    }

    /// A larger set that answers all tests just as well that rules from `rule` on ask.
    pub(super) fn forget(&self, atoms: &Atoms, rule: u32) -> Atoms {
        match &self.scale {
            Scale::Line(line) => line.forget(atoms, rule),
            Scale::Labels(labels) => {
                let missing_matters = self.last_missing.is_some_and(|last| last >= rule);
                let dead = Atoms::of([(if missing_matters { 1 } else { MISSING }, labels.last_dead(rule))]);
                let dead = dead.intersection(&self.full);
                match atoms.is_disjoint(&dead) {
                    true => atoms.clone(),
                    false => dead.ranges().iter().fold(atoms.clone(), |atoms, (from, to)| atoms.with(*from, *to)),
                }
            }
        }
    }
}

/// All values of a type that has few, in the form of labels; none if it has many. Records may hold the labels of a
/// `one of` in any case, so to the letter there are many.
fn closed_set(ty: &Type, exact: bool) -> Vec<Value> {
    match ty {
        Type::Truth => vec![Value::Truth(false), Value::Truth(true)],
        Type::OneOf(labels) if !exact => labels.iter().map(|it| label(&Value::Text(it.clone()), exact)).collect(),
        _ => Vec::new(),
    }
}

/// The form of a value by which labels are told apart.
pub(super) fn label(value: &Value, exact: bool) -> Value {
    match value {
        Value::Text(it) if !exact => Value::text(text::fold(it)),
        _ => value.clone(),
    }
}
