//! Arithmetic: integers on the fast path, everything else exactly as on paper and then rounded once.

use super::round::{DIGITS, Unrounded, half_even, length, power_of_ten};
use super::{Form, Number};
use crate::FaultCode;

/// How many digits are computed before rounding where not all can be: well over 28, and any such number fits a `u128`.
const WORKING_DIGITS: u32 = 37;

impl Number {
    /// The sum.
    #[expect(clippy::should_implement_trait, reason = "an operator could not fail")]
    pub fn add(self, other: Self) -> Result<Self, FaultCode> {
        if let (Form::Integer(left), Form::Integer(right)) = (self.0, other.0)
            && let Some(sum) = left.checked_add(right)
        {
            return Ok(sum.into());
        }
        let (left, right) = (self.parts(), other.parts());
        let (fine, coarse) = if left.1 >= right.1 { (left, right) } else { (right, left) };
        exact_sum(fine, coarse).unwrap_or_else(|| long_sum(fine, coarse)).round()
    }

    /// The difference.
    pub fn subtract(self, other: Self) -> Result<Self, FaultCode> {
        if let (Form::Integer(left), Form::Integer(right)) = (self.0, other.0)
            && let Some(difference) = left.checked_sub(right)
        {
            return Ok(difference.into());
        }
        self.add(other.negate())
    }

    /// The product.
    pub fn multiply(self, other: Self) -> Result<Self, FaultCode> {
        if let (Form::Integer(left), Form::Integer(right)) = (self.0, other.0)
            && let Some(product) = left.checked_mul(right)
        {
            return Ok(product.into());
        }
        let ((left, left_scale), (right, right_scale)) = (self.parts(), other.parts());
        let scale = (left_scale + right_scale).cast_signed();
        let negative = (left < 0) != (right < 0);
        let (left, right) = (left.unsigned_abs(), right.unsigned_abs());
        match left.checked_mul(right) {
            Some(digits) => Unrounded { negative, digits, scale, more: false },
            None => long_product(left, right, scale, negative),
        }
        .round()
    }

    /// The quotient.
    pub fn divide(self, other: Self) -> Result<Self, FaultCode> {
        if other.is_zero() {
            return Err(FaultCode::DivisionByZero);
        }
        if let (Form::Integer(left), Form::Integer(right)) = (self.0, other.0)
            && left.checked_rem(right) == Some(0)
        {
            return Ok((left / right).into());
        }
        let ((left, left_scale), (right, right_scale)) = (self.parts(), other.parts());
        let scale = left_scale.cast_signed() - right_scale.cast_signed();
        let quotient = long_quotient(left.unsigned_abs(), right.unsigned_abs(), scale);
        Unrounded { negative: (left < 0) != (right < 0), ..quotient }.round()
    }

    /// What remains when the other fits in a whole number of times, with the sign of the other, as in spreadsheets:
    /// `7 % 3` is 1, and so is `-5 % 3`.
    pub fn remainder(self, other: Self) -> Result<Self, FaultCode> {
        if other.is_zero() {
            return Err(FaultCode::DivisionByZero);
        }
        let rest = match (self.0, other.0) {
            (Form::Integer(left), Form::Integer(right)) => left.checked_rem(right).unwrap_or(0).into(),
            _ => truncated_remainder(self.parts(), other.parts()).round()?,
        };
        if rest.is_zero() || rest.is_negative() == other.is_negative() { Ok(rest) } else { rest.add(other) }
    }

    /// The number with the other sign.
    pub fn negate(self) -> Self {
        match self.0 {
            Form::Integer(integer) => match integer.checked_neg() {
                Some(negated) => negated.into(),
                None => Self(Form::Decimal(-self.as_decimal())),
            },
            // -2^63 is an integer while 2^63 is none, so the form may change.
            Form::Decimal(decimal) => {
                Self::from_parts(-decimal.mantissa(), decimal.scale()).unwrap_or(Self(Form::Decimal(-decimal)))
            }
        }
    }

    /// The number without its sign.
    pub fn abs(self) -> Self {
        if self.is_negative() { self.negate() } else { self }
    }

    /// Rounds half-even to so many digits after the point; with a negative number of digits, to tens, hundreds and so on.
    pub fn round(self, digits: i32) -> Result<Self, FaultCode> {
        let (value, scale) = self.parts();
        let drop = i64::from(scale) - i64::from(digits);
        let Ok(drop @ 1..) = u32::try_from(drop) else { return Ok(self) };
        let kept = half_even(value.unsigned_abs(), drop, false);
        Unrounded { negative: value < 0, digits: kept, scale: digits, more: false }.round()
    }

    /// The largest whole number that is not above it.
    pub fn floor(self) -> Self {
        self.whole(i128::div_euclid)
    }

