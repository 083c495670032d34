//! The units of durations and the words for them.

/// A unit that may follow a number: `2d`, `3mo`, `2 days`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DurationUnit {
    /// `s`, `second`, `seconds`.
    Second,
    /// `min`, `minute`, `minutes`.
    Minute,
    /// `h`, `hour`, `hours`.
    Hour,
    /// `d`, `day`, `days`: 24 hours.
    Day,
    /// `w`, `week`, `weeks`: 7 days.
    Week,
    /// `mo`, `month`, `months`.
    Month,
    /// `y`, `year`, `years`: 12 months.
    Year,
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    Nanoseconds(i64),
    Months(i32),
}

const SECOND: i64 = 1_000_000_000;

/// One row a unit: its short form and its long forms, and how long it is. Smaller units come first.
const UNITS: [(DurationUnit, [&str; 3], Size); 7] = [
    (DurationUnit::Second, ["s", "second", "seconds"], Size::Nanoseconds(SECOND)),
    (DurationUnit::Minute, ["min", "minute", "minutes"], Size::Nanoseconds(60 * SECOND)),
    (DurationUnit::Hour, ["h", "hour", "hours"], Size::Nanoseconds(3_600 * SECOND)),
    (DurationUnit::Day, ["d", "day", "days"], Size::Nanoseconds(86_400 * SECOND)),
    (DurationUnit::Week, ["w", "week", "weeks"], Size::Nanoseconds(604_800 * SECOND)),
    (DurationUnit::Month, ["mo", "month", "months"], Size::Months(1)),
    (DurationUnit::Year, ["y", "year", "years"], Size::Months(12)),
];

impl DurationUnit {
    /// The unit that a word means: its short form or a long one, in small letters.
    pub fn named(word: &str) -> Option<Self> {
        UNITS.iter().find(|(_, words, _)| words.contains(&word)).map(|(unit, ..)| *unit)
    }

    /// The short form: `min`.
    pub fn symbol(self) -> &'static str {
        self.row().1[0]
    }

    /// All words that mean a unit, each unit's short form first.
    pub fn words() -> impl Iterator<Item = &'static str> {
        UNITS.iter().flat_map(|(_, words, _)| words).copied()
    }

    pub(crate) const fn size(self) -> Size {
        self.row().2
    }

    /// The rows stand in the order of the variants.
    #[expect(clippy::indexing_slicing, reason = "there is a row for every variant")]
    const fn row(self) -> &'static (Self, [&'static str; 3], Size) {
        &UNITS[self as usize]
    }
}
