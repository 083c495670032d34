//! Numbers, durations, dates, times, truth and patterns; and what is wrong with those that no calendar has.

use diagnostics::problems::SyntaxProblem;

use super::{Build, Pair, Parts, Rule, plain};
use crate::ast::{DurationUnit, Expr, ExprKind, Pattern, Span};

impl<'s> Build<'s> {
    pub(super) fn literal(&mut self, pair: Pair<'s>) -> Expr {
        let span = self.span(&pair);
        let written = pair.as_str();
        let kind = match pair.as_rule() {
            Rule::text => return self.text(&pair),
            Rule::quantity => self.quantity(written, span),
            Rule::date_like => self.date(written, span),
            Rule::clock => match time_problem(written) {
                None => ExprKind::Time(written.to_owned()),
                Some(reason) => self.impossible(written, reason, span),
            },
            Rule::long_duration => return self.long_duration(pair, span),
            Rule::money => self.money(pair),
            Rule::kw_true => ExprKind::Truth(true),
            Rule::kw_false => ExprKind::Truth(false),
            Rule::kw_missing => ExprKind::Missing,
            Rule::kw_now => ExprKind::Now,
            Rule::kw_today => ExprKind::Today,
            Rule::kw_it => return self.it(span),
            _ => ExprKind::Error,
        };
        Expr { kind, span }
    }

    /// What `it` stands for: the column of a cell.
    fn it(&mut self, span: Span) -> Expr {
        self.subject.clone().unwrap_or_else(|| {
            self.report(span, SyntaxProblem::ReservedName { name: "it".to_owned() });
            Expr::error(span)
        })
    }

    /// Digits with what is glued to them.
    fn quantity(&mut self, written: &str, span: Span) -> ExprKind {
        let suffix_at =
            written.find(|character: char| !matches!(character, '0'..='9' | '_' | '.')).unwrap_or(written.len());
        let (digits, suffix) = written.split_at(suffix_at);
        let amount = digits.replace('_', "");
        match suffix {
            "" | "%" | "k" | "M" => ExprKind::Number(format!("{amount}{suffix}")),
            "m" => {
                self.report(span, SyntaxProblem::AmbiguousUnit { amount: digits.to_owned() });
                ExprKind::Error
            }
            _ => match short_unit(suffix).or_else(|| long_unit(suffix)) {
                Some(unit) => ExprKind::Duration { amount, unit, calendar: None },
                None => {
                    let problem = SyntaxProblem::UnknownUnit { amount: digits.to_owned(), unit: suffix.to_owned() };
                    self.report(span, problem);
                    ExprKind::Error
                }
            },
        }
    }

    fn money(&self, pair: Pair<'s>) -> ExprKind {
        let mut parts = Parts::of(pair);
        let amount = parts.part(Rule::money_amount).map(|amount| amount.as_str().replace('_', "")).unwrap_or_default();
        let currency = parts.seek(Rule::currency).map(|currency| self.name(&currency)).unwrap_or_default();
        ExprKind::Money { amount, currency }
    }

    fn long_duration(&mut self, pair: Pair<'s>, span: Span) -> Expr {
        let mut parts = Parts::of(pair);
        let amount = parts.part(Rule::plain_digits).map(|digits| digits.as_str().replace('_', "")).unwrap_or_default();
        let unit = parts.next();
        let business = unit.as_ref().is_some_and(|unit| unit.as_rule() == Rule::business_unit);
        let word = unit.map_or("", |unit| unit.as_str().split_whitespace().last().unwrap_or_default());
        let calendar = parts.seek(Rule::name).map(|name| self.name(&name));
        let unit = match long_unit(word) {
            Some(DurationUnit::Hour) if business => DurationUnit::BusinessHour,
            _ if business => DurationUnit::BusinessDay,
            unit => unit.unwrap_or(DurationUnit::Day),
        };
        Expr { kind: ExprKind::Duration { amount, unit, calendar }, span }
    }

    fn date(&mut self, written: &str, span: Span) -> ExprKind {
        let (date, time) = written.split_once('T').map_or((written, None), |(date, time)| (date, Some(time)));
        let problem = date_problem(date).or_else(|| time.and_then(day_time_problem));
        match (problem, time) {
            (Some(reason), _) => self.impossible(written, reason, span),
            (None, None) => ExprKind::Date(written.to_owned()),
            (None, Some(_)) => ExprKind::DateTime(written.to_owned()),
        }
    }

    pub(super) fn impossible(&mut self, written: &str, reason: String, span: Span) -> ExprKind {
        let meant = in_full(written);
        self.report(span, SyntaxProblem::ImpossibleDate { text: written.to_owned(), reason, meant });
        ExprKind::Error
    }

