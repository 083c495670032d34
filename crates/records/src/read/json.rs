//! A JSON object, of which just the keys that count are looked at.
//!
//! serde_json walks the text; what it would decide silently is decided here. Numbers are taken as they are written (never
//! by way of floating point), a key that counts and stands twice is a fault, and nothing recurses deeper than the program's
//! paths. Of a value that is passed over, brackets, quotes, words, numbers and escapes must be well-formed; halves of
//! characters in its escapes are not looked for.

use std::fmt;

use limits::fixed::RECORD_NESTING;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;
use values::{Type, Value};

use super::convert::{Convert, Mismatch};
use super::filling::Filling;
use super::shape::{ItemShape, Node, Shape};
use crate::fault::{RecordFault, Wrong};
use crate::split::Nesting;

/// Puts the values of a JSON object into the fields. Fails where the text is no such object; a value that does not fit is
/// remembered in `filling`.
pub(super) fn fill(text: &str, shape: &Shape, convert: &Convert, filling: &mut Filling<'_>) -> Result<(), Wrong> {
    check_object(text)?;
    walk(text, shape, convert, filling).map_err(|error| wrong_json(&error))
}

/// Whether a text looks like an object and is not nested too deeply. What is in it is not looked at.
pub(crate) fn check_object(text: &str) -> Result<(), Wrong> {
    check_nesting(text)?;
    if text.trim_ascii_start().starts_with('{') {
        return Ok(());
    }
    Err(match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => Wrong::whole(RecordFault::NotAnObject),
        Err(error) => wrong_json(&error),
    })
}

/// Whether the brackets of a text are not nested too deeply.
pub(crate) fn check_nesting(text: &str) -> Result<(), Wrong> {
    if is_too_deep(text) { Err(Wrong::whole(RecordFault::NestingTooDeep)) } else { Ok(()) }
}

/// Counting brackets is much faster than following them, and settles it for nearly every record.
fn is_too_deep(text: &str) -> bool {
    let opening = text.bytes().filter(|byte| matches!(byte, b'{' | b'[')).count();
    let mut nesting = Nesting::default();
    opening > RECORD_NESTING
        && text.bytes().any(|byte| {
            nesting.take(byte);
            nesting.depth() > RECORD_NESTING
        })
}

/// What is wrong with a text that serde_json refused.
pub(crate) fn wrong_json(error: &serde_json::Error) -> Wrong {
    let said = error.to_string();
    let reason = said.split(" at line ").next().unwrap_or(&said);
    let fault = match error.classify() {
        Category::Eof => RecordFault::TruncatedRecord,
        _ if reason.contains("surrogate") || reason.contains("hex escape") => RecordFault::LoneSurrogate,
        _ if reason == "trailing characters" => RecordFault::TrailingCharacters,
        _ => RecordFault::MalformedJson,
    };
    let message = match fault {
        RecordFault::TruncatedRecord => fault.sentence().to_owned(),
        _ => format!("{}: {reason} at column {}", fault.sentence(), error.column()),
    };
    Wrong::because(fault, message)
}

fn walk(text: &str, shape: &Shape, convert: &Convert, filling: &mut Filling<'_>) -> serde_json::Result<()> {
    let mut json = serde_json::Deserializer::from_str(text);
    json.deserialize_map(Walk { shape, convert, filling })?;
    json.end()
}

struct Walk<'w, 'f> {
    shape: &'w Shape,
    convert: &'w Convert,
    filling: &'w mut Filling<'f>,
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut seen = vec![false; self.shape.nodes.len()];
        while let Some(place) = map.next_key_seed(Key(self.shape))? {
            let Some((node, seen)) = place.and_then(|place| self.shape.nodes.get(place).zip(seen.get_mut(place)))
            else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value: &RawValue = map.next_value()?;
            if std::mem::replace(seen, true) {
                self.filling.fail(duplicate(node, value.get()));
            } else {
                self.take(node, value.get());
            }
        }
        Ok(())
    }
}

impl Walk<'_, '_> {
    fn take(&mut self, node: &Node, value: &str) {
        for &field in &node.fields {
            self.filling.put(field, value, |field| self.convert.json(value, field));
        }
        for (field, items) in &node.items {
            self.take_items(*field, items, value);
        }
        if node.inner.nodes.is_empty() {
            return;
        }
        if value.starts_with('{') {
            if let Err(error) = walk(value, &node.inner, self.convert, self.filling) {
                self.filling.fail(wrong_json(&error));
            }
        } else if value != "null" && node.fields.is_empty() && node.items.is_empty() {
            let mismatch = Mismatch::new(RecordFault::WrongType, &Type::Record(node.path.as_str().into()));
            let message = mismatch.sentence(&node.path);
            self.filling.fail(Wrong::field(mismatch.fault, &node.path, Some(value), message));
        }
    }
}

impl Walk<'_, '_> {
    /// The items of a list of records; what is wrong with one of them is told with its number.
    fn take_items(&mut self, field: usize, items: &ItemShape, value: &str) {
        if !value.starts_with('[') {
            return self.filling.put(field, value, |field| self.convert.json(value, field));
        }
        let members: Vec<&RawValue> = serde_json::from_str(value).unwrap_or_default();
        let mut records = Vec::with_capacity(members.len());
        for (number, member) in (1_usize..).zip(members) {
            match self.take_item(items, member.get()) {
                Ok(record) => records.push(record),
                Err(wrong) => return self.filling.fail_in_item(field, number, wrong),
            }
        }
        self.filling.put(field, value, |_| self.convert.within(Value::List(records.into())));
    }

    fn take_item(&self, items: &ItemShape, item: &str) -> Result<Value, Wrong> {
        if item == "null" {
            return Ok(Value::Missing);
        }
        if !item.starts_with('{') {
            return Err(Wrong::field(RecordFault::WrongType, "", Some(item), "it must be a record".to_owned()));
        }
        let mut filling = Filling::new(&items.fields);
        walk(item, &items.shape, self.convert, &mut filling).map_err(|error| wrong_json(&error))?;
        filling.finish().map(|record| Value::Record(record.into()))
    }
}

fn duplicate(node: &Node, value: &str) -> Wrong {
    let message = format!("the key `{}` stands twice", node.path);
    Wrong::field(RecordFault::DuplicateKey, &node.path, Some(value), message)
}

/// Which key that counts is next.
struct Key<'s>(&'s Shape);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<Self::Value, D::Error> {
        key.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Option<usize>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.place(key))
    }
}
