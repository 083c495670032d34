//! A JSON object, of which just the keys that count are looked at.
//!
//! A [`Cursor`] walks the text once; values that count are converted on the way. Numbers are taken as they are written
//! (never by way of floating point), a key that counts and stands twice is a fault. Of a value that is passed over,
//! brackets, quotes, words, numbers and escapes must be well-formed; halves of characters in its escapes are not looked for.
//! What is wrong with a text that is no JSON, serde_json says.

use std::collections::BTreeSet;

use limits::fixed::RECORD_NESTING;
use serde::de::IgnoredAny;
use serde_json::error::Category;
use values::{Type, Value};

use super::convert::{Convert, Mismatch};
use super::filling::Filling;
use super::scan::{Cursor, Json, NoJson, mark_specials};
use super::shape::{ItemShape, Node, Shape};
use crate::fault::{RecordFault, Wrong};
use crate::split::Nesting;

/// Puts the values of a JSON object into the fields. Fails where the text is no such object; a value that does not fit is
/// remembered in `filling`.
pub(super) fn fill(text: &str, shape: &mut Shape, convert: &Convert, filling: &mut Filling<'_>) -> Result<(), Wrong> {
    let mut marks = std::mem::take(&mut shape.marks);
    mark_specials(&mut marks, text);
    let mut cursor = Cursor::new(text, &marks);
    let walked = Walk { convert, filling }.object(&mut cursor, shape).and_then(|()| cursor.end());
    shape.marks = marks;
    walked.map_err(|NoJson| diagnose(text))
}

