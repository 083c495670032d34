//! Which `}` is the end of a rule set: asked only where the layout and the braces of a rule disagree.

use super::headers::{Header, Line};
use crate::chunk::ChunkKind;

/// For each token how many `}` stand behind it that close nothing which is opened behind it, up to the next item that
/// never stands inside a set.
///
/// A file that is not indented at all has the `}` of an effect where that of its set could stand. There are then more of
/// them to come; where an effect lacks its `}`, there are not.
pub(super) fn closing_behind(lines: &Line<'_>) -> Vec<usize> {
    closing_before(lines, |header| header.like.is_outside_sets())
}

/// For each token whether the `}` of a rule set stands behind it, before the next set begins.
pub(super) fn set_closes_behind(lines: &Line<'_>) -> Vec<bool> {
    let closing = closing_before(lines, |header| header.like == ChunkKind::RulesHeader);
    closing.into_iter().map(|braces| braces > 0).collect()
}

fn closing_before(lines: &Line<'_>, ends: impl Fn(&Header) -> bool) -> Vec<usize> {
    let mut behind = 0_usize;
    let mut all: Vec<usize> = (0..lines.tokens.len())
        .rev()
        .map(|place| {
            let here = behind;
            behind = match lines.word(place) {
                "{" => behind.saturating_sub(1),
                "}" => behind + 1,
                _ if item_at(lines, place).is_some_and(|header| ends(&header)) => 0,
                _ => behind,
            };
            here
        })
        .collect();
    all.reverse();
    all
}

/// The item that begins at a place, at the beginning of a line.
fn item_at(lines: &Line<'_>, place: usize) -> Option<Header> {
    let header = lines.header(place).filter(|_| lines.is_first_on_line(place))?;
    (!(header.names_target() && lines.is_target(place))).then_some(header)
}
