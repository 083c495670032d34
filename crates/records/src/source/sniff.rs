//! How the records of an input lie in it, by its format and its first line.

use super::{Format, SourceError, Stream, peek};
use crate::parquet;
use crate::split::{Nesting, Turn};

/// How records lie in an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One JSON object a line.
    Lines,
    /// `[ object, object, … ]`
    Array,
    /// Objects one after the other, each over as many lines as it likes.
    Objects,
    /// A header and rows of cells.
    Rows {
        /// The byte between two cells.
        separator: u8,
    },
}

/// An input whose layout is known.
pub(super) struct Sniffed {
    pub(super) layout: Layout,
    /// The input from the first byte after the byte order mark.
    pub(super) stream: Stream,
    /// The length of the byte order mark.
    pub(super) start: u64,
}

/// As much as is looked at when the first line does not end before.
const WINDOW: usize = 64 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Beginnings of files that hold tables and are no text.
const NO_TEXT: [(&[u8], &str); 3] = [
    (b"PK\x03\x04", "a spreadsheet or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet"),
    (b"SQLite format 3", "a database"),
];

/// Finds out how the records lie; `format` is what is already known.
pub(super) fn sniff(name: &str, format: Option<Format>, stream: Stream) -> Result<Sniffed, SourceError> {
    let (head, mut stream) = peek(stream, has_line).map_err(|error| SourceError::reading(name, &error))?;
    refuse_what_is_no_text(name, &head)?;
    let mut text = head.as_slice();
    let mut start = 0;
    if let Some(rest) = text.strip_prefix(BYTE_ORDER_MARK) {
        text = rest;
        start = BYTE_ORDER_MARK.len();
        stream.consume(start);
    }
    let line = first_line(text);
    let layout = match format {
        Some(Format::Ndjson) => Layout::Lines,
        Some(Format::Json) => json_layout(line),
        Some(Format::Csv) => Layout::Rows { separator: separator(line) },
        Some(Format::Tsv) => Layout::Rows { separator: b'\t' },
        None if line.starts_with(b"[") || line.starts_with(b"{") => json_layout(line),
        None => Layout::Rows { separator: separator(line) },
    };
    Ok(Sniffed { layout, stream, start: start as u64 })
}

/// Whether the head holds a line that is not blank, or as much as is ever looked at.
fn has_line(head: &[u8]) -> bool {
    head.len() >= WINDOW || head.trim_ascii_start().contains(&b'\n')
}

/// The first line that is not blank.
fn first_line(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii_start();
    text.split(|&byte| byte == b'\n').next().unwrap_or(text).trim_ascii_end()
}

/// An object that ends on its line begins a file of lines; one that goes on below begins a file of objects.
fn json_layout(line: &[u8]) -> Layout {
    let mut nesting = Nesting::default();
    match line.first() {
        Some(b'[') => Layout::Array,
        Some(b'{') if line.len() < WINDOW && line.iter().all(|&byte| nesting.take(byte) == Turn::On) => Layout::Objects,
        _ => Layout::Lines,
    }
}

/// The separator of a header: a comma if it has any, else a semicolon, else a tab.
fn separator(header: &[u8]) -> u8 {
    let mut quoted = false;
    let outside = |&&byte: &&u8| {
        quoted ^= byte == b'"';
        !quoted
    };
    let bytes: Vec<u8> = header.iter().filter(outside).copied().collect();
    [b',', b';', b'\t'].into_iter().find(|separator| bytes.contains(separator)).unwrap_or(b',')
}

fn refuse_what_is_no_text(name: &str, head: &[u8]) -> Result<(), SourceError> {
    if is_utf16(head) {
        return Err(SourceError::Utf16 { file: name.to_owned() });
    }
    if head.starts_with(parquet::MAGIC) {
        return Err(SourceError::ParquetInStream { file: name.to_owned() });
    }
    let known = NO_TEXT.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what);
    match known.or_else(|| head.starts_with(b"\0").then_some("no text")) {
        Some(what) => Err(SourceError::NotText { file: name.to_owned(), what }),
        None => Ok(()),
    }
}

/// By its byte order mark, or by plain letters that have every other byte empty.
fn is_utf16(head: &[u8]) -> bool {
    match head {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [first, 0, third, 0, ..] => *first != 0 && *third != 0,
        [0, second, 0, fourth, ..] => *second != 0 && *fourth != 0,
        _ => false,
    }
}
