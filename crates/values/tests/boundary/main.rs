//! What the crate promises at its boundary: the public functions, never what is inside.
#![expect(clippy::expect_used, reason = "a test may fail")]

mod builtins;
mod durations;
mod literals;
mod numbers;
mod patterns;
mod stored;
mod texts;
mod times;

use jiff::tz::TimeZone;
use values::{Clock, Instant, Number, Value, literal, zone_named};

/// A number as a rule file writes it.
fn number(text: &str) -> Number {
    literal::number(text).expect("a number")
}

fn zone(name: &str) -> TimeZone {
    zone_named(name).expect("a zone")
}

/// An instant in Berlin, or with the offset that it names.
fn instant(text: &str) -> Instant {
    literal::instant(text, &zone("Europe/Berlin")).expect("an instant")
}

/// A clock in Berlin.
fn clock(now: &str) -> Clock {
    Clock::new(instant(now), zone("Europe/Berlin"))
}

/// A value as a rule file writes it: `1.5`, `2d`, `2026-01-31`, `2026-01-31T09:00`, `5 EUR`; anything else is a text.
fn value(text: &str) -> Value {
    let moment = || literal::instant(text, &zone("Europe/Berlin")).map(Value::DateTime);
    literal::number(text)
        .map(Value::Number)
        .or_else(|_| literal::date(text).map(Value::Date))
        .or_else(|_| moment())
        .or_else(|_| literal::money(text).map(Value::Money))
        .or_else(|_| literal::duration(text).map(Value::Duration))
        .unwrap_or_else(|_| Value::text(text))
}

fn list(members: &[&str]) -> Value {
    Value::List(members.iter().map(|member| value(member)).collect())
}
