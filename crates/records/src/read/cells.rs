//! The cells of one row, after RFC 4180: a cell in quotes may hold separators, line breaks and doubled quotes.

use memchr::memchr;
use wide::u8x16;

use super::marks::Marks;
use crate::fault::{RecordFault, Wrong};

/// The cells of a row; its memory is used again for the next row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    /// The cells without their quotes, one after the other.
    text: String,
    /// Where in `text` each cell ends.
    ends: Vec<usize>,
    /// How many bytes stand between one cell and the next: a separator, in a row without quotes, which is kept as it is.
    gap: usize,
    /// Where the separators of such a row are.
    separators: Marks,
}

impl Cells {
    /// Takes apart a row without its line ending.
    ///
    /// A quote inside a cell that does not begin with one is a quote (`5" disk`); anything between a closing quote and the
    /// next separator is a fault, as is a quote that is not closed.
    pub(crate) fn split(&mut self, row: &str, separator: u8) -> Result<(), Wrong> {
        self.text.clear();
        self.ends.clear();
        self.gap = usize::from(memchr(b'"', row.as_bytes()).is_none());
        if self.gap == 1 {
            self.split_plain(row, separator);
            return Ok(());
        }
        let separator = char::from(separator);
        let mut rest = row;
        loop {
            rest = match rest.strip_prefix('"') {
                Some(quoted) => self.take_quoted(quoted)?,
                None => self.take_open(rest, separator),
            };
            self.ends.push(self.text.len());
            rest = match rest.strip_prefix(separator) {
                Some(next) => next,
                None if rest.is_empty() => return Ok(()),
                None => return Err(self.malformed("something follows the closing quote of cell")),
            };
        }
    }

    fn split_plain(&mut self, row: &str, separator: u8) {
        self.text.push_str(row);
        self.separators.mark(row, |bytes| bytes.simd_eq(u8x16::splat(separator)));
        self.separators.each(|place| self.ends.push(place));
        self.ends.push(row.len());
    }

    /// How many cells the row has.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a cell.
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)? + self.gap,
            None => 0,
        };
        self.text.get(start..*self.ends.get(index)?)
    }

    /// The cells in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    fn take_open<'r>(&mut self, text: &'r str, separator: char) -> &'r str {
        let (cell, rest) = text.split_at(text.find(separator).unwrap_or(text.len()));
        self.text.push_str(cell);
        rest
    }

    /// Takes a cell from behind its opening quote; what is left begins behind the closing one.
    fn take_quoted<'r>(&mut self, mut text: &'r str) -> Result<&'r str, Wrong> {
        loop {
            let Some((cell, rest)) = text.split_once('"') else {
                self.ends.push(self.text.len());
                return Err(self.malformed("there is no closing quote for cell"));
            };
            self.text.push_str(cell);
            match rest.strip_prefix('"') {
                Some(rest) => {
                    self.text.push('"');
                    text = rest;
                }
                None => return Ok(rest),
            }
        }
    }

    fn malformed(&self, what: &str) -> Wrong {
        Wrong::because(RecordFault::MalformedRow, format!("{what} {}", self.len()))
    }
}
