//! Values that are passed over: each function is given the place where something begins, and tells where it has ended.

use super::strings::closing_quote;
use super::{NoJson, RECORD_NESTING, blanks, byte, expect};

/// Over a value. So many brackets are open around it.
#[inline]
pub(super) fn value(bytes: &[u8], at: usize, depth: usize) -> Result<usize, NoJson> {
    match byte(bytes, at) {
        b'"' => Ok(closing_quote(bytes, at + 1)? + 1),
        other => no_string(bytes, at, depth, other),
    }
}

/// Over a value that is no string and begins with a byte.
fn no_string(bytes: &[u8], at: usize, depth: usize, first: u8) -> Result<usize, NoJson> {
    match first {
        b'{' => object(bytes, at + 1, deeper(depth)?),
        b'[' => array(bytes, at + 1, deeper(depth)?),
        b't' => word(bytes, at, b"true"),
        b'f' => word(bytes, at, b"false"),
        b'n' => word(bytes, at, b"null"),
        _ => number(bytes, at),
    }
}

/// Over a key and its colon: to its closing quote, and to its value.
#[inline]
pub(super) fn key(bytes: &[u8], at: usize) -> Result<(usize, usize), NoJson> {
    let end = closing_quote(bytes, expect(bytes, at, b'"')?)?;
    let colon = expect(bytes, blanks(bytes, end + 1), b':')?;
    Ok((end, blanks(bytes, colon)))
}

/// One more open bracket.
#[inline]
pub(super) fn deeper(depth: usize) -> Result<usize, NoJson> {
    if depth < RECORD_NESTING { Ok(depth + 1) } else { Err(NoJson) }
}

/// Over an object, from behind its opening bracket.
fn object(bytes: &[u8], at: usize, depth: usize) -> Result<usize, NoJson> {
    let mut at = blanks(bytes, at);
    if byte(bytes, at) == b'}' {
        return Ok(at + 1);
    }
    loop {
        let (_, start) = key(bytes, at)?;
        at = blanks(bytes, value(bytes, start, depth)?);
        match byte(bytes, at) {
            b',' => at = blanks(bytes, at + 1),
            b'}' => return Ok(at + 1),
            _ => return Err(NoJson),
        }
    }
}

/// Over an array, from behind its opening bracket.
fn array(bytes: &[u8], at: usize, depth: usize) -> Result<usize, NoJson> {
    let mut at = blanks(bytes, at);
    if byte(bytes, at) == b']' {
        return Ok(at + 1);
    }
    loop {
        at = blanks(bytes, value(bytes, at, depth)?);
        match byte(bytes, at) {
            b',' => at = blanks(bytes, at + 1),
            b']' => return Ok(at + 1),
            _ => return Err(NoJson),
        }
    }
}

fn number(bytes: &[u8], at: usize) -> Result<usize, NoJson> {
    let whole = at + usize::from(byte(bytes, at) == b'-');
    let mut end = digits(bytes, whole)?;
    if byte(bytes, whole) == b'0' && end > whole + 1 {
        return Err(NoJson);
    }
    if byte(bytes, end) == b'.' {
        end = digits(bytes, end + 1)?;
    }
    if matches!(byte(bytes, end), b'e' | b'E') {
        end = digits(bytes, end + 1 + usize::from(matches!(byte(bytes, end + 1), b'+' | b'-')))?;
    }
    Ok(end)
}

/// Over at least one digit.
#[inline]
fn digits(bytes: &[u8], start: usize) -> Result<usize, NoJson> {
    let mut at = start;
    while byte(bytes, at).is_ascii_digit() {
        at += 1;
    }
    if at > start { Ok(at) } else { Err(NoJson) }
}

fn word(bytes: &[u8], at: usize, word: &[u8]) -> Result<usize, NoJson> {
    let end = at + word.len();
    if bytes.get(at..end) == Some(word) { Ok(end) } else { Err(NoJson) }
}
