//! Calendars, and what is counted by them: `3 business days on china`, `during office`, `business_hours(…)`.

use diagnostics::problems::{CalendarProblem, NameProblem, SyntaxProblem, TypeProblem};
use syntax::ast::{self, CalendarLineKind, Days, ExprKind, Name, Span, Times};
use values::builtins::{self, Builtin};
use values::{Calendar, Date, Duration, Text, Type, Value, WorkingTime, literal};

use super::Checker;
use super::build::{applied, constant, tested};
use crate::calendars::{calendar_number, default_calendar};
use crate::db::Workspace;
use crate::names::{Space, Symbol, names_in, nearest};
use crate::typed::Expr;

/// The days of the week, short and long.
const WEEKDAYS: [(&str, &str); 7] = [
    ("mon", "monday"),
    ("tue", "tuesday"),
    ("wed", "wednesday"),
    ("thu", "thursday"),
    ("fri", "friday"),
    ("sat", "saturday"),
    ("sun", "sunday"),
];

/// `calendar` items.
impl Checker<'_> {
    /// What a calendar says; nothing when some of it is wrong.
    pub(super) fn calendar(&mut self, calendar: &ast::Calendar) -> Option<Calendar> {
        let before = self.found.len();
        let zone = self.calendar_zone(calendar);
        let hours = self.calendar_hours(calendar);
        let is_readable = calendar.lines.iter().all(|line| line.kind != CalendarLineKind::Error);
        if hours.iter().all(Vec::is_empty) && is_readable && self.found.len() == before {
            let problem = CalendarProblem::NoHours { calendar: calendar.name.text.clone() };
            self.problem(problem, calendar.name.span);
        }
        let opens = hours.iter().any(|hours| !hours.is_empty());
        let is_idle = |date: Date| opens && hours.get(weekday_of(date)).is_none_or(Vec::is_empty);
        let holidays = self.calendar_holidays(calendar, &is_idle);
        let name = Text::from(calendar.name.text.as_str());
        let holidays = holidays.into_iter().collect();
        let checked = Calendar { name, zone: zone?, hours, holidays };
        WorkingTime::new(&checked).map(|_| checked)
    }

    fn calendar_zone(&mut self, calendar: &ast::Calendar) -> Option<String> {
        let mut zones = calendar.lines.iter().filter_map(|line| match &line.kind {
            CalendarLineKind::Zone(zone) => Some((zone, line.span)),
            _ => None,
        });
        let first = zones.next();
        for (_, span) in zones {
            let problem = NameProblem::Duplicate { what: "time zone of".into(), name: calendar.name.text.clone() };
            self.problem(problem, span);
        }
        let Some((zone, _)) = first else { return Some(Workspace::get(self.db).zone(self.db).to_string()) };
        if values::zone_named(&zone.text).is_some() {
            return Some(zone.text.clone());
        }
        let problem = CalendarProblem::UnknownZone { name: zone.text.clone(), suggestion: near_zone(&zone.text) };
        self.problem(problem, zone.span);
        None
    }

    /// The hours of each day of the week, in order.
    fn calendar_hours(&mut self, calendar: &ast::Calendar) -> [Vec<(u16, u16)>; 7] {
        let mut hours: [Vec<(u16, u16)>; 7] = Default::default();
        for line in &calendar.lines {
            let CalendarLineKind::Hours { days, times } = &line.kind else { continue };
            let days: Vec<usize> = days.iter().flat_map(|days| self.weekdays(days)).collect();
            for times in times {
                if let Some(stretch) = self.stretch(times, &days) {
                    self.add_stretch(stretch, times, &days, &mut hours);
                }
            }
        }
        hours
    }

    /// The days of the week from one to another, going round; none where one of them is no day.
    fn weekdays(&mut self, days: &Days) -> Vec<usize> {
        let first = self.weekday(&days.from);
        let last = days.to.as_ref().map_or(first, |to| self.weekday(to));
        let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
        let count = (last + 7 - first) % 7 + 1;
        (first..first + count).map(|day| day % 7).collect()
    }

    fn weekday(&mut self, name: &Name) -> Option<usize> {
        let written = name.text.as_str();
        let place = WEEKDAYS.iter().position(|(short, long)| *short == written || *long == written);
        if place.is_none() {
            let lower = written.to_lowercase();
            let known =
                WEEKDAYS.iter().find(|(short, long)| lower == *short || long.starts_with(&lower) && lower.len() > 2);
            let near = || nearest(written, WEEKDAYS.iter().flat_map(|(short, long)| [*short, *long]));
            let suggestion = known.map(|(short, _)| (*short).to_owned()).or_else(near);
            self.problem(CalendarProblem::UnknownWeekday { word: name.text.clone(), suggestion }, name.span);
        }
        place
    }

    /// From and to in minutes of the day.
    fn stretch(&mut self, times: &Times, days: &[usize]) -> Option<(u16, u16)> {
        let (from, to) = (minutes(&times.from), minutes(&times.to));
        let (Some(from), Some(to)) = (from, to) else {
            let written = [&times.from, &times.to].map(String::as_str);
            // What no clock shows has been reported; what is left has seconds.
            if let Some(text) = written.iter().find(|time| time.len() > "09:00".len()) {
                let reason = "hours begin and end at whole minutes".to_owned();
                self.problem(
                    SyntaxProblem::ImpossibleDate { text: (*text).to_owned(), reason, meant: None },
                    times.span,
                );
            }
            return None;
        };
        if from < to {
            return Some((from, to));
        }
        let day = days.first().copied().unwrap_or_default();
        let days = (short(day), short((day + 1) % 7));
        let (from, to) = (times.from.clone(), times.to.clone());
        self.problem(CalendarProblem::ImpossibleHours { from, to, days }, times.span);
        None
    }

    fn add_stretch(&mut self, (from, to): (u16, u16), times: &Times, days: &[usize], hours: &mut [Vec<(u16, u16)>; 7]) {
        let mut overlapping = None;
        for day in days {
            let Some(of_day) = hours.get_mut(*day) else { continue };
            if of_day.iter().any(|(start, end)| *start < to && from < *end) {
                overlapping = overlapping.or(Some(*day));
            } else {
                of_day.push((from, to));
                of_day.sort_unstable();
            }
        }
        if let Some(day) = overlapping {
            let times_text = format!("{}..{}", times.from, times.to);
            self.problem(CalendarProblem::OverlappingHours { day: long(day), times: times_text }, times.span);
        }
    }
}

