//! What was seen in one field.

use std::collections::BTreeMap;

use values::{Value, compare};

/// How many different texts of a field are kept; those that come later are counted as a whole.
pub const VALUES: usize = 10_000;
/// How many examples are kept of what is wrong.
pub const SAMPLES: usize = 3;
/// How long a text may be that is kept, in bytes.
const LONGEST: usize = 200;

/// What was seen in one field.
#[derive(Clone, Debug, Default)]
pub struct Surveyed {
    /// Whether a column or key for it was ever there.
    pub known: bool,
    /// How many records have a value of its type.
    pub present: u64,
    /// How many have a value of another type.
    pub wrong: u64,
    /// The first of those.
    pub samples: Vec<Sample>,
    /// The texts and how often each stands there; of lists, the members.
    pub values: BTreeMap<String, u64>,
    /// Whether there are more different texts than were kept.
    pub overflowed: bool,
    /// Texts outside the labels of a `one of`.
    pub outside: BTreeMap<String, u64>,
    /// The least and the greatest value, where there is an order.
    pub range: Option<(Value, Value)>,
}

/// A value that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The file.
    pub file: String,
    /// The line on which its record begins.
    pub line: u64,
    /// As it stands in the data, shortened.
    pub value: String,
    /// What is wrong with it.
    pub message: String,
}

impl Surveyed {
    pub(super) fn note(&mut self, value: &Value) {
        match value {
            Value::Text(text) => count(&mut self.values, text, &mut self.overflowed),
            Value::List(members) => members.iter().for_each(|member| self.note(member)),
            value => self.widen(value),
        }
    }

    fn widen(&mut self, value: &Value) {
        let (least, most) = self.range.get_or_insert_with(|| (value.clone(), value.clone()));
        if compare::order(value, least).is_some_and(std::cmp::Ordering::is_lt) {
            *least = value.clone();
        }
        if compare::order(value, most).is_some_and(std::cmp::Ordering::is_gt) {
            *most = value.clone();
        }
    }

    pub(super) fn note_outside(&mut self, text: &str) {
        count(&mut self.outside, text, &mut self.overflowed);
    }
}

fn count(values: &mut BTreeMap<String, u64>, text: &str, overflowed: &mut bool) {
    if let Some(count) = values.get_mut(text) {
        *count += 1;
    } else if values.len() < VALUES && text.len() <= LONGEST {
        values.insert(text.to_owned(), 1);
    } else {
        *overflowed = true;
    }
}

/// The first letters of a piece of data.
pub(super) fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    let short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() { short + "…" } else { short }
}
