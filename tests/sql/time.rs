//! Days, moments and lengths of time. Days are counted and moments are seconds; what lies between them is the table `zone`,
//! which says from when on the clocks of the rulebook's zone are how far ahead.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use syntax::ast::{Arithmetic, Comparison, Expr, ExprKind, TimeTest};

use super::Unsaid;
use super::column::{Kind, Sql, alike};
use super::expression::{months, sum};
use super::scope::Scope;

/// The years that the table `zone` tells of.
pub(super) const YEARS: std::ops::Range<i16> = 1900..2200;

const DAY: i128 = 86_400;
const PAST: Unsaid = Unsaid("a day beyond the table of clocks");

/// Days since 1970-01-01.
pub(super) fn days(date: Date) -> i128 {
    i128::from(date.to_zoned(TimeZone::UTC).map_or(0, |midnight| midnight.timestamp().as_second())) / DAY
}

/// A moment as data and rules write it: without an offset by the clocks of the zone, and a day is its beginning.
pub(super) fn moment(written: &str, zone: &TimeZone) -> Option<i64> {
    if let Ok(moment) = written.parse::<Timestamp>() {
        return (moment.subsec_nanosecond() == 0).then(|| moment.as_second());
    }
    let local = written.parse::<DateTime>().ok()?;
    let moment = local.to_zoned(zone.clone()).ok()?.timestamp();
    (moment.subsec_nanosecond() == 0).then(|| moment.as_second())
}

