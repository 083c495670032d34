//! Looking for one text in another.
//!
//! An empty text is found everywhere: at the beginning, at the end, and as a word.

use super::fold::{equal_ignoring_case, fold, folded, folded_char};
use super::long;

/// Whether the letters' case counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// `text`: it does not.
    Ignored,
    /// `text exact`: it does.
    Exact,
}

/// Whether `part` stands somewhere in `text`.
pub fn contains_ignoring_case(text: &str, part: &str) -> bool {
    if part.len() > LONG {
        return fold(text).contains(&fold(part));
    }
    if text.is_ascii() && part.is_ascii() {
        return contains_ascii(text.as_bytes(), part.as_bytes());
    }
    occurrences(text, part, Case::Ignored).next().is_some()
}

/// Whether `part` stands somewhere in `text`, to the letter.
pub fn contains_exact(text: &str, part: &str) -> bool {
    text.contains(part)
}

/// Whether `word` stands somewhere in `text` and is not part of a longer word: neither of its ends cuts through a run of
/// letters and digits. `demo` is a word of "a demo!" and of "demo_2", not of "democracy".
pub fn contains_word_ignoring_case(text: &str, word: &str) -> bool {
    contains_word(text, word, Case::Ignored)
}

/// As [`contains_word_ignoring_case`], to the letter.
pub fn contains_word_exact(text: &str, word: &str) -> bool {
    contains_word(text, word, Case::Exact)
}

/// Whether `text` begins with `start`.
pub fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    prefix_ignoring_case(text, start).is_some()
}

/// Whether `text` begins with `start`, to the letter.
pub fn starts_with_exact(text: &str, start: &str) -> bool {
    text.starts_with(start)
}

/// Whether `text` ends with `end`.
pub fn ends_with_ignoring_case(text: &str, end: &str) -> bool {
    let mut letters = folded(text).rev();
    folded(end).rev().all(|wanted| letters.next() == Some(wanted))
}

/// Whether `text` ends with `end`, to the letter.
pub fn ends_with_exact(text: &str, end: &str) -> bool {
    text.ends_with(end)
}

/// Every place where `part` stands in `text`, from the left, overlapping ones too, as ranges of bytes `(start, end)`.
pub fn occurrences(text: &str, part: &str, case: Case) -> impl Iterator<Item = (usize, usize)> {
    let is_long = part.len() > LONG;
    let long = is_long.then(|| long::occurrences(text, part, |letter| case.letter(letter)));
    let short = (!is_long).then(|| short_occurrences(text, part, case));
    long.into_iter().flatten().chain(short.into_iter().flatten())
}

/// From this length in bytes on, a part is looked for in linear time. The search in place needs no memory and is faster for
/// the short parts that rules hold, but takes the product of both lengths at worst.
const LONG: usize = 64;

impl Case {
    /// What a character counts as.
    fn letter(self, character: char) -> char {
        match self {
            Self::Ignored => folded_char(character),
            Self::Exact => character,
        }
    }
}

fn short_occurrences(text: &str, part: &str, case: Case) -> impl Iterator<Item = (usize, usize)> {
    let first = part.chars().next().map(|first| case.letter(first));
    let places = text.char_indices().map(|(at, letter)| (at, Some(letter))).chain([(text.len(), None)]);
    places.filter_map(move |(at, letter)| {
        if first.is_some() && first != letter.map(|letter| case.letter(letter)) {
            return None;
        }
        let rest = text.get(at..)?;
        let length = match case {
            Case::Ignored => prefix_ignoring_case(rest, part),
            Case::Exact => rest.starts_with(part).then_some(part.len()),
        }?;
        Some((at, at + length))
    })
}

fn contains_ascii(text: &[u8], part: &[u8]) -> bool {
    let Some(first) = part.first() else { return true };
    let mut places = text.windows(part.len());
    places.any(|place| {
        place.first().is_some_and(|byte| byte.eq_ignore_ascii_case(first)) && place.eq_ignore_ascii_case(part)
    })
}

/// The length in bytes of the beginning of `text` that is `start` ignoring case; it can differ from that of `start`.
fn prefix_ignoring_case(text: &str, start: &str) -> Option<usize> {
    if let Some(beginning) = text.get(..start.len())
        && beginning.is_ascii()
        && start.is_ascii()
    {
        return equal_ignoring_case(beginning, start).then_some(start.len());
    }
    let mut letters = text.chars();
    folded(start)
        .all(|wanted| letters.next().map(folded_char) == Some(wanted))
        .then(|| text.len() - letters.as_str().len())
}

fn contains_word(text: &str, word: &str, case: Case) -> bool {
    let begins_a_word = word.chars().next().is_some_and(char::is_alphanumeric);
    let ends_a_word = word.chars().next_back().is_some_and(char::is_alphanumeric);
    occurrences(text, word, case).any(|(start, end)| {
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text.get(end..).and_then(|after| after.chars().next());
        let cuts_before = begins_a_word && before.is_some_and(char::is_alphanumeric);
        let cuts_after = ends_a_word && after.is_some_and(char::is_alphanumeric);
        !cuts_before && !cuts_after
    })
}
