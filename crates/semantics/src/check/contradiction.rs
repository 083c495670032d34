//! Tests joined by `and` that no record can pass together.
//!
//! Only what can be seen at a glance is said here: two values that one field is to have, bounds that leave nothing
//! between them, a value that is to be both missing and compared.

use std::cmp::Ordering;

use values::{Value, compare};

use crate::typed::{Comparison, Expr, ExprKind};

/// The places of two members that exclude each other, if there are such.
pub(super) fn contradiction(members: &[Expr]) -> Option<(usize, usize)> {
    for (place, second) in members.iter().enumerate() {
        for (earlier, first) in members.iter().enumerate().take(place.min(MOST_COMPARED)) {
            if exclude(first, second) || exclude(second, first) {
                return Some((earlier, place));
            }
        }
    }
    None
}

/// Longer conditions are compared with their first members only, so that the time stays bounded.
const MOST_COMPARED: usize = 64;

fn exclude(first: &Expr, second: &Expr) -> bool {
    match (&first.kind, &second.kind) {
        (ExprKind::Not(inner), other) => inner.kind == *other,
        (ExprKind::IsMissing(value), other) => operand(other).is_some_and(|operand| operand == &**value),
        (first, second) => match (bound(first), bound(second)) {
            (Some(first), Some(second)) => first.value == second.value && first.excludes(&second),
            _ => false,
        },
    }
}

/// What a positive test looks at: without a value it fails.
fn operand(test: &ExprKind) -> Option<&Expr> {
    match test {
        ExprKind::Compare { left, .. } => Some(left),
        ExprKind::In { value, .. } | ExprKind::Matches { value, .. } => Some(value),
        ExprKind::Holds(inner) => match &inner.kind {
            ExprKind::Call { arguments, .. } => arguments.first(),
            _ => Some(inner),
        },
        _ => None,
    }
}

/// A comparison with a constant.
struct Bound<'a> {
    value: &'a Expr,
    operator: Comparison,
    exact: bool,
    constant: &'a Value,
}

fn bound(test: &ExprKind) -> Option<Bound<'_>> {
    let ExprKind::Compare { operator, exact, left, right } = test else { return None };
    match &right.kind {
        ExprKind::Constant(constant) => Some(Bound { value: left, operator: *operator, exact: *exact, constant }),
        _ => None,
    }
}

impl Bound<'_> {
    /// Whether no value lies within both. Asked both ways round, so that it suffices to look at upper ends first.
    fn excludes(&self, other: &Self) -> bool {
        let order = compare::order(self.constant, other.constant);
        let both_reach = self.reaches() && other.reaches();
        match (self.operator, other.operator) {
            (Comparison::Equal, Comparison::Equal) => {
                !compare::equal(self.constant, other.constant, self.exact && other.exact)
            }
            (
                Comparison::Less | Comparison::LessOrEqual | Comparison::Equal,
                Comparison::Greater | Comparison::GreaterOrEqual,
            ) => order.is_some_and(|order| order == Ordering::Less || (order == Ordering::Equal && !both_reach)),
            (Comparison::Less | Comparison::LessOrEqual, Comparison::Equal) => {
                order.is_some_and(|order| order == Ordering::Less || (order == Ordering::Equal && !both_reach))
            }
            _ => false,
        }
    }

    /// Whether the constant itself passes.
    const fn reaches(&self) -> bool {
        !matches!(self.operator, Comparison::Less | Comparison::Greater)
    }
}
