//! Lengths of time: the short forms of rule files, and ISO 8601 as data has them.

use super::{LiteralError, number};
use crate::{Duration, DurationUnit, FaultCode, Number};

/// A length of time: `2d`, `90min`, `1.5h`, `1 day`, `-2d`, or as ISO 8601 has it: `PT4H`, `P2D`, `P1DT12H`, `P1Y6M`. A
/// length is either exact or in months and years, never a mixture.
pub fn duration(text: &str) -> Result<Duration, LiteralError> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let length = match unsigned.strip_prefix('P') {
        Some(parts) => iso(parts)?,
        None => amount_and_unit(unsigned)?,
    };
    if negative { length.negate().map_err(|_| LiteralError::OutOfRange) } else { Ok(length) }
}

/// `2d`, `2 days`
fn amount_and_unit(text: &str) -> Result<Duration, LiteralError> {
    let at = text.find(|letter: char| letter.is_alphabetic() || letter == ' ').ok_or(LiteralError::Malformed)?;
    let (amount, unit) = text.split_at_checked(at).ok_or(LiteralError::Malformed)?;
    let amount = unsigned(amount)?;
    match unit.trim_start_matches(' ') {
        "m" => Err(LiteralError::AmbiguousUnit),
        word => of(amount, DurationUnit::named(word).ok_or(LiteralError::Malformed)?),
    }
}

/// What follows the `P`: `2D`, `T4H`, `1DT12H`, `1Y6M`. The units come in falling size, each at most once.
fn iso(text: &str) -> Result<Duration, LiteralError> {
    const DAYS: [(char, DurationUnit); 4] =
        [('Y', DurationUnit::Year), ('M', DurationUnit::Month), ('W', DurationUnit::Week), ('D', DurationUnit::Day)];
    const HOURS: [(char, DurationUnit); 3] =
        [('H', DurationUnit::Hour), ('M', DurationUnit::Minute), ('S', DurationUnit::Second)];
    let (days, hours) = text.split_once('T').map_or((text, None), |(days, hours)| (days, Some(hours)));
    if (days.is_empty() && hours.is_none()) || hours == Some("") {
        return Err(LiteralError::Malformed);
    }
    let mut total = None;
    add_parts(&mut total, days, &DAYS)?;
    add_parts(&mut total, hours.unwrap_or_default(), &HOURS)?;
    total.ok_or(LiteralError::Malformed)
}

/// Adds `1D` or `4H30M` to what has been read before.
fn add_parts(
    total: &mut Option<Duration>,
    mut text: &str,
    mut units: &[(char, DurationUnit)],
) -> Result<(), LiteralError> {
    while !text.is_empty() {
        let at = text.find(|letter: char| letter.is_alphabetic()).ok_or(LiteralError::Malformed)?;
        let (amount, rest) = text.split_at_checked(at).ok_or(LiteralError::Malformed)?;
        let place = units.iter().position(|(letter, _)| rest.starts_with(*letter)).ok_or(LiteralError::Malformed)?;
        let (letter, unit) = units.get(place).ok_or(LiteralError::Malformed)?;
        let part = of(unsigned(amount)?, *unit)?;
        *total = Some(total.map_or(Ok(part), |total| sum(total, part))?);
        units = units.get(place + 1..).unwrap_or_default();
        text = rest.strip_prefix(*letter).unwrap_or_default();
    }
    Ok(())
}

/// A number without a sign or a suffix.
fn unsigned(text: &str) -> Result<Number, LiteralError> {
    if text.ends_with(|letter: char| letter.is_ascii_digit()) && !text.starts_with('-') {
        number(text)
    } else {
        Err(LiteralError::Malformed)
    }
}

fn of(amount: Number, unit: DurationUnit) -> Result<Duration, LiteralError> {
    Duration::of(amount, unit).map_err(|_| LiteralError::OutOfRange)
}

fn sum(left: Duration, right: Duration) -> Result<Duration, LiteralError> {
    match left.plus(right) {
        Some(sum) => sum.map_err(|_: FaultCode| LiteralError::OutOfRange),
        None => Err(LiteralError::Malformed),
    }
}
