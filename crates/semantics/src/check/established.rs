//! Which values are certainly there once a condition holds: `lead.email is present`, and every positive test of it.
//!
//! Known so that nobody is warned of a missing value in a rule that has asked for it.

use crate::typed::{Expr, ExprKind};

/// An expression that reads something by itself: a stored field, a derived value, an item of a list or a field of it, a row of
/// reference data or a value in it.
fn source(expr: &Expr) -> Option<&Expr> {
    let reads = matches!(
        expr.kind,
        ExprKind::Field(_) | ExprKind::Definition(_) | ExprKind::Element { .. } | ExprKind::Lookup { .. }
    );
    reads.then_some(expr)
}

/// What certainly has a value where a condition holds.
pub(super) fn established(condition: &Expr) -> Vec<Expr> {
    sources(condition).into_iter().cloned().collect()
}

fn sources(condition: &Expr) -> Vec<&Expr> {
    match &condition.kind {
        ExprKind::And(members) => members.iter().flat_map(sources).collect(),
        ExprKind::Or(members) => {
            let mut each = members.iter().map(sources);
            let first = each.next().unwrap_or_default();
            each.fold(first, |mut all, one| {
                all.retain(|source| one.contains(source));
                all
            })
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
        _ => Vec::new(),
    }
}

/// What certainly has a value where a condition does not hold.
fn refuted(condition: &Expr) -> Vec<&Expr> {
    match &condition.kind {
        ExprKind::IsMissing(value) => source(value).into_iter().collect(),
        ExprKind::Call { builtin, arguments } if builtin.row().key == "is blank" => {
            arguments.iter().filter_map(source).collect()
        }
        ExprKind::Not(inner) => sources(inner),
        ExprKind::Or(members) => members.iter().flat_map(refuted).collect(),
        _ => Vec::new(),
    }
}
