//! Exact decimal numbers.
//!
//! ```text
//!   text ──parse──▶ Number ──arithmetic──▶ Unrounded ──round──▶ Number
//! ```
//!
//! A number has at most 28 significant digits and at most 28 digits after the point. Results that need more are rounded
//! half-even, once, in `round.rs`; numbers that are *read* are never rounded: they fit exactly or are refused.
//!
//! `rust_decimal` holds what is no integer. Its own arithmetic is not used, because it gives 28 or 29 digits depending on
//! their size: `10 / 3` would have a digit that could not be read back.

mod arithmetic;
mod halving;
mod parse;
mod round;

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use parse::NumberError;

/// An exact decimal number between about -7.9 × 10^28 and 7.9 × 10^28, with at most 28 significant digits, of which at
/// most 28 stand after the point.
///
/// Equal numbers are the same number, however they were written: `1.50` is `1.5`, and `-0` is `0`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number(Form);

/// The two forms. A number has exactly one: every integer that fits is an `Integer`, so equality and hash may be derived.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    /// The fast path.
    Integer(i64),
    /// Anything else, without trailing zeros after the point.
    Decimal(Decimal),
}

impl Number {
    /// Nothing.
    pub const ZERO: Self = Self(Form::Integer(0));

    /// The number as an integer, when it is one between -2^63 and 2^63 - 1.
    pub const fn as_i64(self) -> Option<i64> {
        match self.0 {
            Form::Integer(integer) => Some(integer),
            Form::Decimal(_) => None,
        }
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        match self.0 {
            Form::Integer(integer) => integer < 0,
            Form::Decimal(decimal) => decimal.is_sign_negative(),
        }
    }

    /// Whether it is zero.
    pub const fn is_zero(self) -> bool {
        matches!(self.0, Form::Integer(0))
    }

    /// The number as `digits × 10^-scale`.
    fn parts(self) -> (i128, u32) {
        match self.0 {
            Form::Integer(integer) => (integer.into(), 0),
            Form::Decimal(decimal) => (decimal.mantissa(), decimal.scale()),
        }
    }

    /// The number `digits × 10^-scale` in its one form; `None` when it does not fit.
    fn from_parts(digits: i128, scale: u32) -> Option<Self> {
        if scale == 0
            && let Ok(integer) = i64::try_from(digits)
        {
            return Some(integer.into());
        }
        let decimal = Decimal::try_from_i128_with_scale(digits, scale).ok()?.normalize();
        let integer = if decimal.scale() == 0 { i64::try_from(decimal.mantissa()).ok() } else { None };
        Some(integer.map_or(Self(Form::Decimal(decimal)), Self::from))
    }

    fn as_decimal(self) -> Decimal {
        match self.0 {
            Form::Integer(integer) => integer.into(),
            Form::Decimal(decimal) => decimal,
        }
    }
}

impl From<i64> for Number {
    fn from(integer: i64) -> Self {
        Self(Form::Integer(integer))
    }
}

impl Default for Number {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.0, other.0) {
            (Form::Integer(left), Form::Integer(right)) => left.cmp(&right),
            _ => self.as_decimal().cmp(&other.as_decimal()),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Plain decimal digits, never an exponent, no trailing zeros after the point: `-0.5`, `70000`.
impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Form::Integer(integer) => fmt::Display::fmt(&integer, out),
            Form::Decimal(decimal) => fmt::Display::fmt(&decimal, out),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// As text: the one form that every data format keeps exactly.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl de::Visitor<'_> for Digits {
            type Value = Number;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number as text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
                Number::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Digits)
    }
}