    /// The smallest whole number that is not below it.
    pub fn ceiling(self) -> Self {
        self.whole(|digits, unit| -(-digits).div_euclid(unit))
    }

    /// A whole number near it. A number with a fraction has fewer than 28 digits before the point, so that one fits.
    fn whole(self, divide: impl Fn(i128, i128) -> i128) -> Self {
        let (digits, scale) = self.parts();
        let unit = power_of_ten(scale).cast_signed();
        Self::from_parts(divide(digits, unit), 0).unwrap_or(self)
    }
}

/// A number as `digits × 10^-scale`.
type Parts = (i128, u32);

/// The sum when all its digits fit; `fine` has at least as many digits after the point as `coarse`.
fn exact_sum(fine: Parts, coarse: Parts) -> Option<Unrounded> {
    let raised = coarse.0.checked_mul(power_of_ten(fine.1 - coarse.1).cast_signed())?;
    let sum = fine.0.checked_add(raised)?;
    Some(Unrounded::exact(sum, fine.1.cast_signed()))
}

/// The sum when `coarse` dwarfs `fine`, so that the last digits of `fine` only say whether there is more:
///
/// ```text
///     coarse  7000000000000000000000000000|000000000|
///     fine                              12|345678901|2345678
///                                                    └ dropped
/// ```
fn long_sum(fine: Parts, coarse: Parts) -> Unrounded {
    let negative = coarse.0 < 0;
    let (fine_digits, coarse_digits) = if negative { (-fine.0, -coarse.0) } else { (fine.0, coarse.0) };
    let gap = fine.1 - coarse.1;
    let raise = WORKING_DIGITS.saturating_sub(length(coarse_digits.unsigned_abs())).min(gap);
    let unit = power_of_ten(gap - raise).cast_signed();
    let sum = coarse_digits * power_of_ten(raise).cast_signed() + fine_digits.div_euclid(unit);
    Unrounded {
        negative,
        digits: sum.unsigned_abs(),
        scale: (coarse.1 + raise).cast_signed(),
        more: fine_digits.rem_euclid(unit) != 0,
    }
}

/// The product in halves of 14 digits, when it does not fit in one integer:
///
/// ```text
///     (a·10¹⁴ + b) · (c·10¹⁴ + d)  =  ac·10²⁸ + (ad + bc)·10¹⁴ + bd
/// ```
fn long_product(left: u128, right: u128, scale: i32, negative: bool) -> Unrounded {
    const HALF: u128 = power_of_ten(14);
    const WHOLE: u128 = power_of_ten(28);
    let ((a, b), (c, d)) = ((left / HALF, left % HALF), (right / HALF, right % HALF));
    let middle = a * d + b * c;
    let low = b * d + middle % HALF * HALF;
    let high = a * c + middle / HALF + low / WHOLE;
    let low = low % WHOLE;
    // Of the low 28 digits, as many are kept as there is room for; it is room for many more than will stay.
    let drop = 28 - WORKING_DIGITS.saturating_sub(length(high)).min(28);
    let unit = power_of_ten(drop);
    Unrounded {
        negative,
        digits: high * power_of_ten(28 - drop) + low / unit,
        scale: scale - drop.cast_signed(),
        more: !low.is_multiple_of(unit),
    }
}

/// The quotient by long division, nine digits at a time, until nothing remains or more digits are known than will stay.
fn long_quotient(dividend: u128, divisor: u128, scale: i32) -> Unrounded {
    const STEP: u32 = 9;
    let (mut digits, mut rest, mut scale) = (dividend / divisor, dividend % divisor, scale);
    while rest != 0 && length(digits) <= DIGITS && scale <= DIGITS.cast_signed() {
        rest *= power_of_ten(STEP);
        digits = digits * power_of_ten(STEP) + rest / divisor;
        rest %= divisor;
        scale += STEP.cast_signed();
    }
    Unrounded { negative: false, digits, scale, more: rest != 0 }
}

/// The remainder with the sign of the dividend; always exact.
fn truncated_remainder(dividend: Parts, divisor: Parts) -> Unrounded {
    let (mut rest, size) = (dividend.0.unsigned_abs(), divisor.0.unsigned_abs());
    let scale = dividend.1.max(divisor.1);
    if dividend.1 >= divisor.1 {
        // A divisor that leaves the range of integers is larger than any dividend.
        if let Some(size) = size.checked_mul(power_of_ten(scale - divisor.1)) {
            rest %= size;
        }
    } else {
        rest %= size;
        for _ in dividend.1..scale {
            rest = rest * 10 % size;
        }
    }
    Unrounded { negative: dividend.0 < 0, digits: rest, scale: scale.cast_signed(), more: false }
}
