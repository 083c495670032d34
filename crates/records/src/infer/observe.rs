//! From values to counts of what stands in each field. Start with [`Observer::row`] and [`Observer::object`].

use std::collections::HashSet;

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use values::{Type, Value};

use super::observed::{Observed, Table};
use crate::fault::{RecordFault, Wrong};
use crate::read::convert::{Convert, decode};
use crate::read::json::wrong_json;

/// Texts that stand for nothing wherever they are found.
const SENTINELS: [&str; 11] = ["", "Select", "N/A", "n/a", "#N/A", "NULL", "null", "-", "--", "?", "(blank)"];

/// Texts that stand for nothing where the field is otherwise no text; in a text they may mean what they say.
const DOUBTFUL: [&str; 11] = ["NA", "na", "NaN", "nan", "None", "none", "Unknown", "unknown", "nil", "Null", "TBD"];

/// How many keys the path to a field may have.
const DEPTH: usize = 5;

/// Puts values into tables.
pub(super) struct Observer {
    convert: Convert,
}

impl Observer {
    pub(super) const fn new(convert: Convert) -> Self {
        Self { convert }
    }

    /// The cells of a row, one for each field.
    pub(super) fn row<'c>(&self, cells: impl Iterator<Item = &'c str>, table: &mut Table) {
        table.records += 1;
        for ((_, observed), cell) in table.fields.iter_mut().zip(cells) {
            if cell.is_empty() {
            } else if cell.trim().is_empty() {
                observed.texts.blank += 1;
            } else {
                note_text(cell, cell.trim(), |ty| self.convert.cell_as(cell, ty).ok(), observed);
                observed.note_difference(cell);
            }
        }
    }

    /// A well-formed JSON object.
    pub(super) fn object(&self, text: &str, table: &mut Table) -> Result<(), Wrong> {
        self.object_at(text, table, 0)
    }

    fn object_at(&self, text: &str, table: &mut Table, depth: usize) -> Result<(), Wrong> {
        let mut json = serde_json::Deserializer::from_str(text);
        let entries = json.deserialize_map(Entries).and_then(|entries| json.end().map(|()| entries));
        let mut entries = entries.map_err(|error| wrong_json(&error))?;
        let mut keys = HashSet::new();
        if !entries.iter().all(|(key, _)| keys.insert(key.as_str())) {
            return Err(Wrong::whole(RecordFault::DuplicateKey));
        }
        drop(keys);
        table.records += 1;
        for (key, value) in entries.drain(..) {
            if let Some(observed) = table.field(&key) {
                self.json(value.get(), observed, depth)?;
            }
        }
        Ok(())
    }

    fn json(&self, json: &str, observed: &mut Observed, depth: usize) -> Result<(), Wrong> {
        match json.as_bytes().first() {
            Some(b'n') => {}
            Some(b't' | b'f') => observed.truths += 1,
            Some(b'"') => match decode(json, &Type::Text) {
                Ok(text) => {
                    note_text(&text, &text, |ty| self.convert.json_as(json, ty).ok(), observed);
                    observed.note_difference(&text);
                }
                Err(_) => observed.unreadable += 1,
            },
            Some(b'[') => {
                observed.lists += 1;
                let members: Vec<&RawValue> = serde_json::from_str(json).map_err(|error| wrong_json(&error))?;
                let inner = observed.members.get_or_insert_default();
                for member in members {
                    self.json(member.get(), inner, DEPTH)?;
                }
            }
            Some(b'{') => {
                observed.objects += 1;
                if depth + 1 < DEPTH {
                    self.object_at(json, &mut observed.inner, depth + 1)?;
                }
            }
            _ => match self.convert.json_as(json, &Type::Number) {
                Ok(Value::Number(number)) => {
                    observed.numbers += 1;
                    observed.note_number(number);
                    observed.note_difference(json);
                }
                _ => observed.unreadable += 1,
            },
        }
        Ok(())
    }
}

/// A text that is not empty as a cell; `label` is what it is among labels, `read` takes it for a value of a type as the
/// records of a program are read.
fn note_text(text: &str, label: &str, read: impl Fn(&Type) -> Option<Value>, observed: &mut Observed) {
    let texts = &mut observed.texts;
    for (known, counts) in [(&SENTINELS, &mut texts.sentinels), (&DOUBTFUL, &mut texts.doubtful)] {
        if let Some(known) = known.iter().find(|known| **known == text) {
            *counts.entry(known).or_default() += 1;
            return;
        }
    }
    texts.plain += 1;
    texts.note_label(label);
    let fits = |ty: &Type| read(ty).is_some_and(|value| !value.is_missing());
    texts.all_truths = texts.all_truths && is_word(label) && fits(&Type::Truth);
    texts.all_money = texts.all_money && fits(&Type::Money(None));
    texts.all_dates = texts.all_dates && fits(&Type::Date);
    texts.all_datetimes = texts.all_datetimes && fits(&Type::DateTime);
    texts.all_numbers = texts.all_numbers && is_plain_number(label);
    if texts.all_numbers
        && let Some(Value::Number(number)) = read(&Type::Number)
    {
        observed.note_number(number);
    } else {
        texts.all_numbers = false;
    }
}

/// Zeros and ones are left to be numbers.
fn is_word(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// Whether a text that reads as a number is likely to be one: `007` and `12E4` are codes.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_padded = digits.starts_with('0') && digits.len() > 1 && !digits.starts_with("0.");
    !is_padded && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The keys and values of an object in written order.
pub(crate) struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(entries)
    }
}
