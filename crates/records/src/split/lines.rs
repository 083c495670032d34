//! One record a line; blank lines are no records.

use super::feed::Feed;
use super::{End, Place};

/// The next line that is not blank, without its ending.
pub(super) fn advance(feed: &mut Feed) -> Option<Place> {
    loop {
        let place = feed.begin();
        if !feed.keep_line() {
            return None;
        }
        let cut = feed.has_failed();
        feed.trim_line_ending();
        if !feed.kept().trim_ascii().is_empty() || feed.is_too_large() {
            return Some(feed.end(place, if cut { End::Cut } else { End::Whole }));
        }
    }
}
