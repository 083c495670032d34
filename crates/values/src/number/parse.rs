//! Text to number, exactly or not at all.

use std::fmt;

use rust_decimal::Decimal;

use super::round::{DIGITS, power_of_ten};
use super::{Form, Number};

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberError {
    /// It is not written as a number.
    Malformed,
    /// It is a number that cannot be held exactly: too large, too small, or with more than 28 significant digits.
    OutOfRange,
}

impl fmt::Display for NumberError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => "it is not written as a number",
            Self::OutOfRange => "it cannot be held exactly: a number has at most 28 digits",
        })
    }
}

impl std::error::Error for NumberError {}

impl Number {
    /// Reads digits with an optional `-` before, an optional fraction and an optional exponent: `-12`, `0.5`, `1e6`,
    /// `2.50E-3`. No spaces, no `+` before, no separators, and a digit on either side of the point.
    ///
    /// A number that has more than 28 significant digits (zeros at the end do not count), or lies outside of what a
    /// number can hold, is [`OutOfRange`](NumberError::OutOfRange): it is never rounded.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        short(text).map_or_else(|| long(text), Ok)
    }
}

/// Any number.
fn long(text: &str) -> Result<Number, NumberError> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (decimal, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((decimal, exponent)) => (decimal, read_exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = match decimal.split_once('.') {
        Some((whole, fraction)) => (whole, require_digits(fraction)?),
        None => (decimal, ""),
    };
    let digits = Digits::read(require_digits(whole)?.bytes().chain(fraction.bytes()));
    let shift = exponent.saturating_sub(i64::try_from(fraction.len()).unwrap_or(i64::MAX));
    digits.shifted(negative, shift).ok_or(NumberError::OutOfRange)
}

/// Up to eighteen digits with or without a point among them, as most numbers are written.
fn short(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    if bytes.len() > 19 || (bytes.len() == 19 && !bytes.contains(&b'.')) {
        return None;
    }
    let (mut digits, mut point) = (0_i64, None);
    for (place, byte) in bytes.iter().enumerate() {
        match byte.wrapping_sub(b'0') {
            digit @ 0..10 => digits = digits * 10 + i64::from(digit),
            _ if *byte == b'.' && place > 0 && point.is_none() => point = Some(place),
            _ => return None,
        }
    }
    match point {
        None => (!bytes.is_empty()).then(|| digits.into()),
        Some(point) => with_point(digits, bytes.len() - 1 - point),
    }
}

/// Some digits, of which so many stand behind the point.
fn with_point(mut digits: i64, behind: usize) -> Option<Number> {
    let mut scale = u32::try_from(behind).ok().filter(|scale| *scale > 0)?;
    while scale > 0 && digits % 10 == 0 {
        digits /= 10;
        scale -= 1;
    }
    Some(if scale == 0 { digits.into() } else { Number(Form::Decimal(Decimal::new(digits, scale))) })
}

fn require_digits(text: &str) -> Result<&str, NumberError> {
    let well_formed = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if well_formed { Ok(text) } else { Err(NumberError::Malformed) }
}

/// The exponent; one that no integer can hold is as good as the largest.
fn read_exponent(text: &str) -> Result<i64, NumberError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let size: i64 = require_digits(digits)?.parse().unwrap_or(i64::MAX);
    Ok(if negative { -size } else { size })
}

/// Digits without the zeros at either end: `value × 10^zeros`.
#[derive(Default)]
struct Digits {
    value: u128,
    /// Zeros read since the last digit that is none.
    zeros: i64,
    /// How many digits `value` has.
    length: i64,
}

impl Digits {
    fn read(digits: impl Iterator<Item = u8>) -> Self {
        let mut read = Self::default();
        for digit in digits {
            read.push(digit.wrapping_sub(b'0'));
        }
        read
    }

    /// Appends a digit. Beyond 28 only their number is kept: such a number is refused anyway.
    fn push(&mut self, digit: u8) {
        if digit == 0 {
            self.zeros += i64::from(self.length > 0);
            return;
        }
        self.length += self.zeros + 1;
        if self.length <= i64::from(DIGITS) {
            let shift = u32::try_from(self.zeros + 1).unwrap_or(DIGITS);
            self.value = self.value * power_of_ten(shift) + u128::from(digit);
        }
        self.zeros = 0;
    }

    fn shifted(&self, negative: bool, shift: i64) -> Option<Number> {
        if self.length == 0 {
            return Some(Number::ZERO);
        }
        if self.length > i64::from(DIGITS) {
            return None;
        }
        let shift = i32::try_from(shift.saturating_add(self.zeros)).ok()?;
        let (value, scale) = if shift < 0 {
            (self.value, shift.unsigned_abs())
        } else {
            let power = 10u128.checked_pow(shift.unsigned_abs())?;
            (self.value.checked_mul(power)?, 0)
        };
        let value = i128::try_from(value).ok()?;
        Number::from_parts(if negative { -value } else { value }, scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_what_long_ones_are() {
        for length in 0..=22 {
            for digit in ["0", "1", "9", "90", "09"] {
                let digits: String = digit.chars().cycle().take(length).collect();
                let points = (0..=length).map(|place| format!("{}.{}", &digits[..place], &digits[place..]));
                for text in points.chain([digits.clone(), format!("-{digits}"), format!("{digits}..")]) {
                    let is_same = |number| Ok(number) == long(&text);
                    assert!(short(&text).is_none_or(is_same), "{text}: {:?}", short(&text));
                    assert_eq!(Number::parse(&text), long(&text), "{text}");
                }
            }
        }
        assert!(short("999999999999999999").is_some() && short("99999999.9999999999").is_some());
    }
}
