//! The operators. What can be added, subtracted, multiplied and divided with what:
//!
//! ```text
//!   number   + - * / %  number      number       date, datetime  + -  duration   the same, moved
//!   duration + -        duration    duration     duration        +    date …     the same, moved
//!   duration * /        number      duration     date, datetime  -    date …     duration
//!   duration /          duration    number       text            +    text       text
//! ```
//!
//! A duration in months or business time (*anchored*) can only be added to and subtracted from dates and datetimes.

use super::kind::{Kind, ResultType};
use super::row::{Call, Parameter, Row};
use crate::time::{distance, distance_in_days};
use crate::{Clock, Duration, FaultCode, Number, Value};

const NUMBER: Parameter = Parameter { name: "number", kind: Kind::Number };
const TEXT: Parameter = Parameter { name: "text", kind: Kind::Text };
const DATE: Parameter = Parameter { name: "date", kind: Kind::Date };
const DATETIME: Parameter = Parameter { name: "datetime", kind: Kind::DateTime };
const DURATION: Parameter = Parameter { name: "duration", kind: Kind::Duration };
const MONTHS: Parameter = Parameter { name: "duration", kind: Kind::AnchoredDuration };

pub(super) const ROWS: &[Row] = &[
    arithmetic("+", "number + number", |_, given| numbers(given, Number::add)).explained("0.1 + 0.2 = 0.3", "the sum"),
    arithmetic("-", "number - number", |_, given| numbers(given, Number::subtract))
        .explained("5 - 7 = -2", "the difference"),
    arithmetic("*", "number * number", |_, given| numbers(given, Number::multiply))
        .explained("3 * 0.5 = 1.5", "the product"),
    arithmetic("/", "number / number", |_, given| numbers(given, Number::divide))
        .explained("7 / 2 = 3.5", "the quotient"),
    arithmetic("%", "number % number", |_, given| numbers(given, Number::remainder))
        .explained("-5 % 3 = 1", "what remains of a division, with the sign of the divisor"),
    Row::operator("unary-", "- number", &[NUMBER], ResultType::Number, negated)
        .never_faults()
        .explained("-(3) = -3", "the number with the other sign"),
    Row::operator("unary-", "- duration", &[DURATION], ResultType::Duration, negated)
        .explained("-(2d) = -2d", "the duration the other way round"),
    Row::operator("+", "text + text", &[TEXT, TEXT], ResultType::AsTexts, joined)
        .explained(r#""a" + "b" = "ab""#, "one text after the other"),
    later("date + duration", &[DATE, DURATION], ResultType::Date),
    later("date + months", &[DATE, MONTHS], ResultType::Date),
    later("datetime + duration", &[DATETIME, DURATION], ResultType::DateTime),
    later("datetime + months", &[DATETIME, MONTHS], ResultType::DateTime),
    later("duration + date", &[DURATION, DATE], ResultType::Date),
    later("months + date", &[MONTHS, DATE], ResultType::Date),
    later("duration + datetime", &[DURATION, DATETIME], ResultType::DateTime),
    later("months + datetime", &[MONTHS, DATETIME], ResultType::DateTime),
    earlier("date - duration", &[DATE, DURATION], ResultType::Date),
    earlier("date - months", &[DATE, MONTHS], ResultType::Date),
    earlier("datetime - duration", &[DATETIME, DURATION], ResultType::DateTime),
    earlier("datetime - months", &[DATETIME, MONTHS], ResultType::DateTime),
    between("date - date", &[DATE, DATE]),
    between("datetime - datetime", &[DATETIME, DATETIME]),
    between("date - datetime", &[DATE, DATETIME]),
    between("datetime - date", &[DATETIME, DATE]),
    Row::operator("+", "duration + duration", &[DURATION, DURATION], ResultType::Duration, longer)
        .explained("1d + 12h = 36h", "both durations, one after the other"),
    Row::operator("-", "duration - duration", &[DURATION, DURATION], ResultType::Duration, shorter)
        .explained("1d - 12h = 12h", "how much longer the first is"),
    Row::operator("*", "duration * number", &[DURATION, NUMBER], ResultType::Duration, multiplied)
        .explained("2h * 1.5 = 3h", "the duration so many times"),
    Row::operator("*", "number * duration", &[NUMBER, DURATION], ResultType::Duration, multiplied)
        .explained("1.5 * 2h = 3h", "the duration so many times"),
    Row::operator("/", "duration / number", &[DURATION, NUMBER], ResultType::Duration, divided)
        .explained("3h / 2 = 90min", "the duration in so many equal parts"),
    Row::operator("/", "duration / duration", &[DURATION, DURATION], ResultType::Number, ratio)
        .explained("36h / 1d = 1.5", "how many times the second duration fits into the first"),
];

type Outcome = Result<Value, FaultCode>;

const fn arithmetic(sign: &'static str, key: &'static str, call: Call) -> Row {
    Row::operator(sign, key, &[NUMBER, NUMBER], ResultType::Number, call)
}

const fn later(key: &'static str, parameters: &'static [Parameter], result: ResultType) -> Row {
    Row::operator("+", key, parameters, result, |clock, given| match given {
        [Value::Duration(by), moment] | [moment, Value::Duration(by)] => moved(clock, moment, *by),
        _ => Ok(Value::Missing),
    })
    .explained("2026-01-31 + 1mo = 2026-02-28", "the moment that is so much later")
}

const fn earlier(key: &'static str, parameters: &'static [Parameter], result: ResultType) -> Row {
    Row::operator("-", key, parameters, result, |clock, given| match given {
        [moment, Value::Duration(by)] => moved(clock, moment, by.negate()?),
        _ => Ok(Value::Missing),
    })
    .explained("2026-03-31 - 1mo = 2026-02-28", "the moment that is so much earlier")
}

const fn between(key: &'static str, parameters: &'static [Parameter]) -> Row {
    Row::operator("-", key, parameters, ResultType::Duration, time_between)
        .explained("2026-03-01 - 2026-02-28 = 1d", "how much later the first moment is; a day counts from its start")
}

fn numbers(arguments: &[Value], operation: fn(Number, Number) -> Result<Number, FaultCode>) -> Outcome {
    let [Value::Number(left), Value::Number(right)] = arguments else { return Ok(Value::Missing) };
    operation(*left, *right).map(Value::Number)
}

fn negated(_: &Clock, arguments: &[Value]) -> Outcome {
    match arguments {
        [Value::Number(number)] => Ok(Value::Number(number.negate())),
        [Value::Duration(duration)] => duration.negate().map(Value::Duration),
        _ => Ok(Value::Missing),
    }
}

fn joined(clock: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Text(left), Value::Text(right)] = arguments else { return Ok(Value::Missing) };
    if left.len() + right.len() > clock.limits.text_length {
        return Err(FaultCode::TextTooLong);
    }
    Ok(Value::text([left.as_str(), right.as_str()].concat()))
}

