//! Working time by a clock that never changes: instants are nanoseconds since the beginning of 1970 on that clock.
//!
//! The week repeats itself, so what has been worked before a day is a product and a sum, less the holidays; and since that
//! only grows, the way back is a search by halves. However far apart two instants are, and however many holidays there
//! are, nothing here takes more than a few dozen steps.

use crate::Date;

pub(super) const NANOSECONDS_OF_A_DAY: i64 = 86_400 * 1_000_000_000;
const NANOSECONDS_OF_A_MINUTE: i64 = 60 * 1_000_000_000;

/// The Monday from which weeks are counted: 1970-01-05.
const MONDAY: i64 = 4;

/// The first and the last day that a date can be: -9999-01-01 and 9999-12-31.
const FIRST_DAY: i64 = -4_371_587;
const LAST_DAY: i64 = 2_932_896;

/// How many days after 1970-01-01 a date is.
pub(super) fn day_number(date: Date) -> i64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

/// A calendar on a clock that never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LocalTime {
    /// For each day of the week, Monday first, from and to, in nanoseconds of the day.
    hours: [Vec<(i64, i64)>; 7],
    /// What is worked, and on how many days, in a week before each of its days and before the next week.
    before: [(i128, i64); 8],
    /// The holidays on which somebody would have worked.
    holidays: Vec<i64>,
    /// What is lost by the holidays before each of them, and at the end by all.
    lost: Vec<i128>,
}

impl LocalTime {
    pub(super) fn new(hours: &[Vec<(u16, u16)>; 7], holidays: &[Date]) -> Self {
        let of_day = |minute: u16| i64::from(minute) * NANOSECONDS_OF_A_MINUTE;
        let hours = hours.each_ref().map(|day| day.iter().map(|(from, to)| (of_day(*from), of_day(*to))).collect());
        let mut local = Self { hours, before: [(0, 0); 8], holidays: Vec::new(), lost: vec![0] };
        let (mut work, mut days) = (0, 0);
        let lengths: Vec<i128> = (0..7).map(|weekday| local.length(MONDAY + weekday)).collect();
        for (length, slot) in lengths.iter().zip(local.before.iter_mut().skip(1)) {
            (work, days) = (work + length, days + i64::from(*length > 0));
            *slot = (work, days);
        }
        let mut lost = 0;
        for day in
            holidays.iter().map(|date| day_number(*date)).filter(|day| local.length(*day) > 0).collect::<Vec<_>>()
        {
            lost += local.length(day);
            local.holidays.push(day);
            local.lost.push(lost);
        }
        local
    }

    /// Whether a time is within the hours of its day.
    pub(super) fn is_open(&self, local: i128) -> bool {
        self.stands_in(local, |at, (from, to)| from <= at && at < to)
    }

    /// The same, and at the moment of closing.
    pub(super) fn is_open_or_closing(&self, local: i128) -> bool {
        self.stands_in(local, |at, (from, to)| from <= at && at <= to)
    }

    fn stands_in(&self, local: i128, stands: impl Fn(i64, (i64, i64)) -> bool) -> bool {
        let (day, at) = day_and_time(local);
        !self.is_holiday(day) && self.hours_of(day).iter().any(|hours| stands(at, *hours))
    }

    /// What is worked before a time, counted from the same beginning for all.
    pub(super) fn before(&self, local: i128) -> i128 {
        let (day, at) = day_and_time(local);
        let hours = if self.is_holiday(day) { &[] } else { self.hours_of(day) };
        let today = hours.iter().map(|(from, to)| i128::from((at.min(*to) - from).max(0))).sum::<i128>();
        self.before_day(day) + today
    }

    /// The first time before which so much is worked, counted as in [`before`](Self::before).
    pub(super) fn first_with(&self, work: i128) -> Option<i128> {
        let day = first_day(|day| self.before_day(day + 1) >= work)?;
        let mut rest = work - self.before_day(day);
        for (from, to) in self.hours_of(day) {
            let length = i128::from(to - from);
            if rest <= length {
                return Some(at_day(day) + i128::from(*from) + rest);
            }
            rest -= length;
        }
        None
    }

