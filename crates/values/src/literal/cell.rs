//! A text that stands in data as a value of a declared type.

use jiff::tz::TimeZone;

use super::{date, duration, instant};
use crate::{Currency, Money, Number, NumberError, Text, Type, Value, text};

/// Why a text is no value of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unfit {
    /// It is not written as one.
    Malformed,
    /// It is a number that exact decimals cannot hold.
    OutOfRange,
    /// It is none of the labels of a `one of`.
    NotOneOf,
}

/// A value of a type from a text that is not empty. Dates and times without an offset are those of the zone.
///
/// # Errors
///
/// The text is no value of the type. Lists and records are not read from one text.
pub fn of_type(text: &str, ty: &Type, zone: &TimeZone) -> Result<Value, Unfit> {
    let value = match ty {
        Type::Text | Type::ExactText | Type::User | Type::Team | Type::Queue => Some(Value::text(text)),
        Type::OneOf(labels) => return label(text, labels).ok_or(Unfit::NotOneOf),
        Type::Number => return number(text),
        Type::Truth => truth(text).map(Value::Truth),
        Type::Money(currency) => money_of(text, *currency).map(Value::Money),
        Type::Date => date(text).ok().map(Value::Date),
        Type::DateTime => datetime(text, zone),
        Type::Duration => exact_or_anchored(text, false),
        Type::AnchoredDuration => exact_or_anchored(text, true),
        Type::List(_) | Type::Record(_) => None,
    };
    value.ok_or(Unfit::Malformed)
}

fn number(text: &str) -> Result<Value, Unfit> {
    Number::parse(text).map(Value::Number).map_err(|error| match error {
        NumberError::OutOfRange => Unfit::OutOfRange,
        NumberError::Malformed => Unfit::Malformed,
    })
}

/// How long a date is: `2026-01-31`.
const DATE: usize = 10;

/// A date alone stands for the start of that day.
fn datetime(text: &str, zone: &TimeZone) -> Option<Value> {
    if text.len() == DATE
        && let Ok(date) = date(text)
    {
        return Some(Value::DateTime(date.to_zoned(zone.clone()).ok()?.timestamp()));
    }
    instant(text, zone).ok().map(Value::DateTime)
}

/// An amount with its currency; or without, where the field says which it is.
pub fn money_of(text: &str, declared: Option<Currency>) -> Option<Money> {
    let bare = || Some(Money::new(Number::parse(text).ok()?, declared?));
    let money = super::money(text).ok().or_else(bare)?;
    declared.is_none_or(|declared| declared == money.currency()).then_some(money)
}

/// The truth that a word of a spreadsheet or an export means.
fn truth(word: &str) -> Option<bool> {
    let is_any = |words: [&str; 3]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    match () {
        () if is_any(["true", "yes", "1"]) => Some(true),
        () if is_any(["false", "no", "0"]) => Some(false),
        () => None,
    }
}

/// The label in its declared spelling.
fn label(text: &str, labels: &[Text]) -> Option<Value> {
    labels.iter().find(|label| text::equal_ignoring_case(label, text)).map(|label| Value::Text(label.clone()))
}

fn exact_or_anchored(text: &str, anchored: bool) -> Option<Value> {
    let duration = duration(text).ok()?;
    (duration.is_anchored() == anchored).then_some(Value::Duration(duration))
}
