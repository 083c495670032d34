//! The texts that findings point into, and where in them a byte stands as people count.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Place;

/// The texts of the files of a rulebook, by the names that users know them by.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<Arc<str>, Source>,
}

/// One file.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// What it says.
    pub(crate) text: Arc<str>,
    /// The first byte of each line; never empty.
    lines: Vec<usize>,
}

/// A position as people count: the first line is 1, the first column is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line. A line ends with LF or CR LF.
    pub line: usize,
    /// The column, in Unicode code points.
    pub column: usize,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces its text.
    pub fn insert(&mut self, file: impl Into<Arc<str>>, text: impl Into<Arc<str>>) {
        self.files.insert(file.into(), Source::new(text.into()));
    }

    /// The text of a file.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.files.get(file).map(|source| &*source.text)
    }

    /// Where a byte of a file stands. Beyond the end it is the end; in a file that is not known, the beginning.
    pub fn position(&self, file: &str, byte: usize) -> Position {
        self.files.get(file).map_or(Position { line: 1, column: 1 }, |source| source.position(byte))
    }

    /// Where a place begins, and where it ends (the position after its last character).
    pub fn range(&self, place: &Place) -> (Position, Position) {
        (self.position(&place.file, place.start), self.position(&place.file, place.end.max(place.start)))
    }

    pub(crate) fn source(&self, file: &str) -> Option<&Source> {
        self.files.get(file)
    }
}

impl<F: Into<Arc<str>>, T: Into<Arc<str>>> FromIterator<(F, T)> for Sources {
    fn from_iter<I: IntoIterator<Item = (F, T)>>(files: I) -> Self {
        let mut sources = Self::new();
        for (file, text) in files {
            sources.insert(file, text);
        }
        sources
    }
}

impl Source {
    fn new(text: Arc<str>) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, lines }
    }

    fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.line(byte);
        let start = self.line_start(line);
        let column = self.text.get(start..byte).map_or(0, |before| before.chars().count());
        Position { line: line + 1, column: column + 1 }
    }

    /// The line of a byte, counted from 0.
    pub(crate) fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// The first byte of a line, counted from 0; the end of the text beyond the last line.
    pub(crate) fn line_start(&self, line: usize) -> usize {
        self.lines.get(line).copied().unwrap_or(self.text.len())
    }
}
