//! Cuts an input into one piece of text per record, in memory bounded by the largest record allowed.
//!
//! [`Pieces::advance`] goes to the next piece; `lines`, `elements` and `rows` know where one ends. The pieces do not depend
//! on how the input arrives in chunks.

mod elements;
mod feed;
mod lines;
mod nesting;
mod rows;

use std::io;

use elements::Elements;
use feed::Feed;
pub(crate) use nesting::{Nesting, Turn};
use rows::Rows;

use crate::source::{Layout, Stream};

/// Where a piece lies in the (unpacked) input, and whether it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The line on which it begins, from 1.
    pub(crate) line: u64,
    /// Where it begins, in bytes.
    pub(crate) offset: u64,
    /// Its length in bytes without a line ending.
    pub(crate) length: u64,
    pub(crate) end: End,
}

/// How a piece ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Where a record ends.
    Whole,
    /// Where the input ends, in the middle of the record.
    Cut,
    /// Where a record ends, but so far off that its bytes were not kept.
    TooLarge,
    /// Where the input ends, the structure around the records being broken at the beginning of the piece or inside it.
    Broken,
}

/// The pieces of an input, one after the other.
pub(crate) struct Pieces {
    feed: Feed,
    layout: Splitting,
}

enum Splitting {
    Lines,
    Elements(Elements),
    Rows(Rows),
}

impl Pieces {
    /// `start` is the offset at which the stream begins, `limit` the length of the longest record that is kept.
    pub(crate) fn new(stream: Stream, start: u64, layout: Layout, limit: usize) -> Self {
        let layout = match layout {
            Layout::Lines => Splitting::Lines,
            Layout::Array => Splitting::Elements(Elements::of_array()),
            Layout::Objects => Splitting::Elements(Elements::of_stream()),
            Layout::Rows { separator } => Splitting::Rows(Rows::new(separator)),
        };
        Self { feed: Feed::new(stream, start, limit), layout }
    }

    /// Goes to the next piece; none at the end of the input. Input that fails ends the piece it fails in, which is `Cut`;
    /// the failure is told by the next call.
    pub(crate) fn advance(&mut self) -> io::Result<Option<Place>> {
        let place = match &mut self.layout {
            Splitting::Lines => lines::advance(&mut self.feed),
            Splitting::Elements(elements) => elements.advance(&mut self.feed),
            Splitting::Rows(rows) => rows.advance(&mut self.feed),
        };
        match (place, self.feed.take_failure()) {
            (None, Some(error)) => Err(error),
            (place, failure) => {
                self.feed.keep_failure(failure);
                Ok(place)
            }
        }
    }

    /// Whether the next piece is at hand as a whole, as far as that can be told at a glance.
    pub(crate) fn has_next_at_hand(&self) -> bool {
        let line = self.feed.line_at_hand();
        match &self.layout {
            Splitting::Lines => line.is_some(),
            Splitting::Rows(_) => line.is_some_and(|line| !line.contains(&b'"')),
            Splitting::Elements(_) => false,
        }
    }

    /// The length of the longest record that is kept.
    pub(crate) fn limit(&self) -> usize {
        self.feed.limit
    }

    /// The bytes of the piece gone to; empty where it is too large.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.feed.kept()
    }
}

#[cfg(test)]
mod tests;
