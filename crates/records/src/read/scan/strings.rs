//! What means something within quotes, found 64 bytes at a time before a text is walked: so to go over a string is to look
//! for the next bit.

use wide::u8x16;

use super::{Marked, NoJson};

/// How many bytes a word of marks is about.
const BLOCK: usize = 64;

/// A bit for each byte of a text that means something within quotes: a quote, a backslash, or a control character, which
/// may not stand there. Its memory is used again.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct Marks(Vec<u64>);

impl Marks {
    /// Marks a text.
    pub(in crate::read) fn mark(&mut self, text: &str) {
        self.0.clear();
        let (blocks, rest) = text.as_bytes().as_chunks();
        self.0.extend(blocks.iter().map(specials));
        if !rest.is_empty() {
            let mut last = [b' '; BLOCK];
            last.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
            self.0.push(specials(&last));
        }
    }

    /// Where the next mark is from a place on, if there is one.
    #[inline]
    pub(super) fn next(&self, at: usize) -> Option<usize> {
        let here = self.0.get(at / BLOCK)? >> (at % BLOCK);
        if here != 0 { Some(at + here.trailing_zeros() as usize) } else { self.in_later_blocks(at / BLOCK + 1) }
    }

    fn in_later_blocks(&self, block: usize) -> Option<usize> {
        let later = self.0.get(block..)?.iter().zip(block..).find(|(marks, _)| **marks != 0);
        later.map(|(marks, block)| block * BLOCK + marks.trailing_zeros() as usize)
    }
}

impl Marked<'_> {
    /// Where the quote stands that closes a string, from behind the one that opens it.
    #[inline]
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

/// Which of some bytes are special, the first in the lowest bit: [`is_special`], of all at once.
#[inline]
pub(super) fn specials(block: &[u8; BLOCK]) -> u64 {
    let (parts, _) = block.as_chunks();
    parts.iter().rev().fold(0, |marks, part| marks << 16 | u64::from(specials_of_part(part)))
}

#[inline]
fn specials_of_part(part: &[u8; 16]) -> u32 {
    let bytes = u8x16::new(*part);
    let control = bytes.min(u8x16::splat(0x1f)).simd_eq(bytes);
    (bytes.simd_eq(u8x16::splat(b'"')) | bytes.simd_eq(u8x16::splat(b'\\')) | control).to_bitmask()
}

/// Whether a byte means something within quotes.
#[cfg(test)]
pub(super) const fn is_special(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}
