//! The words that choose between forms: operators, tests, units; and patterns.

/// `/^[A-Z]+$/i`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// The expression between the slashes, `\/` already a slash.
    pub source: String,
    /// Whether `i` follows: letters match ignoring case.
    pub ignore_case: bool,
}

/// `s` `min` `h` `d` `w` `mo` `y`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DurationUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    /// `business hours`, which this version does not decide yet.
    BusinessHour,
    /// `business days`, which this version does not decide yet.
    BusinessDay,
}

/// `+` `-` `*` `/` `%`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// `=` `<` `<=` `>` `>=`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// `all of`, `any of`, `none of`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Quantifier {
    All,
    Any,
    None,
}

/// The tests of text (`contains` also of lists).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TextTest {
    Contains,
    ContainsWord,
    StartsWith,
    EndsWith,
    Matches,
}

/// The tests of presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Presence {
    Missing,
    Present,
    Blank,
}

/// The tests of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TimeTest {
    WithinLast,
    WithinNext,
    OlderThan,
    Before,
    After,
}

/// The tests of what an event changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventTest {
    /// `changed`, `changed from "new" to "won"`
    Changed,
    /// `was "new"`
    Was,
    /// `becomes "won"`
    Becomes,
    /// `is new`
    New,
}