    /// The last time before which no more than so much is worked.
    pub(super) fn last_with(&self, work: i128) -> Option<i128> {
        let day = first_day(|day| self.before_day(day + 1) > work)?;
        let mut rest = work - self.before_day(day);
        if rest < 0 {
            return None; // Before the first day.
        }
        for (from, to) in self.hours_of(day) {
            let length = i128::from(to - from);
            if rest < length {
                return Some(at_day(day) + i128::from(*from) + rest);
            }
            rest -= length;
        }
        None
    }

    /// How many working days come before a day, counted from the same beginning for all.
    pub(super) fn days_before(&self, day: i64) -> i64 {
        let (weeks, (_, days)) = self.weeks_before(day);
        let in_a_week = self.before.last().map_or(0, |(_, days)| *days);
        let lost = i64::try_from(self.holidays_before(day)).unwrap_or(i64::MAX);
        weeks * in_a_week + days - lost
    }

    /// The working day of a number: the first day with which so many have come, counted as in
    /// [`days_before`](Self::days_before).
    pub(super) fn working_day(&self, number: i64) -> Option<Date> {
        if self.days_before(FIRST_DAY) >= number {
            return None;
        }
        let day = first_day(|day| self.days_before(day + 1) >= number)?;
        let days = i32::try_from(day).ok()?;
        Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
    }

    /// What is worked from the first day to the last.
    pub(super) fn in_all_years(&self) -> i128 {
        self.before_day(LAST_DAY + 1) - self.before_day(FIRST_DAY)
    }

    fn before_day(&self, day: i64) -> i128 {
        let (weeks, (work, _)) = self.weeks_before(day);
        let in_a_week = self.before.last().map_or(0, |(work, _)| *work);
        let lost = self.lost.get(self.holidays_before(day)).copied().unwrap_or_default();
        i128::from(weeks) * in_a_week + work - lost
    }

    /// How many weeks come before a day, and what comes before it in its own.
    fn weeks_before(&self, day: i64) -> (i64, (i128, i64)) {
        ((day - MONDAY).div_euclid(7), self.before.get(weekday(day)).copied().unwrap_or_default())
    }

    fn holidays_before(&self, day: i64) -> usize {
        self.holidays.partition_point(|holiday| *holiday < day)
    }

    fn is_holiday(&self, day: i64) -> bool {
        self.holidays.binary_search(&day).is_ok()
    }

    fn hours_of(&self, day: i64) -> &[(i64, i64)] {
        self.hours.get(weekday(day)).map_or(&[], Vec::as_slice)
    }

    /// What is worked on a day that is no holiday.
    fn length(&self, day: i64) -> i128 {
        self.hours_of(day).iter().map(|(from, to)| i128::from(to - from)).sum()
    }
}

/// The day of the week, 0 for Monday.
fn weekday(day: i64) -> usize {
    usize::try_from((day - MONDAY).rem_euclid(7)).unwrap_or_default()
}

fn at_day(day: i64) -> i128 {
    i128::from(day) * i128::from(NANOSECONDS_OF_A_DAY)
}

fn day_and_time(local: i128) -> (i64, i64) {
    let length = i128::from(NANOSECONDS_OF_A_DAY);
    let day = i64::try_from(local.div_euclid(length)).unwrap_or(i64::MAX);
    (day, i64::try_from(local.rem_euclid(length)).unwrap_or_default())
}

/// The first day of which something is so that is so of all later ones.
fn first_day(is_so: impl Fn(i64) -> bool) -> Option<i64> {
    let (mut from, mut to) = (FIRST_DAY, LAST_DAY + 1);
    while from < to {
        let middle = from + (to - from) / 2;
        if is_so(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    (from <= LAST_DAY).then_some(from)
}