fn moved(clock: &Clock, moment: &Value, by: Duration) -> Outcome {
    match moment {
        Value::Date(date) => clock.date_moved(*date, by).map(Value::Date),
        Value::DateTime(instant) => clock.moved(*instant, by).map(Value::DateTime),
        _ => Ok(Value::Missing),
    }
}

fn time_between(clock: &Clock, arguments: &[Value]) -> Outcome {
    match arguments {
        [Value::Date(later), Value::Date(earlier)] => distance_in_days(*later, *earlier),
        [Value::DateTime(later), Value::DateTime(earlier)] => distance(*later, *earlier),
        [Value::Date(later), Value::DateTime(earlier)] => distance(clock.start_of(*later)?, *earlier),
        [Value::DateTime(later), Value::Date(earlier)] => distance(*later, clock.start_of(*earlier)?),
        _ => return Ok(Value::Missing),
    }
    .map(Value::Duration)
}

fn longer(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Duration(left), Value::Duration(right)] = arguments else { return Ok(Value::Missing) };
    left.plus(*right).map_or(Ok(Value::Missing), |sum| sum.map(Value::Duration))
}

fn shorter(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Duration(Duration::Exact(left)), Value::Duration(Duration::Exact(right))] = arguments else {
        return Ok(Value::Missing);
    };
    let difference = left.checked_sub(*right).ok_or(FaultCode::DurationOverflow)?;
    Ok(Value::Duration(Duration::Exact(difference)))
}

fn multiplied(_: &Clock, arguments: &[Value]) -> Outcome {
    let ([Value::Duration(Duration::Exact(length)), Value::Number(times)]
    | [Value::Number(times), Value::Duration(Duration::Exact(length))]) = arguments
    else {
        return Ok(Value::Missing);
    };
    Duration::nearest(Number::from(*length).multiply(*times)).map(Value::Duration)
}

fn divided(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Duration(Duration::Exact(length)), Value::Number(parts)] = arguments else { return Ok(Value::Missing) };
    Duration::nearest(Number::from(*length).divide(*parts)).map(Value::Duration)
}

fn ratio(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Duration(Duration::Exact(left)), Value::Duration(Duration::Exact(right))] = arguments else {
        return Ok(Value::Missing);
    };
    Number::from(*left).divide(Number::from(*right)).map(Value::Number)
}
