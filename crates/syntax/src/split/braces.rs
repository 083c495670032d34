//! Which `}` is the end of a rule set: asked only where the layout and the braces of a rule disagree.

use super::headers::Line;

/// For each token how many `}` stand behind it that close nothing which is opened behind it, up to the next item that
/// never stands inside a set.
///
/// A file that is not indented at all has the `}` of an effect where that of its set could stand. There are then more of
/// them to come; where an effect lacks its `}`, there are not.
pub(super) fn closing_behind(lines: &Line<'_>) -> Vec<usize> {
    let mut behind = 0_usize;
    let mut all: Vec<usize> = (0..lines.tokens.len())
        .rev()
        .map(|place| {
            let here = behind;
            behind = match lines.word(place) {
                "{" => behind.saturating_sub(1),
                "}" => behind + 1,
                _ if is_outside_sets(lines, place) => 0,
                _ => behind,
            };
            here
        })
        .collect();
    all.reverse();
    all
}

fn is_outside_sets(lines: &Line<'_>, place: usize) -> bool {
    let header = lines.header(place).filter(|_| lines.is_first_on_line(place));
    header.is_some_and(|header| header.like.is_outside_sets() && !(header.names_target() && lines.is_target(place)))
}
