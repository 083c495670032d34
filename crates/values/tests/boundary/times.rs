//! Days, instants and the change of the clocks.

use values::builtins;
use values::{FaultCode, Type, Value};

use crate::{clock, instant, value};

fn type_of(value: &Value) -> Type {
    match value {
        Value::Date(_) => Type::Date,
        Value::DateTime(_) => Type::DateTime,
        Value::Duration(values::Duration::Exact(_)) => Type::Duration,
        Value::Duration(_) => Type::AnchoredDuration,
        Value::Number(_) => Type::Number,
        _ => Type::Text,
    }
}

/// Computes `left sign right` in Berlin.
fn compute(left: &str, sign: &str, right: &str) -> Result<Value, FaultCode> {
    let operands = [value(left), value(right)];
    let (operator, _) = builtins::operator(sign, &operands.each_ref().map(type_of)).expect("an operator");
    operator.call(&clock("2026-06-01T00:00"), &operands)
}

fn check(left: &str, sign: &str, right: &str, expected: &str) {
    assert_eq!(compute(left, sign, right), Ok(value(expected)), "{left} {sign} {right}");
}

#[test]
fn months_end_on_the_last_day() {
    check("2026-01-31", "+", "1mo", "2026-02-28");
    check("2024-01-31", "+", "1mo", "2024-02-29");
    check("2024-02-29", "+", "1y", "2025-02-28");
    check("2024-02-29", "-", "4y", "2020-02-29");
    check("2026-03-31", "-", "1mo", "2026-02-28");
    check("3mo", "+", "2026-11-30", "2027-02-28");
    check("2026-01-31T18:30", "+", "1mo", "2026-02-28T18:30");
}

#[test]
fn days_are_24_hours_and_months_keep_the_time_of_day() {
    // In Berlin the clocks go from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25.
    check("2026-03-28T12:00", "+", "1d", "2026-03-29T13:00");
    check("2026-02-28T12:00", "+", "1mo", "2026-03-28T12:00");
    check("2026-03-15T12:00", "+", "1mo", "2026-04-15T12:00");
    check("2026-02-28T02:30", "+", "1mo", "2026-03-28T02:30");
    check("2026-02-28T02:30", "+", "1d", "2026-03-01T02:30");
    check("2026-04-29T02:30", "-", "1mo", "2026-03-29T03:30");
    assert_eq!(instant("2026-03-29T02:30"), instant("2026-03-29T03:30+02:00"));
    assert_eq!(instant("2026-10-25T02:30"), instant("2026-10-25T02:30+02:00"));
}

#[test]
fn part_of_a_day_leads_to_the_day_it_falls_on() {
    check("2026-06-01", "+", "2d", "2026-06-03");
    check("2026-06-01", "+", "36h", "2026-06-02");
    check("2026-06-01", "+", "12h", "2026-06-01");
    check("2026-06-01", "-", "12h", "2026-05-31");
    check("2026-06-01", "-", "1d", "2026-05-31");
}

#[test]
fn distances() {
    check("2026-03-30", "-", "2026-03-28", "2d");
    check("2026-03-30T00:00", "-", "2026-03-28T00:00", "47h");
    check("2026-03-30", "-", "2026-03-29T00:00", "23h");
    check("2026-03-29T12:00", "-", "2026-03-29", "11h");
    check("2026-01-01", "-", "2026-01-02", "-1d");
    assert_eq!(compute("9999-12-31", "-", "0001-01-01"), Err(FaultCode::DurationOverflow));
}

#[test]
fn time_has_an_end() {
    for (left, sign, right) in [
        ("9999-12-31", "+", "1d"),
        ("9999-12-31", "+", "1mo"),
        ("0001-01-01", "-", "200000y"),
        ("9999-12-30T00:00", "+", "2w"),
        ("2026-01-01T00:00", "+", "100000y"),
    ] {
        assert_eq!(compute(left, sign, right), Err(FaultCode::DateOutOfRange), "{left} {sign} {right}");
    }
}

#[test]
fn a_clock_knows_its_day() {
    let late = clock("2026-05-31T22:30Z");
    assert_eq!(Value::Date(late.today()), value("2026-06-01"));
    assert_eq!(late.shown(late.now), "2026-06-01T00:30:00+02:00");
    assert_eq!(late.start_of(late.today()), Ok(instant("2026-05-31T22:00Z")));
    assert!(values::zone_named("Europe/Nowhere").is_none());
}
