//! Values that an operand could have, enough of them to know: if none passes its tests, no value does.

use jiff::{SignedDuration, ToSpan};
use values::{Duration, Money, Number, Type, Value, compare};

use super::ways::Literal;
use crate::typed::{Expr, ExprKind};

/// Values of the operand of some tests that stand for all values; the nicer first. None where the type has no such.
pub(super) fn candidates(operand: &Expr, tests: &[Literal<'_>]) -> Option<Vec<Value>> {
    let mut found = match &operand.ty {
        Type::Truth => vec![Value::Truth(true), Value::Truth(false)],
        Type::OneOf(labels) => labels.iter().map(|label| Value::Text(label.clone())).collect(),
        Type::Text | Type::ExactText | Type::User | Type::Team | Type::Queue => texts(tests),
        Type::Number | Type::Money(Some(_)) | Type::Date | Type::DateTime | Type::Duration => {
            between(&operand.ty, constants(tests))
        }
        _ => return None,
    };
    if operand.optional {
        found.push(Value::Missing);
    }
    Some(found)
}

/// The constants that tests compare with.
fn constants(tests: &[Literal<'_>]) -> Vec<Value> {
    let mut found = Vec::new();
    for literal in tests {
        match &literal.test.kind {
            ExprKind::Compare { right, .. } => {
                if let ExprKind::Constant(value) = &right.kind {
                    found.push(value.clone());
                }
            }
            ExprKind::In { constants, .. } => found.extend(constants.iter().cloned()),
            _ => {}
        }
    }
    found
}

/// The texts that are named, and one that is not.
fn texts(tests: &[Literal<'_>]) -> Vec<Value> {
    let mut found = constants(tests);
    let other =
        (0_u32..).map(|number| Value::text(if number == 0 { "other".into() } else { format!("other {number}") }));
    let new = |text: &Value| !found.iter().any(|known| compare::equal(known, text, false));
    let other = other.take(found.len() + 1).find(new);
    found.extend(other);
    found
}

/// The constants in their order, what lies between each two, and what lies beyond.
fn between(ty: &Type, mut constants: Vec<Value>) -> Vec<Value> {
    constants.sort_by(|a, b| compare::order(a, b).unwrap_or(std::cmp::Ordering::Equal));
    constants.dedup();
    let (Some(first), Some(last)) = (constants.first().cloned(), constants.last().cloned()) else {
        return plain(ty).into_iter().collect();
    };
    let middles: Vec<Value> = constants.windows(2).filter_map(|pair| middle(pair.first()?, pair.get(1)?)).collect();
    let beyond = [moved(&last, 1), moved(&first, -1)];
    constants.into_iter().chain(middles).chain(beyond.into_iter().flatten()).collect()
}

/// A value that is as good as any.
pub(super) fn plain(ty: &Type) -> Option<Value> {
    match ty {
        Type::Truth => Some(Value::Truth(false)),
        Type::Number => Some(Value::Number(0.into())),
        Type::Money(Some(currency)) => Some(Value::Money(Money::new(0.into(), *currency))),
        Type::OneOf(labels) => labels.first().map(|label| Value::Text(label.clone())),
        Type::Text | Type::ExactText | Type::User | Type::Team | Type::Queue => Some(Value::text("1")),
        Type::Date => Some(Value::Date(jiff::civil::date(2026, 1, 1))),
        Type::DateTime => "2026-01-01T00:00:00Z".parse().ok().map(Value::DateTime),
        Type::Duration => Some(Value::Duration(Duration::Exact(0))),
        Type::List(_) => Some(Value::List(Vec::new().into())),
        _ => None,
    }
}

/// A value a step further.
fn moved(value: &Value, by: i64) -> Option<Value> {
    match value {
        Value::Number(number) => number.add(Number::from(by)).ok().map(Value::Number),
        Value::Money(money) => money.amount().add(Number::from(by)).ok().map(|amount| Value::Money(money.with(amount))),
        Value::Date(date) => date.checked_add(by.days()).ok().map(Value::Date),
        Value::DateTime(instant) => instant.checked_add(SignedDuration::from_hours(by)).ok().map(Value::DateTime),
        Value::Duration(Duration::Exact(nanoseconds)) => {
            nanoseconds.checked_add(by.checked_mul(1_000_000_000)?).map(|it| Value::Duration(Duration::Exact(it)))
        }
        _ => None,
    }
}

/// A value between two others, if there is one.
fn middle(low: &Value, high: &Value) -> Option<Value> {
    match (low, high) {
        (Value::Number(low), Value::Number(high)) => {
            low.add(*high).and_then(|sum| sum.divide(Number::from(2))).ok().map(Value::Number)
        }
        (Value::Money(low), Value::Money(high)) => {
            let half = low.amount().add(high.amount()).and_then(|sum| sum.divide(Number::from(2))).ok()?;
            Some(Value::Money(low.with(half)))
        }
        (Value::Date(low), Value::Date(high)) => {
            let days = high.duration_since(*low).as_hours() / 24;
            (days > 1).then(|| moved(&Value::Date(*low), days / 2)).flatten()
        }
        (Value::DateTime(low), Value::DateTime(high)) => {
            let half = high.duration_since(*low).checked_div(2)?;
            low.checked_add(half).ok().map(Value::DateTime)
        }
        (Value::Duration(Duration::Exact(low)), Value::Duration(Duration::Exact(high))) => {
            Some(Value::Duration(Duration::Exact(low + (high - low) / 2)))
        }
        _ => None,
    }
}
