//! The grammar of JSON: a [`Cursor`] goes over a text once and tells where its members, elements and values lie.
//!
//! It follows RFC 8259 to the letter but for one thing: of an escape such as `\ud83d` it is not asked whether it stands for
//! a whole character. What a text says is passed over sixteen bytes at a time (`scan/strings.rs`), everything else byte by
//! byte; nothing is copied. Where the text is no JSON, or brackets stand too deep in each other, the answer is [`NoJson`]
//! and no more: `json.rs` finds out what is wrong, which is seldom asked.

mod strings;
mod values;

use std::borrow::Cow;

use limits::fixed::RECORD_NESTING;

/// A text is no JSON, or brackets stand deeper in each other than [`RECORD_NESTING`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoJson;

/// A place in a JSON text.
#[derive(Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    /// How many brackets are open.
    depth: usize,
}

/// A text between quotes, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted<'t>(&'t str);

/// How something is written that has been met before, for a comparison that takes a few instructions.
#[derive(Clone, Debug)]
pub(super) struct Written {
    text: Box<str>,
    /// The first sixteen bytes, and which bits of them there are.
    head: u128,
    mask: u128,
}

impl Written {
    pub(super) fn new(text: &str) -> Self {
        let padded = |fill: u8| {
            let mut block = [fill; HEAD];
            block.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
            u128::from_le_bytes(block)
        };
        Self { text: text.into(), head: padded(0), mask: !(padded(0) ^ padded(0xff)) }
    }

    /// Whether some bytes begin with it; it may be missed at the very end of a text.
    #[inline]
    fn begins(&self, bytes: &[u8]) -> bool {
        let Some((head, rest)) = bytes.split_first_chunk::<HEAD>() else { return false };
        let tail = self.text.as_bytes().get(HEAD..).unwrap_or_default();
        u128::from_le_bytes(*head) & self.mask == self.head && (tail.is_empty() || rest.starts_with(tail))
    }

    /// Whether it is some text as a whole.
    pub(super) fn is(&self, text: &str) -> bool {
        *self.text == *text
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
    /// Before a text, behind the blanks that it may begin with.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: blanks(text.as_bytes(), 0), depth: 0 }
    }

    /// The byte at hand; none of those that JSON is made of at the end of the text.
    #[inline]
    pub(super) fn peek(&self) -> u8 {
        byte(self.text.as_bytes(), self.at)
    }

    /// Nothing but blanks may follow.
    pub(super) fn end(self) -> Result<(), NoJson> {
        if blanks(self.text.as_bytes(), self.at) == self.text.len() { Ok(()) } else { Err(NoJson) }
    }

    /// Goes over a value.
    #[inline]
    pub(super) fn skip(&mut self) -> Result<(), NoJson> {
        self.at = values::value(self.text.as_bytes(), self.at, self.depth)?;
        Ok(())
    }

    /// Goes over a value and gives it as it is written.
    #[inline]
    pub(super) fn value(&mut self) -> Result<&'t str, NoJson> {
        let start = self.at;
        self.skip()?;
        Ok(self.since(start))
    }

    /// What `walk` goes over, as it is written, beside what it yields.
    pub(super) fn written<T>(
        &mut self,
        walk: impl FnOnce(&mut Self) -> Result<T, NoJson>,
    ) -> Result<(&'t str, T), NoJson> {
        let start = self.at;
        let result = walk(self)?;
        Ok((self.since(start), result))
    }

    /// Goes over an object; `member` goes over each key and its value.
    pub(super) fn object(&mut self, member: impl FnMut(&mut Self) -> Result<(), NoJson>) -> Result<(), NoJson> {
        self.enclosed(b'{', b'}', member)
    }

    /// Goes over an array; `element` goes over each element.
    pub(super) fn array(&mut self, element: impl FnMut(&mut Self) -> Result<(), NoJson>) -> Result<(), NoJson> {
        self.enclosed(b'[', b']', element)
    }

    /// Goes over a key and the colon behind it, up to the value.
    pub(super) fn key(&mut self) -> Result<Quoted<'t>, NoJson> {
        let (end, value) = values::key(self.text.as_bytes(), self.at)?;
        let inner = self.text.get(self.at + 1..end).unwrap_or_default();
        self.at = value;
        Ok(Quoted(inner))
    }

    /// Goes over a key with its colon, if it is written just so.
    #[inline]
    pub(super) fn pass(&mut self, key: &Written) -> bool {
        let bytes = self.text.as_bytes();
        let found = key.begins(bytes.get(self.at..).unwrap_or_default());
        self.at = if found { blanks(bytes, self.at + key.text.len()) } else { self.at };
        found
    }

    /// Goes over brackets and what stands between them, with commas between one and the next.
    fn enclosed(
        &mut self,
        opening: u8,
        closing: u8,
        mut part: impl FnMut(&mut Self) -> Result<(), NoJson>,
    ) -> Result<(), NoJson> {
        let bytes = self.text.as_bytes();
        self.depth = values::deeper(self.depth)?;
        self.at = blanks(bytes, expect(bytes, self.at, opening)?);
        if self.peek() != closing {
            part(self)?;
            self.at = blanks(bytes, self.at);
            while self.peek() == b',' {
                self.at = blanks(bytes, self.at + 1);
                part(self)?;
                self.at = blanks(bytes, self.at);
            }
        }
        self.depth -= 1;
        self.at = expect(bytes, self.at, closing)?;
        Ok(())
    }

    fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }
}

#[inline]
fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or_default()
}

/// The place behind a byte that must stand there.
#[inline]
fn expect(bytes: &[u8], at: usize, wanted: u8) -> Result<usize, NoJson> {
    if byte(bytes, at) == wanted { Ok(at + 1) } else { Err(NoJson) }
}

/// The first place from one on that is no blank.
#[inline]
fn blanks(bytes: &[u8], mut at: usize) -> usize {
    while matches!(byte(bytes, at), b' ' | b'\n' | b'\r' | b'\t') {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests;
