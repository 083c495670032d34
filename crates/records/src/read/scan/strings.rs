//! What means something within quotes: a quote, a backslash, or a control character, which may not stand there. All of it is
//! marked before a text is walked, so to go over a string is to look for the next mark.

use wide::u8x16;

use super::{NoJson, Walked};
use crate::read::marks::Marks;

/// Marks what means something within quotes.
pub(in crate::read) fn mark_specials(marks: &mut Marks, text: &str) {
    marks.mark(text, specials);
}

impl Walked<'_> {
    /// Where the quote stands that closes a string, from behind the one that opens it.
    #[inline(always)]
    pub(super) fn closing_quote(self, at: usize) -> Result<usize, NoJson> {
        let at = self.marks.next(at).ok_or(NoJson)?;
        if self.byte(at) == b'"' { Ok(at) } else { self.behind_escapes(at) }
    }

    /// The same from where something else is marked.
    #[cold]
    fn behind_escapes(self, mut at: usize) -> Result<usize, NoJson> {
        while self.byte(at) == b'\\' {
            let rest = self.bytes().get(at + 1..).unwrap_or_default();
            at += match rest {
                [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
                [b'u', a, b, c, d, ..] if [a, b, c, d].into_iter().all(u8::is_ascii_hexdigit) => 6,
                _ => return Err(NoJson),
            };
            at = self.marks.next(at).ok_or(NoJson)?;
        }
        if self.byte(at) == b'"' { Ok(at) } else { Err(NoJson) }
    }
}

/// Which of some bytes are special: [`is_special`], of all at once.
#[inline]
fn specials(bytes: u8x16) -> u8x16 {
    let control = bytes.min(u8x16::splat(0x1f)).simd_eq(bytes);
    bytes.simd_eq(u8x16::splat(b'"')) | bytes.simd_eq(u8x16::splat(b'\\')) | control
}

/// Whether a byte means something within quotes.
#[cfg(test)]
pub(super) const fn is_special(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}
