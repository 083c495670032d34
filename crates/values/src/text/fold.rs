//! Case folding: what makes two texts the same when case is ignored.
//!
//! Nothing here allocates but [`fold`]. Texts of ASCII letters, nearly all of them, take a path of their own; the others
//! are compared character by character, since `K` may also be the Kelvin sign and `s` the long `ſ`.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// The text with every character folded: two texts are equal ignoring case when these are equal.
pub fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { folded(text).collect() }
}

/// Whether two texts are the same but for the case of their letters.
pub fn equal_ignoring_case(left: &str, right: &str) -> bool {
    if left.is_ascii() && right.is_ascii() {
        return left.eq_ignore_ascii_case(right);
    }
    folded(left).eq(folded(right))
}

/// The order of the folded texts, character by character: `Equal` exactly when they are
/// [equal ignoring case](equal_ignoring_case). For sorting and searching lists of constants.
pub fn order_ignoring_case(left: &str, right: &str) -> Ordering {
    folded(left).cmp(folded(right))
}

/// Feeds the folded text to a hasher: texts that are equal ignoring case have the same hash.
pub fn hash_ignoring_case<H: Hasher>(text: &str, hasher: &mut H) {
    for character in folded(text) {
        character.hash(hasher);
    }
}

/// The folded characters.
pub(super) fn folded(text: &str) -> impl DoubleEndedIterator<Item = char> {
    text.chars().map(folded_char)
}

pub(super) fn folded_char(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    unicode_case_mapping::case_folded(character).and_then(|folded| char::from_u32(folded.get())).unwrap_or(character)
}
