//! From a JSON value or a CSV cell to a value of a declared type.

use std::borrow::Cow;
use std::cell::Cell;

use jiff::tz::TimeZone;
use limits::{Limit, Limits};
use serde_json::value::RawValue;
use values::literal::Unfit;
use values::{Currency, Money, Number, Type, Value, literal};
use vm::program::Field;

use super::meant;
use crate::fault::RecordFault;

/// What separates the members of a list in one CSV cell.
pub(crate) const LIST_SEPARATOR: char = ';';

/// Reads values. Whatever does not fit its type is a [`Mismatch`].
#[derive(Clone, Debug)]
pub(crate) struct Convert {
    zone: TimeZone,
    lenient: bool,
    limits: Limits,
    leniently: Cell<u64>,
}

/// A value that does not fit its type.
#[derive(Debug)]
pub(crate) struct Mismatch {
    pub(crate) fault: RecordFault,
    expected: String,
    meant: Option<String>,
}

impl Mismatch {
    pub(super) fn new(fault: RecordFault, ty: &Type) -> Self {
        Self { fault, expected: expected(ty), meant: None }
    }

    /// A text that is of no such type as it is written.
    fn of_text(text: &str, ty: &Type) -> Self {
        Self { meant: meant::hint(text, ty), ..Self::new(RecordFault::WrongType, ty) }
    }

    pub(crate) fn sentence(&self, field: &str) -> String {
        match self.fault {
            RecordFault::NumberOutOfRange => format!("the number in `{field}` has more than 28 digits or is too large"),
            RecordFault::LoneSurrogate => format!("the text in `{field}` holds half a character (a lone `\\u` escape)"),
            RecordFault::TextTooLong => format!("the text in `{field}` is too long{}", self.hint()),
            RecordFault::ListTooLong => format!("the list in `{field}` is too long{}", self.hint()),
            _ => format!("`{field}` must be {}{}", self.expected, self.hint()),
        }
    }

    fn hint(&self) -> String {
        self.meant.as_ref().map(|hint| format!(": {hint}")).unwrap_or_default()
    }
}

impl Convert {
    pub(crate) fn new(zone: TimeZone, lenient: bool, limits: Limits) -> Self {
        Self { zone, lenient, limits, leniently: Cell::new(0) }
    }

    /// The zone of dates and times without an offset.
    pub(super) const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// How long records, texts and lists may be.
    pub(super) const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// How many texts were taken for a number or a truth since this was asked last.
    pub(super) fn take_read_leniently(&mut self) -> u64 {
        self.leniently.take()
    }

    /// The value of a field from a piece of well-formed JSON.
    pub(crate) fn json(&self, json: &str, field: &Field) -> Result<Value, Mismatch> {
        match (json.as_bytes().first(), &field.ty) {
            (Some(b'"'), Type::Record(_)) if field.inferred && field.sentinels.is_empty() => Ok(Value::Truth(true)),
            (Some(b'"'), ty) => self.text(&decode(json, ty)?, field),
            (Some(b'n'), _) => Ok(Value::Missing),
            (Some(_), Type::Record(_)) if field.inferred => Ok(Value::Truth(true)),
            (Some(b'-' | b'0'..=b'9' | b't' | b'f'), Type::Text) if field.inferred => Ok(Value::text(json)),
            _ => self.within(self.json_as(json, &field.ty)?),
        }
    }

    /// The value of a field from what a JSON string says.
    #[inline]
    pub(super) fn text(&self, text: &str, field: &Field) -> Result<Value, Mismatch> {
        match &field.ty {
            _ if field.sentinels.iter().any(|sentinel| **sentinel == *text) => Ok(Value::Missing),
            Type::Record(_) if field.inferred => Ok(Value::Truth(true)),
            Type::Text | Type::ExactText if text.len() <= self.limits.text_length => Ok(Value::text(text)),
            ty => self.within(self.string_as(text, ty)?),
        }
    }