    pub(super) fn pattern(&mut self, pair: &Pair<'s>) -> Expr {
        let written = pair.as_str();
        let ignore_case = written.ends_with('i');
        let body = written.strip_suffix('i').unwrap_or(written);
        let body = body.strip_prefix('/').and_then(|body| body.strip_suffix('/')).unwrap_or_default();
        let source = unescape_slashes(body);
        Expr { kind: ExprKind::Pattern(Pattern { source, ignore_case }), span: self.span(pair) }
    }
}

/// A date or time with its parts in order and in full: `2017-11-15` for `15.11.2017`, `09:00` for `9:00`.
fn in_full(written: &str) -> Option<String> {
    let two_digits = |part: &str| format!("{part:0>2}");
    let clock = |time: &str| {
        let (hours, rest) = time.split_once(':')?;
        Some(format!("{}:{rest}", two_digits(hours))).filter(|time| day_time_problem(time).is_none())
    };
    let day = |day: &str| {
        let mut parts: Vec<&str> = day.split(['-', '.']).collect();
        if day.contains('.') {
            parts.reverse();
        }
        let [year, month, day] = parts.as_slice() else { return None };
        let full = format!("{year}-{}-{}", two_digits(month), two_digits(day));
        date_problem(&full).is_none().then_some(full)
    };
    match written.split_once('T') {
        Some((date, time)) => Some(format!("{}T{}", day(date)?, clock(time)?)),
        None if written.contains(':') => clock(written),
        None => day(written),
    }
}

/// `\/` becomes a slash; every other escape belongs to the pattern.
fn unescape_slashes(body: &str) -> String {
    let mut source = String::with_capacity(body.len());
    let mut characters = body.chars();
    while let Some(character) = characters.next() {
        match (character, character == '\\') {
            (_, true) => match characters.next() {
                Some('/') => source.push('/'),
                Some(escaped) => source.extend(['\\', escaped]),
                None => source.push('\\'),
            },
            (other, false) => source.push(other),
        }
    }
    plain(&source)
}

fn short_unit(word: &str) -> Option<DurationUnit> {
    Some(match word {
        "s" => DurationUnit::Second,
        "min" => DurationUnit::Minute,
        "h" => DurationUnit::Hour,
        "d" => DurationUnit::Day,
        "w" => DurationUnit::Week,
        "mo" => DurationUnit::Month,
        "y" => DurationUnit::Year,
        _ => return None,
    })
}

fn long_unit(word: &str) -> Option<DurationUnit> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "second" => DurationUnit::Second,
        "minute" => DurationUnit::Minute,
        "hour" => DurationUnit::Hour,
        "day" => DurationUnit::Day,
        "week" => DurationUnit::Week,
        "month" => DurationUnit::Month,
        "year" => DurationUnit::Year,
        _ => return None,
    })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What is wrong with `2026-02-30`.
fn date_problem(date: &str) -> Option<String> {
    let mut parts = date.split('-').map(|part| (part.len(), part.parse::<u32>().unwrap_or_default()));
    let ((4, year), (month_width, month), (day_width, day)) =
        (parts.next()?, parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    else {
        return Some("the year comes first, then the month, then the day".into());
    };
    if month_width != 2 || day_width != 2 {
        return Some("month and day are written with two digits".into());
    }
    let Some(name) = month.checked_sub(1).and_then(|month| MONTHS.get(month as usize)) else {
        return Some("there are twelve months".into());
    };
    let days = days_in_month(year, month);
    let exists = (1..=days).contains(&day);
    (!exists).then(|| format!("{name} {year} has {days} days"))
}

/// The days of a month in the Gregorian calendar.
fn days_in_month(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// What is wrong with `25:00+01:00`.
fn day_time_problem(time: &str) -> Option<String> {
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone);
    time_problem(time).or_else(|| zone_problem(zone))
}

pub(super) fn time_problem(time: &str) -> Option<String> {
    let (whole, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let parts: Vec<_> = whole.split(':').collect();
    if !(2..=3).contains(&parts.len()) || parts.iter().any(|part| part.len() != 2) || fraction.is_empty() {
        return Some("hours and minutes are written with two digits".into());
    }
    let limits = [(23, "a day ends at 23:59"), (59, "an hour has 60 minutes"), (59, "a minute has 60 seconds")];
    let broken = parts.iter().zip(limits).find(|(part, (most, _))| part.parse().unwrap_or(u32::MAX) > *most);
    broken.map(|(_, (_, reason))| reason.to_owned())
}

/// Time zones lie between -12:00 and +14:00, and a few hours more are harmless.
fn zone_problem(zone: &str) -> Option<String> {
    let offset = zone.strip_prefix(['+', '-'])?;
    let (hours, minutes) = offset.split_once(':').unwrap_or((offset, "00"));
    let exists = hours.parse::<u32>().is_ok_and(|hours| hours <= 18)
        && minutes.parse::<u32>().is_ok_and(|minutes| minutes <= 59);
    (!exists).then(|| format!("no time zone is `{zone}` away from UTC"))
}
