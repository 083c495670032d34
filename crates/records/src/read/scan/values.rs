//! Values that are passed over: each function is given the place where something begins, and tells where it has ended.

use super::{NoJson, RECORD_NESTING, Walked};

/// Brackets that are open, the innermost in the lowest bit: set where it is that of an object.
type Open = u128;

const _: () = assert!(RECORD_NESTING <= Open::BITS as usize);

impl Walked<'_> {
    /// Over a value. So many brackets are open around it.
    #[inline]
    pub(super) fn value(self, at: usize, depth: usize) -> Result<usize, NoJson> {
        match self.byte(at) {
            b'"' => self.string(at),
            b'{' | b'[' => self.brackets(at, depth),
            other => self.word_or_number(at, other),
        }
    }

    #[inline(always)]
    fn string(self, at: usize) -> Result<usize, NoJson> {
        Ok(self.closing_quote(at + 1)? + 1)
    }

    /// Over an object or an array, and whatever is in it.
    fn brackets(self, mut at: usize, around: usize) -> Result<usize, NoJson> {
        let (mut open, mut depth): (Open, _) = (0, around);
        loop {
            // At a value.
            let first = self.byte(at);
            match first {
                b'"' => at = self.string(at)?,
                b'{' | b'[' => {
                    depth = deeper(depth)?;
                    open = open << 1 | Open::from(first == b'{');
                    at = self.blanks(at + 1);
                    // Behind each bracket stands its twin two places further in the table of characters.
                    if self.byte(at) != first + 2 {
                        at = if first == b'{' { self.key(at)?.1 } else { at };
                        continue;
                    }
                }
                other => at = self.word_or_number(at, other)?,
            }
            // Behind a value, or at the end of empty brackets.
            loop {
                at = self.blanks(at);
                match (self.byte(at), open & 1 == 1) {
                    (b',', true) => at = self.key(self.blanks(at + 1))?.1,
                    (b',', false) => at = self.blanks(at + 1),
                    (b'}', true) | (b']', false) => {
                        (at, depth, open) = (at + 1, depth - 1, open >> 1);
                        if depth == around {
                            return Ok(at);
                        }
                        continue;
                    }
                    _ => return Err(NoJson),
                }
                break;
            }
        }
    }

    /// Over a key and its colon: to its closing quote, and to its value.
    #[inline(always)]
    pub(super) fn key(self, at: usize) -> Result<(usize, usize), NoJson> {
        let end = self.closing_quote(self.expect(at, b'"')?)?;
        let colon = self.expect(self.blanks(end + 1), b':')?;
        Ok((end, self.blanks(colon)))
    }

    /// Over what is neither a string nor in brackets and begins with a byte.
    fn word_or_number(self, at: usize, first: u8) -> Result<usize, NoJson> {
        match first {
            b't' => self.word(at, b"true"),
            b'f' => self.word(at, b"false"),
            b'n' => self.word(at, b"null"),
            _ => self.number(at),
        }
    }

    fn number(self, at: usize) -> Result<usize, NoJson> {
        let whole = at + usize::from(self.byte(at) == b'-');
        let mut end = self.digits(whole)?;
        if self.byte(whole) == b'0' && end > whole + 1 {
            return Err(NoJson);
        }
        if self.byte(end) == b'.' {
            end = self.digits(end + 1)?;
        }
        if matches!(self.byte(end), b'e' | b'E') {
            end = self.digits(end + 1 + usize::from(matches!(self.byte(end + 1), b'+' | b'-')))?;
        }
        Ok(end)
    }

    /// Over at least one digit.
    #[inline]
    fn digits(self, start: usize) -> Result<usize, NoJson> {
        let mut at = start;
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        if at > start { Ok(at) } else { Err(NoJson) }
    }

    fn word(self, at: usize, word: &[u8]) -> Result<usize, NoJson> {
        let end = at + word.len();
        if self.bytes().get(at..end) == Some(word) { Ok(end) } else { Err(NoJson) }
    }
}

/// One more open bracket.
#[inline]
pub(super) fn deeper(depth: usize) -> Result<usize, NoJson> {
    if depth < RECORD_NESTING { Ok(depth + 1) } else { Err(NoJson) }
}