/// What is counted by a calendar.
impl Checker<'_> {
    /// `3 business days`, `4 business hours on china`
    pub(super) fn business(&mut self, amount: &str, days: bool, calendar: Option<&Name>, span: Span) -> Option<Expr> {
        let calendar = self.calendar_named(calendar, span, None);
        let amount_text = amount;
        let Ok(amount) = literal::number(amount) else { return self.too_long(span) };
        if days && amount.floor() != amount {
            self.problem(CalendarProblem::PartOfADay { amount: amount_text.to_owned() }, span);
            return None;
        }
        let length = match days {
            true => Duration::business_days(amount, calendar?),
            false => Duration::business_hours(amount, calendar?),
        };
        match length {
            Ok(length) => Some(constant(Value::Duration(length), Type::AnchoredDuration)),
            Err(_) => self.too_long(span),
        }
    }

    fn too_long(&mut self, span: Span) -> Option<Expr> {
        self.problem(TypeProblem::DurationOutOfRange { text: self.written(span).to_owned() }, span);
        None
    }

    /// The number of the calendar that is named, or that is meant where none is; `called` is the function that asks.
    fn calendar_named(&mut self, name: Option<&Name>, span: Span, called: Option<&str>) -> Option<u16> {
        let known = || names_in(self.db, Space::Calendar).map(str::to_owned).collect::<Vec<_>>();
        let is_setting = name.is_none();
        let (wanted, span) = match name {
            Some(name) => (name.text.clone(), name.span),
            None => match default_calendar(self.db) {
                Some(name) => (name.clone(), span),
                None => {
                    let known = known();
                    let function = called.map(str::to_owned);
                    self.problem(CalendarProblem::NoCalendar { known, function }, span);
                    return None;
                }
            },
        };
        if let Some(number) = calendar_number(self.db, Symbol::new(self.db, Space::Calendar, wanted.clone())) {
            self.used(Space::Calendar, &wanted);
            return Some(*number);
        }
        let (known, suggestion) = (known(), nearest(&wanted, names_in(self.db, Space::Calendar)));
        self.problem(CalendarProblem::UnknownCalendar { name: wanted, is_setting, suggestion, known }, span);
        None
    }

    /// `lead.created_at during office`
    pub(super) fn during(&mut self, value: &ast::Expr, calendar: &Name) -> Option<Expr> {
        let typed = self.moment(value, "during");
        let calendar = self.calendar_named(Some(calendar), calendar.span, None);
        let (typed, calendar) = (typed?, calendar?);
        Some(tested(Builtin::keyed("during")?, vec![typed, number(calendar)]))
    }

    /// A function that is given a calendar last, or none where one goes without saying.
    pub(super) fn call_by_calendar(&mut self, function: &Name, arguments: &[ast::Expr], span: Span) -> Option<Expr> {
        let (values, calendar) = match arguments {
            [values @ .., last] if arguments.len() == builtins::calendar_place(&function.text)? + 1 => {
                (values, self.calendar_argument(last, &function.text))
            }
            values => (values, self.calendar_named(None, function.span, Some(&function.text))),
        };
        let typed: Vec<Option<Expr>> = values.iter().map(|value| self.expr(value, None)).collect();
        let mut typed: Vec<Expr> = typed.into_iter().collect::<Option<_>>()?;
        typed.push(number(calendar?));
        let types: Vec<Type> = typed.iter().map(|argument| argument.ty.clone()).collect();
        match builtins::function(&function.text, &types) {
            Ok((builtin, ty)) => Some(applied(builtin, ty, typed)),
            Err(mismatch) => self.misfit(mismatch, function, arguments, &types, span),
        }
    }

    fn calendar_argument(&mut self, argument: &ast::Expr, function: &str) -> Option<u16> {
        match &argument.kind {
            ExprKind::Path(path) if path.fields.is_empty() => {
                self.calendar_named(Some(&path.root), argument.span, Some(function))
            }
            _ => {
                let (context, expected) =
                    (format!("the last value of `{function}`"), "the name of a calendar".to_owned());
                let found = "something else".to_owned();
                self.problem(TypeProblem::Expected { context, expected, found }, argument.span);
                None
            }
        }
    }
}