    /// The value of a field from a cell.
    pub(crate) fn cell(&self, cell: &str, field: &Field) -> Result<Value, Mismatch> {
        if field.sentinels.iter().any(|sentinel| **sentinel == *cell) {
            return Ok(Value::Missing);
        }
        if let (Type::Record(_), true) = (&field.ty, field.inferred) {
            return Ok(if cell.is_empty() { Value::Missing } else { Value::Truth(true) });
        }
        self.within(self.cell_as(cell, &field.ty)?)
    }

    /// A value, unless it is larger than the limits allow.
    #[inline]
    pub(crate) fn within(&self, value: Value) -> Result<Value, Mismatch> {
        let is_within = match &value {
            Value::Text(text) => text.len() <= self.limits.text_length,
            Value::List(_) => return self.list_within(value),
            _ => true,
        };
        if is_within { Ok(value) } else { Err(self.beyond(RecordFault::TextTooLong, Limit::TextLength)) }
    }

    fn list_within(&self, list: Value) -> Result<Value, Mismatch> {
        let is_long = |value: &Value| matches!(value, Value::Text(text) if text.len() > self.limits.text_length);
        match &list {
            Value::List(members) if members.len() > self.limits.list_length => {
                Err(self.beyond(RecordFault::ListTooLong, Limit::ListLength))
            }
            Value::List(members) if members.iter().any(is_long) => {
                Err(self.beyond(RecordFault::TextTooLong, Limit::TextLength))
            }
            _ => Ok(list),
        }
    }

    #[cold]
    fn beyond(&self, fault: RecordFault, limit: Limit) -> Mismatch {
        Mismatch { fault, expected: String::new(), meant: Some(self.limits.told(limit)) }
    }

    /// A value of a type from a piece of well-formed JSON.
    pub(crate) fn json_as(&self, json: &str, ty: &Type) -> Result<Value, Mismatch> {
        let wrong = || Mismatch::new(RecordFault::WrongType, ty);
        match (json.as_bytes().first(), ty) {
            (Some(b'n'), _) => Ok(Value::Missing),
            (Some(b't' | b'f'), Type::Truth) => Ok(Value::Truth(json == "true")),
            (Some(b'-' | b'0'..=b'9'), Type::Number) => self.text_as(json, ty),
            (Some(b'"'), _) => self.string_as(&decode(json, ty)?, ty),
            (Some(b'['), Type::List(member)) => self.list(json, member),
            (Some(b'{'), Type::Record(_)) => Ok(Value::Truth(true)),
            (Some(b'{'), Type::Money(currency)) => money_object(json, *currency).ok_or_else(wrong),
            (Some(b'-' | b'0'..=b'9'), Type::Money(_)) => self.text_as(json, ty),
            _ => Err(wrong()),
        }
    }

    /// A value of a type from what a JSON string says.
    pub(super) fn string_as(&self, text: &str, ty: &Type) -> Result<Value, Mismatch> {
        match ty {
            Type::Truth | Type::Number if self.lenient => {
                let value = self.text_as(text.trim(), ty)?;
                self.leniently.update(|count| count + 1);
                Ok(value)
            }
            Type::Number => Err(Mismatch::of_text(text, ty)),
            Type::Truth | Type::List(_) | Type::Record(_) => Err(Mismatch::new(RecordFault::WrongType, ty)),
            _ => self.text_as(text, ty),
        }
    }

    /// A value of a type from a cell. Blanks around anything but a text are ignored.
    pub(crate) fn cell_as(&self, cell: &str, ty: &Type) -> Result<Value, Mismatch> {
        let is_text = ty.is_textual() && !matches!(ty, Type::OneOf(_));
        let cell = if is_text { cell } else { trimmed(cell) };
        match ty {
            _ if cell.is_empty() => Ok(Value::Missing),
            Type::List(member) if matches!(**member, Type::Record(_)) => {
                let expected = "a list of records, which a cell cannot hold".to_owned();
                Err(Mismatch { fault: RecordFault::WrongType, expected, meant: None })
            }
            Type::List(member) => {
                let members = cell.split(LIST_SEPARATOR).map(str::trim).filter(|text| !text.is_empty());
                let members: Result<Vec<Value>, Mismatch> = members.map(|text| self.cell_as(text, member)).collect();
                Ok(Value::List(members?.into()))
            }
            _ => self.text_as(cell, ty),
        }
    }

