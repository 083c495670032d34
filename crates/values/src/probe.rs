//! A test of one value against what is known before any record: what rules ask of a field.

use std::cmp::Ordering;

use crate::{Pattern, Text, Value, compare, text};

/// A test that a value, or one member of a list, may pass.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Probe {
    /// It is this value.
    Equal {
        /// The value.
        value: Value,
        /// Whether text is compared to the letter.
        exact: bool,
    },
    /// A text is found in it.
    Search {
        /// Where it must stand.
        place: Standing,
        /// The text.
        part: Text,
        /// Whether it is looked for to the letter.
        exact: bool,
    },
    /// A pattern is found in it.
    Matches(Pattern),
    /// It stands in an order to another value.
    Ordered {
        /// The other value.
        than: Value,
        /// Whether less than the other passes.
        less: bool,
        /// Whether the other value itself passes.
        equal: bool,
    },
    /// It lies in a range.
    Between {
        /// The least value.
        low: Value,
        /// The greatest value.
        high: Value,
        /// Whether the greatest is outside.
        exclusive: bool,
    },
}

/// Where a text stands in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Anywhere.
    Anywhere,
    /// As a word of its own.
    Word,
    /// At the start.
    Start,
    /// At the end.
    End,
}

impl Probe {
    /// Whether a value passes. A missing one never does; of a list one member must.
    pub fn holds(&self, value: &Value) -> bool {
        if let Value::List(members) = value {
            return members.iter().any(|member| self.holds(member));
        }
        match (self, value) {
            (Self::Equal { value: wanted, exact }, value) => compare::equal(value, wanted, *exact),
            (Self::Search { place, part, exact }, Value::Text(text)) => place.holds(text, part, *exact),
            (Self::Matches(pattern), Value::Text(text)) => pattern.is_match(text),
            (Self::Ordered { than, less, equal }, value) => match compare::order(value, than) {
                Some(Ordering::Equal) => *equal,
                Some(order) => order.is_lt() == *less,
                None => false,
            },
            (Self::Between { low, high, exclusive }, value) => {
                let above = compare::order(value, low).is_some_and(Ordering::is_ge);
                let below = compare::order(value, high);
                above && below.is_some_and(|order| if *exclusive { order.is_lt() } else { order.is_le() })
            }
            _ => false,
        }
    }
}

impl Standing {
    fn holds(self, within: &str, part: &str, exact: bool) -> bool {
        match (self, exact) {
            (Self::Anywhere, false) => text::contains_ignoring_case(within, part),
            (Self::Anywhere, true) => text::contains_exact(within, part),
            (Self::Word, false) => text::contains_word_ignoring_case(within, part),
            (Self::Word, true) => text::contains_word_exact(within, part),
            (Self::Start, false) => text::starts_with_ignoring_case(within, part),
            (Self::Start, true) => text::starts_with_exact(within, part),
            (Self::End, false) => text::ends_with_ignoring_case(within, part),
            (Self::End, true) => text::ends_with_exact(within, part),
        }
    }
}
