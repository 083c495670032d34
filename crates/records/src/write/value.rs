//! Values as they are written out.
//!
//! | value | JSON | CSV |
//! |---|---|---|
//! | number | exact, in full: `0.1`, `12000` | the same |
//! | money | `{"amount":12.5,"currency":"EUR"}` | `12.5 EUR` |
//! | date | `"2026-01-31"` | the same |
//! | datetime | RFC 3339 in the run's zone: `"2026-01-31T09:00:00+01:00"`, `Z` in UTC | the same |
//! | duration | as rules write it: `"2d"`, `"4 business hours on china"` | the same |
//! | list | array | members separated by `; ` |
//! | missing | `null` | empty |

use std::fmt::Write as _;

use jiff::tz::TimeZone;
use values::{Clock, FaultCode, Instant, Number, Value};

use super::json::Json;

impl Json {
    /// A value.
    pub(super) fn write_value(&mut self, value: &Value, clock: &Clock) {
        match value {
            Value::Missing => self.write_plain("null"),
            Value::Truth(truth) => self.write_plain(truth),
            Value::Number(number) => self.write_number(*number),
            Value::Money(money) => {
                let (amount, currency) = (money.amount(), money.currency());
                self.write_plain(format_args!("{{\"amount\":{amount},\"currency\":\"{currency}\"}}"));
            }
            Value::Text(text) => self.write_text(text),
            Value::Date(date) => self.write_quoted(date),
            Value::DateTime(instant) => self.write_quoted(rfc3339(*instant, &clock.zone)),
            Value::Duration(duration) => self.write_quoted(clock.shown_length(*duration)),
            Value::Record(_) => self.write_plain("true"), // Present, which is all that a verdict could tell.
            Value::List(members) => self.write_array(members.iter(), |json, member| json.write_value(member, clock)),
        }
    }

    /// What was computed, or why it could not be: `{"fault":"division-by-zero"}`.
    pub(super) fn write_result(&mut self, result: &Result<Value, FaultCode>, clock: &Clock) {
        match result {
            Ok(value) => self.write_value(value, clock),
            Err(fault) => self.write_object(|json| json.text("fault", fault.code())),
        }
    }

    /// An instant.
    pub(super) fn write_instant(&mut self, instant: Instant, zone: &TimeZone) {
        self.write_quoted(rfc3339(instant, zone));
    }
}

/// An instant with the offset that the zone has then.
pub(super) fn rfc3339(instant: Instant, zone: &TimeZone) -> String {
    if *zone == TimeZone::UTC {
        return instant.to_string();
    }
    let offset = zone.to_offset(instant);
    instant.display_with_offset(offset).to_string()
}

/// Writes a number: an integer, as most are, without the detour of formatting.
pub(super) fn push_number(text: &mut String, number: Number) {
    let Some(mut rest) = number.as_i64().and_then(|integer| u64::try_from(integer).ok()) else {
        let _ = write!(text, "{number}");
        return;
    };
    let (mut digits, mut start) = ([b'0'; 20], 20);
    loop {
        start -= 1;
        let digit = u8::try_from(rest % 10).unwrap_or_default();
        digits.get_mut(start).into_iter().for_each(|place| *place += digit);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    text.extend(digits.get(start..).unwrap_or_default().iter().map(|digit| char::from(*digit)));
}

/// Writes a value as the text of a cell.
pub(super) fn write_cell(cell: &mut String, value: &Value, clock: &Clock) {
    let _ = match value {
        Value::Missing => Ok(()),
        Value::Truth(truth) => write!(cell, "{truth}"),
        Value::Number(number) => {
            push_number(cell, *number);
            Ok(())
        }
        Value::Money(money) => write!(cell, "{money}"),
        Value::Text(text) => cell.write_str(text),
        Value::Date(date) => write!(cell, "{date}"),
        Value::DateTime(instant) => cell.write_str(&rfc3339(*instant, &clock.zone)),
        Value::Duration(duration) => cell.write_str(&clock.shown_length(*duration)),
        Value::Record(_) => cell.write_str("true"),
        Value::List(members) => {
            for (index, member) in members.iter().enumerate() {
                cell.push_str(if index > 0 { "; " } else { "" });
                write_cell(cell, member, clock);
            }
            Ok(())
        }
    };
}
