//! The ways in which conditions can hold together: each a list of single tests that hold or do not.

use values::Value;

use crate::typed::{Expr, ExprKind};

/// A single test, and whether it holds.
#[derive(Clone, Copy)]
pub(super) struct Literal<'e> {
    pub(super) test: &'e Expr,
    pub(super) holds: bool,
}

/// Tests that come out so together.
pub(super) type Way<'e> = Vec<Literal<'e>>;

/// More ways than these are not looked at, so that the time stays bounded.
const MOST_WAYS: usize = 256;
/// Nor is a way with more tests.
const MOST_TESTS: usize = 64;

/// The ways in which some conditions can come out as wanted, all of them; none if they are too many.
pub(super) fn ways<'e>(conditions: &[(&'e Expr, bool)]) -> Option<Vec<Way<'e>>> {
    let mut all = vec![Way::new()];
    for (condition, holds) in conditions {
        all = both(&all, &of(condition, *holds)?)?;
    }
    Some(all)
}

fn of(condition: &Expr, holds: bool) -> Option<Vec<Way<'_>>> {
    match &condition.kind {
        ExprKind::Constant(value) => Some(if value.holds() == holds { vec![Way::new()] } else { Vec::new() }),
        ExprKind::Not(inner) => of(inner, !holds),
        ExprKind::And(members) => connected(members, holds, holds),
        ExprKind::Or(members) => connected(members, !holds, holds),
        ExprKind::Holds(inner) if is_condition(inner) => of(inner, holds),
        _ => Some(vec![vec![Literal { test: condition, holds }]]),
    }
}

/// All members come out so, or one of them.
fn connected(members: &[Expr], all: bool, holds: bool) -> Option<Vec<Way<'_>>> {
    if !all {
        let each: Option<Vec<_>> = members.iter().map(|member| of(member, holds)).collect();
        return Some(each?.concat()).filter(|ways| ways.len() <= MOST_WAYS);
    }
    let mut ways = vec![Way::new()];
    for member in members {
        ways = both(&ways, &of(member, holds)?)?;
    }
    Some(ways)
}

fn both<'e>(some: &[Way<'e>], others: &[Way<'e>]) -> Option<Vec<Way<'e>>> {
    if some.len() * others.len() > MOST_WAYS {
        return None;
    }
    let joined = some.iter().flat_map(|one| others.iter().map(move |other| [&one[..], &other[..]].concat()));
    let joined: Vec<Way<'e>> = joined.collect();
    joined.iter().all(|way| way.len() <= MOST_TESTS).then_some(joined)
}

fn is_condition(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Not(_) | ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Compare { .. })
        || expr.kind == ExprKind::Constant(Value::Truth(true))
}
