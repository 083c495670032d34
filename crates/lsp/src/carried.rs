//! What is known to be wrong with rulebooks as wholes, carried along while their files are edited.
//!
//! Whether a name is never used, or two rules get into each other's way, takes a look at all rules. Until that has been
//! taken again, what was found the last time stands where it stood, so that nothing flickers at every key.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use ide::{Diagnostic, Snapshot};

use crate::project::Number;

/// What was found, by rulebook and file.
#[derive(Clone, Default)]
pub(crate) struct Carried(Arc<Mutex<HashMap<Number, BTreeMap<String, Found>>>>);

/// What was found in a file, and what it said then.
struct Found {
    text: Arc<str>,
    diagnostics: Vec<Diagnostic>,
}

impl Carried {
    /// Keeps what was found; tells whether that is something else than before.
    pub(crate) fn keep(&self, number: Number, snapshot: &Snapshot, found: Vec<Diagnostic>) -> bool {
        let mut files: BTreeMap<String, Found> = BTreeMap::new();
        for diagnostic in found {
            let file = diagnostic.place.file.to_string();
            let new = || Found { text: text_of(snapshot, &file), diagnostics: Vec::new() };
            files.entry(file.clone()).or_insert_with(new).diagnostics.push(diagnostic);
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = all.insert(number, files);
        let said = |files: Option<&BTreeMap<String, Found>>| -> Vec<String> {
            let found = files.into_iter().flat_map(BTreeMap::values).flat_map(|found| &found.diagnostics);
            found.map(|diagnostic| format!("{} {}", diagnostic.place.file, diagnostic.message)).collect()
        };
        said(before.as_ref()) != said(all.get(&number))
    }

    /// Forgets a rulebook.
    pub(crate) fn forget(&self, number: Number) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
    }

    /// What was found in a file, where it stands now; without that at what was edited since.
    pub(crate) fn now(&self, number: Number, file: &str, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(found) = all.get(&number).and_then(|files| files.get(file)) else { return Vec::new() };
        let edit = Edit::between(&found.text, &text_of(snapshot, file));
        found.diagnostics.iter().filter_map(|diagnostic| edit.carry(file, diagnostic)).collect()
    }
}

fn text_of(snapshot: &Snapshot, file: &str) -> Arc<str> {
    snapshot.text(file).map(Arc::clone).unwrap_or_default()
}

/// The one edit that makes a text of another.
#[derive(Debug, PartialEq, Eq)]
struct Edit {
    range: Range<usize>,
    length: usize,
}

impl Edit {
    fn between(old: &Arc<str>, new: &Arc<str>) -> Self {
        if Arc::ptr_eq(old, new) {
            return Self { range: 0..0, length: 0 };
        }
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let head = alike(old, new);
        let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
        let tail = alike_from_behind(old_rest, new_rest);
        Self { range: head..old.len() - tail, length: new_rest.len() - tail }
    }

    /// The same finding where it stands after the edit; none where the edit touches it.
    fn carry(&self, file: &str, diagnostic: &Diagnostic) -> Option<Diagnostic> {
        let mut carried = diagnostic.clone();
        (carried.place.start, carried.place.end) = self.moved(carried.place.start, carried.place.end)?;
        carried.fixes.clear();
        carried.related.retain_mut(|related| {
            let moved = self.moved(related.place.start, related.place.end);
            if let (true, Some(moved)) = (*related.place.file == *file, moved) {
                (related.place.start, related.place.end) = moved;
            }
            *related.place.file != *file || moved.is_some()
        });
        Some(carried)
    }

    fn moved(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let shift = |place: usize| place + self.length - self.range.len();
        if self.range.is_empty() && self.length == 0 || end < self.range.start {
            Some((start, end))
        } else if start > self.range.end {
            Some((shift(start), shift(end)))
        } else {
            None
        }
    }
}

/// How many bytes are compared at once.
const STRIDE: usize = 4096;

fn alike(one: &[u8], other: &[u8]) -> usize {
    let strides = one.chunks(STRIDE).zip(other.chunks(STRIDE)).take_while(|(one, other)| one == other);
    let from: usize = strides.map(|(stride, _)| stride.len()).sum();
    let rest = one.iter().skip(from).zip(other.iter().skip(from));
    from + rest.take_while(|(one, other)| one == other).count()
}

fn alike_from_behind(one: &[u8], other: &[u8]) -> usize {
    let strides = one.rchunks(STRIDE).zip(other.rchunks(STRIDE)).take_while(|(one, other)| one == other);
    let from: usize = strides.map(|(stride, _)| stride.len()).sum();
    let rest = one.iter().rev().skip(from).zip(other.iter().rev().skip(from));
    from + rest.take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_found_again() {
        let long = "x".repeat(10_000);
        for (old, new, range, length) in [
            ("abc", "abc", 3..3, 0),
            ("abc", "aXc", 1..2, 1),
            ("aaa", "aaaa", 3..3, 1),
            ("", "new", 0..0, 3),
            (&*format!("{long}a{long}"), &*format!("{long}bc{long}"), 10_000..10_001, 2),
        ] {
            assert_eq!(Edit::between(&Arc::from(old), &Arc::from(new)), Edit { range, length });
        }
    }

    #[test]
    fn what_is_not_touched_moves_along() {
        let edit = Edit { range: 10..12, length: 5 };
        assert_eq!(edit.moved(3, 9), Some((3, 9)));
        assert_eq!(edit.moved(13, 20), Some((16, 23)));
        assert_eq!(edit.moved(9, 11), None);
    }
}
