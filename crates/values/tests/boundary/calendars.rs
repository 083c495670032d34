//! Working time against an oracle that knows nothing but the definition, and goes from minute to minute.

use std::time::Instant as Stopwatch;

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use values::{Calendar, FaultCode, Instant, WorkingTime};

use crate::{instant, zone};

const MINUTE: i64 = 60 * 1_000_000_000;

fn calendar(zone: &str, hours: [Vec<(u16, u16)>; 7], holidays: Vec<Date>) -> Calendar {
    Calendar { name: "office".into(), zone: zone.to_owned(), hours, holidays }
}

/// Monday to Friday from 9 to half past five, and no work on the 25th of December.
fn office() -> WorkingTime {
    let day = vec![(540, 1050)];
    let hours = [day.clone(), day.clone(), day.clone(), day.clone(), day, vec![], vec![]];
    WorkingTime::new(&calendar("Europe/Berlin", hours, vec![Date::constant(2026, 12, 25)])).expect("a sound calendar")
}

fn always() -> WorkingTime {
    let hours = std::array::from_fn(|_| vec![(0, Calendar::END_OF_DAY)]);
    WorkingTime::new(&calendar("Europe/Berlin", hours, Vec::new())).expect("a sound calendar")
}

/// The definition: what the clock on the wall shows is within the hours of a day that is no holiday.
fn is_open(calendar: &Calendar, zone: &TimeZone, at: Instant) -> bool {
    let local = zone.to_datetime(at);
    let minute = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).expect("a minute");
    let hours = calendar
        .hours
        .get(usize::try_from(local.weekday().to_monday_zero_offset()).expect("a day"))
        .expect("seven days");
    !calendar.holidays.contains(&local.date()) && hours.iter().any(|(from, to)| *from <= minute && minute < *to)
}

fn minutes_later(at: Instant, minutes: i64) -> Instant {
    at.checked_add(minutes.minutes()).expect("an instant")
}

/// From minute to minute, until so many of them were open; backwards when there are fewer than none.
fn after(calendar: &Calendar, at: Instant, minutes: i64) -> Instant {
    let (zone, step) = (zone(&calendar.zone), minutes.signum());
    let (mut now, mut left) = (at, minutes.abs());
    while left > 0 {
        let begins = if step > 0 { now } else { minutes_later(now, -1) };
        left -= i64::from(is_open(calendar, &zone, begins));
        now = minutes_later(now, step);
    }
    now
}

fn between(calendar: &Calendar, from: Instant, to: Instant) -> i64 {
    let (zone, mut now, mut count) = (zone(&calendar.zone), from, 0);
    while now < to {
        count += i64::from(is_open(calendar, &zone, now));
        now = minutes_later(now, 1);
    }
    count
}

/// From day to day.
fn date_after(calendar: &WorkingTime, date: Date, days: i32) -> Date {
    let (mut day, mut left) = (date, days.abs());
    while left > 0 {
        day = if days > 0 { day.tomorrow() } else { day.yesterday() }.expect("a day");
        left -= i32::from(calendar.is_working_day(day));
    }
    day
}

/// One or two stretches a day, or none.
fn hours() -> impl Strategy<Value = Vec<(u16, u16)>> {
    let ends = [0, 120, 150, 180, 540, 720, 780, 1050, 1439, 1440];
    prop_oneof![
        2 => Just(Vec::new()),
        5 => proptest::sample::subsequence(ends.to_vec(), 2).prop_map(|ends| in_pairs(&ends)),
        3 => proptest::sample::subsequence(ends.to_vec(), 4).prop_map(|ends| in_pairs(&ends)),
    ]
}

fn in_pairs(ends: &[u16]) -> Vec<(u16, u16)> {
    ends.chunks(2).filter_map(|pair| pair.first().copied().zip(pair.last().copied())).collect()
}

/// Calendars in zones whose clocks change at night, at midnight, or by half an hour; somebody works on Wednesdays.
fn calendars() -> impl Strategy<Value = Calendar> {
    let zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "UTC"];
    let days = proptest::collection::vec(hours(), 7);
    let holidays = proptest::collection::btree_set(0..700i32, 0..8);
    (proptest::sample::select(zones.to_vec()), days, holidays).prop_map(|(zone, days, holidays)| {
        let mut hours: [Vec<(u16, u16)>; 7] = days.try_into().expect("seven days");
        hours[2] = vec![(60, 200), (540, 1080)];
        let first = Date::constant(2026, 1, 1);
        let holidays = holidays.into_iter().map(|day| first.checked_add(day.days()).expect("a day")).collect();
        calendar(zone, hours, holidays)
    })
}

