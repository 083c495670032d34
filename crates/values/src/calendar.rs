//! Calendars: when people work.
//!
//! One sentence decides everything: an instant is *working time* when the clock on the wall in the calendar's zone shows a
//! time within the hours of that day of the week, on a day that is no holiday. So a night in which the clocks change is as
//! long as it really is.
//!
//! ```text
//! Calendar ──new──▶ WorkingTime ── after, between      instants; steps over the changes of the clocks
//!                        │
//!                   local.rs                           one clock that never changes: pure arithmetic, however far
//! ```

mod local;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::{Date, FaultCode, Instant, Text, zone_named};
use local::{LocalTime, NANOSECONDS_OF_A_DAY, day_number};

/// A calendar as it is declared and as a program file holds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Calendar {
    /// Its name.
    pub name: Text,
    /// The name of its time zone: `Europe/Berlin`.
    pub zone: String,
    /// The hours of each day of the week, Monday first: minutes of the day, from and to, in order and apart from each
    /// other, between 0 and 1440.
    pub hours: [Vec<(u16, u16)>; 7],
    /// The days on which nobody works, in order, each once.
    pub holidays: Vec<Date>,
}

impl Calendar {
    /// The last minute of a day.
    pub const END_OF_DAY: u16 = 24 * 60;

    /// Whether its zone exists, its hours and holidays stand in order, and somebody works at all.
    pub fn is_sound(&self) -> bool {
        let hours_in_order = |hours: &Vec<(u16, u16)>| {
            let ends = hours.iter().flat_map(|(from, to)| [*from, *to]).collect::<Vec<_>>();
            let apart = ends.chunks(2).all(|hours| hours.is_sorted_by(|from, to| from < to));
            apart && ends.is_sorted() && ends.last().is_none_or(|last| *last <= Self::END_OF_DAY)
        };
        zone_named(&self.zone).is_some()
            && self.hours.iter().all(hours_in_order)
            && self.hours.iter().any(|hours| !hours.is_empty())
            && self.holidays.is_sorted_by(|day, next| day < next)
    }
}

/// A calendar made ready to be reckoned with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingTime {
    name: Text,
    zone: TimeZone,
    local: LocalTime,
}

/// A stretch of time in which the clocks do not change: how far they are from UTC, and where the stretch ends, all in
/// nanoseconds.
struct Stretch {
    offset: i128,
    end: Option<i128>,
}

