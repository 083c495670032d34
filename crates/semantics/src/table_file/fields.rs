//! The lines of a file of comma-separated values with the place of each field in it.
//!
//! What parts the fields is a comma, a semicolon or a tab, whichever the first line has most of: spreadsheets of many
//! countries write semicolons.

use std::ops::Range;

/// A field of a line.
pub(super) struct Field {
    /// What it says, without quotes around it.
    pub(super) text: String,
    /// Its bytes in the file.
    pub(super) place: Range<usize>,
}

/// All lines that are not empty, each with its fields.
pub(super) fn lines(csv: &str) -> Vec<Vec<Field>> {
    let start = if csv.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader { csv, at: start, separator: separator(csv.lines().next().unwrap_or_default()) };
    let mut lines = Vec::new();
    while reader.at < csv.len() {
        let line = reader.line();
        if line.iter().any(|field| !field.text.trim().is_empty()) {
            lines.push(line);
        }
    }
    lines
}

fn separator(first: &str) -> u8 {
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    *[b',', b';', b'\t'].iter().rev().max_by_key(|separator| count(separator)).unwrap_or(&b',')
}

struct Reader<'t> {
    csv: &'t str,
    at: usize,
    separator: u8,
}

impl Reader<'_> {
    fn line(&mut self) -> Vec<Field> {
        let mut fields = Vec::new();
        loop {
            fields.push(self.field());
            match self.csv.as_bytes().get(self.at) {
                Some(byte) if *byte == self.separator => self.at += 1,
                Some(_) => {
                    self.at += 1; // The end of the line.
                    return fields;
                }
                None => return fields,
            }
        }
    }

    /// A field up to what parts it from the next. In quotes it may hold anything; a quote inside is doubled.
    fn field(&mut self) -> Field {
        let start = self.at;
        let mut text = String::new();
        if self.rest().starts_with('"') {
            self.at += 1;
            while let Some(length) = self.rest().find('"') {
                text.push_str(self.rest().get(..length).unwrap_or_default());
                self.at += length + 1;
                if !self.rest().starts_with('"') {
                    break;
                }
                text.push('"');
                self.at += 1;
            }
        }
        let separator = char::from(self.separator);
        let length = self.rest().find([separator, '\n']).unwrap_or(self.rest().len());
        text.push_str(self.rest().get(..length).unwrap_or_default().trim_end_matches('\r'));
        self.at += length;
        let end = start + self.csv.get(start..self.at).map_or(0, |field| field.trim_end().len());
        Field { text, place: start..end }
    }

    fn rest(&self) -> &str {
        self.csv.get(self.at..).unwrap_or_default()
    }
}
