//! Single values of Parquet: what they are, how they stand in JSON, and as values of the types they fit at once.

use std::fmt::Write as _;
use std::io::Write as _;

use jiff::civil::{DateTime, Time};
use jiff::{Span, Timestamp};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type as Physical};
use parquet::data_type::Int96;
use parquet::schema::types::ColumnDescriptor;
use values::{Date, Type, Value};

/// What the values of a column stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Truth,
    /// Whole numbers with a sign.
    Signed,
    /// Whole numbers without one, stored in a type that has one.
    Unsigned,
    /// Digits, of which so many stand behind the point.
    Decimal(i32),
    Floating,
    /// Two bytes each.
    Half,
    /// Text, or bytes that are taken for it.
    Text,
    /// Text that is JSON.
    Json,
    Uuid,
    Date,
    /// So many of these make a second.
    Time(i64),
    /// The same since 1970; whether that is an instant, or what a clock on the wall has shown.
    Moment(i64, bool),
}

/// A value as it is stored.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stored<'v> {
    Truth(bool),
    Integer(i64),
    Narrow(f32),
    Wide(f64),
    Bytes(&'v [u8]),
    Old(&'v Int96),
}

impl Kind {
    pub(super) fn of(column: &ColumnDescriptor) -> Self {
        let units = |unit: &TimeUnit| match unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        };
        match (column.logical_type_ref(), column.converted_type()) {
            (Some(LogicalType::Decimal(decimal)), _) => return Self::Decimal(decimal.scale),
            (_, ConvertedType::DECIMAL) => return Self::Decimal(column.type_scale()),
            (Some(LogicalType::Timestamp(it)), _) => return Self::Moment(units(&it.unit), it.is_adjusted_to_u_t_c),
            (_, ConvertedType::TIMESTAMP_MILLIS) => return Self::Moment(1_000, true),
            (_, ConvertedType::TIMESTAMP_MICROS) => return Self::Moment(1_000_000, true),
            (Some(LogicalType::Time(it)), _) => return Self::Time(units(&it.unit)),
            (_, ConvertedType::TIME_MILLIS) => return Self::Time(1_000),
            (_, ConvertedType::TIME_MICROS) => return Self::Time(1_000_000),
            (Some(LogicalType::Date), _) | (_, ConvertedType::DATE) => return Self::Date,
            (Some(LogicalType::Integer(it)), _) if !it.is_signed => return Self::Unsigned,
            (_, ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64) => {
                return Self::Unsigned;
            }
            (Some(LogicalType::Json), _) | (_, ConvertedType::JSON) => return Self::Json,
            (Some(LogicalType::Uuid), _) => return Self::Uuid,
            (Some(LogicalType::Float16), _) => return Self::Half,
            _ => {}
        }
        match column.physical_type() {
            Physical::BOOLEAN => Self::Truth,
            Physical::INT32 | Physical::INT64 => Self::Signed,
            Physical::INT96 => Self::Moment(1_000_000_000, true),
            Physical::FLOAT | Physical::DOUBLE => Self::Floating,
            Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY => Self::Text,
        }
    }

    /// The value, if it is of a type just as it is.
    pub(super) fn value(self, stored: Stored<'_>, ty: &Type) -> Option<Value> {
        match (self, stored, ty) {
            (Self::Truth, Stored::Truth(truth), Type::Truth) => Some(Value::Truth(truth)),
            (Self::Signed, Stored::Integer(number), Type::Number) => Some(Value::Number(number.into())),
            (Self::Floating, Stored::Wide(number), Type::Number) => whole(number).map(|it| Value::Number(it.into())),
            (Self::Floating, Stored::Narrow(number), Type::Number) => {
                whole(number.into()).map(|it| Value::Number(it.into()))
            }
            (Self::Decimal(0), Stored::Integer(number), Type::Number) => Some(Value::Number(number.into())),
            (Self::Text, Stored::Bytes(text), Type::Text | Type::ExactText | Type::User | Type::Team | Type::Queue) => {
                std::str::from_utf8(text).ok().map(Value::text)
            }
            (Self::Date, Stored::Integer(days), Type::Date) => day(days).map(Value::Date),
            (Self::Moment(units, true), stored, Type::DateTime) => instant(stored, units).map(Value::DateTime),
            _ => None,
        }
    }

    /// Writes a value as JSON. Bytes that are no text are written as they are, so that the record is found to be wrong.
    pub(super) fn write(self, stored: Stored<'_>, out: &mut Vec<u8>) {
        // Writing into memory does not fail.
        let _ = match (self, stored) {
            (_, Stored::Truth(truth)) => write!(out, "{truth}"),
            (Self::Decimal(scale), stored) => write!(out, "{}", decimal(stored, scale)),
            (Self::Unsigned, Stored::Integer(number)) => write!(out, "{}", number.cast_unsigned()),
            (Self::Date, Stored::Integer(days)) => written(out, day(days).as_ref()),
            (Self::Time(units), Stored::Integer(count)) => written(out, time(count, units).as_ref()),
            (Self::Moment(units, true), stored) => written(out, instant(stored, units).as_ref()),
            (Self::Moment(units, false), Stored::Integer(count)) => written(out, on_the_wall(count, units).as_ref()),
            (_, Stored::Integer(number)) => write!(out, "{number}"),
            (_, Stored::Wide(number)) if number.is_finite() => write!(out, "{number}"),
            (_, Stored::Narrow(number)) if number.is_finite() => write!(out, "{number}"),
            (_, Stored::Wide(number)) => write!(out, "\"{number}\""),
            (_, Stored::Narrow(number)) => write!(out, "\"{number}\""),
            (Self::Half, Stored::Bytes(bytes)) => return Self::Floating.write(Stored::Narrow(half(bytes)), out),
            (Self::Uuid, Stored::Bytes(bytes)) => write!(out, "\"{}\"", uuid(bytes)),
            (Self::Json, Stored::Bytes(json)) if is_json(json) => out.write_all(json.trim_ascii()),
            (_, Stored::Bytes(bytes)) => match std::str::from_utf8(bytes) {
                Ok(text) => serde_json::to_writer(out, text).map_err(Into::into),
                Err(_) => out.write_all(b"\"").and_then(|()| out.write_all(bytes)).and_then(|()| out.write_all(b"\"")),
            },
            (_, Stored::Old(_)) => Ok(()), // Each is a moment.
        };
    }
}

