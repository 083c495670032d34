//! Texts by hash: a table with open addresses. The texts in it are the author's, so that no record can make them collide.

use values::text::fold;
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
        let (hash, is_ascii) = self.hash(text);
        if self.exact || is_ascii {
            return if text.len() > self.longest { OTHERS } else { self.find(text, hash) };
        }
        let folded = fold(text);
        self.find(&folded, self.hash(&folded).0)
    }

    fn find(&self, text: &str, hash: u64) -> u32 {
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
        let (hash, _) = self.hash(text);
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

    /// Whether a text of a label is another: unless case matters both are folded, but for ASCII letters.
    fn same(&self, label: &str, text: &str) -> bool {
        if self.exact { label == text } else { label.eq_ignore_ascii_case(text) }
    }

    fn place(&self, hash: u64) -> usize {
        usize::try_from(hash).unwrap_or(usize::MAX) & (self.slots.len() - 1)
    }

    /// Eight bytes at a time, the last of them perhaps twice; and whether all of them are ASCII. Unless case matters, the bit
    /// that tells small ASCII letters from large ones is set in every byte: that also makes alike what is not, which is for
    /// `same` to tell.
    #[inline]
    fn hash(&self, text: &str) -> (u64, bool) {
        let case = if self.exact { 0 } else { 0x2020_2020_2020_2020 };
        let bytes = text.as_bytes();
        let (mut hash, mut all) = (bytes.len() as u64, 0);
        let mut take = |word: u64| {
            all |= word;
            hash = mixed(hash, word | case);
        };
        match (bytes, bytes.first_chunk(), bytes.last_chunk(), bytes.last_chunk()) {
            (_, _, _, Some(last)) => {
                bytes.as_chunks().0.iter().for_each(|word| take(u64::from_le_bytes(*word)));
                take(u64::from_le_bytes(*last));
            }
            (_, Some(first), Some(last), _) => {
                take(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)));
            }
            ([first, .., last], ..) => {
                let middle = bytes.get(1).copied().unwrap_or_default();
                take(u64::from_le_bytes([*first, middle, *last, 0, 0, 0, 0, 0]));
            }
            ([only], ..) => take(u64::from(*only)),
            ([], ..) => {}
        }
        (hash ^ hash >> 32, all & 0x8080_8080_8080_8080 == 0)
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
