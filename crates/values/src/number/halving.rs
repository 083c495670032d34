//! What is left of a number that halves again and again: `amount × 2^(−age / every)`, the same on every machine.
//!
//! # How it is computed, and how exactly
//!
//! With `age = q · every + r`, where `q` is whole and `0 ≤ r < every`, the result is `amount · 2^(−r/every) / 2^q`.
//!
//! - `r = 0`: the amount is divided by `2^q`. The quotient is rounded to 28 significant digits like any other, then to six
//!   decimals. Only here can a result lie exactly between two: it is rounded half-even, as everywhere.
//! - `r > 0`: `2^(−r/every)` is irrational, so there are no ties. It is summed as the series of `e^(−t)` with
//!   `t = r/every · ln 2 < 0.7`, in whole numbers that count units of `2^−126`. `t` is short by less than 3 units, each
//!   of the 40 terms by less than 3 (2 of its own, and what it takes over from the term before), and what follows the
//!   last is below `0.7^40/40! < 2^−170`. So the sum is off by less than 128 units, that is less than
//!   `2^−119 < 2 · 10^−36`. It is rounded to 28 digits: a relative error of at most `10^−28`.
//!
//! The product and the quotient are rounded to 28 digits each. Before the last step the result is therefore off by less than
//! `3 · 10^−28` of itself, and the six decimals are those of the true value unless that lies within this distance of the
//! middle between two of them. No binary floating point takes part, so that all machines agree in any case.

use super::Number;
use super::round::{Unrounded, power_of_ten};
use crate::FaultCode;

/// How many decimals the result has.
const DECIMALS: i32 = 6;
/// 2^126: what counts as one.
const ONE: u128 = 1 << 126;
/// ln 2, in units of 2^−126, rounded down.
const LN_2: u128 = 58_966_440_806_378_323_534_486_035_691_038_621_099;
/// The greatest power of two that a number holds exactly is 2^92.
const MOST_TIMES: u32 = 92;
/// How many terms of the series are summed.
const TERMS: u128 = 40;

impl Number {
    /// The number after `age` of time in which it halves every `every`, both in the same unit, rounded half-even to six
    /// decimals. Nothing is left of a number that never stays: `every` zero gives zero.
    ///
    /// # Errors
    ///
    /// None in practice: the result is never larger than the number.
    pub fn halved(self, age: u128, every: u64) -> Result<Self, FaultCode> {
        let every = u128::from(every);
        let (Some(times), Some(rest)) = (age.checked_div(every), age.checked_rem(every)) else { return Ok(Self::ZERO) };
        // Beyond, nothing is left of the largest number.
        let Ok(times @ 0..=125) = u32::try_from(times) else { return Ok(Self::ZERO) };
        let share = if rest == 0 { Self::from(1) } else { share(rest, every)? };
        let most = times.min(MOST_TIMES);
        let halved = self.multiply(share)?.divide(power_of_two(most)?)?;
        halved.divide(power_of_two(times - most)?)?.round(DECIMALS)
    }
}

fn power_of_two(exponent: u32) -> Result<Number, FaultCode> {
    Unrounded { negative: false, digits: 1 << exponent, scale: 0, more: false }.round()
}

/// 2^(−rest/every), to 28 digits; `rest` is below `every`, which is below 2^64.
fn share(rest: u128, every: u128) -> Result<Number, FaultCode> {
    let exponent = product(fraction(rest, every), LN_2);
    let (mut sum, mut term) = (ONE, ONE);
    for place in 1..=TERMS {
        term = product(term, exponent) / place;
        sum = if place % 2 == 1 { sum - term } else { sum + term };
    }
    // One digit more than is kept, and the rest of the digits only says that there is more.
    let digits = product(sum, power_of_ten(29));
    Unrounded { negative: false, digits, scale: 29, more: true }.round()
}

/// `rest / every` in units of 2^−126, rounded down: 63 bits, then 63 more of what remains.
fn fraction(rest: u128, every: u128) -> u128 {
    let high = (rest << 63) / every;
    let low = (((rest << 63) % every) << 63) / every;
    (high << 63) + low
}

/// The product of two numbers in units of 2^−126 (or of one and a whole number), rounded down:
///
/// ```text
///     (a·2⁶⁴ + b) · (c·2⁶⁴ + d)  =  ac·2¹²⁸ + (ad + bc)·2⁶⁴ + bd
/// ```
const fn product(left: u128, right: u128) -> u128 {
    const LOW: u128 = u64::MAX as u128;
    let ((a, b), (c, d)) = ((left >> 64, left & LOW), (right >> 64, right & LOW));
    let middle = a * d + ((b * d) >> 64) + ((b * c) & LOW);
    let high = a * c + ((b * c) >> 64) + (middle >> 64);
    let low = ((middle & LOW) << 64) | ((b * d) & LOW);
    (high << 2) | (low >> 126)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halved(amount: &str, age: u128, every: u64) -> String {
        Number::parse(amount).unwrap().halved(age, every).unwrap().to_string()
    }

    /// Made by Python's `decimal` with 80 digits.
    #[test]
    fn it_agrees_with_eighty_digits() {
        for (amount, age, every, expected) in [
            ("5", 1, 14, "4.758476"),
            ("5", 13, 14, "2.626892"),
            ("100", 7, 2, "8.838835"),
            ("12345678.9", 1_209_599_999_999_999, 1_209_600_000_000_000, "6172839.45"),
            ("-1000000", 31, 30, "-488579.984217"),
            ("79228162514264337593543", 1, 3, "62883434260325338659831.23736"),
        ] {
            assert_eq!(halved(amount, age, every), expected, "{amount} after {age}/{every}");
        }
    }

    #[test]
    fn whole_times_are_exact_and_ties_go_to_the_even_digit() {
        assert_eq!(halved("5", 28, 14), "1.25");
        assert_eq!(halved("0.000001", 14, 14), "0");
        assert_eq!(halved("0.000003", 14, 14), "0.000002");
        assert_eq!(halved("1", 0, 14), "1");
        assert_eq!(halved("9999999999999999999999999999", 14, 14), "5000000000000000000000000000");
    }

    #[test]
    fn nothing_is_left_in_the_end() {
        assert_eq!(halved("9999999999999999999999999999", u128::MAX, 1), "0");
        assert_eq!(halved("5", 14 * 40, 14), "0");
        assert_eq!(halved("5", 1, 0), "0");
        assert_eq!(halved("9999999999999999999999999999", 93, 1), "1.009742");
        assert_eq!(halved("9999999999999999999999999999", 125, 1), "0");
    }
}
