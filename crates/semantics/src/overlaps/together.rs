//! Whether conditions can hold together, with a record that shows it where one can be made.
//!
//! Each way in which they could is looked at by itself: what its tests ask of one operand, some value must pass. Different
//! operands are taken to be independent, which errs on the side of "perhaps".

use std::cmp::Ordering;
use std::collections::BTreeMap;

use values::{Type, Value, compare};

use super::candidates::{candidates, plain};
use super::ways::{Literal, Way, ways};
use crate::typed::{Comparison, Decision, Expr, ExprKind};

/// Whether conditions can hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Together {
    /// Never.
    Never,
    /// Nothing shows that they cannot.
    Perhaps,
    /// They do for this record, as JSON.
    Shown(String),
}

/// Whether some conditions can come out as wanted together.
pub(super) fn together(conditions: &[(&Expr, bool)], decision: &Decision) -> Together {
    let Some(ways) = ways(conditions) else { return Together::Perhaps };
    let mut best = Together::Never;
    for way in &ways {
        match possible(way, decision) {
            Together::Never => {}
            Together::Perhaps => best = Together::Perhaps,
            shown @ Together::Shown(_) => return shown,
        }
    }
    best
}

fn possible(way: &Way<'_>, decision: &Decision) -> Together {
    let mut shown = true;
    let mut values: BTreeMap<u32, Value> = BTreeMap::new();
    for (operand, tests) in by_operand(way) {
        let Some(candidates) = candidates(operand, &tests) else {
            shown = false;
            continue;
        };
        let passes = |value: &Value| tests.iter().all(|literal| passes(literal, operand, value));
        let Some(value) = candidates.into_iter().find(passes) else { return Together::Never };
        match operand.kind {
            ExprKind::Field(place) => drop(values.insert(place, value)),
            _ => shown = false,
        }
    }
    let record = shown.then(|| record(decision, &values)).flatten();
    record.map_or(Together::Perhaps, Together::Shown)
}

/// The tests, operand by operand.
fn by_operand<'e>(way: &Way<'e>) -> Vec<(&'e Expr, Vec<Literal<'e>>)> {
    let mut sorted: Vec<(&'e Expr, Vec<Literal<'e>>)> = Vec::new();
    for literal in way {
        let operand = operand(literal.test);
        match sorted.iter_mut().find(|(known, _)| *known == operand) {
            Some((_, tests)) => tests.push(*literal),
            None => sorted.push((operand, vec![*literal])),
        }
    }
    sorted
}

/// What a test looks at. One that cannot be taken apart is looked at as a whole.
fn operand(test: &Expr) -> &Expr {
    match &test.kind {
        ExprKind::Compare { left, right, .. } if matches!(right.kind, ExprKind::Constant(_)) => left,
        ExprKind::In { value, .. } | ExprKind::IsMissing(value) | ExprKind::Holds(value) => value,
        _ => test,
    }
}

/// Whether a test comes out as wanted for a value of its operand.
fn passes(literal: &Literal<'_>, operand: &Expr, value: &Value) -> bool {
    let outcome = match &literal.test.kind {
        _ if literal.test == operand => value.holds(),
        ExprKind::IsMissing(_) => value.is_missing(),
        ExprKind::Holds(_) => value.holds(),
        ExprKind::In { constants, exact, .. } => constants.iter().any(|it| compare::equal(value, it, *exact)),
        ExprKind::Compare { operator, exact, right, .. } => match &right.kind {
            ExprKind::Constant(constant) => compares(value, *operator, constant, *exact),
            _ => value.holds(),
        },
        _ => value.holds(),
    };
    outcome == literal.holds
}

fn compares(value: &Value, operator: Comparison, constant: &Value, exact: bool) -> bool {
    let ordered = |wanted: fn(Ordering) -> bool| compare::order(value, constant).is_some_and(wanted);
    match operator {
        Comparison::Equal => compare::equal(value, constant, exact),
        Comparison::Less => ordered(Ordering::is_lt),
        Comparison::LessOrEqual => ordered(Ordering::is_le),
        Comparison::Greater => ordered(Ordering::is_gt),
        Comparison::GreaterOrEqual => ordered(Ordering::is_ge),
    }
}

/// A record with these values, and with plain ones where a field needs some.
fn record(decision: &Decision, values: &BTreeMap<u32, Value>) -> Option<String> {
    let mut members = Vec::new();
    for (place, field) in (0..).zip(&decision.fields) {
        let needed = !field.optional && field.default.is_none();
        let value = match values.get(&place) {
            Some(value) => value.clone(),
            None if needed && !matches!(field.ty, Type::Record(_)) => plain(&field.ty)?,
            None => continue,
        };
        let keys: Vec<&str> = field.source.iter().map(|key| &**key).collect();
        if !value.is_missing() {
            members.push((keys, json(&value)?));
        }
    }
    Some(object(&members))
}

/// A JSON object of members at paths, those of one nested record together.
fn object(members: &[(Vec<&str>, String)]) -> String {
    let mut written: Vec<String> = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    for (keys, value) in members {
        match keys.as_slice() {
            [] => {}
            [key] => written.push(format!("{}: {value}", quoted(key))),
            [outer, ..] if done.contains(outer) => {}
            [outer, ..] => {
                let inner = members.iter().filter(|(keys, _)| keys.len() > 1 && keys.first() == Some(outer));
                let inner: Vec<_> =
                    inner.map(|(keys, value)| (keys.get(1..).unwrap_or_default().to_vec(), value.clone())).collect();
                written.push(format!("{}: {}", quoted(outer), object(&inner)));
                done.push(outer);
            }
        }
    }
    format!("{{{}}}", written.join(", "))
}

fn json(value: &Value) -> Option<String> {
    match value {
        Value::Truth(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Text(text) => Some(quoted(text)),
        Value::Money(money) => Some(format!("\"{money}\"")),
        Value::Date(date) => Some(format!("\"{date}\"")),
        Value::DateTime(instant) => Some(format!("\"{instant}\"")),
        Value::List(members) if members.is_empty() => Some("[]".to_owned()),
        _ => None,
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