/// Writes something in quotes; a moment that no calendar has as a text that says so.
fn written(out: &mut Vec<u8>, what: Option<&impl std::fmt::Display>) -> std::io::Result<()> {
    match what {
        Some(what) => write!(out, "\"{what}\""),
        None => write!(out, "\"out of range\""),
    }
}

/// A floating-point number that is whole and exact.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

fn day(days: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(Span::new().try_days(days).ok()?).ok()
}

fn nanoseconds(count: i64, units: i64) -> i128 {
    i128::from(count) * i128::from(1_000_000_000 / units)
}

fn instant(stored: Stored<'_>, units: i64) -> Option<Timestamp> {
    match stored {
        Stored::Integer(count) => Timestamp::from_nanosecond(nanoseconds(count, units)).ok(),
        Stored::Old(old) => {
            // Nanoseconds of the day, and the day by its number since the beginning of Julian counting.
            const JULIAN_DAY_OF_1970: i128 = 2_440_588;
            const DAY: i128 = 86_400_000_000_000;
            let &[low, high, day] = old.data() else { return None };
            let of_day = i128::from(low) | i128::from(high) << 32;
            Timestamp::from_nanosecond((i128::from(day) - JULIAN_DAY_OF_1970) * DAY + of_day).ok()
        }
        _ => None,
    }
}

/// What a clock on the wall has shown.
fn on_the_wall(count: i64, units: i64) -> Option<DateTime> {
    let as_if_there = Timestamp::from_nanosecond(nanoseconds(count, units)).ok()?;
    Some(jiff::tz::TimeZone::UTC.to_datetime(as_if_there))
}

fn time(count: i64, units: i64) -> Option<Time> {
    let nanoseconds = i64::try_from(nanoseconds(count, units)).ok()?;
    Time::midnight().checked_add(Span::new().try_nanoseconds(nanoseconds).ok()?).ok()
}

/// The digits of a decimal.
fn decimal(stored: Stored<'_>, scale: i32) -> String {
    let digits = match stored {
        Stored::Integer(number) => number.to_string(),
        Stored::Bytes(bytes) => match integer(bytes) {
            Some(number) => number.to_string(),
            None => return "1e99".to_owned(), // More digits than any number may have.
        },
        _ => String::new(),
    };
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let scale = usize::try_from(scale).unwrap_or_default();
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, behind) = padded.split_at(padded.len() - scale);
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{behind}") }
}

/// A whole number in two's complement, the greatest byte first.
fn integer(bytes: &[u8]) -> Option<i128> {
    let fill = if bytes.first().is_some_and(|first| *first >= 0x80) { 0xff } else { 0 };
    let mut all = [fill; 17];
    let (before, last) = bytes.split_at(bytes.len().saturating_sub(all.len()));
    all.iter_mut().rev().zip(last.iter().rev()).for_each(|(place, byte)| *place = *byte);
    let [first, rest @ ..] = all;
    let is_whole = before.iter().all(|byte| *byte == fill) && first == fill && rest.first()? >> 7 == fill >> 7;
    is_whole.then(|| i128::from_be_bytes(rest))
}

fn uuid(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (place, byte) in bytes.iter().enumerate() {
        let _ = write!(text, "{}{byte:02x}", if matches!(place, 4 | 6 | 8 | 10) { "-" } else { "" });
    }
    text
}

/// A floating-point number of two bytes.
fn half(bytes: &[u8]) -> f32 {
    let &[low, high] = bytes else { return f32::NAN };
    let bits = u16::from_le_bytes([low, high]);
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let fraction = f32::from(bits & 0x3ff) / 1024.0;
    sign * match i32::from(bits >> 10 & 0x1f) {
        0 => fraction * 2f32.powi(-14),
        31 if fraction == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        exponent => (1.0 + fraction) * 2f32.powi(exponent - 15),
    }
}

fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok()
}
