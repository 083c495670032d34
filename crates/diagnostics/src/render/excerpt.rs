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

/// How much of a very long line is shown on each side of the label, in bytes.
const MARGIN: usize = 300;

/// What ends a line.
const LINE_END: [char; 2] = ['\r', '\n'];

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
            let line_end = self.source.line_start(first_line + 1).saturating_sub(1);
            start + self.shown.get(start..line_end).unwrap_or_default().trim_end().len()
        };
        let end = self.shown.floor_char_boundary(end.min(start + 2 * MARGIN));
        (start, end - start).into()
    }

    /// A label with some lines before and after it, but for empty ones at either end; of very long lines only the part
    /// near the label.
    fn around(&self, start: usize, end: usize, lines_before: usize, lines_after: usize) -> (usize, usize) {
        let own_line = self.source.line_start(self.source.line(start));
        let first = self.source.line_start(self.source.line(start).saturating_sub(lines_before));
        let empty = self
            .shown
            .get(first..own_line)
            .map_or(0, |before| before.len() - before.trim_start_matches(LINE_END).len());
        let from = (first + empty).max(start.saturating_sub(MARGIN));

        let after = self.line_end(self.source.line(end));
        let last = self.line_end(self.source.line(end) + lines_after);
        let empty = self.shown.get(after..last).map_or(0, |after| after.len() - after.trim_end().len());
        let beyond = if empty == last - after { after } else { last };
        (self.shown.floor_char_boundary(from), self.shown.ceil_char_boundary(beyond.min(end + MARGIN)))
    }

    /// The byte after a line with its line end.
    fn line_end(&self, line: usize) -> usize {
        let next = self.source.line_start(line + 1);
        if next >= self.source.text.len() { self.shown.len() } else { next }
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
