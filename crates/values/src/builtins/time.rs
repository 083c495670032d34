//! Functions that take dates and instants apart. Instants are read in the clock's zone.

use jiff::civil::Date;

use super::kind::{Kind, ResultType};
use super::row::{Parameter, Row};
use crate::{Clock, FaultCode, Value};

const MOMENT: Parameter = Parameter { name: "date", kind: Kind::Moment };
const INSTANT: Parameter = Parameter { name: "datetime", kind: Kind::DateTime };
const DATE: Parameter = Parameter { name: "date", kind: Kind::Date };

pub(super) const ROWS: &[Row] = &[
    of_day("year", |clock, given| of(clock, given, |date| date.year().into()))
        .explained("year(2026-05-31) = 2026", "the year of a date or datetime"),
    of_day("quarter", |clock, given| of(clock, given, |date| (i64::from(date.month()) + 2) / 3))
        .explained("quarter(2026-05-31) = 2", "the quarter of the year, 1 to 4"),
    of_day("month", |clock, given| of(clock, given, |date| date.month().into()))
        .explained("month(2026-05-31) = 5", "the month, 1 to 12"),
    of_day("week", |clock, given| of(clock, given, |date| date.iso_week_date().week().into())).explained(
        "week(2026-05-31) = 22",
        "the week of the year, 1 to 53, as ISO 8601 counts: weeks begin on Monday, and week 1 holds the first Thursday",
    ),
    of_day("day", |clock, given| of(clock, given, |date| date.day().into()))
        .explained("day(2026-05-31) = 31", "the day of the month, 1 to 31"),
    of_day("weekday", |clock, given| of(clock, given, |date| date.weekday().to_monday_one_offset().into()))
        .explained("weekday(2026-05-31) = 7", "the day of the week: 1 is Monday, 7 is Sunday"),
    Row::function("hour", &[INSTANT], ResultType::Number, hour)
        .explained("hour(2026-05-31T09:30) = 9", "the hour, 0 to 23"),
    Row::function("minute", &[INSTANT], ResultType::Number, minute)
        .explained("minute(2026-05-31T09:30) = 30", "the minute, 0 to 59"),
    Row::function("date", &[INSTANT], ResultType::Date, date)
        .explained("date(2026-05-31T09:30) = 2026-05-31", "the day on which an instant falls in the rulebook's zone"),
    Row::function("datetime", &[DATE], ResultType::DateTime, datetime).may_fault().explained(
        "datetime(2026-05-31) = 2026-05-31T00:00",
        "the instant at which a day begins in the rulebook's zone",
    ),
];

type Outcome = Result<Value, FaultCode>;

const fn of_day(name: &'static str, call: super::row::Call) -> Row {
    Row::function(name, &[MOMENT], ResultType::Number, call)
}

/// A number taken from a day, or from the day on which an instant falls.
fn of(clock: &Clock, arguments: &[Value], part: fn(Date) -> i64) -> Outcome {
    let day = match arguments {
        [Value::Date(date)] => *date,
        [Value::DateTime(instant)] => clock.local(*instant).date(),
        _ => return Ok(Value::Missing),
    };
    Ok(Value::Number(part(day).into()))
}

fn hour(clock: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::DateTime(instant)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Number(i64::from(clock.local(*instant).hour()).into()))
}

fn minute(clock: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::DateTime(instant)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Number(i64::from(clock.local(*instant).minute()).into()))
}

fn date(clock: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::DateTime(instant)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Date(clock.local(*instant).date()))
}

fn datetime(clock: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Date(date)] = arguments else { return Ok(Value::Missing) };
    clock.start_of(*date).map(Value::DateTime)
}