    fn list(&self, json: &str, member: &Type) -> Result<Value, Mismatch> {
        let members: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
        let members: Result<Vec<Value>, Mismatch> =
            members.iter().map(|value| self.json_as(value.get(), member)).collect();
        Ok(Value::List(members?.into()))
    }

    /// A value of a type from a text that is not empty.
    pub(super) fn text_as(&self, text: &str, ty: &Type) -> Result<Value, Mismatch> {
        literal::of_type(text, ty, &self.zone).map_err(|unfit| match unfit {
            Unfit::Malformed => Mismatch::of_text(text, ty),
            Unfit::OutOfRange => Mismatch::new(RecordFault::NumberOutOfRange, ty),
            Unfit::NotOneOf => Mismatch::new(RecordFault::NotOneOf, ty),
        })
    }
}

/// A text without blanks around it; most have none.
#[inline]
fn trimmed(text: &str) -> &str {
    let is_bare = |end: Option<&u8>| end.is_none_or(u8::is_ascii_graphic);
    if is_bare(text.as_bytes().first()) && is_bare(text.as_bytes().last()) { text } else { text.trim() }
}

/// `{"amount": 12.5, "currency": "EUR"}`; other keys do not count.
fn money_object(json: &str, declared: Option<Currency>) -> Option<Value> {
    #[derive(serde::Deserialize)]
    struct Object<'j> {
        #[serde(borrow)]
        amount: &'j RawValue,
        currency: Cow<'j, str>,
    }
    let object: Object<'_> = serde_json::from_str(json).ok()?;
    let currency = Currency::named(&object.currency)?;
    let amount = Number::parse(object.amount.get()).ok()?;
    declared.is_none_or(|declared| declared == currency).then(|| Value::Money(Money::new(amount, currency)))
}

/// The text of a JSON string.
pub(crate) fn decode<'j>(json: &'j str, ty: &Type) -> Result<Cow<'j, str>, Mismatch> {
    match json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Ok(Cow::Borrowed(plain)),
        // All of its syntax has been checked but that escapes stand for whole characters.
        _ => serde_json::from_str(json).map(Cow::Owned).map_err(|_| Mismatch::new(RecordFault::LoneSurrogate, ty)),
    }
}

/// What a value must be, after "must be".
fn expected(ty: &Type) -> String {
    match ty {
        Type::Truth => "true or false".to_owned(),
        Type::Number => "a number".to_owned(),
        Type::Text | Type::ExactText => "a text".to_owned(),
        Type::OneOf(labels) => {
            let labels: Vec<String> = labels.iter().map(|label| format!("`{label}`")).collect();
            format!("one of {}", labels.join(", "))
        }
        Type::Money(None) => {
            "money such as `12.50 EUR` (a column of bare numbers is declared as `money in EUR`)".to_owned()
        }
        Type::Money(Some(currency)) => format!("money in {currency} such as `12.50 {currency}` or `12.50`"),
        Type::Date => "a date such as `2026-01-31`".to_owned(),
        Type::DateTime => "a date and time such as `2026-01-31T09:00`".to_owned(),
        Type::Duration => "a duration of exact length such as `2d`".to_owned(),
        Type::AnchoredDuration => "a duration such as `3mo`".to_owned(),
        Type::User => "a user".to_owned(),
        Type::Team => "a team".to_owned(),
        Type::Queue => "a queue".to_owned(),
        Type::List(member) if matches!(**member, Type::Record(_)) => "a list of records".to_owned(),
        Type::List(member) => format!("a list, each member {}", expected(member)),
        Type::Record(_) => "a nested record".to_owned(),
    }
}
