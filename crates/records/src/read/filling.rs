//! A record while it is filled: values arrive in any order, the first fault is remembered, and reading goes on so that
//! the key of a record that is wrong is still known.

use values::{Text, Type, Value};
use vm::program::Field;

use super::convert::Mismatch;
use crate::fault::{RecordFault, Wrong};
use crate::join::is_elsewhere;

/// The values of a record that have been read so far.
pub(crate) struct Filling<'f> {
    fields: &'f [Field],
    values: Vec<Value>,
    wrong: Option<Wrong>,
}

impl<'f> Filling<'f> {
    pub(super) fn new(fields: &'f [Field]) -> Self {
        Self::within(fields, Vec::new())
    }

    /// The same with memory that held other values before.
    pub(super) fn within(fields: &'f [Field], mut values: Vec<Value>) -> Self {
        values.iter_mut().for_each(|value| *value = Value::Missing);
        values.resize(fields.len(), Value::Missing);
        Self { fields, values, wrong: None }
    }

    /// The type of a field.
    pub(super) fn type_of(&self, index: usize) -> Option<&'f Type> {
        self.fields.get(index).map(|field| &field.ty)
    }

    /// Puts a value into a field; `data` is how it stands in the input, for the report where it does not fit.
    #[inline]
    pub(crate) fn put<'d>(
        &mut self,
        index: usize,
        data: impl FnOnce() -> &'d str,
        value: impl FnOnce(&Field) -> Result<Value, Mismatch>,
    ) {
        let (Some(field), Some(place)) = (self.fields.get(index), self.values.get_mut(index)) else { return };
        match value(field) {
            Ok(value) => *place = value,
            Err(mismatch) => self.fail(unfit(field, data(), &mismatch)),
        }
    }

    /// A field by its place; none for one that lies in the record of a reference, which is not for filling.
    pub(crate) fn field(&self, place: usize) -> Option<&'f Field> {
        self.fields.get(place).filter(|field| !is_elsewhere(field))
    }

    /// Puts a value that fits into a field.
    pub(crate) fn set(&mut self, place: usize, value: Value) {
        if let Some(slot) = self.values.get_mut(place) {
            *slot = value;
        }
    }

    /// Makes nested records present of which a field has a value.
    pub(super) fn complete_records(&mut self) {
        for (place, field) in self.fields.iter().enumerate() {
            let lies_in = |other: &Field| {
                other.source.len() > field.source.len()
                    && other.source.starts_with(&field.source)
                    && !is_elsewhere(other)
            };
            let is_record = matches!(field.ty, Type::Record(_)) && !is_elsewhere(field);
            if is_record && self.fields.iter().zip(&self.values).any(|(it, value)| lies_in(it) && !value.is_missing()) {
                self.set(place, Value::Truth(true));
            }
        }
    }

    /// Remembers a fault unless there is one already.
    pub(crate) fn fail(&mut self, wrong: Wrong) {
        self.wrong.get_or_insert(wrong);
    }

    /// Remembers a fault in an item of a list; items are counted from 1.
    pub(super) fn fail_in_item(&mut self, index: usize, number: usize, wrong: Wrong) {
        let Some(list) = self.fields.get(index).map(|field| &field.name) else { return };
        let inner = wrong.field.filter(|inner| !inner.is_empty()).map(|inner| format!(".{inner}"));
        let field = format!("{list}[{number}]{}", inner.unwrap_or_default());
        let message = format!("in item {number} of `{list}`: {}", wrong.message);
        self.fail(Wrong { fault: wrong.fault, field: Some(field), value: wrong.value, message });
    }

    /// The identity of the record as far as it is known. An empty text is none.
    pub(super) fn key(&self) -> Option<Text> {
        let place = self.fields.iter().position(|field| field.key)?;
        key_text(self.values.get(place)?)
    }

    /// The values of the record, if nothing was wrong and nothing that is required is missing. Defaults are put in here.
    pub(super) fn finish(mut self) -> Result<Vec<Value>, Wrong> {
        if let Some(wrong) = self.wrong.take() {
            return Err(wrong);
        }
        let own = self.fields.iter().zip(&mut self.values).filter(|(field, _)| !is_elsewhere(field));
        for (field, value) in own {
            if field.key && key_text(value).is_none() {
                return Err(required(field, "the key of the record"));
            }
            if value.is_missing() {
                match &field.default {
                    Some(default) => *value = default.clone(),
                    None if field.optional => {}
                    None => return Err(required(field, "a required field")),
                }
            }
        }
        Ok(self.values)
    }
}

/// A value as the identity of a record. An empty text is none.
pub(crate) fn key_text(value: &Value) -> Option<Text> {
    match value {
        Value::Text(text) if text.trim().is_empty() => None,
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Date(date) => Some(date.to_string().into()),
        Value::DateTime(instant) => Some(instant.to_string().into()),
        _ => None,
    }
}

#[cold]
fn unfit(field: &Field, data: &str, mismatch: &Mismatch) -> Wrong {
    Wrong::field(mismatch.fault, &field.name, Some(data), mismatch.sentence(&field.name))
}

fn required(field: &Field, what: &str) -> Wrong {
    let message = format!("`{}` is {what} and has no value", field.name);
    Wrong::field(RecordFault::RequiredFieldMissing, &field.name, None, message)
}