impl Scope<'_> {
    /// A day or moment that is written down.
    pub(super) fn time(&mut self, expr: &Expr) -> Result<Sql, Unsaid> {
        let known = self.known;
        match &expr.kind {
            ExprKind::Now => Sql::constant(known.now.as_second().into(), Kind::Moment),
            ExprKind::Today => Sql::constant(days(known.now.to_zoned(known.zone.clone()).date()), Kind::Date),
            ExprKind::Date(written) => Sql::constant(days(written.parse().map_err(|_| PAST)?), Kind::Date),
            ExprKind::DateTime(written) => {
                let moment = moment(written, &known.zone).ok_or(Unsaid("a part of a second"))?;
                Sql::constant(moment.into(), Kind::Moment)
            }
            _ => Err(Unsaid("no time")),
        }
    }

    /// A day as the moment at which it begins.
    pub(super) fn begin(&self, day: &Sql) -> Result<Sql, Unsaid> {
        let bounds = (day.bounds.0 * DAY - DAY, day.bounds.1 * DAY + DAY);
        within_years(bounds)?;
        let text = format!(
            "(SELECT s - (SELECT ahead FROM zone WHERE local <= s ORDER BY local DESC LIMIT 1) FROM (SELECT {} * 86400 AS s))",
            day.text
        );
        Ok(Sql { literal: day.literal, ..Sql::of(text, Kind::Moment, bounds)? })
    }

    /// A moment by the clocks of the zone, in seconds since 1970 began there.
    fn local(moment: &Sql) -> Result<String, Unsaid> {
        within_years(moment.bounds)?;
        Ok(format!(
            "(SELECT m + (SELECT ahead FROM zone WHERE since <= m ORDER BY since DESC LIMIT 1) FROM (SELECT {} AS m))",
            moment.text
        ))
    }

    /// Two values of which one may be a day and the other a moment: the day begins then.
    pub(super) fn in_time(&self, left: &Sql, right: &Sql) -> Result<(Sql, Sql), Unsaid> {
        match (&left.kind, &right.kind) {
            (Kind::Date, Kind::Moment) => Ok((self.begin(left)?, right.clone())),
            (Kind::Moment, Kind::Date) => Ok((left.clone(), self.begin(right)?)),
            _ => Ok((left.clone(), right.clone())),
        }
    }

    fn as_moment(&self, time: &Sql) -> Result<Sql, Unsaid> {
        match time.kind {
            Kind::Moment => Ok(time.clone()),
            Kind::Date => self.begin(time),
            _ => Err(Unsaid("no time")),
        }
    }

    /// Something added to a time, or taken from it.
    pub(super) fn time_sum(&mut self, sign: Arithmetic, (one, other): (&Sql, &Sql), by: &Expr) -> Result<Sql, Unsaid> {
        match (&one.kind, &other.kind) {
            (Kind::Date, Kind::Date) if sign == Arithmetic::Subtract => {
                // Days are 24 hours each, also those on which the clocks change.
                let days = sum(sign, one, other, Kind::Duration)?;
                let bounds = (days.bounds.0 * DAY, days.bounds.1 * DAY);
                Sql::of(format!("({} * 86400)", days.text), Kind::Duration, bounds)
            }
            (Kind::Date | Kind::Moment, Kind::Date | Kind::Moment) if sign == Arithmetic::Subtract => {
                sum(sign, &self.as_moment(one)?, &self.as_moment(other)?, Kind::Duration)
            }
            // A day and days are a day again, if they are written down.
            (Kind::Date, Kind::Duration) if whole_days(by).is_some() => {
                let days = Sql::constant(whole_days(by).unwrap_or(0), Kind::Date)?;
                sum(sign, one, &days, Kind::Date)
            }
            (Kind::Date | Kind::Moment, Kind::Duration) => sum(sign, &self.as_moment(one)?, other, Kind::Moment),
            _ => Err(Unsaid("a sum of something else than numbers and times")),
        }
    }

    /// Months from a day on. Where the month is too short `floor` takes its last day, which plain SQLite does not.
    pub(super) fn months_later(&mut self, from: &Expr, months: i64) -> Result<Sql, Unsaid> {
        let day = self.value(from)?;
        if day.kind != Kind::Date {
            return Err(Unsaid("months from a moment on"));
        }
        let far = i128::from(months.abs()) * 31;
        let bounds = (day.bounds.0 - far, day.bounds.1 + far);
        within_years((bounds.0 * DAY, bounds.1 * DAY))?;
        let text = format!("(unixepoch({} * 86400, 'unixepoch', '{months:+} months', 'floor') / 86400)", day.text);
        Sql::of(text, Kind::Date, bounds)
    }

    /// `A - B > 3mo`: A lies beyond B and three months.
    pub(super) fn months_apart(
        &mut self,
        sign: Comparison,
        left: &Expr,
        right: &Expr,
    ) -> Result<Option<String>, Unsaid> {
        let (Some(months), ExprKind::Arithmetic { operator: Arithmetic::Subtract, left: later, right: earlier }) =
            (months(right), &left.kind)
        else {
            return Ok(None);
        };
        let sign = match sign {
            Comparison::Equal => "=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
        };
        let (later, bound) = (self.value(later)?, self.months_later(earlier, months)?);
        self.compare(&later, sign, &bound).map(Some)
    }

    pub(super) fn timed(&mut self, test: TimeTest, value: &Expr, operand: &Expr) -> Result<String, Unsaid> {
        let value = self.value(value)?;
        if matches!(test, TimeTest::Before | TimeTest::After) {
            let other = self.value(operand)?;
            return self.compare(&value, if test == TimeTest::Before { "<" } else { ">" }, &other);
        }
        let value = self.as_moment(&value)?;
        let now = Sql::constant(self.known.now.as_second().into(), Kind::Moment)?;
        let edge = self.away(if test == TimeTest::WithinNext { 1 } else { -1 }, operand)?;
        let tests = match test {
            TimeTest::OlderThan => return self.compare(&value, "<", &edge),
            TimeTest::WithinLast => [self.compare(&value, ">=", &edge)?, self.compare(&value, "<=", &now)?],
            _ => [self.compare(&value, ">=", &now)?, self.compare(&value, "<=", &edge)?],
        };
        Ok(format!("({})", tests.join(" AND ")))
    }

    /// So long before now, or after it.
    fn away(&mut self, sign: i64, by: &Expr) -> Result<Sql, Unsaid> {
        let known = self.known;
        if let Some(months) = months(by) {
            let edge = known.now.to_zoned(known.zone.clone()).checked_add(Span::new().months(sign * months));
            let edge = edge.map_err(|_| PAST)?.timestamp();
            return Sql::constant(edge.as_second().into(), Kind::Moment);
        }
        let now = Sql::constant(known.now.as_second().into(), Kind::Moment)?;
        match self.value(by)? {
            by @ Sql { kind: Kind::Duration, .. } => {
                sum(if sign > 0 { Arithmetic::Add } else { Arithmetic::Subtract }, &now, &by, Kind::Moment)
            }
            _ => Err(Unsaid("a length of something else than time")),
        }
    }

    /// A part of a time, or the other kind of it.
    pub(super) fn of_time(&self, function: &str, time: &Sql) -> Result<Sql, Unsaid> {
        let local = match time.kind {
            Kind::Moment => Self::local(time)?,
            Kind::Date => format!("({} * 86400)", time.text),
            _ => return Err(Unsaid("a part of something else than time")),
        };
        let part = |format: &str| format!("CAST(strftime('{format}', {local}, 'unixepoch') AS INTEGER)");
        let (text, bounds) = match function {
            "date" if time.kind == Kind::Moment => {
                let days = (time.bounds.0 / DAY - 2, time.bounds.1 / DAY + 2);
                return Sql::of(
                    format!("(SELECT l / 86400 - (l % 86400 < 0) FROM (SELECT {local} AS l))"),
                    Kind::Date,
                    days,
                );
            }
            "datetime" if time.kind == Kind::Date => return self.begin(time),
            "year" => (part("%Y"), (1900, 2200)),
            "quarter" => (format!("(({} + 2) / 3)", part("%m")), (1, 4)),
            "month" => (part("%m"), (1, 12)),
            "week" => (part("%V"), (1, 53)),
            "day" => (part("%d"), (1, 31)),
            "weekday" => (part("%u"), (1, 7)),
            "hour" if time.kind == Kind::Moment => (part("%H"), (0, 23)),
            "minute" if time.kind == Kind::Moment => (part("%M"), (0, 59)),
            _ => return Err(Unsaid("a function that has no like in SQL")),
        };
        Sql::of(text, Kind::Number(0), bounds)
    }

    /// Whether today is one of the days from one until another; none stands for no end.
    pub(super) fn in_force(&mut self, from: Option<&Expr>, until: Option<&Expr>) -> Result<String, Unsaid> {
        let today = Sql::constant(days(self.known.now.to_zoned(self.known.zone.clone()).date()), Kind::Date)?;
        let mut tests = vec!["1".to_owned()];
        for (day, sign) in [(from, ">="), (until, "<=")] {
            if let Some(day) = day {
                let day = self.value(day)?;
                let (today, day) = alike(&today, &day)?;
                tests.push(self.compare(&today, sign, &day)?);
            }
        }
        Ok(format!("({})", tests.join(" AND ")))
    }
}

/// How many days a length has that is written down in days or weeks.
fn whole_days(by: &Expr) -> Option<i128> {
    use syntax::ast::DurationUnit::{Day, Week};
    match &by.kind {
        ExprKind::Group(inner) => whole_days(inner),
        ExprKind::Duration { amount, unit: Day, calendar: None } => amount.parse().ok(),
        ExprKind::Duration { amount, unit: Week, calendar: None } => amount.parse::<i128>().ok().map(|weeks| weeks * 7),
        _ => None,
    }
}

fn within_years(bounds: (i128, i128)) -> Result<(), Unsaid> {
    let second = |year: i16| days(jiff::civil::date(year, 1, 1)) * DAY;
    if bounds.0 < second(YEARS.start + 1) || bounds.1 > second(YEARS.end - 1) { Err(PAST) } else { Ok(()) }
}
