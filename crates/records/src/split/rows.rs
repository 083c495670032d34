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

/// The next row that is not blank, without its line ending.
pub(super) fn advance(feed: &mut Feed, separator: u8) -> Option<Place> {
    loop {
        let place = feed.begin();
        let mut state = State::Start;
        let ended = feed.keep(|byte| {
            if byte == b'\n' && state != State::Quoted {
                return Step::Last;
            }
            state = state.after(byte, separator);
            Step::On
        });
        let cut = feed.has_failed() || (!ended && state == State::Quoted);
        feed.trim_line_ending();
        if !feed.kept().is_empty() {
            return Some(feed.end(place, if cut { End::Cut } else { End::Whole }));
        }
        if !ended {
            return None;
        }
    }
}