/// Minutes of 2026, most of them near a change of the clocks.
fn instants() -> impl Strategy<Value = Instant> {
    let changes =
        ["2026-03-29T01:00Z", "2026-10-25T01:00Z", "2026-03-08T07:00Z", "2026-04-04T15:00Z", "2026-10-24T21:00Z"];
    let near = (proptest::sample::select(changes.to_vec()), -3000..3000i64);
    prop_oneof![
        3 => near.prop_map(|(change, minutes)| minutes_later(instant(change), minutes)),
        1 => (0..525_000i64).prop_map(|minutes| minutes_later(instant("2026-01-01T00:00Z"), minutes)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn working_time_is_what_the_clock_on_the_wall_shows(
        calendar in calendars(), at in instants(), minutes in -2500..2500i64, span in 0..12_000i64,
    ) {
        let working = WorkingTime::new(&calendar).expect("a sound calendar");
        assert_eq!(working.is_open(at), is_open(&calendar, &zone(&calendar.zone), at));
        assert_eq!(working.after(at, minutes * MINUTE), Ok(after(&calendar, at, minutes)));
        let to = minutes_later(at, span);
        assert_eq!(working.between(at, to), i128::from(between(&calendar, at, to) * MINUTE));
        assert_eq!(working.between(to, at), -working.between(at, to));
    }

    #[test]
    fn working_days_are_counted_one_by_one(calendar in calendars(), day in 0..700i32, days in -60..60i32) {
        let working = WorkingTime::new(&calendar).expect("a sound calendar");
        let date = Date::constant(2026, 1, 1).checked_add(day.days()).expect("a day");
        let moved = date_after(&working, date, days);
        assert_eq!(working.date_after(date, days), Ok(moved));
        if days >= 0 {
            assert_eq!(working.days_between(date, moved), i64::from(days));
            assert_eq!(working.days_between(moved, date), i64::from(-days));
        }
    }

    /// What lies later stays later, and every counted day gives the office a whole day.
    #[test]
    fn business_days_keep_the_order(calendar in calendars(), at in instants(), later in 0..4000i64, days in 1..30i32) {
        let working = WorkingTime::new(&calendar).expect("a sound calendar");
        let moved = |at: Instant| working.days_after(at, days).expect("a day");
        assert!(moved(at) > at);
        if calendar.zone == "UTC" {
            assert!(moved(minutes_later(at, later)) >= moved(at));
        }
    }

    /// However far, the answer comes at once or is a fault.
    #[test]
    fn nothing_takes_long(calendar in calendars(), work in any::<i64>(), days in any::<i32>(), second in -377_705_023_201..=253_402_207_200i64) {
        let working = WorkingTime::new(&calendar).expect("a sound calendar");
        let at = Instant::from_second(second).expect("an instant");
        let started = Stopwatch::now();
        let _ = (working.after(at, work), working.days_after(at, days), working.between(at, Instant::UNIX_EPOCH));
        assert!(started.elapsed().as_secs() < 5, "{work} {days} {second}");
    }
}

#[test]
fn hours_are_worked_only_while_the_office_is_open() {
    let check = |from: &str, hours: i64, to: &str| {
        assert_eq!(office().after(instant(from), hours * 60 * MINUTE), Ok(instant(to)), "{from} and {hours} hours");
    };
    check("2026-11-20T10:00", 4, "2026-11-20T14:00"); // Friday
    check("2026-11-20T16:30", 1, "2026-11-20T17:30"); // to the very end
    check("2026-11-20T16:30", 2, "2026-11-23T10:00"); // over the weekend
    check("2026-11-21T12:00", 1, "2026-11-23T10:00"); // from a Saturday
    check("2026-12-24T17:00", 1, "2026-12-28T09:30"); // over a holiday
    check("2026-11-23T09:00", -1, "2026-11-20T16:30");
    check("2026-11-23T10:00", -1, "2026-11-23T09:00"); // from the very beginning
    check("2026-11-22T12:00", 0, "2026-11-22T12:00");
    check("2026-11-20T10:00", 85, "2026-12-04T10:00"); // two weeks of 42.5 hours
}

#[test]
fn a_night_in_which_the_clocks_change_is_as_long_as_it_is() {
    let check = |from: &str, hours: i64, to: &str| {
        assert_eq!(always().after(instant(from), hours * 60 * MINUTE), Ok(instant(to)), "{from} and {hours} hours");
        assert_eq!(always().between(instant(from), instant(to)), i128::from(hours * 60 * MINUTE));
    };
    check("2026-03-28T23:00", 4, "2026-03-29T04:00");
    check("2026-10-24T23:00", 4, "2026-10-25T02:00+01:00");
    check("2026-03-28T12:00", 24, "2026-03-29T13:00");
}

#[test]
fn business_days_keep_the_time_of_day_and_begin_when_the_office_opens() {
    let check = |from: &str, days: i32, to: &str| {
        assert_eq!(office().days_after(instant(from), days), Ok(instant(to)), "{from} and {days} days");
    };
    check("2026-11-20T10:00", 1, "2026-11-23T10:00");
    check("2026-11-20T10:00", 3, "2026-11-25T10:00");
    check("2026-11-20T20:00", 1, "2026-11-24T09:00"); // Friday night: Monday is the day
    check("2026-11-21T10:00", 1, "2026-11-24T09:00");
    check("2026-11-20T17:30", 1, "2026-11-23T17:30"); // the moment of closing is within
    check("2026-12-24T10:00", 1, "2026-12-28T10:00");
    check("2026-11-23T10:00", -1, "2026-11-20T10:00");
    check("2026-11-23T09:00", -1, "2026-11-20T09:00");
    check("2026-11-23T07:00", -1, "2026-11-19T17:30");
    check("2026-11-22T07:00", 0, "2026-11-22T07:00");
    check("2026-03-27T10:00", 1, "2026-03-30T10:00"); // over a change of the clocks
}

#[test]
fn what_lies_beyond_all_years_is_a_fault() {
    let at = instant("2026-11-20T10:00");
    assert_eq!(office().after(at, i64::MAX), Ok(instant("3182-03-31T13:17:16.854775807")));
    assert_eq!(office().days_after(at, i32::MAX), Err(FaultCode::DateOutOfRange));
    assert_eq!(office().date_after(Date::MAX, 1), Err(FaultCode::DateOutOfRange));
    assert_eq!(office().date_after(Date::MIN, -1), Err(FaultCode::DateOutOfRange));
    assert_eq!(always().after(Instant::MAX, 1), Err(FaultCode::DateOutOfRange));
    assert_eq!(always().after(Instant::MIN, -1), Err(FaultCode::DateOutOfRange));
    let lunch = Time::constant(12, 0, 0, 0);
    assert!(office().is_open(
        zone("Europe/Berlin").to_timestamp(Date::constant(2026, 11, 20).to_datetime(lunch)).expect("an instant")
    ));
}
