//! Into which part of a dimension a value falls.

use std::cmp::Ordering;

use values::{Value, compare};

use super::texts::Texts;
use crate::program::index::{Cut, FIRST, Label, MISSING, OTHERS, Scale};

/// A scale, ready to be asked.
#[derive(Debug)]
pub(super) enum Parts {
    /// Texts by hash.
    Texts(Texts),
    /// Whatever else is told apart by what it is: truths.
    Labels(Vec<Label>),
    /// Numbers between cuts that are integers, which most are: the least integer above each cut; and the cuts themselves.
    Integers(Vec<i64>, Vec<Cut>),
    /// Whatever else stands in an order.
    Line(Vec<Cut>),
}

impl Parts {
    pub(super) fn new(scale: &Scale) -> Self {
        match scale {
            Scale::Labels { labels, exact } if labels.iter().any(|label| matches!(label.value, Value::Text(_))) => {
                Self::Texts(Texts::new(labels, *exact))
            }
            Scale::Labels { labels, .. } => Self::Labels(labels.clone()),
            Scale::Line(cuts) => match cuts.iter().map(least_above).collect() {
                Some(integers) => Self::Integers(integers, cuts.clone()),
                None => Self::Line(cuts.clone()),
            },
        }
    }

    /// The part of a value.
    pub(super) fn of(&self, value: &Value) -> u32 {
        if value.is_missing() {
            return MISSING;
        }
        match self {
            Self::Texts(texts) => match value {
                Value::Text(text) => texts.part(text),
                _ => OTHERS,
            },
            Self::Labels(labels) => labels.iter().find(|it| it.value == *value).map_or(OTHERS, |label| label.part),
            Self::Integers(integers, cuts) => match value {
                Value::Number(number) => match number.as_i64() {
                    Some(number) => OTHERS + count(integers.partition_point(|least| *least <= number)),
                    None => on_line(cuts, value),
                },
                _ => OTHERS,
            },
            Self::Line(cuts) => on_line(cuts, value),
        }
    }

    /// How many parts the bits are kept for: a value of a kind that the scale does not know is one of the others.
    pub(super) fn count(scale: &Scale) -> usize {
        scale.parts().max(FIRST as usize)
    }
}

/// The least integer above a cut, if the cut lies at one.
fn least_above(cut: &Cut) -> Option<i64> {
    let Value::Number(number) = &cut.value else { return None };
    number.as_i64()?.checked_add(i64::from(cut.after))
}

fn on_line(cuts: &[Cut], value: &Value) -> u32 {
    OTHERS
        + count(cuts.partition_point(|cut| match compare::order(&cut.value, value) {
            Some(Ordering::Less) => true,
            Some(Ordering::Equal) => !cut.after,
            Some(Ordering::Greater) | None => false,
        }))
}

fn count(cuts: usize) -> u32 {
    u32::try_from(cuts).unwrap_or(0)
}
