//! Calendars, line by line.

use diagnostics::problems::SyntaxProblem;

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
                    self.with_dots(&part);
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
        let is_told = self.with_dots(&pair);
        let mut times = Parts::of(pair).filter(|part| matches!(part.as_rule(), Rule::clock | Rule::hour));
        let (from, to) = (times.next()?, times.next()?);
        for time in [&from, &to].into_iter().filter(|_| !is_told) {
            self.check_time(time.as_str(), self.span(time));
        }
        Some(Times { from: in_full(&from), to: in_full(&to), span })
    }

    /// Says so when two days or times have a minus between them, or a time is an hour alone; whether it did.
    fn with_dots(&mut self, pair: &Pair<'s>) -> bool {
        let parts = || pair.clone().into_inner();
        if parts().all(|part| !matches!(part.as_rule(), Rule::minus | Rule::hour)) {
            return false;
        }
        let suggestion = Some(parts().map(|part| in_full(&part)).collect());
        let expected =
            if pair.as_rule() == Rule::days { "days such as `mon..fri`" } else { "hours such as `09:00..17:30`" };
        let (span, found) = (self.span(pair), pair.as_str().to_owned());
        self.report(span, SyntaxProblem::Unexpected { expected: vec![expected.to_owned()], found, suggestion });
        true
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

/// A part of a line as it should stand there: `09:00` for `9`, `..` for `-`.
fn in_full(part: &Pair<'_>) -> String {
    match part.as_rule() {
        Rule::minus | Rule::dots => "..".to_owned(),
        Rule::hour => format!("{:0>2}:00", part.as_str()),
        Rule::clock if part.as_str().find(':') == Some(1) => format!("0{}", part.as_str()),
        _ => part.as_str().to_owned(),
    }
}
