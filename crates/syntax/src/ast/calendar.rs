//! Calendars.

use super::{Expr, Name, Quoted, Span};

/// `calendar office { time zone "Europe/Berlin"  hours mon..fri 09:00..17:30  holidays 2026-12-25 }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Its name.
    pub name: Name,
    /// Its lines in written order.
    pub lines: Vec<CalendarLine>,
}

/// One line of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarLine {
    /// What it says.
    pub kind: CalendarLineKind,
    /// From its first word to its last.
    pub span: Span,
}

/// What a line of a calendar says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarLineKind {
    /// `time zone "Europe/Berlin"`
    Zone(Quoted),
    /// `hours mon..thu, sat 09:00..12:00, 13:00..17:30`
    Hours {
        /// The days.
        days: Vec<Days>,
        /// The hours of each of them.
        times: Vec<Times>,
    },
    /// `holidays 2026-12-25, 2026-12-28..2026-12-31`
    Holidays(Vec<Holiday>),
    /// `holidays from "holidays.csv"`
    HolidaysFrom(Quoted),
    /// Nothing that could be read as a line.
    Error,
}

/// `mon..fri`, `sat`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// The day of the week, or the first of several; it need not exist.
    pub from: Name,
    /// The last of several.
    pub to: Option<Name>,
}

/// `09:00..17:30`, both times as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// When work begins.
    pub from: String,
    /// When it ends; `24:00` is the end of the day.
    pub to: String,
    /// Both.
    pub span: Span,
}

/// `2026-12-25`, `2026-12-28..2026-12-31`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day, or the first of several: a date, or an error.
    pub from: Expr,
    /// The last of several.
    pub to: Option<Expr>,
    /// All of it.
    pub span: Span,
}
