//! Text as it stands in rule files and in data, read as values.
//!
//! Strict on purpose: one spelling of a date, one of a number. What looks like a date in another order of day and month is
//! better refused than guessed.

mod cell;
mod duration;
mod meant;
mod moment;
mod money;

use std::fmt;

use crate::{Number, NumberError};

pub use cell::{Unfit, money_of, of_type};
pub use duration::duration;
pub use meant::{dates_meant, numbers_meant};
pub use moment::{date, instant};
pub use money::money;

/// Why a text is not the value that was wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LiteralError {
    /// It is not written as such a value.
    Malformed,
    /// It is written as one, but there is no such day or time: `2026-02-30`, `25:00`.
    Impossible,
    /// It is outside of what such a value can hold.
    OutOfRange,
    /// A number followed by a bare `m`, which could be minutes or months.
    AmbiguousUnit,
}

impl fmt::Display for LiteralError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => "it is not written as such a value",
            Self::Impossible => "there is no such day or time",
            Self::OutOfRange => "it is out of range",
            Self::AmbiguousUnit => "`m` could be minutes (`min`) or months (`mo`)",
        })
    }
}

impl std::error::Error for LiteralError {}

impl From<NumberError> for LiteralError {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::Malformed => Self::Malformed,
            NumberError::OutOfRange => Self::OutOfRange,
        }
    }
}

/// What may stand directly behind a number, and by which power of ten it multiplies.
const SUFFIXES: [(char, &str); 3] = [('k', "e3"), ('M', "e6"), ('%', "e-2")];

/// A number as rule files write it: `70`, `70_000` (a `_` between digits), `-1.5`, `5k`, `2.5M`, `12%` (which is 0.12).
pub fn number(text: &str) -> Result<Number, LiteralError> {
    let suffix = SUFFIXES.iter().find_map(|(suffix, power)| Some((text.strip_suffix(*suffix)?, power)));
    let (digits, power) = suffix.map_or((text, ""), |(digits, power)| (digits, *power));
    let mut plain = without_separators(digits)?;
    plain.push_str(power);
    Ok(Number::parse(&plain)?)
}

/// The text without `_`, each of which must stand between two digits, and without anything but a sign, digits and point.
fn without_separators(text: &str) -> Result<String, LiteralError> {
    let between_digits = text.split('_').collect::<Vec<_>>().windows(2).all(|sides| match sides {
        [left, right] => left.ends_with(is_digit) && right.starts_with(is_digit),
        _ => true,
    });
    let plain = text.chars().all(|letter| is_digit(letter) || matches!(letter, '_' | '.' | '-'));
    if between_digits && plain { Ok(text.replace('_', "")) } else { Err(LiteralError::Malformed) }
}

const fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}
