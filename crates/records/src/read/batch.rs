//! The texts of records that stand behind each other in an input: what one thread gives another to read.

use super::cut::place_of_row;
use crate::parquet::Rows;
use crate::source::SourceError;
use crate::split::{End, Place};

/// How many bytes a batch holds at most before its last record: large enough that handing it on costs nothing, small
/// enough to stay in a cache.
const FULL: usize = 256 * 1024;

/// How many records a batch holds at most.
pub(super) const MOST_RECORDS: usize = 4096;

/// Records as they stand in an input, not yet read. Its memory is used again.
#[derive(Debug, Default)]
pub struct Batch {
    bytes: Vec<u8>,
    /// For each record, where it ends in `bytes`, where it stands in the input, and which it is.
    pieces: Vec<(usize, Place, u64)>,
    /// The records, where they are no texts but rows of columns.
    pub(super) rows: Rows,
    failure: Option<SourceError>,
    /// Whether the record behind these may have to be waited for.
    waits: bool,
}

/// The text of a record, with its place in the input.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) place: Place,
    pub(super) number: u64,
    /// The rows that it is one of, by its number; it has no text then.
    pub(super) rows: Option<&'b Rows>,
}

impl<'b> Piece<'b> {
    /// A record that stands in no file: the text of a JSON object.
    pub const fn alone(bytes: &'b [u8]) -> Self {
        let place = Place { line: 1, offset: 0, length: bytes.len() as u64, end: End::Whole };
        Self { bytes, place, number: 1, rows: None }
    }
}

impl Batch {
    /// The texts of the records, in the order of the input.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let starts = [0].into_iter().chain(self.pieces.iter().map(|(end, ..)| *end));
        starts.zip(&self.pieces).map(|(start, &(end, place, number))| {
            let bytes = self.bytes.get(start..end).unwrap_or_default();
            Piece { bytes, place, number, rows: Some(&self.rows) }
        })
    }

    /// What ended the input behind these records, if it could not be read to its end.
    pub const fn failure(&self) -> Option<&SourceError> {
        self.failure.as_ref()
    }

    /// Whether these are all records that are at hand: the next may have to be waited for, because the input comes from
    /// another program. What is known by now should be handed on. Never true for a file.
    pub const fn is_all_at_hand(&self) -> bool {
        self.waits
    }

    pub(super) fn wait(&mut self) {
        self.waits = true;
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.pieces.clear();
        self.failure = None;
        self.waits = false;
    }

    pub(super) fn push(&mut self, piece: Piece<'_>) {
        self.bytes.extend_from_slice(piece.bytes);
        self.pieces.push((self.bytes.len(), piece.place, piece.number));
    }

    /// Has a piece for each of the rows.
    pub(super) fn push_rows(&mut self) {
        self.pieces.extend(self.rows.numbers().map(|number| (0, place_of_row(number), number)));
    }

    pub(super) fn fail(&mut self, error: SourceError) {
        self.failure = Some(error);
    }

    pub(super) const fn is_full(&self) -> bool {
        self.bytes.len() >= FULL || self.pieces.len() >= MOST_RECORDS
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.failure.is_none()
    }
}
