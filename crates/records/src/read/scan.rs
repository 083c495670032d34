//! The grammar of JSON: a [`Cursor`] goes over a text once and tells where its members, elements and values lie.
//!
//! It follows RFC 8259 to the letter but for one thing: of an escape such as `\ud83d` it is not asked whether it stands for
//! a whole character. What ends a string is found for the whole text at once (`scan/strings.rs`), everything else is gone
//! over byte by byte; nothing is copied. Where the text is no JSON, or brackets stand too deep in each other, the answer is [`NoJson`]
//! and no more: `json.rs` finds out what is wrong, which is seldom asked.

mod strings;
mod values;

use std::borrow::Cow;

use limits::fixed::RECORD_NESTING;

pub(super) use self::strings::mark_specials;
use super::marks::{Marked, Marks};

/// A text is no JSON, or brackets stand deeper in each other than [`RECORD_NESTING`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoJson;

/// A text with its marks.
#[derive(Clone, Copy, Debug)]
struct Walked<'t> {
    text: &'t str,
    marks: Marked<'t>,
}

/// A place in a JSON text.
#[derive(Debug)]
pub(super) struct Cursor<'t> {
    text: Walked<'t>,
    at: usize,
    /// How many brackets are open.
    depth: usize,
}

/// A text between quotes, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted<'t>(&'t str);

/// A value that lies in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json<'t> {
    whole: &'t str,
    start: usize,
    end: usize,
    /// What it says, if it is a string without escapes.
    pub(super) text: Option<&'t str>,
}

impl<'t> Json<'t> {
    /// The value as it is written.
    pub(super) fn written(&self) -> &'t str {
        self.whole.get(self.start..self.end).unwrap_or_default()
    }
}

/// How something is written that has been met before, for a comparison that takes a few instructions.
#[derive(Clone, Debug)]
pub(super) struct Written {
    text: Box<str>,
    /// The first sixteen bytes, and which bits of them there are.
    head: u128,
    mask: u128,
    /// Whether there are more.
    is_long: bool,
}

impl Written {
    pub(super) fn new(text: &str) -> Self {
        let padded = |fill: u8| {
            let mut block = [fill; HEAD];
            block.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
            u128::from_le_bytes(block)
        };
        Self { text: text.into(), head: padded(0), mask: !(padded(0) ^ padded(0xff)), is_long: text.len() > HEAD }
    }

    /// Whether some bytes begin with it.
    #[inline]
    fn begins(&self, bytes: &[u8]) -> bool {
        let Some(head) = bytes.first_chunk::<HEAD>() else { return bytes.starts_with(self.text.as_bytes()) };
        u128::from_le_bytes(*head) & self.mask == self.head
            && (!self.is_long || bytes.starts_with(self.text.as_bytes()))
    }
}

/// How many bytes are compared at once.
const HEAD: usize = 16;

impl<'t> Quoted<'t> {
    /// What it says; nothing where an escape stands for half a character.
    pub(super) fn decoded(self) -> Result<Cow<'t, str>, NoJson> {
        match self.0.contains('\\') {
            false => Ok(Cow::Borrowed(self.0)),
            true => serde_json::from_str(&format!("\"{}\"", self.0)).map(Cow::Owned).map_err(|_| NoJson),
        }
    }
}

impl<'t> Cursor<'t> {
    /// Before a text, behind the blanks that it may begin with. The marks are the text's.
    pub(super) fn new(text: &'t str, marks: &'t Marks) -> Self {
        let text = Walked { text, marks: marks.all() };
        Self { text, at: text.blanks(0), depth: 0 }
    }

    /// The byte at hand; none of those that JSON is made of at the end of the text.
    #[inline]
    pub(super) fn peek(&self) -> u8 {
        self.text.byte(self.at)
    }

    /// Nothing but blanks may follow.
    pub(super) fn end(self) -> Result<(), NoJson> {
        if self.text.blanks(self.at) == self.text.bytes().len() { Ok(()) } else { Err(NoJson) }
    }

    /// Goes over a value.
    #[inline]
    pub(super) fn skip(&mut self) -> Result<(), NoJson> {
        self.at = self.text.value(self.at, self.depth)?;
        Ok(())
    }

