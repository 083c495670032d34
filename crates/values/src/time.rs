//! Days, instants, and the clock that tells a rule what *now* is.

use std::sync::Arc;

use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Span};
use limits::Limits;

use crate::{Calendar, Duration, FaultCode, Number, Value, WorkingTime};

/// A calendar day.
pub type Date = jiff::civil::Date;
/// A point in time, to the nanosecond.
pub type Instant = jiff::Timestamp;

const NANOSECONDS_OF_A_DAY: i64 = 24 * 60 * 60 * 1_000_000_000;

/// The one instant at which a record is decided, the zone in which its days begin, when people work, and how far
/// computing may go. Fixed for a whole evaluation, so that a replay is exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The instant that rules call `now`.
    pub now: Instant,
    /// The rulebook's time zone.
    pub zone: TimeZone,
    /// The rulebook's calendars; business durations refer to them by their place.
    pub calendars: Arc<[WorkingTime]>,
    /// How long texts and lists may grow, and how many steps a record may take.
    pub limits: Limits,
}

/// The time zone of a name in the time-zone database: `Europe/Berlin`, `UTC`. Case does not count.
///
/// The database is part of the program: what the machine has installed must not change a verdict.
pub fn zone_named(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// The names of all time zones, in the order of the database.
pub fn zone_names() -> Vec<String> {
    TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect()
}

impl Clock {
    /// A clock that stands at `now`, without calendars, with the usual limits.
    pub fn new(now: Instant, zone: TimeZone) -> Self {
        Self { now, zone, calendars: Arc::from([]), limits: Limits::default() }
    }

    /// The clock of a rulebook: in the zone of a name, UTC where there is none such, and with calendars; without any where
    /// one of them is not [sound](Calendar::is_sound).
    pub fn of(now: Instant, zone: &str, calendars: &[Calendar]) -> Self {
        let zone = zone_named(zone).unwrap_or(TimeZone::UTC);
        let calendars: Option<Arc<[WorkingTime]>> = calendars.iter().map(WorkingTime::new).collect();
        Self { calendars: calendars.unwrap_or_else(|| Arc::from([])), ..Self::new(now, zone) }
    }

    /// A list of computed members; a fault where it is longer than the limit.
    pub fn list(&self, members: Vec<Value>) -> Result<Value, FaultCode> {
        if members.len() > self.limits.list_length {
            Err(FaultCode::ListTooLong)
        } else {
            Ok(Value::List(members.into()))
        }
    }

    /// A calendar by its place; a verified program names none that is not there.
    fn calendar(&self, place: u16) -> Result<&WorkingTime, FaultCode> {
        self.calendars.get(usize::from(place)).ok_or(FaultCode::DateOutOfRange)
    }

    /// The same for a place that is given as a value.
    pub(crate) fn calendar_numbered(&self, place: Number) -> Result<&WorkingTime, FaultCode> {
        let place = place.as_i64().and_then(|place| u16::try_from(place).ok());
        self.calendar(place.ok_or(FaultCode::DateOutOfRange)?)
    }

    /// The day that rules call `today`.
    pub fn today(&self) -> Date {
        self.local(self.now).date()
    }

    /// What a clock on the wall shows at an instant.
    pub fn local(&self, instant: Instant) -> DateTime {
        self.zone.to_datetime(instant)
    }

    /// The instant at which a day begins: midnight, or the first moment after it where a change of the clocks skips it.
    pub fn start_of(&self, date: Date) -> Result<Instant, FaultCode> {
        self.instant_of(date.at(0, 0, 0, 0))
    }

    /// An instant moved by a duration, backwards when it is negative. Months are counted on the local calendar: the time
    /// of day stays, and a day that the month does not have becomes its last.
    pub fn moved(&self, instant: Instant, by: Duration) -> Result<Instant, FaultCode> {
        match by {
            Duration::Exact(nanoseconds) => {
                instant.checked_add(SignedDuration::from_nanos(nanoseconds)).map_err(|_| FaultCode::DateOutOfRange)
            }
            Duration::Months(months) => {
                let moved = self.local(instant).checked_add(span_of_months(months)?);
                self.instant_of(moved.map_err(|_| FaultCode::DateOutOfRange)?)
            }
            Duration::BusinessDays { days, calendar } => self.calendar(calendar)?.days_after(instant, days),
            Duration::BusinessHours { nanoseconds, calendar } => self.calendar(calendar)?.after(instant, nanoseconds),
        }
    }

    /// A day moved by a duration, backwards when it is negative.
    ///
    /// An exact length counts in days of 24 hours. A part of a day leads to the day on which that moment falls: 36 hours
    /// after the first is the second, 12 hours before the first is the day before; business hours count from the start of
    /// the day. Months keep the day of the month, or take the month's last.
    pub(crate) fn date_moved(&self, date: Date, by: Duration) -> Result<Date, FaultCode> {
        match by {
            Duration::Exact(nanoseconds) => {
                let days = Span::new().try_days(nanoseconds.div_euclid(NANOSECONDS_OF_A_DAY));
                add_to_date(date, days.map_err(|_| FaultCode::DateOutOfRange)?)
            }
            Duration::Months(months) => add_to_date(date, span_of_months(months)?),
            Duration::BusinessDays { days, calendar } => self.calendar(calendar)?.date_after(date, days),
            Duration::BusinessHours { .. } => Ok(self.local(self.moved(self.start_of(date)?, by)?).date()),
        }
    }

    /// An instant as verdicts and texts show it: local time to the second, or finer where it needs to be, with its offset.
    pub fn shown(&self, instant: Instant) -> String {
        let offset = self.zone.to_offset(instant);
        if offset.is_zero() { instant.to_string() } else { instant.display_with_offset(offset).to_string() }
    }

    /// A duration as verdicts and texts show it: as rules write it, business time with the name of its calendar unless
    /// there is only one.
    pub fn shown_length(&self, duration: Duration) -> String {
        let named = duration.calendar().filter(|_| self.calendars.len() > 1);
        match named.and_then(|place| self.calendar(place).ok()) {
            Some(calendar) => format!("{duration} on {}", calendar.name()),
            None => duration.to_string(),
        }
    }

    /// The instant of a local time. One that a change of the clocks skips is taken as long after the change as it claims
    /// to be; of two, the earlier counts.
    fn instant_of(&self, local: DateTime) -> Result<Instant, FaultCode> {
        self.zone.to_ambiguous_timestamp(local).compatible().map_err(|_| FaultCode::DateOutOfRange)
    }
}

/// How long after `earlier` the instant `later` is.
pub(crate) fn distance(later: Instant, earlier: Instant) -> Result<Duration, FaultCode> {
    let nanoseconds = later.as_nanosecond() - earlier.as_nanosecond();
    i64::try_from(nanoseconds).map(Duration::Exact).map_err(|_| FaultCode::DurationOverflow)
}

/// How long after `earlier` the day `later` is, in days of 24 hours.
pub(crate) fn distance_in_days(later: Date, earlier: Date) -> Result<Duration, FaultCode> {
    let hours = later.duration_since(earlier).as_hours();
    hours.checked_mul(NANOSECONDS_OF_A_DAY / 24).map(Duration::Exact).ok_or(FaultCode::DurationOverflow)
}

fn add_to_date(date: Date, span: Span) -> Result<Date, FaultCode> {
    date.checked_add(span).map_err(|_| FaultCode::DateOutOfRange)
}

fn span_of_months(months: i32) -> Result<Span, FaultCode> {
    Span::new().try_months(months).map_err(|_| FaultCode::DateOutOfRange)
}
