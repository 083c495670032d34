//! Values that are passed over: each function is given the place where something begins, and tells where it has ended.

use super::{Marked, NoJson, RECORD_NESTING};

impl Marked<'_> {
    /// Over a value. So many brackets are open around it.
    #[inline]
    pub(super) fn value(self, at: usize, depth: usize) -> Result<usize, NoJson> {
        match self.byte(at) {
            b'"' => Ok(self.closing_quote(at + 1)? + 1),
            other => self.no_string(at, depth, other),
        }
    }

    /// Over a value that is no string and begins with a byte.
    fn no_string(self, at: usize, depth: usize, first: u8) -> Result<usize, NoJson> {
        match first {
            b'{' => self.object(at + 1, deeper(depth)?),
            b'[' => self.array(at + 1, deeper(depth)?),
            b't' => self.word(at, b"true"),
            b'f' => self.word(at, b"false"),
            b'n' => self.word(at, b"null"),
            _ => self.number(at),
        }
    }

    /// Over a key and its colon: to its closing quote, and to its value.
    #[inline]
    pub(super) fn key(self, at: usize) -> Result<(usize, usize), NoJson> {
        let end = self.closing_quote(self.expect(at, b'"')?)?;
        let colon = self.expect(self.blanks(end + 1), b':')?;
        Ok((end, self.blanks(colon)))
    }

    /// Over an object, from behind its opening bracket.
    fn object(self, at: usize, depth: usize) -> Result<usize, NoJson> {
        let mut at = self.blanks(at);
        if self.byte(at) == b'}' {
            return Ok(at + 1);
        }
        loop {
            let (_, start) = self.key(at)?;
            at = self.blanks(self.value(start, depth)?);
            match self.byte(at) {
                b',' => at = self.blanks(at + 1),
                b'}' => return Ok(at + 1),
                _ => return Err(NoJson),
            }
        }
    }

    /// Over an array, from behind its opening bracket.
    fn array(self, at: usize, depth: usize) -> Result<usize, NoJson> {
        let mut at = self.blanks(at);
        if self.byte(at) == b']' {
            return Ok(at + 1);
        }
        loop {
            at = self.blanks(self.value(at, depth)?);
            match self.byte(at) {
                b',' => at = self.blanks(at + 1),
                b']' => return Ok(at + 1),
                _ => return Err(NoJson),
            }
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
