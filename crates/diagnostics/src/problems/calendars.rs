//! What is wrong with calendars and with business time.

use super::wording::{any_of, names, quote};
use crate::Severity;

/// A problem with a calendar, or with time that is counted by one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CalendarProblem {
    /// A calendar in which nobody ever works.
    NoHours {
        /// Its name.
        calendar: String,
    },
    /// Hours that end before they begin.
    ImpossibleHours {
        /// When they begin, as written.
        from: String,
        /// When they end.
        to: String,
        /// The day as written, and the day after it.
        days: (String, String),
    },
    /// Two stretches of one day that share time.
    OverlappingHours {
        /// The day: "Monday".
        day: String,
        /// The later stretch as written.
        times: String,
    },
    /// A word that is no day of the week.
    UnknownWeekday {
        /// The word.
        word: String,
        /// The day that it nearly is.
        suggestion: Option<String>,
    },
    /// A time zone that the database does not have.
    UnknownZone {
        /// Its name.
        name: String,
        /// A name that it nearly is.
        suggestion: Option<String>,
    },
    /// A holiday that is given twice; of a file, a hint.
    DuplicateHoliday {
        /// The day.
        date: String,
        /// Where it stands again, if that is in a file.
        line: Option<FileLine>,
    },
    /// A line of a file of holidays that has no date.
    MalformedHoliday {
        /// What stands there.
        cell: String,
        /// Where.
        line: FileLine,
        /// The dates that it may mean.
        meant: Vec<String>,
        /// Whether it is written as a date, and there is no such day.
        is_impossible: bool,
    },
    /// A holiday on a day on which nobody works anyway (a hint).
    IdleHoliday {
        /// The date.
        date: String,
        /// The day of the week.
        day: String,
    },
    /// A holiday centuries away.
    DistantHoliday {
        /// The date.
        date: String,
        /// Where it stands, if that is in a file.
        line: Option<FileLine>,
    },
    /// Holidays without an end: an error, for none of them can be believed.
    LongHolidays {
        /// The first day.
        first: String,
        /// The last day.
        last: String,
    },
    /// A calendar that nobody has declared.
    UnknownCalendar {
        /// Its name.
        name: String,
        /// Whether `rulebook.toml` names it, and not the place itself.
        is_setting: bool,
        /// A name that it nearly is.
        suggestion: Option<String>,
        /// Those that there are.
        known: Vec<String>,
    },
    /// Business time where no calendar is named and none goes without saying.
    NoCalendar {
        /// Those that there are.
        known: Vec<String>,
        /// The function that could be given one, where it is a call.
        function: Option<String>,
    },
    /// A part of a business day.
    PartOfADay {
        /// The number of days as written.
        amount: String,
    },
}

/// A line of a file of holidays, the first of those that have the same fault.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileLine {
    /// The file as the rules name it.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// How many more lines have the same fault.
    pub more: usize,
}

impl FileLine {
    /// ``line 3 of `holidays.csv` ``
    fn place(&self) -> String {
        format!("line {} of {}", self.line, quote(&self.file))
    }

    /// `; the same is true of 2 more lines`
    fn rest(&self) -> String {
        match self.more {
            0 => String::new(),
            1 => "; the same is true of one more line".into(),
            more => format!("; the same is true of {more} more lines"),
        }
    }
}

/// What is true of a date, and where it stands if that is in a file.
fn told(date: &str, what: &str, line: Option<&FileLine>) -> String {
    match line {
        Some(line) => format!("{date} in {} {what}{}", line.place(), line.rest()),
        None => format!("{date} {what}"),
    }
}

