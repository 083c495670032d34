//! A JSON text while it is written: commas and escapes are put where they belong.

use std::fmt::{Display, Write as _};

use values::Number;

use super::value::push_number;

/// A JSON text on one line.
#[derive(Debug)]
pub(super) struct Json {
    text: String,
}

impl Json {
    /// Writes an object behind a text, as a line; `members` writes what is in it.
    pub(super) fn write_line(text: &mut String, members: impl FnOnce(&mut Members<'_>)) {
        let mut json = Self { text: std::mem::take(text) };
        json.write_object(members);
        json.text.push('\n');
        *text = json.text;
    }

    /// A value that is wanted for later.
    pub(super) fn value(write: impl FnOnce(&mut Self)) -> String {
        let mut json = Self { text: String::new() };
        write(&mut json);
        json.text
    }

    /// Something that is JSON already.
    pub(super) fn write_json(&mut self, json: &str) {
        self.text.push_str(json);
    }

    pub(super) fn write_object(&mut self, members: impl FnOnce(&mut Members<'_>)) {
        self.text.push('{');
        members(&mut Members { json: self, first: true });
        self.text.push('}');
    }

    /// An array with one element for each item.
    pub(super) fn write_array<T>(&mut self, items: impl IntoIterator<Item = T>, mut element: impl FnMut(&mut Self, T)) {
        self.text.push('[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            element(self, item);
        }
        self.text.push(']');
    }

    /// A text with the escapes that JSON asks for.
    pub(super) fn write_text(&mut self, text: &str) {
        self.text.push('"');
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            let (plain, special) = rest.split_at(at);
            self.text.push_str(plain);
            let mut letters = special.chars();
            match letters.next() {
                Some('\n') => self.text.push_str("\\n"),
                Some('\r') => self.text.push_str("\\r"),
                Some('\t') => self.text.push_str("\\t"),
                Some(letter @ ('"' | '\\')) => self.text.extend(['\\', letter]),
                Some(letter) => self.write_plain(format_args!("\\u{:04x}", u32::from(letter))),
                None => {}
            }
            rest = letters.as_str();
        }
        self.text.push_str(rest);
        self.text.push('"');
    }

    /// Something that is JSON as it is: a number, `true`, `null`, a whole record.
    pub(super) fn write_plain(&mut self, plain: impl Display) {
        // Writing to a string does not fail.
        let _ = write!(self.text, "{plain}");
    }

    /// A number.
    pub(super) fn write_number(&mut self, number: Number) {
        push_number(&mut self.text, number);
    }

    /// Something that needs no escapes as a text: a date, a duration.
    pub(super) fn write_quoted(&mut self, plain: impl Display) {
        self.write_plain(format_args!("\"{plain}\""));
    }
}

/// The members of an object while they are written.
pub(super) struct Members<'j> {
    json: &'j mut Json,
    first: bool,
}

impl Members<'_> {
    /// A member; its value is written by way of what is returned.
    pub(super) fn key(&mut self, key: &str) -> &mut Json {
        if !std::mem::take(&mut self.first) {
            self.json.text.push(',');
        }
        self.json.write_text(key);
        self.json.text.push(':');
        self.json
    }

    /// A member that is a text.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.key(key).write_text(text);
    }
}
