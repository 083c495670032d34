//! Lengths of time as rules write them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::unit::{DurationUnit, Size};
use crate::{FaultCode, Number};

/// A length of time, as a rule writes it and a record holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Duration {
    /// An exact length in nanoseconds: `90s`, `2h`, `1d` (always 24 hours), `1w`.
    Exact(i64),
    /// Calendar months: `3mo`, `1y` (12 months). Their length depends on the instant they are added to.
    Months(i32),
    /// So many working days of a calendar, which is told by its place in the program.
    BusinessDays {
        /// How many.
        days: i32,
        /// Which calendar.
        calendar: u16,
    },
    /// So much working time of a calendar.
    BusinessHours {
        /// How much.
        nanoseconds: i64,
        /// Which calendar.
        calendar: u16,
    },
}

const NANOSECONDS_OF_AN_HOUR: i64 = 3_600 * 1_000_000_000;

impl Duration {
    /// So many nanoseconds.
    pub const fn exact(nanoseconds: i64) -> Self {
        Self::Exact(nanoseconds)
    }

    /// So many of a unit: `1.5` hours, `3` months. Exact lengths are rounded to whole nanoseconds; half a month has no
    /// length, so that only whole months are in range.
    pub fn of(amount: Number, unit: DurationUnit) -> Result<Self, FaultCode> {
        match unit.size() {
            Size::Nanoseconds(size) => Self::nearest(amount.multiply(size.into())),
            Size::Months(size) => amount
                .multiply(i64::from(size).into())
                .ok()
                .and_then(Number::as_i64)
                .and_then(|months| i32::try_from(months).ok())
                .map(Self::Months)
                .ok_or(FaultCode::DurationOverflow),
        }
    }

    /// So many working days of a calendar: a whole number.
    pub fn business_days(days: Number, calendar: u16) -> Result<Self, FaultCode> {
        let days = days.as_i64().and_then(|days| i32::try_from(days).ok());
        days.map(|days| Self::BusinessDays { days, calendar }).ok_or(FaultCode::DurationOverflow)
    }

    /// So many working hours of a calendar, rounded to whole nanoseconds.
    pub fn business_hours(hours: Number, calendar: u16) -> Result<Self, FaultCode> {
        match Self::nearest(hours.multiply(NANOSECONDS_OF_AN_HOUR.into()))? {
            Self::Exact(nanoseconds) => Ok(Self::BusinessHours { nanoseconds, calendar }),
            other => Ok(other),
        }
    }

    /// Whether its length depends on where it starts.
    pub const fn is_anchored(self) -> bool {
        !matches!(self, Self::Exact(_))
    }

    /// The calendar by which it is counted, if it is.
    pub const fn calendar(self) -> Option<u16> {
        match self {
            Self::BusinessDays { calendar, .. } | Self::BusinessHours { calendar, .. } => Some(calendar),
            Self::Exact(_) | Self::Months(_) => None,
        }
    }

    /// The length the other way round in time.
    pub fn negate(self) -> Result<Self, FaultCode> {
        match self {
            Self::Exact(nanoseconds) => nanoseconds.checked_neg().map(Self::Exact),
            Self::Months(months) => months.checked_neg().map(Self::Months),
            Self::BusinessDays { days, calendar } => {
                days.checked_neg().map(|days| Self::BusinessDays { days, calendar })
            }
            Self::BusinessHours { nanoseconds, calendar } => {
                nanoseconds.checked_neg().map(|nanoseconds| Self::BusinessHours { nanoseconds, calendar })
            }
        }
        .ok_or(FaultCode::DurationOverflow)
    }

    /// The sum; `None` for an exact length and months, which have none.
    pub(crate) fn plus(self, other: Self) -> Option<Result<Self, FaultCode>> {
        let sum = match (self, other) {
            (Self::Exact(left), Self::Exact(right)) => left.checked_add(right).map(Self::Exact),
            (Self::Months(left), Self::Months(right)) => left.checked_add(right).map(Self::Months),
            _ => return None,
        };
        Some(sum.ok_or(FaultCode::DurationOverflow))
    }

    /// The exact length that is nearest to a number of nanoseconds.
    pub(crate) fn nearest(nanoseconds: Result<Number, FaultCode>) -> Result<Self, FaultCode> {
        let whole = nanoseconds.and_then(|nanoseconds| nanoseconds.round(0));
        match whole {
            Ok(whole) => whole.as_i64().map(Self::Exact).ok_or(FaultCode::DurationOverflow),
            Err(FaultCode::NumberOverflow) => Err(FaultCode::DurationOverflow),
            Err(other) => Err(other),
        }
    }
}

/// As a literal, in the largest unit up to days (or years) that needs no fraction: `2d`, `90min`, `36h`, `3mo`, `1.5s`.
/// Weeks are shown as days. Business time is shown without its calendar, whose name is not known here: `3 business days`; a
/// [clock](crate::Clock::shown_length) knows it.
impl fmt::Display for Duration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Months(months) if months != 0 && months % 12 == 0 => write!(out, "{}y", months / 12),
            Self::Months(months) => write!(out, "{months}mo"),
            Self::BusinessDays { days, .. } => counted(out, i64::from(days).into(), "business day"),
            Self::BusinessHours { nanoseconds, .. } => {
                let hours = Number::from(nanoseconds).divide(NANOSECONDS_OF_AN_HOUR.into()).map_err(|_| fmt::Error)?;
                counted(out, hours, "business hour")
            }
            Self::Exact(0) => out.write_str("0s"),
            Self::Exact(nanoseconds) => {
                let units = [DurationUnit::Day, DurationUnit::Hour, DurationUnit::Minute];
                for unit in units {
                    if let Size::Nanoseconds(size) = unit.size()
                        && nanoseconds % size == 0
                    {
                        return write!(out, "{}{}", nanoseconds / size, unit.symbol());
                    }
                }
                fmt_seconds(nanoseconds, out)
            }
        }
    }
}

fn counted(out: &mut fmt::Formatter<'_>, count: Number, unit: &str) -> fmt::Result {
    write!(out, "{count} {unit}{}", if count == 1.into() { "" } else { "s" })
}

fn fmt_seconds(nanoseconds: i64, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let second = Number::from(1_000_000_000);
    match Number::from(nanoseconds).divide(second) {
        Ok(seconds) => write!(out, "{seconds}s"),
        Err(_) => Err(fmt::Error),
    }
}
