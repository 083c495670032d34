//! Where a byte of a text stands in lines and columns, as the protocol counts them.

use std::ops::Range;

use tower_lsp::ls_types::{self as lsp, PositionEncodingKind};

/// What columns count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// What JavaScript counts; every client knows it.
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The best one of those that a client knows: bytes, which need no counting.
    pub(crate) fn negotiated(offered: Option<&[PositionEncodingKind]>) -> Self {
        let knows = |kind: &PositionEncodingKind| offered.is_some_and(|offered| offered.contains(kind));
        if knows(&PositionEncodingKind::UTF8) {
            Self::Utf8
        } else if knows(&PositionEncodingKind::UTF32) {
            Self::Utf32
        } else {
            Self::Utf16
        }
    }

    /// Its name in the protocol.
    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// The lines of a text. A line ends with LF, CR LF or CR.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    /// The first byte of each; never empty.
    starts: Vec<u32>,
    encoding: Encoding,
}

impl Lines {
    /// The lines of a text.
    pub(crate) fn of(text: &str, encoding: Encoding) -> Self {
        Self { starts: std::iter::once(0).chain(ends(text).map(|end| end as u32)).collect(), encoding }
    }

    /// The same after some bytes of the text became others; `text` is what it says now.
    pub(crate) fn replaced(&mut self, range: &Range<usize>, length: usize, text: &str) {
        // A line end may be torn or made at both edges, so the characters beside them are looked at again.
        let from = self.line_of(range.start.saturating_sub(1));
        let old_end = (range.end + 1) as u32;
        let kept = self.starts.partition_point(|start| *start <= old_end);
        let first = self.start(from);
        let new_end = range.start + length;
        let window = text.get(first..).unwrap_or_default();
        let new = ends(window).map(|end| first + end).take_while(|end| *end <= new_end + 1).map(|end| end as u32);
        let new: Vec<u32> = new.collect();
        let moved = |start: &mut u32| *start = (*start as usize + new_end - range.end) as u32;
        if let Some(later) = self.starts.get_mut(kept..) {
            later.iter_mut().for_each(moved);
        }
        self.starts.splice(from + 1..kept.max(from + 1), new);
    }

    /// Where a position is; beyond the end of its line, that end.
    pub(crate) fn offset(&self, text: &str, position: lsp::Position) -> usize {
        let line = position.line as usize;
        if line >= self.starts.len() {
            return text.len();
        }
        let start = self.start(line);
        let words = text.get(start..self.starts.get(line + 1).map_or(text.len(), |next| *next as usize));
        let words = words.unwrap_or_default().trim_end_matches(['\n', '\r']);
        let wanted = position.character as usize;
        if self.encoding == Encoding::Utf8 {
            return start + words.floor_char_boundary(wanted.min(words.len()));
        }
        let mut column = 0;
        for (place, character) in words.char_indices() {
            column += self.encoding.width(character);
            if column > wanted {
                return start + place;
            }
        }
        start + words.len()
    }

    /// The position of a byte; beyond the end, that of the end.
    pub(crate) fn position(&self, text: &str, offset: usize) -> lsp::Position {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let line = self.line_of(offset);
        let before = text.get(self.start(line)..offset).unwrap_or_default();
        let column: usize = match self.encoding {
            Encoding::Utf8 => before.len(),
            encoding => before.chars().map(|character| encoding.width(character)).sum(),
        };
        lsp::Position::new(line as u32, column as u32)
    }

    /// A range of bytes as the protocol writes it.
    pub(crate) fn range(&self, text: &str, range: Range<usize>) -> lsp::Range {
        lsp::Range::new(self.position(text, range.start), self.position(text, range.end.max(range.start)))
    }

    /// A range of the protocol in bytes; one that ends before it begins is empty.
    pub(crate) fn bytes(&self, text: &str, range: lsp::Range) -> Range<usize> {
        let start = self.offset(text, range.start);
        start..self.offset(text, range.end).max(start)
    }

    fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    fn start(&self, line: usize) -> usize {
        self.starts.get(line).map_or(0, |start| *start as usize)
    }
}

/// The bytes after each line end.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|at| bytes.get(*at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n'))
        .map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\r\nüb𝄞c\rx\n\nlast";

    #[test]
    fn every_place_is_found_again_in_every_encoding() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::of(TEXT, encoding);
            for (place, character) in TEXT.char_indices() {
                if !matches!(character, '\n') {
                    assert_eq!(lines.offset(TEXT, lines.position(TEXT, place)), place, "{place} in {encoding:?}");
                }
            }
        }
        let column = |encoding| Lines::of(TEXT, encoding).position(TEXT, TEXT.find('c').unwrap()).character;
        assert_eq!([Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].map(column), [7, 4, 3]);
    }

    #[test]
    fn what_lies_beyond_is_the_end() {
        let lines = Lines::of(TEXT, Encoding::Utf16);
        assert_eq!(lines.offset(TEXT, lsp::Position::new(0, 99)), 1);
        assert_eq!(lines.offset(TEXT, lsp::Position::new(99, 0)), TEXT.len());
        assert_eq!(lines.position(TEXT, 999), lsp::Position::new(4, 4));
        let backwards = lsp::Range::new(lsp::Position::new(1, 2), lsp::Position::new(0, 0));
        assert!(lines.bytes(TEXT, backwards).is_empty());
    }

    #[test]
    fn lines_follow_every_edit() {
        let pieces = ["", "\n", "\r", "\r\n", "x", "a\nb\rc\r\nd", "\n\r"];
        for start in 0..=TEXT.len() {
            for end in start..=TEXT.len() {
                if !TEXT.is_char_boundary(start) || !TEXT.is_char_boundary(end) {
                    continue;
                }
                for piece in pieces {
                    let mut text = TEXT.to_owned();
                    let mut lines = Lines::of(&text, Encoding::Utf8);
                    text.replace_range(start..end, piece);
                    lines.replaced(&(start..end), piece.len(), &text);
                    assert_eq!(lines.starts, Lines::of(&text, Encoding::Utf8).starts, "{start}..{end} {piece:?}");
                }
            }
        }
    }
}
