//! The frames in which messages travel: `Content-Length: 17`, an empty line, and so many bytes of JSON.
//!
//! Whatever comes in, the next frame is found again: after a body that is no message the frame is over, after headers that
//! are none the next `Content-Length` is looked for.

use std::io::{self, BufRead, Read, Write};

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Request, Response};

/// The longest message that is taken in, in bytes.
const LONGEST: usize = 256 * 1024 * 1024;

/// The longest line of a header that is looked at, in bytes.
const LONGEST_LINE: u64 = 4096;

/// What comes in.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The answer to a request of ours.
    Response(Response),
    /// Something that is no message, and the code of the protocol that says so.
    Malformed(i64, String),
}

/// Reads the next message; none where the connection ends.
///
/// # Errors
/// The connection breaks.
pub(crate) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = header(input)? else { return Ok(None) };
    let length = match length {
        Ok(length) => length,
        Err(reason) => return Ok(Some(malformed(reason))),
    };
    if length > LONGEST {
        io::copy(&mut input.take(length as u64), &mut io::sink())?;
        return Ok(Some(malformed(format!("a message of {length} bytes is too long"))));
    }
    let mut body = Vec::new();
    let read = input.take(length as u64).read_to_end(&mut body)?;
    Ok((read == length).then(|| message(&body)))
}

/// Writes a message.
///
/// # Errors
/// The connection breaks.
pub(crate) fn write(output: &mut impl Write, message: &str) -> io::Result<()> {
    write!(output, "Content-Length: {}\r\n\r\n{message}", message.len())?;
    output.flush()
}

/// The length that the headers give, or what is wrong with them; none at the end.
fn header(input: &mut impl BufRead) -> io::Result<Option<Result<usize, String>>> {
    let mut length = None;
    let mut strange = None;
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        match (line.split_once(':'), length) {
            (None, None) if line.is_empty() && strange.is_none() => {}
            (None, Some(length)) if line.is_empty() => return Ok(Some(Ok(length))),
            (Some((name, value)), _) if name.trim().eq_ignore_ascii_case("content-length") => {
                match value.trim().parse() {
                    Ok(value) => length = Some(value),
                    Err(_) => return Ok(Some(Err(format!("`{}` is no length", shortened(value.trim()))))),
                }
            }
            (Some(_), _) if strange.is_none() => {}
            (None, None) if line.is_empty() => return Ok(Some(Err(strange.unwrap_or_default()))),
            _ => strange = Some(format!("`{}` is no header", shortened(line))),
        }
    }
}

fn message(body: &[u8]) -> Incoming {
    /// What tells a request from a response; the rest is left for what it turns out to be.
    #[derive(Deserialize)]
    struct Shape {
        method: Option<serde::de::IgnoredAny>,
    }
    let read = match serde_json::from_slice::<Shape>(body) {
        Ok(Shape { method: Some(_) }) => serde_json::from_slice(body).map(Incoming::Request),
        Ok(Shape { method: None }) => serde_json::from_slice(body).map(Incoming::Response),
        Err(error) => Err(error),
    };
    read.unwrap_or_else(|error| match serde_json::from_slice::<Value>(body) {
        Ok(_) => Incoming::Malformed(-32600, format!("not a message: {error}")),
        Err(error) => malformed(format!("not JSON: {error}")),
    })
}

fn malformed(reason: String) -> Incoming {
    Incoming::Malformed(-32700, reason)
}

fn shortened(words: &str) -> String {
    words.chars().filter(|character| !character.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(mut bytes: &[u8]) -> Vec<String> {
        let mut all = Vec::new();
        while let Some(incoming) = read(&mut bytes).unwrap() {
            all.push(match incoming {
                Incoming::Request(request) => request.method().to_owned(),
                Incoming::Response(response) => format!("{:?}", response.id()),
                Incoming::Malformed(code, reason) => format!("{code}: {reason}"),
            });
        }
        all
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn after_anything_the_next_message_is_found() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        for (bad, said) in [
            (framed("{"), "-32700: not JSON: "),
            (framed("[1]"), "-32600: not a message: "),
            (framed(r#"{"jsonrpc":"1.0","method":3}"#), "-32600: not a message: "),
            (framed("\u{fffd}"), "-32700: not JSON: "),
            ("Content-Length: many\r\n\r\n".to_owned(), "-32700: `many` is no length"),
            ("Content-Length: -1\r\n\r\n".to_owned(), "-32700: `-1` is no length"),
            ("rubbish\r\n\r\n".to_owned(), "-32700: `rubbish` is no header"),
        ] {
            let all = read_all(format!("{bad}{good}").as_bytes());
            assert!(all[0].starts_with(said), "{bad}: {all:?}");
            assert_eq!(all[1..], ["exit"], "{bad}");
        }
    }

    #[test]
    fn a_message_that_breaks_off_is_the_end() {
        assert_eq!(read_all(b"Content-Length: 99\r\n\r\n{}"), [""; 0]);
        assert_eq!(read_all(b""), [""; 0]);
        assert_eq!(read_all(b"Content-Length: 2"), [""; 0]);
    }
}
