//! Links: keys of other records that stand in a field, and lead to none.

use std::collections::BTreeMap;
use std::sync::Arc;

use values::Text;

use super::VALUES;
use crate::join::SourceKeys;

/// A reference whose links are followed.
pub struct Links {
    /// The place among the surveyed fields of the one that holds the key.
    pub field: usize,
    /// The keys that there are.
    pub keys: Arc<SourceKeys>,
    /// How many records have a link that leads nowhere; each counts once.
    pub broken: u64,
    /// The keys that such links name, at most [`VALUES`].
    pub absent: BTreeMap<Text, Absent>,
    /// Whether there are more.
    pub overflowed: bool,
    /// The record that counted last.
    counted: u64,
}

/// A key that no record has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absent {
    /// How many records name it; each counts once.
    pub records: u64,
    /// The record that counted last.
    counted: u64,
}

impl Links {
    pub(super) fn new(field: usize, keys: Arc<SourceKeys>) -> Self {
        Self { field, keys, broken: 0, absent: BTreeMap::new(), overflowed: false, counted: 0 }
    }

    /// Follows a link of the record with a number.
    pub(super) fn follow(&mut self, key: &Text, record: u64) {
        if self.keys.has(key) {
            return;
        }
        if self.counted != record {
            self.counted = record;
            self.broken += 1;
        }
        if let Some(absent) = self.absent.get_mut(key) {
            absent.records += u64::from(absent.counted != record);
            absent.counted = record;
        } else if self.absent.len() < VALUES {
            self.absent.insert(key.clone(), Absent { records: 1, counted: record });
        } else {
            self.overflowed = true;
        }
    }
}