    /// Goes over a value and gives it as it is written.
    #[inline]
    pub(super) fn value(&mut self) -> Result<Json<'t>, NoJson> {
        let start = self.at;
        let mark = if self.peek() == b'"' { self.text.marks.next(start + 1) } else { None };
        let text = match mark.filter(|mark| self.text.byte(*mark) == b'"') {
            Some(end) => {
                self.at = end + 1;
                self.text.text.get(start + 1..end)
            }
            None => {
                self.skip()?;
                None
            }
        };
        Ok(Json { text, ..self.since(start) })
    }

    /// What `walk` goes over, beside what it yields.
    pub(super) fn walked<T>(
        &mut self,
        walk: impl FnOnce(&mut Self) -> Result<T, NoJson>,
    ) -> Result<(Json<'t>, T), NoJson> {
        let start = self.at;
        let result = walk(self)?;
        Ok((self.since(start), result))
    }

    /// Goes back to a place from which it has gone on, for another look.
    pub(super) fn again<T>(&mut self, walk: impl FnOnce(&mut Self) -> Result<T, NoJson>) -> Result<T, NoJson> {
        let start = self.at;
        let result = walk(self);
        self.at = start;
        result
    }

    /// Goes into the brackets at hand, up to the first thing in them; false behind them if there is none.
    #[inline]
    pub(super) fn enter(&mut self, opening: u8, closing: u8) -> Result<bool, NoJson> {
        self.depth = values::deeper(self.depth)?;
        self.at = self.text.blanks(self.text.expect(self.at, opening)?);
        Ok(self.peek() != closing || self.leave())
    }

    /// Goes on between brackets to the next thing; false behind the closing one.
    #[inline]
    pub(super) fn go_on(&mut self, closing: u8) -> Result<bool, NoJson> {
        self.at = self.text.blanks(self.at);
        match self.peek() {
            b',' => self.at = self.text.blanks(self.at + 1),
            other if other == closing => return Ok(self.leave()),
            _ => return Err(NoJson),
        }
        Ok(true)
    }

    fn leave(&mut self) -> bool {
        self.depth -= 1;
        self.at += 1;
        false
    }

    /// Goes over a key and the colon behind it, up to the value.
    pub(super) fn key(&mut self) -> Result<Quoted<'t>, NoJson> {
        let (end, value) = self.text.key(self.at)?;
        let inner = self.text.text.get(self.at + 1..end).unwrap_or_default();
        self.at = value;
        Ok(Quoted(inner))
    }

    /// Goes over a key with its colon, if it is written just so.
    #[inline]
    pub(super) fn pass(&mut self, key: &Written) -> bool {
        let found = key.begins(self.text.bytes().get(self.at..).unwrap_or_default());
        self.at = if found { self.text.blanks(self.at + key.text.len()) } else { self.at };
        found
    }

    /// Goes over members with these keys, one after the other, as long as they are written just so with strings for values
    /// and nothing between: as most members are. Tells how many; others are for the rest of this file.
    #[inline]
    pub(super) fn pass_strings<'k>(&mut self, keys: impl Iterator<Item = &'k Written>) -> usize {
        let (text, mut at, mut passed) = (self.text, self.at, 0);
        for key in keys {
            let value = at + key.text.len();
            if !key.begins(text.bytes().get(at..).unwrap_or_default()) || text.byte(value) != b'"' {
                break;
            }
            let Some(end) = text.marks.next(value + 1) else { break };
            match text.bytes().get(end..end + 3) {
                Some([b'"', b',', after]) if *after > b' ' => at = end + 2,
                _ => break,
            }
            passed += 1;
        }
        self.at = at;
        passed
    }

    const fn since(&self, start: usize) -> Json<'t> {
        Json { whole: self.text.text, start, end: self.at, text: None }
    }
}

impl<'t> Walked<'t> {
    #[inline(always)]
    const fn bytes(self) -> &'t [u8] {
        self.text.as_bytes()
    }

    #[inline(always)]
    fn byte(self, at: usize) -> u8 {
        self.bytes().get(at).copied().unwrap_or_default()
    }

    /// The place behind a byte that must stand there.
    #[inline(always)]
    fn expect(self, at: usize, wanted: u8) -> Result<usize, NoJson> {
        if self.byte(at) == wanted { Ok(at + 1) } else { Err(NoJson) }
    }

    /// The first place from one on that is no blank.
    #[inline(always)]
    fn blanks(self, at: usize) -> usize {
        if self.byte(at) > b' ' { at } else { self.behind_blanks(at) }
    }

    #[cold]
    fn behind_blanks(self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\n' | b'\r' | b'\t') {
            at += 1;
        }
        at
    }
}

#[cfg(test)]
mod tests;
