//! Lengths of time as rules write them.

use serde::{Deserialize, Serialize};

/// A length of time, as a rule writes it and a record holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Duration {
    /// An exact length in nanoseconds: `90s`, `2h`, `1d` (always 24 hours), `1w`.
    Exact(i64),
    /// Calendar months: `3mo`, `1y` (12 months). Their length depends on the instant they are added to.
    Months(i32),
}

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
