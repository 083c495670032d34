//! Working time.

use values::{Calendar, Date, Instant, WorkingTime};

/// Zones whose clocks change in different ways, or never; and one that is none.
const ZONES: [&str; 6] =
    ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Middle/Earth"];

/// The bytes of a case, taken from the front; zeros when there are no more.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn one(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::from(self.one()) % bound
    }

    /// A moment in years that clocks are told about, seldom beyond.
    fn instant(&mut self) -> Instant {
        let eight: [u8; 8] = std::array::from_fn(|_| self.one());
        let number = i64::from_le_bytes(eight);
        let span = if eight[0].is_multiple_of(16) { 250_000_000_000 } else { 4_000_000_000 };
        Instant::new(number % span, 0).unwrap_or(Instant::UNIX_EPOCH)
    }
}

/// Working time between moments adds up, and what lies so much working time later is so far away.
pub fn calendar(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    let zone = ZONES[bytes.below(ZONES.len())].to_owned();
    let hours = std::array::from_fn(|_| {
        let stretch = |bytes: &mut Bytes<'_>| (u16::from(bytes.one()) * 6, u16::from(bytes.one()) * 6);
        (0..bytes.below(3)).map(|_| stretch(&mut bytes)).collect()
    });
    let day = |bytes: &mut Bytes<'_>| Date::new(2026, bytes.one().clamp(1, 12) as i8, bytes.one().clamp(1, 28) as i8);
    let holidays = (0..bytes.below(4)).filter_map(|_| day(&mut bytes).ok()).collect();
    let calendar = Calendar { name: "office".into(), zone, hours, holidays };
    let Some(time) = WorkingTime::new(&calendar) else {
        assert!(!calendar.is_sound(), "{calendar:?} is sound and of no use");
        return;
    };
    let mut moments = [bytes.instant(), bytes.instant(), bytes.instant()];
    moments.sort_unstable();
    let [first, second, third] = moments;
    let (one, two, both) = (time.between(first, second), time.between(second, third), time.between(first, third));
    assert!(one >= 0 && two >= 0, "{calendar:?}: {moments:?}");
    assert_eq!(one + two, both, "{calendar:?}: {moments:?}");
    assert_eq!(time.between(third, first), -both);
    if let Ok(work) = i64::try_from(one)
        && let Ok(reached) = time.after(first, work)
    {
        assert!(reached <= second, "{calendar:?}: {moments:?} {reached}");
        assert_eq!(time.between(first, reached), one, "{calendar:?}: {moments:?} {reached}");
    }
    let days = i32::from(bytes.one()) - 128;
    let date = time.date_of(second);
    if let Ok(moved) = time.date_after(date, days) {
        // Backwards from a day off, the first working day before it counts as one, though none lies between.
        let counted = time.days_between(date, moved) - i64::from(days < 0 && !time.is_working_day(date));
        assert_eq!(counted, i64::from(days), "{calendar:?}: {date} {days} {moved}");
        assert!(days == 0 || time.is_working_day(moved), "{calendar:?}: {date} {days} {moved}");
    }
    let _ = (time.days_after(second, days), time.is_open(third));
}