/// The number of a calendar, as the machine is given it.
fn number(calendar: u16) -> Expr {
    constant(Value::Number(i64::from(calendar).into()), Type::Number)
}

/// `09:30` in minutes; `24:00` is the end of the day.
fn minutes(time: &str) -> Option<u16> {
    let (hours, minutes) = time.split_once(':')?;
    let minutes = hours.parse::<u16>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?;
    (minutes <= Calendar::END_OF_DAY).then_some(minutes)
}

/// Which day of the week a date is, 0 for Monday.
pub(super) fn weekday_of(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default()
}

fn short(day: usize) -> String {
    WEEKDAYS.get(day).map_or_else(String::new, |(short, _)| (*short).to_owned())
}

/// `Monday`
pub(super) fn long(day: usize) -> String {
    let long = WEEKDAYS.get(day).map_or("", |(_, long)| long);
    long.chars().take(1).flat_map(char::to_uppercase).chain(long.chars().skip(1)).collect()
}

/// A time zone that a name may mean: one with a slip, or of the city alone.
fn near_zone(name: &str) -> Option<String> {
    let zones: Vec<String> = values::zone_names();
    let city = name.trim().to_lowercase().replace(' ', "_");
    let of_city = zones.iter().find(|zone| zone.rsplit('/').next().is_some_and(|last| last.to_lowercase() == city));
    of_city.cloned().or_else(|| nearest(name, zones.iter().map(String::as_str)))
}
