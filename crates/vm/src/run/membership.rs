//! Whether a value is one of a choice. Long choices (a list of ten thousand blocked domains) are looked up by hash.

use std::collections::HashSet;

use values::{Text, Value, compare, text};

use crate::program::Choice;

/// Up to this many constants, comparing with each is as fast as hashing.
const SHORT: usize = 8;

/// The constants of a choice, ready to be asked.
#[derive(Debug)]
pub(super) enum Membership {
    /// Compared one after the other.
    Few(Choice),
    /// Looked up by their key.
    Many { keys: HashSet<Value>, exact: bool },
}

impl Membership {
    pub(super) fn new(choice: &Choice) -> Self {
        let scalar = |value: &Value| !matches!(value, Value::List(_));
        if choice.constants.len() <= SHORT || !choice.constants.iter().all(scalar) {
            return Self::Few(choice.clone());
        }
        let keys = choice.constants.iter().map(|constant| key(constant, choice.exact)).collect();
        Self::Many { keys, exact: choice.exact }
    }

    pub(super) fn contains(&self, value: &Value) -> bool {
        match self {
            Self::Few(choice) => choice.constants.iter().any(|it| compare::equal(value, it, choice.exact)),
            Self::Many { keys, exact } => keys.contains(&key(value, *exact)),
        }
    }
}

/// Two scalars are equal for a rule just when their keys are equal to the letter.
fn key(value: &Value, exact: bool) -> Value {
    match value {
        Value::Text(label) if !exact => Value::Text(Text::from(text::fold(label))),
        _ => value.clone(),
    }
}