impl CalendarProblem {
    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::IdleHoliday { .. } | Self::DuplicateHoliday { line: Some(_), .. } => Severity::Hint,
            Self::DuplicateHoliday { .. } | Self::DistantHoliday { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    pub(super) fn sentence(&self) -> String {
        match self {
            Self::NoHours { calendar } => {
                format!("the calendar {} has no hours, so nobody ever works", quote(calendar))
            }
            Self::ImpossibleHours { from, to, .. } => {
                format!("the hours end at {to}, which is not after {from}, when they begin")
            }
            Self::OverlappingHours { day, times } => format!("{} meets other hours of {day}", quote(times)),
            Self::UnknownWeekday { word, .. } => format!("{} is no day of the week", quote(word)),
            Self::UnknownZone { name, .. } => format!("no time zone is called {}", quote(name)),
            Self::DuplicateHoliday { date, line } => told(date, "is a holiday already", line.as_ref()),
            Self::MalformedHoliday { cell, line, is_impossible, .. } => {
                let what = if *is_impossible { "and there is no such day" } else { "which is no date" };
                format!("{} has {}, {what}{}", line.place(), quote(cell), line.rest())
            }
            Self::IdleHoliday { date, day } => format!("{date} is a {day}, on which nobody works anyway"),
            Self::LongHolidays { first, last } => {
                format!("the holidays from {first} until {last} last more than a year")
            }
            Self::DistantHoliday { date, line } => {
                told(date, "is centuries away, which is probably a slip", line.as_ref())
            }
            Self::UnknownCalendar { name, .. } => format!("no calendar is called {}", quote(name)),
            Self::NoCalendar { known, .. } if known.is_empty() => {
                "business time is counted by a calendar, and none is declared".into()
            }
            Self::NoCalendar { .. } => "it is not clear by which calendar this is counted".into(),
            Self::PartOfADay { amount } => {
                format!("business days are counted as whole days, and {amount} is no whole number")
            }
        }
    }

    pub(super) fn label(&self) -> String {
        let known = self.suggestion().map(|name| format!("did you mean {}?", quote(name)));
        known.unwrap_or_else(|| {
            match self {
                Self::NoHours { .. } => "without hours",
                Self::ImpossibleHours { .. } => "end before they begin",
                Self::OverlappingHours { .. } => "counted twice",
                Self::UnknownWeekday { .. } => "no such day",
                Self::UnknownZone { .. } => "no such time zone",
                Self::DuplicateHoliday { line: None, .. } => "given twice",
                Self::DuplicateHoliday { .. } => "has a day twice",
                Self::MalformedHoliday { .. } => "has a line without a date",
                Self::IdleHoliday { .. } => "changes nothing",
                Self::DistantHoliday { .. } | Self::LongHolidays { .. } => "in this year?",
                Self::UnknownCalendar { .. } => "not declared",
                Self::NoCalendar { .. } => "by which calendar?",
                Self::PartOfADay { .. } => "a part of a day",
            }
            .into()
        })
    }

    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoHours { .. } => "add a line such as `hours mon..fri 09:00..17:30`".into(),
            Self::ImpossibleHours { from, to, days: (day, next) } if from > to && to != "00:00" => {
                format!("write a night as two lines: `hours {day} {from}..24:00` and `hours {next} 00:00..{to}`")
            }
            Self::ImpossibleHours { from, to, days: (day, _) } if to == "00:00" => {
                format!("write midnight at the end of a day as `24:00`: `hours {day} {from}..24:00`")
            }
            Self::ImpossibleHours { .. } => "put the earlier time first".into(),
            Self::OverlappingHours { .. } => {
                "give each day its hours once; a break stands between: `09:00..12:00, 13:00..17:30`".into()
            }
            Self::UnknownWeekday { suggestion, .. } => match suggestion {
                Some(day) => format!("write {}", quote(day)),
                None => {
                    "write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`, or two of them with `..` between".into()
                }
            },
            Self::UnknownZone { suggestion, .. } => match suggestion {
                Some(zone) => format!("write {}", quote(&format!("\"{zone}\""))),
                None => "write a name such as `\"Europe/Berlin\"`, as the time-zone database has it".into(),
            },
            Self::DuplicateHoliday { line: None, .. } => "remove one of the two".into(),
            Self::DuplicateHoliday { .. } => "look whether another day was meant; if not, remove the line".into(),
            Self::MalformedHoliday { meant, .. } => match meant.as_slice() {
                [] => "write a date such as `2026-12-25` at the beginning of the line".into(),
                [only] => format!("write it as {}", quote(only)),
                _ => {
                    let meant: Vec<String> = meant.iter().map(|date| quote(date)).collect();
                    format!("write it as {}, whichever is meant", any_of(&meant))
                }
            },
            Self::IdleHoliday { .. } => "remove it, or look at the year: holidays that move fall on another day".into(),
            Self::DistantHoliday { .. } | Self::LongHolidays { .. } => "correct the year".into(),
            Self::UnknownCalendar { name, is_setting: true, suggestion, known } => {
                let instead = suggestion.as_ref().or(known.first()).map_or("office", String::as_str);
                format!(
                    "write `calendar = \"{instead}\"` instead of {} in `rulebook.toml`",
                    quote(&format!("\"{name}\""))
                )
            }
            Self::UnknownCalendar { suggestion, known, .. } => unknown_calendar(suggestion.as_ref(), known),
            Self::NoCalendar { known, .. } if known.is_empty() => {
                "declare one: `calendar office { hours mon..fri 09:00..17:30 }`".into()
            }
            Self::NoCalendar { known, function } => {
                let first = known.first().map_or("office", String::as_str);
                let named = match function {
                    Some(function) => format!("the calendar, as in `{function}(…, {first})`,"),
                    None => format!("`on {first}`"),
                };
                let all = names(known);
                format!("add {named} to say which of {all}, or set `calendar = \"{first}\"` in `rulebook.toml`")
            }
            Self::PartOfADay { .. } => "write a whole number, or count in business hours".into(),
        })
    }

    pub(super) fn replacements(&self) -> Vec<(String, String)> {
        let Some(name) = self.suggestion() else { return Vec::new() };
        let written = if let Self::UnknownZone { .. } = self { format!("\"{name}\"") } else { name.to_owned() };
        vec![(format!("write {}", quote(&written)), written)]
    }

    /// The name that was probably meant.
    fn suggestion(&self) -> Option<&str> {
        match self {
            Self::UnknownWeekday { suggestion, .. }
            | Self::UnknownZone { suggestion, .. }
            | Self::UnknownCalendar { suggestion, is_setting: false, .. } => suggestion.as_deref(),
            _ => None,
        }
    }
}

fn unknown_calendar(suggestion: Option<&String>, known: &[String]) -> String {
    match suggestion {
        Some(name) => format!("write {}; the calendars are {}", quote(name), names(known)),
        None if known.is_empty() => "declare it: `calendar office { hours mon..fri 09:00..17:30 }`".into(),
        None => format!("use one of the calendars: {}", names(known)),
    }
}
