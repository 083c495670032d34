//! What a rule means by `is`, `<` and their like.
//!
//! Both functions ask about values that are present and of one kind; the checker sees to that. Anything else is not equal
//! and has no order.

use std::cmp::Ordering;

use crate::{Duration, FaultCode, Value, text};

/// Whether two values can be compared at all: amounts of different currencies cannot, not even for equality, since which
/// of them is more nobody knows here.
pub fn comparable(left: &Value, right: &Value) -> Result<(), FaultCode> {
    match (left, right) {
        (Value::Money(left), Value::Money(right)) => left.amounts(right).map(|_| ()),
        _ => Ok(()),
    }
}

/// Whether two values are the same. Text is compared ignoring case unless `exact`; lists, member by member.
pub fn equal(left: &Value, right: &Value, exact: bool) -> bool {
    match (left, right) {
        (Value::Missing, _) | (_, Value::Missing) => false,
        (Value::Text(left), Value::Text(right)) if !exact => text::equal_ignoring_case(left, right),
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| equal(left, right, exact))
        }
        _ => left == right,
    }
}

/// Which of two values is less: of numbers, amounts of one currency, dates, instants and exact durations. `None` for all others, and where the kinds
/// differ.
pub fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        (Value::Money(left), Value::Money(right)) => left.amounts(right).ok().map(|(left, right)| left.cmp(&right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::DateTime(left), Value::DateTime(right)) => Some(left.cmp(right)),
        (Value::Duration(Duration::Exact(left)), Value::Duration(Duration::Exact(right))) => Some(left.cmp(right)),
        _ => None,
    }
}
