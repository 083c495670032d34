//! What is asked of calendars: working time between two moments, and whether a moment is in it.
//!
//! The calendar is the last parameter. Rules write its name, or nothing where one goes without saying; the machine is given
//! its number.

use super::kind::{Kind, ResultType};
use super::row::{Parameter, Row};
use crate::{Clock, Date, FaultCode, Instant, Number, Value};

const FROM: Parameter = Parameter { name: "from", kind: Kind::Moment };
const TO: Parameter = Parameter { name: "to", kind: Kind::Moment };
const MOMENT: Parameter = Parameter { name: "moment", kind: Kind::Moment };
const CALENDAR: Parameter = Parameter { name: "calendar", kind: Kind::Calendar };

pub(super) const ROWS: &[Row] = &[
    Row::function("business_hours", &[FROM, TO, CALENDAR], ResultType::Number, hours).may_fault().explained(
        "business_hours(2026-11-20T16:00, 2026-11-23T10:00, office) = 2.5",
        "how many hours of a calendar lie between two moments; below zero when the second is the earlier. A date is the \
         start of its day. The calendar may be left out where it may be left out of `4 business hours`",
    ),
    Row::function("business_days", &[FROM, TO, CALENDAR], ResultType::Number, days).explained(
        "business_days(2026-11-20, 2026-11-23, office) = 1",
        "how many working days of a calendar come after the first day, up to the second and with it; below zero when the \
         second is the earlier",
    ),
    Row::test("during", &[MOMENT, CALENDAR], during).explained(
        "lead.created_at during office",
        "whether a moment is working time, or a date a working day",
    ),
];

type Outcome = Result<Value, FaultCode>;

const NANOSECONDS_OF_AN_HOUR: i64 = 3_600 * 1_000_000_000;

fn hours(clock: &Clock, arguments: &[Value]) -> Outcome {
    let [from, to, Value::Number(calendar)] = arguments else { return Ok(Value::Missing) };
    let (Some(from), Some(to)) = (instant(clock, from)?, instant(clock, to)?) else { return Ok(Value::Missing) };
    let worked = clock.calendar_numbered(*calendar)?.between(from, to);
    let worked = i64::try_from(worked).map_err(|_| FaultCode::DurationOverflow)?;
    Number::from(worked).divide(NANOSECONDS_OF_AN_HOUR.into()).map(Value::Number)
}

fn days(clock: &Clock, arguments: &[Value]) -> Outcome {
    let [from, to, Value::Number(calendar)] = arguments else { return Ok(Value::Missing) };
    let Ok(calendar) = clock.calendar_numbered(*calendar) else { return Ok(Value::Missing) };
    let day = |moment: &Value| -> Option<Date> {
        match moment {
            Value::Date(date) => Some(*date),
            Value::DateTime(instant) => Some(calendar.date_of(*instant)),
            _ => None,
        }
    };
    let (Some(from), Some(to)) = (day(from), day(to)) else { return Ok(Value::Missing) };
    Ok(Value::Number(calendar.days_between(from, to).into()))
}

fn during(clock: &Clock, arguments: &[Value]) -> Outcome {
    let [moment, Value::Number(calendar)] = arguments else { return Ok(Value::Missing) };
    let Ok(calendar) = clock.calendar_numbered(*calendar) else { return Ok(Value::Missing) };
    Ok(match moment {
        Value::Date(date) => Value::Truth(calendar.is_working_day(*date)),
        Value::DateTime(instant) => Value::Truth(calendar.is_open(*instant)),
        _ => Value::Missing,
    })
}

fn instant(clock: &Clock, moment: &Value) -> Result<Option<Instant>, FaultCode> {
    Ok(match moment {
        Value::Date(date) => Some(clock.start_of(*date)?),
        Value::DateTime(instant) => Some(*instant),
        _ => None,
    })
}
