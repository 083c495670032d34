//! One record a row of cells; line breaks inside quotes belong to the cell. Blank lines are no records.

use super::feed::{Feed, Step};
use super::{End, Place};

/// Where in a row a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the beginning of a cell, where alone a quote opens.
    Start,
    /// In a cell without quotes, or behind the quotes of one.
    Open,
    Quoted,
    /// At a quote inside quotes: the first of a doubled one, or the closing one.
    Quote,
}

impl State {
    fn after(self, byte: u8, separator: u8) -> Self {
        match (self, byte) {
            (Self::Start | Self::Quote, b'"') => Self::Quoted,
            (Self::Quoted, b'"') => Self::Quote,
            (Self::Quoted, _) => Self::Quoted,
            (_, byte) if byte == separator => Self::Start,
            _ => Self::Open,
        }
    }
}

/// The rows of a table.
pub(super) struct Rows {
    separator: u8,
    /// How many more rows with a quote that is not closed may be set apart.
    rescues: u8,
}

impl Rows {
    pub(super) const fn new(separator: u8) -> Self {
        Self { separator, rescues: 64 }
    }

    /// The next row that is not blank, without its line ending.
    ///
    /// Where a quote is not closed before the input ends, its line is a row by itself (a wrong one) and the lines after it
    /// are looked at again, so that one stray quote does not cost all that follows. That is done a limited number of times,
    /// as each time the rest is walked again.
    pub(super) fn advance(&mut self, feed: &mut Feed) -> Option<Place> {
        loop {
            let place = feed.begin();
            // Without a quote a row is a line.
            let (ended, state) = if feed.keep_line_without(b'"') { (true, State::Open) } else { self.take_row(feed) };
            let is_open = !ended && state == State::Quoted;
            if is_open && self.rescues > 0 && feed.give_back_after_line(place) {
                self.rescues -= 1;
                feed.trim_line_ending();
                return Some(feed.end(place, End::Whole));
            }
            feed.trim_line_ending();
            if !feed.kept().is_empty() {
                let cut = feed.has_failed() || is_open;
                return Some(feed.end(place, if cut { End::Cut } else { End::Whole }));
            }
            if !ended {
                return None;
            }
        }
    }

    fn take_row(&self, feed: &mut Feed) -> (bool, State) {
        let mut state = State::Start;
        let ended = feed.keep(|byte| {
            if byte == b'\n' && state != State::Quoted {
                return Step::Last;
            }
            state = state.after(byte, self.separator);
            Step::On
        });
        (ended, state)
    }
}
