//! Into which part of a dimension a value falls.

use std::cmp::Ordering;

use values::{Number, Value, compare};

use super::needles::Needles;
use super::texts::Texts;
use crate::program::index::{Cut, FIRST, Label, MISSING, OTHERS, Scale};

/// A scale, ready to be asked.
#[derive(Debug)]
pub(super) enum Parts {
    /// Texts by hash.
    Texts(Texts),
    /// Needles in texts and lists.
    Holding(Needles),
    /// Whatever else is told apart by what it is: truths.
    Labels(Vec<Label>),
    /// Numbers between cuts at integers, as which most lie: the cuts by [halves](halves), and themselves for numbers that are
    /// too large.
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
            Scale::Holding { needles, exact } => Self::Holding(Needles::new(needles, *exact)),
            Scale::Line(cuts) => match cuts.iter().map(first_half).collect() {
                Some(integers) => Self::Integers(integers, cuts.clone()),
                None => Self::Line(cuts.clone()),
            },
        }
    }

    /// The part of a value. If there are several, it is [`SEVERAL`], and they are shown to `see`, some
    /// perhaps more than once; if that is not known, [`ANY`].
    pub(super) fn of(&self, value: &Value, mut see: impl FnMut(u32)) -> u32 {
        if value.is_missing() {
            return MISSING;
        }
        match self {
            Self::Texts(texts) => match value {
                Value::Text(text) => texts.part(text),
                _ => OTHERS,
            },
            Self::Holding(needles) => {
                let mut found = OTHERS;
                let told = needles.each(value, |part| {
                    if found != OTHERS && (found != part) {
                        if found != SEVERAL {
                            see(found);
                        }
                        see(part);
                        found = SEVERAL;
                    } else {
                        found = part;
                    }
                });
                if told { found } else { ANY }
            }
            Self::Labels(labels) => labels.iter().find(|it| it.value == *value).map_or(OTHERS, |label| label.part),
            Self::Integers(integers, cuts) => match value {
                Value::Number(number) => match halves(*number) {
                    Some(halves) => OTHERS + count(integers.partition_point(|first| *first <= halves)),
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

/// Any part: nothing is known of it.
pub(in crate::run) const ANY: u32 = u32::MAX;

/// Not one part but several.
pub(in crate::run) const SEVERAL: u32 = u32::MAX - 1;

/// Where a number lies among integers: twice the integer that it is, and what is between two integers between theirs.
fn halves(number: Number) -> Option<i64> {
    match number.as_i64() {
        Some(integer) => integer.checked_mul(2),
        None => number.floor().as_i64()?.checked_mul(2)?.checked_add(1),
    }
}

/// The halves with which what is above a cut begins, if the cut is at an integer.
fn first_half(cut: &Cut) -> Option<i64> {
    let Value::Number(number) = &cut.value else { return None };
    number.as_i64()?.checked_mul(2)?.checked_add(i64::from(cut.after))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fall_between_cuts_at_integers_as_they_do_between_any() {
        let number = |text: &str| Value::Number(Number::parse(text).unwrap());
        let integers = ["-9223372036854775808", "-1", "0", "5", "4611686018427387904"];
        let texts = [
            "-1000",
            "-1.5",
            "-1",
            "-0.001",
            "0",
            "0.001",
            "4.9",
            "5",
            "5.1",
            "4611686018427387904.5",
            "100000000000000000000",
        ];
        for end in 2..=integers.len() {
            let sides = |text: &&str| [false, true].map(|after| Cut { value: number(text), after });
            let cuts: Vec<Cut> = integers[1..end].iter().flat_map(sides).collect();
            let parts = Parts::new(&Scale::Line(cuts.clone()));
            assert_eq!(matches!(parts, Parts::Integers(..)), end < integers.len());
            for text in texts {
                assert_eq!(parts.of(&number(text), |_| {}), on_line(&cuts, &number(text)), "{text}");
            }
        }
    }
}
