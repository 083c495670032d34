//! One record an element of a JSON array, or one object after the other without an array around them.
//!
//! ```text
//! array:    [ {…} , {…} , {…} ]
//! stream:     {…}   {…}   {…}
//! ```
//!
//! Where brackets do not match or something else than a comma stands between elements, the rest of the input cannot be
//! told apart: it is one last, broken piece.

use super::feed::{Feed, Step};
use super::nesting::{Nesting, Turn};
use super::{End, Place};

/// The elements of an array, or objects one after the other.
pub(super) struct Elements {
    array: bool,
    next: Next,
}

/// What must come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The `[`.
    Opening,
    /// An element or the end.
    ElementOrEnd,
    /// An element.
    Element,
    /// A comma or the end.
    CommaOrEnd,
    /// Nothing but blanks.
    Nothing,
}

impl Elements {
    pub(super) const fn of_array() -> Self {
        Self { array: true, next: Next::Opening }
    }

    pub(super) const fn of_stream() -> Self {
        Self { array: false, next: Next::ElementOrEnd }
    }

    /// The next element.
    pub(super) fn advance(&mut self, feed: &mut Feed) -> Option<Place> {
        loop {
            let byte = peek_after_blanks(feed);
            if feed.has_failed() {
                return None;
            }
            self.next = match (self.next, byte) {
                (Next::Nothing, None) => return None,
                (Next::ElementOrEnd, None) if !self.array => return None,
                (Next::Opening, Some(b'[')) => Next::ElementOrEnd,
                (Next::ElementOrEnd | Next::CommaOrEnd, Some(b']')) if self.array => Next::Nothing,
                (Next::CommaOrEnd, Some(b',')) => Next::Element,
                (Next::ElementOrEnd | Next::Element, Some(first)) if begins_value(first) => {
                    return Some(self.element(feed));
                }
                _ => return Some(self.broken(feed)),
            };
            feed.skip(|_| Step::Last);
        }
    }

    /// Takes the element that begins at the next byte.
    fn element(&mut self, feed: &mut Feed) -> Place {
        let place = feed.begin();
        let mut nesting = Nesting::default();
        let mut first = true;
        let mut bare = false; // a number or a word, which ends before what follows it
        let mut mismatched = false;
        let whole = feed.keep(|byte| {
            if mismatched {
                return Step::On;
            }
            if bare && nesting.is_outside() && ends_word(byte) {
                return Step::Leave;
            }
            if std::mem::take(&mut first) {
                bare = !matches!(byte, b'"' | b'{' | b'[');
            }
            mismatched = nesting.take(byte) == Turn::Mismatched;
            if !bare && !mismatched && nesting.is_outside() { Step::Last } else { Step::On }
        });
        let end = match whole || (bare && !feed.has_failed()) {
            _ if mismatched => End::Broken,
            true => End::Whole,
            false => End::Cut,
        };
        self.next = match (end, self.array) {
            (End::Whole, true) => Next::CommaOrEnd,
            (End::Whole, false) => Next::ElementOrEnd,
            _ => Next::Nothing,
        };
        feed.end(place, end)
    }

    /// Takes all the rest.
    fn broken(&mut self, feed: &mut Feed) -> Place {
        let place = feed.begin();
        feed.keep(|_| Step::On);
        self.next = Next::Nothing;
        feed.end(place, End::Broken)
    }
}

const fn begins_value(byte: u8) -> bool {
    !matches!(byte, b',' | b']' | b'}' | b':')
}

/// Whether a number or word ends before this byte.
const fn ends_word(byte: u8) -> bool {
    matches!(byte, b',' | b']' | b'}' | b':' | b'{' | b'[' | b'"') || byte.is_ascii_whitespace()
}

/// Passes over blanks; the byte after them is left.
fn peek_after_blanks(feed: &mut Feed) -> Option<u8> {
    let mut found = None;
    feed.skip(|byte| {
        if byte.is_ascii_whitespace() {
            return Step::On;
        }
        found = Some(byte);
        Step::Leave
    });
    found
}
