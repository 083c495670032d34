//! Texts by hash: a table with open addresses. The texts in it are the author's, so that no record can make them collide.

use values::text::{equal_ignoring_case, fold};
use values::{Text, Value};

use crate::program::index::{Label, OTHERS};

/// Texts, and the part of each.
#[derive(Debug)]
pub(super) struct Texts {
    /// A power of two, at least twice as many as there are texts.
    slots: Vec<Option<Slot>>,
    exact: bool,
    /// The bytes of the longest text.
    longest: usize,
}

#[derive(Clone, Debug)]
struct Slot {
    hash: u64,
    text: Text,
    part: u32,
}

impl Texts {
    pub(super) fn new(labels: &[Label], exact: bool) -> Self {
        let count = (labels.len() * 2).next_power_of_two();
        let mut texts = Self { slots: vec![None; count], exact, longest: 0 };
        for label in labels {
            if let Value::Text(text) = &label.value {
                texts.insert(text, label.part);
            }
        }
        texts
    }

    /// The part of a text; that of all others if it is none of those.
    pub(super) fn part(&self, text: &str) -> u32 {
        // A character of four bytes may be folded to one of one byte.
        if text.len() > self.longest.saturating_mul(4) {
            return OTHERS;
        }
        if self.exact || text.is_ascii() {
            return if text.len() > self.longest { OTHERS } else { self.find(text) };
        }
        self.find(&fold(text))
    }

    fn find(&self, text: &str) -> u32 {
        let hash = self.hash(text);
        let mut place = self.place(hash);
        while let Some(Some(slot)) = self.slots.get(place) {
            if slot.hash == hash && self.same(&slot.text, text) {
                return slot.part;
            }
            place = self.place(place as u64 + 1);
        }
        OTHERS
    }

    fn insert(&mut self, text: &Text, part: u32) {
        let hash = self.hash(text);
        let mut place = self.place(hash);
        while let Some(Some(slot)) = self.slots.get(place) {
            if slot.hash == hash && self.same(&slot.text, text) {
                return;
            }
            place = self.place(place as u64 + 1);
        }
        self.longest = self.longest.max(text.len());
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = Some(Slot { hash, text: text.clone(), part });
        }
    }

    fn same(&self, one: &str, other: &str) -> bool {
        if self.exact { one == other } else { equal_ignoring_case(one, other) }
    }

    fn place(&self, hash: u64) -> usize {
        usize::try_from(hash).unwrap_or(usize::MAX) & (self.slots.len() - 1)
    }

    /// Eight bytes at a time. Unless case matters, the bit that tells small ASCII letters from large ones is set in every
    /// byte: that also makes alike what is not, which is for `same` to tell.
    fn hash(&self, text: &str) -> u64 {
        let case = if self.exact { 0 } else { 0x2020_2020_2020_2020 };
        let mut hash = text.len() as u64;
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for word in words {
            hash = mixed(hash, u64::from_le_bytes(*word) | case);
        }
        let last = rest.iter().fold(0, |last, byte| last << 8 | u64::from(*byte));
        hash = mixed(hash, last | case);
        hash ^ hash >> 32
    }
}

/// An odd number whose bits look random: the golden ratio's.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(GOLDEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(exact: bool, known: &[&str]) -> Texts {
        let labels = known.iter().zip(2..).map(|(text, part)| Label { value: Value::text(*text), part });
        Texts::new(&labels.collect::<Vec<_>>(), exact)
    }

    #[test]
    fn texts_are_found_in_any_case_unless_case_matters() {
        let many: Vec<String> = (0..500).map(|number| format!("label number {number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let (any, exact) = (texts(false, &many), texts(true, &many));
        for (text, part) in many.iter().zip(2..) {
            assert_eq!((any.part(text), exact.part(text)), (part, part));
            assert_eq!((any.part(&text.to_uppercase()), exact.part(&text.to_uppercase())), (part, OTHERS));
        }
        assert_eq!(any.part("label number 500"), OTHERS);
        assert_eq!(any.part(&"label number 1".repeat(100)), OTHERS);
    }

    #[test]
    fn letters_that_fold_to_ascii_are_found() {
        // The Kelvin sign is a `k`, the long s an `s`; `[` differs from `{` in the bit of the case alone.
        let texts = texts(false, &["desk", "[", "straße", ""]);
        assert_eq!(
            [texts.part("DE\u{17f}\u{212a}"), texts.part("{"), texts.part("["), texts.part("STRAẞE")],
            [2, OTHERS, 3, 4]
        );
        assert_eq!((texts.part(""), Texts::new(&[], false).part("")), (5, OTHERS));
    }
}
