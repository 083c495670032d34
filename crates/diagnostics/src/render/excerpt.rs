//! The part of a file that a finding in the terminal shows, in the form that miette asks for.
//!
//! Our own instead of miette's, for three reasons: columns count characters, not bytes; a finding at the end of a large
//! file is found by its line instead of being searched from the top; and nothing in a file can command the terminal.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::Place;
use crate::sources::Source;
use crate::unseen::is_unseen;

/// A label that covers more lines than this is drawn at its first line only.
const MOST_LINES: usize = 4;

/// How much is shown of lines that are longer, on each side of the label, in bytes.
const MARGIN: usize = 60;

/// The longest line that is shown as a whole, in bytes.
const LONGEST: usize = 300;

/// The longest label on one line, in bytes: of what is longer, the beginning is underlined.
const LONGEST_LABEL: usize = 120;

/// A file as it is shown.
pub(super) struct Excerpt<'a> {
    file: &'a str,
    source: &'a Source,
    /// The text, byte for byte at the same places, but with signs in place of what a terminal would obey or hide. It
    /// always ends with a line end, so that a label at the very end has a line to stand under.
    shown: String,
}

impl<'a> Excerpt<'a> {
    /// Prepares a file for being shown.
    pub(super) fn new(file: &'a str, source: &'a Source) -> Self {
        let mut shown: String = source.text.chars().map(visible).collect();
        if !shown.ends_with('\n') {
            shown.push('\n');
        }
        Self { file, source, shown }
    }

    /// The bytes that a label underlines: inside the text, of few lines, and never behind the last word of the file.
    pub(super) fn label(&self, place: &Place) -> SourceSpan {
        let last_word = self.shown.trim_end().len();
        let start = self.shown.floor_char_boundary(place.start.min(last_word));
        let end = self.shown.floor_char_boundary(place.end.clamp(start, last_word.max(start)));
        let first_line = self.source.line(start);
        let end = if self.source.line(end) - first_line < MOST_LINES {
            end
        } else {
            let line_end = self.start_of(first_line + 1);
            start + self.shown.get(start..line_end).unwrap_or_default().trim_end().len()
        };
        let longest = if self.source.line(end) == first_line { LONGEST_LABEL } else { LONGEST };
        let end = self.shown.floor_char_boundary(end.min(start + longest));
        (start, end - start).into()
    }

    /// A label with some lines before and after it, where they are not empty; of very long lines only the part near it.
    fn around(&self, start: usize, end: usize, before: usize, after: usize) -> (usize, usize) {
        let (own, own_last) = (self.source.line(start), self.source.line(end));
        let (first, last) = (own.saturating_sub(before), own_last + after);
        let first = if self.lines(first, own).trim().is_empty() { own } else { first };
        let last = if self.lines(own_last + 1, last + 1).trim().is_empty() { own_last } else { last };
        let (from, beyond) = (self.start_of(first), self.start_of(last + 1));
        if beyond - from <= (last + 1 - first) * LONGEST {
            return (from, beyond);
        }
        let (from, beyond) = (from.max(start.saturating_sub(MARGIN)), beyond.min(end + MARGIN));
        (self.shown.floor_char_boundary(from), self.shown.ceil_char_boundary(beyond))
    }

    /// The lines from one up to another.
    fn lines(&self, from: usize, to: usize) -> &str {
        self.shown.get(self.start_of(from)..self.start_of(to)).unwrap_or_default()
    }

    /// The first byte of a line; behind the last line, the end of what is shown.
    fn start_of(&self, line: usize) -> usize {
        let start = self.source.line_start(line);
        if start >= self.source.text.len() && line > 0 { self.shown.len() } else { start }
    }
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'s>(
        &'s self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'s> + 's>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let (start, end) = if lines_before + lines_after == 0 {
            (start, end)
        } else {
            self.around(start, end, lines_before, lines_after)
        };
        let data = self.shown.get(start..end).ok_or(MietteError::OutOfBounds)?;
        let line = self.source.line(start);
        let column = self.shown.get(self.source.line_start(line)..start).map_or(0, |before| before.chars().count());
        Ok(Box::new(MietteSpanContents::new_named(
            self.file.to_owned(),
            data.as_bytes(),
            (start, end - start).into(),
            line,
            column,
            data.lines().count(),
        )))
    }
}

/// A sign of the same number of bytes in place of a character that must not reach the screen.
fn visible(character: char) -> char {
    match character.len_utf8() {
        _ if !is_unseen(character) => character,
        1 => '?',
        2 => '¤',
        3 => '\u{fffd}',
        _ => '🛇',
    }
}
