//! What the crate promises at its boundary: the public functions, never what is inside.
#![expect(clippy::expect_used, reason = "a test may fail")]

mod builtins;
mod calendars;
mod durations;
mod literals;
mod numbers;
mod patterns;
mod stored;
mod texts;
mod times;

use jiff::tz::TimeZone;
use values::{Calendar, Clock, Instant, Number, Value, literal, zone_named};

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

/// A clock in Berlin, where people work on every day from 9 to 5.
fn clock(now: &str) -> Clock {
    let hours = std::array::from_fn(|_| vec![(540, 1020)]);
    let zone = "Europe/Berlin".to_owned();
    let calendar = Calendar { name: "office".into(), zone, hours, holidays: Vec::new() };
    Clock::of(instant(now), "Europe/Berlin", &[calendar])
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
