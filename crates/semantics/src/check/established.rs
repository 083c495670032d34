//! Which values are certainly there once a condition holds: `lead.email is present`, and every positive test of it.
//!
//! Known so that nobody is warned of a missing value in a rule that has asked for it.

use std::collections::BTreeSet;

use crate::typed::{Expr, ExprKind};

/// A stored field, a derived value, or an item of a list or a field of it, by their numbers in the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Field(u32),
    Definition(u32),
    Element(u32, Option<u32>),
}

/// The source that an expression reads directly.
pub(super) fn source(expr: &Expr) -> Option<Source> {
    match expr.kind {
        ExprKind::Field(place) => Some(Source::Field(place)),
        ExprKind::Definition(place) => Some(Source::Definition(place)),
        ExprKind::Element { level, field } => Some(Source::Element(level, field)),
        _ => None,
    }
}

/// What certainly has a value where a condition holds.
pub(super) fn established(condition: &Expr) -> BTreeSet<Source> {
    match &condition.kind {
        ExprKind::And(members) => members.iter().flat_map(established).collect(),
        ExprKind::Or(members) => {
            let mut each = members.iter().map(established);
            let first = each.next().unwrap_or_default();
            each.fold(first, |all, one| all.intersection(&one).copied().collect())
        }
        ExprKind::Not(inner) => refuted(inner),
        ExprKind::Compare { left, right, .. } => source(left).into_iter().chain(source(right)).collect(),
        ExprKind::In { value, .. } | ExprKind::Matches { value, .. } => source(value).into_iter().collect(),
        ExprKind::Holds(inner) => match &inner.kind {
            ExprKind::Call { builtin, arguments } if builtin.row().propagates() => {
                arguments.iter().filter_map(source).collect()
            }
            _ => source(inner).into_iter().collect(),
        },
        _ => BTreeSet::new(),
    }
}

/// What certainly has a value where a condition does not hold.
fn refuted(condition: &Expr) -> BTreeSet<Source> {
    match &condition.kind {
        ExprKind::IsMissing(value) => source(value).into_iter().collect(),
        ExprKind::Call { builtin, arguments } if builtin.row().key == "is blank" => {
            arguments.iter().filter_map(source).collect()
        }
        ExprKind::Not(inner) => established(inner),
        ExprKind::Or(members) => members.iter().flat_map(refuted).collect(),
        _ => BTreeSet::new(),
    }
}
