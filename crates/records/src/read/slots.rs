//! Values that are no text: each is held against its field before it counts.

use values::{Text, Type, Value};

use super::convert::{Convert, Mismatch};
use super::filling::Filling;
use crate::fault::{RecordFault, Wrong};

/// The places of a record that values are put into; see [`Parser::read_values`](crate::Parser::read_values).
pub struct Slots<'f> {
    filling: Filling<'f>,
    convert: &'f Convert,
}

impl<'f> Slots<'f> {
    pub(super) const fn new(filling: Filling<'f>, convert: &'f Convert) -> Self {
        Self { filling, convert }
    }

    /// What has been put in. A nested record is there where one of its fields is.
    pub(super) fn filled(mut self) -> Filling<'f> {
        self.filling.complete_records();
        self.filling
    }

    /// Puts a value into a field: by its place among those asked for, and not in the record of a reference. One that does
    /// not fit is a fault of the record, told with the field.
    pub fn put(&mut self, place: usize, value: Value) {
        self.filling.put_value(place, value, self.convert);
    }
}

impl Filling<'_> {
    fn put_value(&mut self, place: usize, value: Value, convert: &Convert) {
        let Some(field) = self.field(place) else { return };
        match convert.value(value, &field.ty, &field.sentinels) {
            Ok(value) => self.set(place, value),
            Err(mismatch) => {
                let message = mismatch.sentence(&field.name);
                let wrong = Wrong::field(mismatch.fault, &field.name, None, message);
                self.fail(wrong);
            }
        }
    }
}

impl Convert {
    /// A value of a type from one that is a value already. A text is read as it is where it stands in JSON: so labels come
    /// out in their declared spelling, and dates and money can be given as texts.
    fn value(&self, value: Value, ty: &Type, sentinels: &[Text]) -> Result<Value, Mismatch> {
        match (&value, ty) {
            (Value::Missing, _) => Ok(value),
            (Value::Text(text), _) if sentinels.contains(text) => Ok(Value::Missing),
            (Value::Text(_), Type::Text | Type::ExactText | Type::User | Type::Team | Type::Queue) => {
                self.within(value)
            }
            (Value::Text(_), Type::Number | Type::Truth | Type::List(_) | Type::Record(_)) => {
                Err(Mismatch::new(RecordFault::WrongType, ty))
            }
            (Value::Text(text), _) => self.text_as(text, ty),
            (Value::List(members), Type::List(member)) => {
                let read = |value: &Value| self.value(value.clone(), member, &[]);
                let members: Result<Vec<Value>, Mismatch> = members.iter().map(read).collect();
                self.within(Value::List(members?.into()))
            }
            _ if is_of(&value, ty) => Ok(value),
            _ => Err(Mismatch::new(RecordFault::WrongType, ty)),
        }
    }
}

/// Whether a value that is no text and no list is of a type.
fn is_of(value: &Value, ty: &Type) -> bool {
    match (value, ty) {
        (Value::Truth(_), Type::Truth)
        | (Value::Truth(true), Type::Record(_))
        | (Value::Number(_), Type::Number)
        | (Value::Date(_), Type::Date)
        | (Value::DateTime(_), Type::DateTime) => true,
        (Value::Duration(duration), Type::Duration) => !duration.is_anchored(),
        (Value::Duration(duration), Type::AnchoredDuration) => duration.is_anchored(),
        (Value::Money(money), Type::Money(currency)) => currency.is_none_or(|it| it == money.currency()),
        _ => false,
    }
}
