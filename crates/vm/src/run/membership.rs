//! Whether a value is one of a choice. Long choices (a list of ten thousand blocked domains) are looked up by hash.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use values::{Value, compare, text};

use crate::program::Choice;

/// Up to this many constants, comparing with each is as fast as hashing.
const SHORT: usize = 8;

/// The constants of a choice, ready to be asked.
#[derive(Debug)]
pub(super) enum Membership {
    /// Compared one after the other.
    Few(Choice),
    /// Looked up.
    Many {
        /// The constants, whose order never shows.
        members: HashSet<Member>,
        /// Whether texts are compared to the letter.
        exact: bool,
    },
}

impl Membership {
    pub(super) fn new(choice: &Choice) -> Self {
        if choice.constants.len() <= SHORT {
            return Self::Few(choice.clone());
        }
        let exact = choice.exact;
        let members = choice.constants.iter().map(|constant| Member { value: constant.clone(), exact }).collect();
        Self::Many { members, exact }
    }

    pub(super) fn contains(&self, value: &Value) -> bool {
        match self {
            Self::Few(choice) => choice.constants.iter().any(|constant| compare::equal(value, constant, choice.exact)),
            Self::Many { members, exact } => members.contains(&Member { value: value.clone(), exact: *exact }),
        }
    }
}

/// A value that equals another where `is` says so.
#[derive(Debug)]
pub(super) struct Member {
    value: Value,
    exact: bool,
}

impl Member {
    pub(super) fn new(value: &Value, exact: bool) -> Self {
        Self { value: value.clone(), exact }
    }
}

/// Never compares a missing value: no choice holds one, and none is looked for.
impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        compare::equal(&self.value, &other.value, self.exact)
    }
}

impl Eq for Member {}

/// Equal members have equal hashes: texts by their letters in one case, lists by their length alone.
impl Hash for Member {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.value {
            Value::Text(label) if !self.exact => text::hash_ignoring_case(label, state),
            Value::List(members) => members.len().hash(state),
            other => other.hash(state),
        }
    }
}