/// What is wrong with a text that is no JSON object.
#[cold]
fn diagnose(text: &str) -> Wrong {
    let wrong = check_object(text).err();
    let wrong = wrong.or_else(|| serde_json::from_str::<IgnoredAny>(text).err().map(|error| wrong_json(&error)));
    // What serde_json passes over in a value, but not in a key.
    wrong.unwrap_or_else(|| Wrong::because(RecordFault::LoneSurrogate, "a key holds half a character".to_owned()))
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

/// A record while its text is walked.
struct Walk<'w, 'f> {
    convert: &'w Convert,
    filling: &'w mut Filling<'f>,
}

impl Walk<'_, '_> {
    /// The members of an object.
    fn object(&mut self, cursor: &mut Cursor<'_>, shape: &mut Shape) -> Result<(), NoJson> {
        let (mut seen, mut next) = (Seen::default(), 0);
        let mut more = cursor.enter(b'{', b'}')?;
        while more {
            match shape.next_key(cursor, &mut next)?.and_then(|place| Some((place, shape.node(place)?))) {
                None => cursor.skip()?,
                Some((place, node)) if seen.mark(place) => self.take(cursor, node)?,
                Some((_, node)) => self.filling.fail(duplicate(node, cursor.value()?.written())),
            }
            more = cursor.go_on(b'}')?;
        }
        Ok(())
    }

    /// The value of a key that counts.
    fn take(&mut self, cursor: &mut Cursor<'_>, node: &mut Node) -> Result<(), NoJson> {
        match (cursor.peek(), node.items.as_mut_slice()) {
            (b'[', [(field, items), others @ ..]) => {
                for (field, items) in others {
                    cursor.again(|cursor| self.take_items(cursor, *field, items))?;
                }
                let value = self.take_items(cursor, *field, items)?;
                self.put(&node.fields, value);
            }
            (b'[', []) if node.inner.is_empty() => self.take_list(cursor, &node.fields)?,
            (b'{', _) if !node.inner.is_empty() => {
                let (value, ()) = cursor.walked(|cursor| self.object(cursor, &mut node.inner))?;
                self.put_all(node, value);
            }
            _ => {
                let value = cursor.value()?;
                self.put_all(node, value);
                if !node.inner.is_empty() && node.fields.is_empty() && node.items.is_empty() {
                    self.expect_null(node, value.written());
                }
            }
        }
        Ok(())
    }

    fn put_all(&mut self, node: &Node, value: Json<'_>) {
        self.put(&node.fields, value);
        self.put(node.lists(), value);
    }

    #[inline]
    fn put<'n>(&mut self, fields: impl IntoIterator<Item = &'n usize>, value: Json<'_>) {
        for &field in fields {
            self.filling.put(
                field,
                || value.written(),
                |field| match value.text {
                    Some(text) => self.convert.text(text, field),
                    None => self.convert.json(value.written(), field),
                },
            );
        }
    }

    /// The members of a list, once for each field that it is put into.
    fn take_list(&mut self, cursor: &mut Cursor<'_>, fields: &[usize]) -> Result<(), NoJson> {
        let Some((last, others)) = fields.split_last() else { return cursor.skip() };
        for field in others {
            cursor.again(|cursor| self.put_list(cursor, *field))?;
        }
        self.put_list(cursor, *last)
    }

    fn put_list(&mut self, cursor: &mut Cursor<'_>, field: usize) -> Result<(), NoJson> {
        let Some(Type::List(member)) = self.filling.type_of(field) else {
            let value = cursor.value()?;
            self.put([&field], value);
            return Ok(());
        };
        let (mut members, mut wrong) = (Vec::new(), None);
        let (list, ()) = cursor.walked(|cursor| {
            let mut more = cursor.enter(b'[', b']')?;
            while more {
                let value = cursor.value()?;
                let member = match value.text {
                    Some(text) => self.convert.string_as(text, member),
                    None => self.convert.json_as(value.written(), member),
                };
                match member {
                    _ if wrong.is_some() => {}
                    Ok(member) => members.push(member),
                    Err(mismatch) => wrong = Some(mismatch),
                }
                more = cursor.go_on(b']')?;
            }
            Ok(())
        })?;
        let members = wrong.map_or_else(|| self.convert.within(Value::List(members.into())), Err);
        self.filling.put(field, || list.written(), |_| members);
        Ok(())
    }

    #[cold]
    fn expect_null(&mut self, node: &Node, value: &str) {
        if value != "null" {
            let mismatch = Mismatch::new(RecordFault::WrongType, &Type::Record(node.path.as_str().into()));
            let message = mismatch.sentence(&node.path);
            self.filling.fail(Wrong::field(mismatch.fault, &node.path, Some(value), message));
        }
    }

    /// The items of a list of records; what is wrong with the first that is wrong is told with its number.
    fn take_items<'t>(
        &mut self,
        cursor: &mut Cursor<'t>,
        field: usize,
        items: &mut ItemShape,
    ) -> Result<Json<'t>, NoJson> {
        let (mut records, mut wrong) = (Vec::new(), None);
        let (value, ()) = cursor.walked(|cursor| {
            let mut more = cursor.enter(b'[', b']')?;
            while more {
                match wrong {
                    Some(_) => cursor.skip()?,
                    None => match self.take_item(cursor, items)? {
                        Ok(record) => records.push(record),
                        Err(found) => wrong = Some(found),
                    },
                }
                more = cursor.go_on(b']')?;
            }
            Ok(())
        })?;
        match wrong {
            Some(wrong) => self.filling.fail_in_item(field, records.len() + 1, wrong),
            None => self.filling.put(field, || value.written(), |_| self.convert.within(Value::List(records.into()))),
        }
        Ok(value)
    }

    fn take_item(&self, cursor: &mut Cursor<'_>, items: &mut ItemShape) -> Result<Result<Value, Wrong>, NoJson> {
        if cursor.peek() != b'{' {
            let item = cursor.value()?.written();
            let wrong = || Wrong::field(RecordFault::WrongType, "", Some(item), "it must be a record".to_owned());
            return Ok(if item == "null" { Ok(Value::Missing) } else { Err(wrong()) });
        }
        let mut filling = Filling::new(&items.fields);
        Walk { convert: self.convert, filling: &mut filling }.object(cursor, &mut items.shape)?;
        Ok(filling.finish().map(|record| Value::Record(record.into())))
    }
}

fn duplicate(node: &Node, value: &str) -> Wrong {
    let message = format!("the key `{}` stands twice", node.path);
    Wrong::field(RecordFault::DuplicateKey, &node.path, Some(value), message)
}

/// Which keys of an object have been met, by their places.
#[derive(Default)]
struct Seen {
    first: u64,
    /// Those whose place has no bit in `first`.
    others: BTreeSet<usize>,
}

impl Seen {
    /// Notes a key; false if it had been met already.
    fn mark(&mut self, place: usize) -> bool {
        if place >= 64 {
            return self.others.insert(place);
        }
        let bit = 1 << place;
        let is_new = self.first & bit == 0;
        self.first |= bit;
        is_new
    }
}
