//! Dates and instants: ISO 8601, in the spellings that people and CRM exports use.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::LiteralError;
use crate::Instant;

/// A day: `2026-01-31`, always with four, two and two digits.
pub fn date(text: &str) -> Result<Date, LiteralError> {
    let mut rest = Rest(text);
    let date = rest.date()?;
    rest.end()?;
    date.check()
}

/// An instant: `2026-01-31T09:00+01:00`. A space may stand for the `T`; seconds, and up to nine digits of their fraction,
/// may follow the minutes; the offset is `Z`, `+01`, `+0100` or `+01:00`.
///
/// Without an offset the time is local to `zone`. A local time that a change of the clocks skips is taken as long after the
/// change as it claims to be; of two, the earlier counts.
pub fn instant(text: &str, zone: &TimeZone) -> Result<Instant, LiteralError> {
    if let Some(instant) = in_utc(text) {
        return Ok(instant);
    }
    let mut rest = Rest(text);
    let date = rest.date()?;
    rest.one_of(['T', 't', ' ']).ok_or(LiteralError::Malformed)?;
    let time = rest.time()?;
    let offset = rest.offset()?;
    rest.end()?;
    let local = DateTime::from_parts(date.check()?, time.check()?);
    match offset {
        Some(offset) => offset.check()?.to_timestamp(local),
        None => zone.to_ambiguous_timestamp(local).compatible(),
    }
    .map_err(|_| LiteralError::OutOfRange)
}

/// An instant written as most data has it: `2026-01-31T09:00:00Z`.
fn in_utc(text: &str) -> Option<Instant> {
    let bytes: &[u8; 20] = text.as_bytes().try_into().ok()?;
    let [year @ .., b'-', m, mm, b'-', d, dd, b'T', h, hh, b':', i, ii, b':', s, ss, b'Z'] = bytes else { return None };
    let two = |tens: u8, ones: u8| number(&[tens, ones]);
    let (year, month, day) = (number(year)?, two(*m, *mm)?, two(*d, *dd)?);
    let (hour, minute, second) = (two(*h, *hh)?, two(*i, *ii)?, two(*s, *ss)?);
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let seconds = i64::from(days(year, month, day)) * 86_400 + i64::from((hour * 60 + minute) * 60 + second);
    if hour < 24 && minute < 60 && second < 60 { Instant::from_second(seconds).ok() } else { None }
}

fn number(digits: &[u8]) -> Option<i32> {
    digits.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i32::from(byte - b'0')))
}

/// How many days a day lies behind the first of 1970. Years are counted from March, so that a leap day is the last of one:
/// E. M. Reingold and N. Dershowitz, *Calendrical Calculations*.
fn days(year: i32, month: i32, day: i32) -> i32 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day
        - 719_469
}

/// A day as it is written, which need not exist.
struct WrittenDate {
    year: u32,
    month: u32,
    day: u32,
}

impl WrittenDate {
    fn check(&self) -> Result<Date, LiteralError> {
        Date::new(narrow(self.year)?, narrow(self.month)?, narrow(self.day)?).map_err(|_| LiteralError::Impossible)
    }
}

/// A time of day as it is written, which need not exist.
struct WrittenTime {
    hour: u32,
    minute: u32,
    second: u32,
    nanosecond: u32,
}

impl WrittenTime {
    fn check(&self) -> Result<Time, LiteralError> {
        Time::new(narrow(self.hour)?, narrow(self.minute)?, narrow(self.second)?, narrow(self.nanosecond)?)
            .map_err(|_| LiteralError::Impossible)
    }
}

/// A distance from UTC as it is written.
struct WrittenOffset {
    negative: bool,
    hours: u32,
    minutes: u32,
}

impl WrittenOffset {
    fn check(&self) -> Result<Offset, LiteralError> {
        if self.minutes > 59 {
            return Err(LiteralError::Impossible);
        }
        let seconds: i32 = narrow(self.hours * 3600 + self.minutes * 60)?;
        Offset::from_seconds(if self.negative { -seconds } else { seconds }).map_err(|_| LiteralError::Impossible)
    }
}

