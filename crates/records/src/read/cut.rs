//! What the records of an input are cut from: its text, or columns.

use std::io;

use super::batch::{Batch, MOST_RECORDS, Piece};
use crate::parquet::{RowReader, Rows};
use crate::split::{End, Pieces, Place};

/// An input while records are cut from it.
pub(super) enum Cut {
    /// Text.
    Texts(Pieces),
    /// Columns, and the rows of them that records are taken from one by one.
    Columns(RowReader, Rows),
}

impl Cut {
    /// Goes to the next record, the one behind record `number`; none at the end of the input.
    pub(super) fn advance(&mut self, number: u64) -> io::Result<Option<Place>> {
        match self {
            Self::Texts(pieces) => pieces.advance(),
            Self::Columns(reader, rows) => {
                let is_there = rows.numbers().contains(&(number + 1)) || reader.fill(rows, MOST_RECORDS)?;
                Ok(is_there.then(|| place_of_row(number + 1)))
            }
        }
    }

    /// Puts the next rows into a batch as they are, where there are columns; tells whether there were any.
    pub(super) fn fill(&mut self, batch: &mut Batch) -> Option<io::Result<bool>> {
        let Self::Columns(reader, _) = self else { return None };
        let filled = reader.fill(&mut batch.rows, MOST_RECORDS);
        if matches!(filled, Ok(true)) {
            batch.push_rows();
        }
        Some(filled)
    }

    /// The record gone to.
    pub(super) fn piece(&self, place: Place, number: u64) -> Piece<'_> {
        match self {
            Self::Texts(pieces) => Piece { bytes: pieces.bytes(), place, number, rows: None },
            Self::Columns(_, rows) => Piece { bytes: &[], place, number, rows: Some(rows) },
        }
    }

    /// Whether the next record is at hand as a whole, as far as that can be told at a glance.
    pub(super) fn has_next_at_hand(&self) -> bool {
        match self {
            Self::Texts(pieces) => pieces.has_next_at_hand(),
            Self::Columns(..) => true,
        }
    }
}

/// Where a row is said to be: on the line of its number.
pub(super) const fn place_of_row(number: u64) -> Place {
    Place { line: number, offset: 0, length: 0, end: End::Whole }
}
