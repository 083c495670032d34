//! Functions of numbers.

use super::kind::{Kind, ResultType};
use super::row::{Parameter, Row};
use crate::{Clock, FaultCode, Number, Value, compare};

const NUMBER: Parameter = Parameter { name: "number", kind: Kind::Number };
const DIGITS: Parameter = Parameter { name: "digits", kind: Kind::Number };
const VALUE: Parameter = Parameter { name: "value", kind: Kind::Ordered };
const OTHER: Parameter = Parameter { name: "value", kind: Kind::AsFirst };

pub(super) const ROWS: &[Row] = &[
    Row::function("round", &[NUMBER], ResultType::Number, round)
        .explained("round(2.5) = 2", "the nearest whole number; of two, the even one"),
    Row::function("round", &[NUMBER, DIGITS], ResultType::Number, round_to)
        .keyed("round to digits")
        .may_fault()
        .explained(
            "round(3.14159, 2) = 3.14",
            "the number with so many digits after the point; below zero, rounded to tens, hundreds and so on",
        ),
    Row::function("floor", &[NUMBER], ResultType::Number, floor)
        .explained("floor(-2.5) = -3", "the next whole number below"),
    Row::function("ceiling", &[NUMBER], ResultType::Number, ceiling)
        .explained("ceiling(2.1) = 3", "the next whole number above"),
    Row::function("abs", &[NUMBER], ResultType::Number, abs).explained("abs(-7) = 7", "the number without its sign"),
    Row::function("min", &[VALUE, OTHER], ResultType::AsFirst, min)
        .variadic()
        .explained("min(3, 1, 2) = 1", "the least of several numbers, dates, datetimes or durations"),
    Row::function("max", &[VALUE, OTHER], ResultType::AsFirst, max)
        .variadic()
        .explained("max(3, 1, 2) = 3", "the greatest of several numbers, dates, datetimes or durations"),
];

type Outcome = Result<Value, FaultCode>;

fn round(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Number(number)] = arguments else { return Ok(Value::Missing) };
    number.round(0).map(Value::Number)
}

fn round_to(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Number(number), Value::Number(digits)] = arguments else { return Ok(Value::Missing) };
    rounded(*number, *digits).map(Value::Number)
}

/// A number with so many digits after the point.
pub(super) fn rounded(number: Number, digits: Number) -> Result<Number, FaultCode> {
    let most = if digits.is_negative() { i32::MIN } else { i32::MAX };
    let digits = digits.floor().as_i64().and_then(|digits| i32::try_from(digits).ok()).unwrap_or(most);
    number.round(digits)
}

fn floor(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Number(number)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Number(number.floor()))
}

fn ceiling(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Number(number)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Number(number.ceiling()))
}

fn abs(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Number(number)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Number(number.abs()))
}

fn min(_: &Clock, arguments: &[Value]) -> Outcome {
    Ok(least(arguments))
}

fn max(_: &Clock, arguments: &[Value]) -> Outcome {
    Ok(greatest(arguments))
}

/// The first of the least values that are present; missing when there is none.
pub(super) fn least(values: &[Value]) -> Value {
    extreme(values, |value, best| compare::order(value, best).is_some_and(std::cmp::Ordering::is_lt))
}

/// The first of the greatest values that are present; missing when there is none.
pub(super) fn greatest(values: &[Value]) -> Value {
    extreme(values, |value, best| compare::order(value, best).is_some_and(std::cmp::Ordering::is_gt))
}

fn extreme(values: &[Value], beats: impl Fn(&Value, &Value) -> bool) -> Value {
    let present = values.iter().filter(|value| !value.is_missing());
    present.reduce(|best, value| if beats(value, best) { value } else { best }).cloned().unwrap_or_default()
}
