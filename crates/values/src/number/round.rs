//! The one place where numbers are rounded.

use std::cmp::Ordering;

use super::Number;
use crate::FaultCode;

/// How many significant digits a number has at most.
pub(super) const DIGITS: u32 = 28;
/// How many digits stand after the point at most.
const SCALE: i32 = 28;

/// The exact result of a computation, before it is made to fit.
///
/// Its size is `digits × 10^-scale`; with `more`, it is larger than that by less than one unit of the last digit. Whoever
/// sets `more` must have computed more digits than a number can hold, so that the last one is always rounded away.
pub(super) struct Unrounded {
    pub(super) negative: bool,
    pub(super) digits: u128,
    pub(super) scale: i32,
    pub(super) more: bool,
}

impl Unrounded {
    /// A result that is known to its last digit.
    pub(super) const fn exact(digits: i128, scale: i32) -> Self {
        Self { negative: digits < 0, digits: digits.unsigned_abs(), scale, more: false }
    }

    /// The nearest number; of two that are equally near, the one with an even last digit.
    pub(super) fn round(self) -> Result<Number, FaultCode> {
        let too_many = length(self.digits).saturating_sub(DIGITS).cast_signed();
        let too_fine = self.scale.saturating_sub(SCALE);
        let drop = too_many.max(too_fine).max(0);
        let kept = half_even(self.digits, drop.unsigned_abs(), self.more);
        let scale = self.scale.saturating_sub(drop);
        let fitted = if scale < 0 { scaled_up(kept, scale.unsigned_abs()) } else { Some(kept) };
        fitted
            .and_then(|digits| i128::try_from(digits).ok())
            .map(|digits| if self.negative { -digits } else { digits })
            .and_then(|digits| Number::from_parts(digits, scale.max(0).unsigned_abs()))
            .ok_or(FaultCode::NumberOverflow)
    }
}

fn scaled_up(digits: u128, zeros: u32) -> Option<u128> {
    if digits == 0 {
        return Some(0);
    }
    digits.checked_mul(10u128.checked_pow(zeros)?)
}

/// `digits` without its last `drop` digits, rounded half-even. `more` says that something follows the last digit.
pub(super) fn half_even(digits: u128, drop: u32, more: bool) -> u128 {
    if drop == 0 {
        return digits;
    }
    let Some(unit) = 10u128.checked_pow(drop) else { return 0 };
    let (kept, rest) = (digits / unit, digits % unit);
    let up = match rest.cmp(&(unit / 2)) {
        Ordering::Less => false,
        Ordering::Equal => more || kept % 2 == 1,
        Ordering::Greater => true,
    };
    kept + u128::from(up)
}

/// How many decimal digits a whole number has; none for zero.
pub(super) fn length(digits: u128) -> u32 {
    digits.checked_ilog10().map_or(0, |log| log + 1)
}

/// 10 to a power of at most 38.
pub(super) const fn power_of_ten(exponent: u32) -> u128 {
    10u128.saturating_pow(exponent)
}