fn narrow<T: TryFrom<u32>>(number: u32) -> Result<T, LiteralError> {
    T::try_from(number).map_err(|_| LiteralError::Impossible)
}

/// What has not been read yet.
struct Rest<'t>(&'t str);

impl Rest<'_> {
    fn date(&mut self) -> Result<WrittenDate, LiteralError> {
        let year = self.digits(4)?;
        self.expect('-')?;
        let month = self.digits(2)?;
        self.expect('-')?;
        Ok(WrittenDate { year, month, day: self.digits(2)? })
    }

    fn time(&mut self) -> Result<WrittenTime, LiteralError> {
        let hour = self.digits(2)?;
        self.expect(':')?;
        let minute = self.digits(2)?;
        let second = if self.one_of([':']).is_some() { self.digits(2)? } else { 0 };
        let nanosecond = if self.one_of(['.']).is_some() { self.fraction()? } else { 0 };
        Ok(WrittenTime { hour, minute, second, nanosecond })
    }

    fn offset(&mut self) -> Result<Option<WrittenOffset>, LiteralError> {
        let negative = match self.one_of(['Z', 'z', '+', '-']) {
            None => return Ok(None),
            Some('Z' | 'z') => return Ok(Some(WrittenOffset { negative: false, hours: 0, minutes: 0 })),
            Some(sign) => sign == '-',
        };
        let hours = self.digits(2)?;
        let minutes = if self.one_of([':']).is_some() || !self.0.is_empty() { self.digits(2)? } else { 0 };
        Ok(Some(WrittenOffset { negative, hours, minutes }))
    }

    /// A fraction of a second, in nanoseconds.
    fn fraction(&mut self) -> Result<u32, LiteralError> {
        let length = self.0.bytes().take_while(u8::is_ascii_digit).count();
        if length > 9 {
            return Err(LiteralError::Malformed);
        }
        let digits = self.digits(length)?;
        Ok((length..9).fold(digits, |digits, _| digits * 10))
    }

    /// Exactly so many digits, of which there must be one to nine.
    fn digits(&mut self, length: usize) -> Result<u32, LiteralError> {
        let (digits, rest) = self.0.split_at_checked(length).ok_or(LiteralError::Malformed)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(LiteralError::Malformed);
        }
        self.0 = rest;
        digits.parse().map_err(|_| LiteralError::Malformed)
    }

    fn one_of<const N: usize>(&mut self, letters: [char; N]) -> Option<char> {
        let letter = self.0.chars().next().filter(|letter| letters.contains(letter))?;
        self.0 = self.0.strip_prefix(letter)?;
        Some(letter)
    }

    fn expect(&mut self, letter: char) -> Result<(), LiteralError> {
        self.one_of([letter]).map(|_| ()).ok_or(LiteralError::Malformed)
    }

    fn end(&self) -> Result<(), LiteralError> {
        if self.0.is_empty() { Ok(()) } else { Err(LiteralError::Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_in_utc_are_read_in_one_way_or_the_other() {
        for year in (0..=9999).step_by(97).chain([0, 4, 100, 400, 1970, 2000, 2024, 2100, 9999]) {
            for (month, day) in (0..=13).flat_map(|month| [0, 1, 15, 28, 29, 30, 31, 32].map(|day| (month, day))) {
                for time in ["00:00:00", "09:07:05", "23:59:59", "24:00:00", "12:60:00", "12:00:60"] {
                    let text = |offset: &str| format!("{year:04}-{month:02}-{day:02}T{time}{offset}");
                    assert_eq!(
                        instant(&text("Z"), &TimeZone::UTC),
                        instant(&text("+00"), &TimeZone::UTC),
                        "{}",
                        text("Z")
                    );
                }
            }
        }
        let broken = ["2026-01-31T09:00:0Z", "2026-01-31T09:00:000", "2026+01-31T09:00:00Z", "20a6-01-31T09:00:00Z"];
        broken.iter().for_each(|text| assert_eq!(in_utc(text), None));
    }
}
