//! The holidays of a calendar, from its own lines and from files.

use std::collections::BTreeSet;

use diagnostics::problems::{CalendarProblem, ConditionProblem, FileLine, NameProblem};
use syntax::ast::{self, CalendarLineKind, ExprKind, Holiday, Quoted, Span};
use values::Date;
use values::literal::{LiteralError, date, dates_meant};

use super::Checker;
use super::calendar::{long, weekday_of};
use crate::data::first_column;

/// The years in which a holiday is believed.
const NEAR_YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// The most days of one range of holidays.
const LONGEST_HOLIDAYS: i32 = 366;

impl Checker<'_> {
    /// The holidays in order, each once; `is_idle` knows the days on which nobody works anyway.
    pub(super) fn calendar_holidays(
        &mut self,
        calendar: &ast::Calendar,
        is_idle: &dyn Fn(Date) -> bool,
    ) -> BTreeSet<Date> {
        let mut holidays = BTreeSet::new();
        for line in &calendar.lines {
            match &line.kind {
                CalendarLineKind::Holidays(days) => {
                    for day in days {
                        self.holiday(day, is_idle, &mut holidays);
                    }
                }
                CalendarLineKind::HolidaysFrom(file) => self.holidays_from(file, &mut holidays),
                _ => {}
            }
        }
        holidays
    }

    fn holiday(&mut self, holiday: &Holiday, is_idle: &dyn Fn(Date) -> bool, known: &mut BTreeSet<Date>) {
        let last = holiday.to.as_ref().map_or_else(|| written_date(&holiday.from), written_date);
        let (Some(first), Some(last)) = (written_date(&holiday.from), last) else { return };
        let count = (last.duration_since(first).as_hours() / 24).saturating_add(1);
        match i32::try_from(count).ok().filter(|count| *count <= LONGEST_HOLIDAYS) {
            Some(..=0) => {
                let (low, high) = (first.to_string(), last.to_string());
                self.problem(ConditionProblem::EmptyRange { low, high, asked: false }, holiday.span);
            }
            None => {
                let (first, last) = (first.to_string(), last.to_string());
                self.problem(CalendarProblem::LongHolidays { first, last }, holiday.span);
            }
            Some(1) => {
                self.single_holiday(first, is_idle, !known.insert(first), holiday.span);
            }
            Some(count) => {
                let days = usize::try_from(count).unwrap_or_default();
                known.extend(std::iter::successors(Some(first), |day| day.tomorrow().ok()).take(days));
            }
        }
    }

    /// Says so when a single day is given twice, changes nothing, or is far away.
    fn single_holiday(&mut self, date: Date, is_idle: &dyn Fn(Date) -> bool, is_known: bool, span: Span) {
        let text = date.to_string();
        if is_known {
            self.problem(CalendarProblem::DuplicateHoliday { date: text, line: None }, span);
        } else if !NEAR_YEARS.contains(&date.year()) {
            self.problem(CalendarProblem::DistantHoliday { date: text, line: None }, span);
        } else if is_idle(date) {
            self.problem(CalendarProblem::IdleHoliday { date: text, day: long(weekday_of(date)) }, span);
        }
    }

    /// The first column of a file. Of each thing that is wrong with it, the first line is told, and how many more there are.
    fn holidays_from(&mut self, file: &Quoted, known: &mut BTreeSet<Date>) {
        // A file that begins with a day has no heading, and the day must not be lost.
        let is_heading = |cell: &str| date(cell).is_err() && dates_meant(cell).is_empty();
        let cells = match first_column(self.db, &file.text, is_heading) {
            Ok(cells) => cells,
            Err(reason) => {
                return self.problem(NameProblem::UnreadableFile { file: file.text.clone(), reason }, file.span);
            }
        };
        let (mut malformed, mut repeated, mut distant) = (Vec::new(), Vec::new(), Vec::new());
        for (line, cell) in cells {
            match date(&cell) {
                Err(reason) => malformed.push((line, (cell, reason))),
                Ok(date) if !known.insert(date) => repeated.push((line, date.to_string())),
                Ok(date) if !NEAR_YEARS.contains(&date.year()) => distant.push((line, date.to_string())),
                Ok(_) => {}
            }
        }
        if let Some((line, (cell, reason))) = first_of(file, malformed) {
            let meant = dates_meant(&cell).iter().map(ToString::to_string).collect();
            let is_impossible = reason == LiteralError::Impossible;
            self.problem(CalendarProblem::MalformedHoliday { cell, line, meant, is_impossible }, file.span);
        }
        if let Some((line, date)) = first_of(file, repeated) {
            self.problem(CalendarProblem::DuplicateHoliday { date, line: Some(line) }, file.span);
        }
        if let Some((line, date)) = first_of(file, distant) {
            self.problem(CalendarProblem::DistantHoliday { date, line: Some(line) }, file.span);
        }
    }
}

/// The first of the lines that share a fault.
fn first_of<T>(file: &Quoted, lines: Vec<(u64, T)>) -> Option<(FileLine, T)> {
    let more = lines.len().saturating_sub(1);
    let (line, what) = lines.into_iter().next()?;
    Some((FileLine { file: file.text.clone(), line, more }, what))
}

fn written_date(expr: &ast::Expr) -> Option<Date> {
    match &expr.kind {
        ExprKind::Date(text) => date(text).ok(),
        _ => None,
    }
}