impl WorkingTime {
    /// Prepares a calendar; none if it is not [sound](Calendar::is_sound).
    pub fn new(calendar: &Calendar) -> Option<Self> {
        let zone = zone_named(&calendar.zone).filter(|_| calendar.is_sound())?;
        Some(Self { name: calendar.name.clone(), zone, local: LocalTime::new(&calendar.hours, &calendar.holidays) })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether an instant is working time. The moment of opening is, that of closing is not.
    pub fn is_open(&self, instant: Instant) -> bool {
        self.local.is_open(self.local_time(instant))
    }

    /// Whether a day has hours and is no holiday.
    pub fn is_working_day(&self, date: Date) -> bool {
        let day = day_number(date);
        self.local.days_before(day + 1) > self.local.days_before(day)
    }

    /// The day on which an instant falls in the calendar's zone.
    pub fn date_of(&self, instant: Instant) -> Date {
        self.zone.to_datetime(instant).date()
    }

    /// The working time between two instants in nanoseconds; negative when `to` is the earlier.
    pub fn between(&self, from: Instant, to: Instant) -> i128 {
        if to < from {
            return -self.between(to, from);
        }
        let (mut at, end) = (from.as_nanosecond(), to.as_nanosecond());
        let mut worked = 0;
        for stretch in self.stretches_from(from) {
            let stop = stretch.end.map_or(end, |change| change.min(end));
            worked += self.local.before(stop + stretch.offset) - self.local.before(at + stretch.offset);
            at = stop;
            if at == end {
                break;
            }
        }
        worked
    }

    /// How many working days lie after one day up to another, that one included; counted backwards, and negative, when
    /// `to` is the earlier.
    pub fn days_between(&self, from: Date, to: Date) -> i64 {
        self.local.days_before(day_number(to) + 1) - self.local.days_before(day_number(from) + 1)
    }

    /// The first instant by which so much working time, in nanoseconds, has passed; of a negative amount, the last instant
    /// since which it has. Nothing moves nothing.
    pub fn after(&self, instant: Instant, work: i64) -> Result<Instant, FaultCode> {
        let moved = match work {
            0 => return Ok(instant),
            1.. => self.forward(instant, work.into()),
            _ => self.backward(instant, i128::from(work).abs()),
        };
        moved.and_then(|at| Instant::from_nanosecond(at).ok()).ok_or(FaultCode::DateOutOfRange)
    }

    /// The same time of the day so many working days later, or earlier when they are negative.
    ///
    /// Outside of the hours a day begins to count when the office opens (backwards: when it closed), so that each counted
    /// day is a whole one. The moments of opening and of closing count as within. Nothing moves nothing.
    pub fn days_after(&self, instant: Instant, days: i32) -> Result<Instant, FaultCode> {
        if days == 0 {
            return Ok(instant);
        }
        let start = match days {
            _ if self.local.is_open_or_closing(self.local_time(instant)) => instant,
            1.. => self.step(self.after(instant, 1)?, -1)?,
            _ => self.step(self.after(instant, -1)?, 1)?,
        };
        let local = self.zone.to_datetime(start);
        let moved = self.date_after(local.date(), days)?.to_datetime(local.time());
        self.zone.to_ambiguous_timestamp(moved).compatible().map_err(|_| FaultCode::DateOutOfRange)
    }

    /// The so-manieth working day after a day, or before it when they are negative. Nothing moves nothing.
    pub fn date_after(&self, date: Date, days: i32) -> Result<Date, FaultCode> {
        let day = day_number(date);
        let number = match days {
            0 => return Ok(date),
            1.. => self.local.days_before(day + 1) + i64::from(days),
            _ => self.local.days_before(day) + i64::from(days) + 1,
        };
        self.local.working_day(number).ok_or(FaultCode::DateOutOfRange)
    }

    fn step(&self, instant: Instant, nanoseconds: i128) -> Result<Instant, FaultCode> {
        Instant::from_nanosecond(instant.as_nanosecond() + nanoseconds).map_err(|_| FaultCode::DateOutOfRange)
    }

    fn local_time(&self, instant: Instant) -> i128 {
        instant.as_nanosecond() + offset_at(&self.zone, instant)
    }

    /// The first instant by which so much has been worked.
    fn forward(&self, instant: Instant, mut work: i128) -> Option<i128> {
        if self.is_too_far(work) {
            return None;
        }
        let mut at = instant.as_nanosecond();
        for stretch in self.stretches_from(instant) {
            let before = self.local.before(at + stretch.offset);
            let worked = stretch.end.map(|end| self.local.before(end + stretch.offset) - before);
            match (stretch.end, worked) {
                (Some(end), Some(worked)) if worked < work => (at, work) = (end, work - worked),
                _ => return Some(self.local.first_with(before + work)? - stretch.offset),
            }
        }
        None
    }

    /// The last instant since which so much has been worked.
    fn backward(&self, instant: Instant, mut work: i128) -> Option<i128> {
        if self.is_too_far(work) {
            return None;
        }
        let mut at = instant.as_nanosecond();
        let mut changes = self.zone.preceding(instant).map(|change| change.timestamp());
        loop {
            let start = changes.next();
            let offset = offset_at(&self.zone, start.unwrap_or(Instant::MIN));
            let before = self.local.before(at + offset);
            let worked = start.map(|start| before - self.local.before(start.as_nanosecond() + offset));
            match (start, worked) {
                (Some(start), Some(worked)) if worked < work => (at, work) = (start.as_nanosecond(), work - worked),
                _ => return Some(self.local.last_with(before - work)? - offset),
            }
        }
    }

    /// Whether more is to be worked than all years have: the search for its end need not begin. Generous, since changes of
    /// the clocks add or take some hours.
    fn is_too_far(&self, work: i128) -> bool {
        work > self.local.in_all_years() + 365 * i128::from(NANOSECONDS_OF_A_DAY)
    }

    /// The stretches between changes of the clocks, from the one in which an instant lies.
    fn stretches_from(&self, instant: Instant) -> impl Iterator<Item = Stretch> {
        let mut offset = Some(offset_at(&self.zone, instant));
        let mut changes = self.zone.following(instant);
        std::iter::from_fn(move || {
            let now = offset?;
            let change = changes.next();
            offset = change.as_ref().map(|change| nanoseconds(change.offset()));
            Some(Stretch { offset: now, end: change.map(|change| change.timestamp().as_nanosecond()) })
        })
    }
}

fn offset_at(zone: &TimeZone, instant: Instant) -> i128 {
    nanoseconds(zone.to_offset(instant))
}

fn nanoseconds(offset: jiff::tz::Offset) -> i128 {
    i128::from(offset.seconds()) * 1_000_000_000
}
