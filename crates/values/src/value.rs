//! A value: what a field, a constant or an expression holds while a record is decided.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Date, Duration, Instant, Money, Number, Text};

/// What a field, a constant or an expression holds.
///
/// Equality here is equality of content to the letter; what a rule means by `is` (which ignores case in text) lives in
/// [`compare`](crate::compare). Whether two values of different variants may meet is the checker's business: the machine
/// never compares a number with a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// No value: JSON `null`, an absent key, an empty CSV cell, a sentinel. See "Missing" in the language guide.
    #[default]
    Missing,
    /// `true` or `false`.
    Truth(bool),
    /// An exact decimal number.
    Number(Number),
    /// An exact amount of a currency.
    Money(Money),
    /// Text, also the labels of `one of` types and the names of users, teams and queues.
    Text(Text),
    /// A calendar day without a time.
    Date(Date),
    /// A point in time.
    DateTime(Instant),
    /// A length of time, exact (`2d`) or anchored (`3mo`).
    Duration(Duration),
    /// Several values of one type, in order.
    List(Arc<[Value]>),
    /// An item of a list of records: the values of the fields that are asked for. It never stands alone, and never in a
    /// program.
    #[serde(skip)]
    Record(Arc<[Value]>),
}

impl Value {
    /// The value of a text.
    pub fn text(text: impl Into<Text>) -> Self {
        Self::Text(text.into())
    }

    /// Whether there is no value.
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// The truth this value counts as in a condition: a missing truth counts as false.
    pub const fn holds(&self) -> bool {
        matches!(self, Self::Truth(true))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<Money> for Value {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Instant> for Value {
    fn from(instant: Instant) -> Self {
        Self::DateTime(instant)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}
