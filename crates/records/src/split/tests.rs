//! A text falls into the same records however it is fed.

use std::io::{BufReader, Cursor, Read};

use super::{End, Pieces};
use crate::source::Layout;

/// Gives out a few bytes at a time.
struct Trickle(Cursor<Vec<u8>>, usize);

impl Read for Trickle {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let size = buffer.len().min(self.1);
        self.0.read(buffer.get_mut(..size).unwrap())
    }
}

type Cut = (String, u64, u64, u64, End);

fn pieces(text: &[u8], layout: Layout, limit: usize, chunk: usize) -> Vec<Cut> {
    let stream = BufReader::new(Trickle(Cursor::new(text.to_vec()), chunk));
    let mut pieces = Pieces::new(Box::new(stream), 0, layout, limit);
    let mut found = Vec::new();
    while let Some(place) = pieces.advance().unwrap() {
        let bytes = String::from_utf8_lossy(pieces.bytes()).into_owned();
        found.push((bytes, place.line, place.offset, place.length, place.end));
    }
    found
}

#[track_caller]
fn check(text: &str, layout: Layout, expected: &[(&str, u64, End)]) {
    let whole = pieces(text.as_bytes(), layout, 20, 1 << 20);
    let short: Vec<_> = whole.iter().map(|(bytes, line, _, _, end)| (bytes.as_str(), *line, *end)).collect();
    assert_eq!(short, expected, "{text:?}");
    for chunk in 1..9 {
        assert_eq!(pieces(text.as_bytes(), layout, 20, chunk), whole, "{text:?} in chunks of {chunk}");
    }
    for (bytes, _, offset, length, end) in whole {
        let place = usize::try_from(offset).unwrap()..usize::try_from(offset + length).unwrap();
        let there = text.get(place).unwrap();
        assert!(bytes == there || bytes.is_empty() && matches!(end, TooLarge | Broken), "{text:?}: {there:?}");
    }
}

use End::{Broken, Cut as Short, TooLarge, Whole};

#[test]
fn lines_end_at_newlines_and_blank_ones_are_no_records() {
    let lines = Layout::Lines;
    check("", lines, &[]);
    check("\n \r\n\n", lines, &[]);
    check("a\nb\r\n\nc", lines, &[("a", 1, Whole), ("b", 2, Whole), ("c", 4, Whole)]);
    check(
        "12345678901234567890\r\n123456789012345678901\nx\n",
        lines,
        &[("12345678901234567890", 1, Whole), ("", 2, TooLarge), ("x", 3, Whole)],
    );
    check("                                 x\ny", lines, &[("", 1, TooLarge), ("y", 2, Whole)]);
}

#[test]
fn elements_end_where_their_brackets_close() {
    let array = Layout::Array;
    check("[]", array, &[]);
    check(
        " [ {\"a\":\"]}\\\"\"} ,\n 1,\"x\" ] \n",
        array,
        &[("{\"a\":\"]}\\\"\"}", 1, Whole), ("1", 2, Whole), ("\"x\"", 2, Whole)],
    );
    check("[{},{\"a\":1", array, &[("{}", 1, Whole), ("{\"a\":1", 1, Short)]);
    check("[{},{}", array, &[("{}", 1, Whole), ("{}", 1, Whole), ("", 1, Broken)]);
    check("[{},{}]x", array, &[("{}", 1, Whole), ("{}", 1, Whole), ("x", 1, Broken)]);
    check("[{},]", array, &[("{}", 1, Whole), ("]", 1, Broken)]);
    check("[{} {}]", array, &[("{}", 1, Whole), ("{}]", 1, Broken)]);
    check("[{},{\"a\":[1},{}]", array, &[("{}", 1, Whole), ("{\"a\":[1},{}]", 1, Broken)]);
    check("[{\"a\":\"12345678901234567890\"},{}]", array, &[("", 1, TooLarge), ("{}", 1, Whole)]);
    check("", array, &[("", 1, Broken)]);
}

#[test]
fn objects_stand_one_after_the_other() {
    let objects = Layout::Objects;
    check("{\n\"a\":1\n}\n{}\n", objects, &[("{\n\"a\":1\n}", 1, Whole), ("{}", 4, Whole)]);
    check("{\"a\":1}, {}", objects, &[("{\"a\":1}", 1, Whole), (", {}", 1, Broken)]);
}

#[test]
fn rows_may_hold_line_breaks_in_quotes() {
    let rows = Layout::Rows { separator: b',' };
    check(
        "a,b\r\n\r\n1,\"x\ny\"\n2,\"\"\"\"\n",
        rows,
        &[("a,b", 1, Whole), ("1,\"x\ny\"", 3, Whole), ("2,\"\"\"\"", 5, Whole)],
    );
    check("5\" disk\n\"x", rows, &[("5\" disk", 1, Whole), ("\"x", 2, Short)]);
    check("a\n\"x\nb\n\"y\"\nc", rows, &[("a", 1, Whole), ("\"x\nb\n\"y\"", 2, Whole), ("c", 5, Whole)]);
    check("a\n\"x\nb\r\n\nc\n", rows, &[("a", 1, Whole), ("\"x", 2, Whole), ("b", 3, Whole), ("c", 5, Whole)]);
    check("\"1234567890\n1234567890\"\nb", rows, &[("", 1, TooLarge), ("b", 3, Whole)]);
}
