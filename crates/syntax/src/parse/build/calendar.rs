//! Calendars, line by line.

use super::{Build, Pair, Parts, Rule};
use crate::ast::{Calendar, CalendarLine, CalendarLineKind, Days, Expr, Holiday, Span, Times};

impl<'s> Build<'s> {
    pub(super) fn calendar(&mut self, pair: Pair<'s>) -> Calendar {
        let mut parts = Parts::of(pair);
        let name = self.declared(parts.seek(Rule::declared_name).as_ref());
        Calendar { name, lines: parts.map(|line| self.calendar_line(line)).collect() }
    }

    pub(in super::super) fn calendar_line(&mut self, pair: Pair<'s>) -> CalendarLine {
        let span = self.span(&pair);
        let kind = Parts::of(pair).next().map_or(CalendarLineKind::Error, |line| self.calendar_line_kind(line));
        CalendarLine { kind, span }
    }

    fn calendar_line_kind(&mut self, line: Pair<'s>) -> CalendarLineKind {
        match line.as_rule() {
            Rule::time_zone => {
                let zone = Parts::of(line).seek(Rule::text).map(|zone| self.quoted(&zone));
                zone.map_or(CalendarLineKind::Error, CalendarLineKind::Zone)
            }
            Rule::hours => self.hours(line),
            _ => self.holidays(line),
        }
    }

    fn hours(&mut self, pair: Pair<'s>) -> CalendarLineKind {
        let (mut days, mut times) = (Vec::new(), Vec::new());
        for part in Parts::of(pair) {
            match part.as_rule() {
                Rule::days => {
                    let mut names = Parts::of(part).filter(|part| part.as_rule() == Rule::weekday);
                    let from = names.next().map(|name| self.name(&name)).unwrap_or_default();
                    days.push(Days { from, to: names.next().map(|name| self.name(&name)) });
                }
                Rule::stretch => times.extend(self.times(part)),
                _ => {}
            }
        }
        CalendarLineKind::Hours { days, times }
    }

    fn times(&mut self, pair: Pair<'s>) -> Option<Times> {
        let span = self.span(&pair);
        let mut clocks = Parts::of(pair).filter(|part| part.as_rule() == Rule::clock);
        let (from, to) = (clocks.next()?, clocks.next()?);
        for clock in [&from, &to] {
            self.check_time(clock.as_str(), self.span(clock));
        }
        Some(Times { from: from.as_str().to_owned(), to: to.as_str().to_owned(), span })
    }

    fn holidays(&mut self, pair: Pair<'s>) -> CalendarLineKind {
        let mut parts = Parts::of(pair);
        parts.has(Rule::kw_holidays);
        if parts.has(Rule::kw_from) {
            let file = parts.part(Rule::text).map(|file| self.quoted(&file));
            return file.map_or(CalendarLineKind::Error, CalendarLineKind::HolidaysFrom);
        }
        CalendarLineKind::Holidays(parts.map(|holiday| self.holiday(holiday)).collect())
    }

    fn holiday(&mut self, pair: Pair<'s>) -> Holiday {
        let span = self.span(&pair);
        let mut dates = Parts::of(pair).filter(|part| part.as_rule() == Rule::date_like);
        let from = dates.next().map_or_else(|| Expr::error(span), |date| self.literal(date));
        Holiday { from, to: dates.next().map(|date| self.literal(date)), span }
    }

    /// Says so when a day has no such time; `24:00` is its end.
    fn check_time(&mut self, written: &str, span: Span) {
        if written != "24:00"
            && let Some(reason) = super::literals::time_problem(written)
        {
            self.impossible(written, reason, span);
        }
    }
}
