//! Keys that stand twice.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many different keys are remembered, some 50 MB; of later ones nobody knows whether they stand twice.
pub const KEYS: usize = 2_000_000;
/// How many pairs are told.
const TOLD: usize = 5;

/// The keys that stand twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeated {
    /// How many records have a key that an earlier one has.
    pub records: u64,
    /// The first of them: the key, the line where it stood first, and that where it stands again.
    pub first: Vec<(String, u64, u64)>,
    /// Whether there were more keys than can be remembered.
    pub overflowed: bool,
}

/// The keys so far, as hashes, with the line of each.
#[derive(Default)]
pub(super) struct Keys(HashMap<u64, u64>);

impl Keys {
    pub(super) fn note(&mut self, key: &str, line: u64, repeated: &mut Repeated) {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let hash = hasher.finish();
        if let Some(before) = self.0.get(&hash) {
            repeated.records += 1;
            if repeated.first.len() < TOLD {
                repeated.first.push((key.to_owned(), *before, line));
            }
        } else if self.0.len() < KEYS {
            self.0.insert(hash, line);
        } else {
            repeated.overflowed = true;
        }
    }
}
