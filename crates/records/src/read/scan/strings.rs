//! Texts in quotes, sixteen bytes at a time.

use wide::u8x16;

use super::{NoJson, byte};

/// Where the quote stands that closes a text, from behind the one that opens it.
#[inline]
pub(super) fn closing_quote(bytes: &[u8], at: usize) -> Result<usize, NoJson> {
    let at = next_special(bytes, at);
    if byte(bytes, at) == b'"' { Ok(at) } else { behind_escapes(bytes, at) }
}

/// The same from where something else stands that is special.
#[cold]
fn behind_escapes(bytes: &[u8], mut at: usize) -> Result<usize, NoJson> {
    while byte(bytes, at) == b'\\' {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        at += match rest {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [b'u', a, b, c, d, ..] if [a, b, c, d].into_iter().all(u8::is_ascii_hexdigit) => 6,
            _ => return Err(NoJson),
        };
        at = next_special(bytes, at);
    }
    if byte(bytes, at) == b'"' { Ok(at) } else { Err(NoJson) }
}

/// Where the next byte stands that means something within quotes: a quote, a backslash, or a control character, which may
/// not stand there. The end if there is none.
#[inline]
fn next_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let found = specials(block);
        if found != 0 {
            return at + found.trailing_zeros() as usize;
        }
        at += block.len();
    }
    last_special(bytes, at)
}

/// The same among the last bytes.
#[cold]
fn last_special(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Which of some bytes are special, the first in the lowest bit: [`is_special`], of all at once.
#[inline]
pub(super) fn specials(block: &[u8; 16]) -> u32 {
    let bytes = u8x16::new(*block);
    let control = bytes.min(u8x16::splat(0x1f)).simd_eq(bytes);
    (bytes.simd_eq(u8x16::splat(b'"')) | bytes.simd_eq(u8x16::splat(b'\\')) | control).to_bitmask()
}

pub(super) const fn is_special(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}
