//! Functions of numbers, and those that take several values.

use syntax::ast::{Arithmetic, Expr, ExprKind};

use super::Unsaid;
use super::column::{Kind, Sql, alike, either};
use super::expression::product;
use super::scope::Scope;

impl Scope<'_> {
    pub(super) fn call(&mut self, function: &str, arguments: &[Expr]) -> Result<Sql, Unsaid> {
        match (function, arguments) {
            ("round", [value]) => self.round(value, 0),
            ("round", [value, digits]) => {
                let digits = self.value(digits)?;
                match digits {
                    Sql { literal: true, kind: Kind::Number(0), bounds: (digits, _), .. } => self.round(value, digits),
                    _ => Err(Unsaid("a number of digits that is computed")),
                }
            }
            ("floor", [value]) => self.whole(value, |v, s| format!("({v} / {s} - ({v} % {s} < 0))")),
            ("ceiling", [value]) => self.whole(value, |v, s| format!("({v} / {s} + ({v} % {s} > 0))")),
            ("abs", [value]) => {
                let value = self.value(value)?;
                let (low, high) = value.bounds;
                let most = low.abs().max(high.abs());
                if !value.kind.is_number() || value.kind == Kind::Duration {
                    return Err(Unsaid("a function that has no like in SQL"));
                }
                Sql::of(format!("abs({})", value.text), value.kind, (0, most))
            }
            ("min" | "max", [_, _, ..]) => self.extreme(function, arguments),
            ("amount", [money]) => match self.value(money)? {
                Sql { kind: Kind::Money(scale, _), text, bounds, .. } => Sql::of(text, Kind::Number(scale), bounds),
                _ => Err(Unsaid("money of any currency")),
            },
            (
                "date" | "datetime" | "year" | "quarter" | "month" | "week" | "day" | "weekday" | "hour" | "minute",
                [time],
            ) => {
                let time = self.value(time)?;
                self.of_time(function, &time)
            }
            _ => self.of_text(function, arguments),
        }
    }

    /// The least or the greatest; SQLite's functions of several arguments give NULL where one is, as the rules do.
    fn extreme(&mut self, function: &str, arguments: &[Expr]) -> Result<Sql, Unsaid> {
        let mut values =
            arguments.iter().map(|argument| self.value(argument)).collect::<Result<Vec<_>, _>>()?.into_iter();
        let mut least = values.next().ok_or(Unsaid("the least of nothing"))?;
        for value in values {
            let (one, other) = self.in_time(&least, &value)?;
            let (one, other) = alike(&one, &other)?;
            if matches!(one.kind, Kind::Text(_) | Kind::Texts(_) | Kind::Missing) {
                return Err(Unsaid("the least of something else than numbers"));
            }
            least =
                Sql::of(format!("{function}({}, {})", one.text, other.text), one.kind.clone(), either(&one, &other))?;
        }
        Ok(least)
    }

    /// A whole number made of a value and the unit that it is kept in.
    fn whole(&mut self, value: &Expr, make: fn(&str, i128) -> String) -> Result<Sql, Unsaid> {
        let value = self.value(value)?;
        let (unit, kind) = match &value.kind {
            Kind::Number(scale) => (10_i128.pow(*scale), Kind::Number(0)),
            Kind::Money(scale, currency) => (10_i128.pow(*scale), Kind::Money(0, currency.clone())),
            _ => return Err(Unsaid("a function that has no like in SQL")),
        };
        let bounds = (value.bounds.0 / unit - 1, value.bounds.1 / unit + 1);
        Sql::of(format!("(SELECT {} FROM (SELECT {} AS v))", make("v", unit), value.text), kind, bounds)
    }

    /// The nearest with so many decimals, of two the even one. A quotient has no end of decimals, but its nearest is known.
    fn round(&mut self, value: &Expr, digits: i128) -> Result<Sql, Unsaid> {
        if !(-6..=6).contains(&digits) {
            return Err(Unsaid("a number of more than 18 digits"));
        }
        let (dividend, divisor, kind) = match self.quotient(value) {
            Some(quotient) => {
                let (left, right) = quotient?;
                let (left, right) = alike(&left, &right)?;
                if !matches!(left.kind, Kind::Number(_) | Kind::Money(..)) {
                    return Err(Unsaid("a quotient of something else than numbers"));
                }
                // A negative divisor is turned round, so that the remainder is never below zero.
                let turned = format!("({} * (CASE WHEN {} < 0 THEN -1 ELSE 1 END))", left.text, right.text);
                let most = left.bounds.0.abs().max(left.bounds.1.abs());
                Sql::of("", Kind::Number(0), (right.bounds.0 * 2_000_000, right.bounds.1 * 2_000_000))?;
                (Sql::of(turned, Kind::Number(0), (-most, most))?, format!("abs({})", right.text), Kind::Number(0))
            }
            None => {
                let value = self.value(value)?;
                let (scale, kind) = match &value.kind {
                    Kind::Number(scale) => (*scale, Kind::Number(0)),
                    Kind::Money(scale, currency) => (*scale, Kind::Money(0, currency.clone())),
                    _ => return Err(Unsaid("a function that has no like in SQL")),
                };
                (value, 10_i128.pow(scale).to_string(), kind)
            }
        };
        rounded(&dividend, &divisor, digits, kind)
    }

    /// Dividend and divisor of a quotient; of one that is divided again the divisors are multiplied.
    fn quotient(&mut self, value: &Expr) -> Option<Result<(Sql, Sql), Unsaid>> {
        match &value.kind {
            ExprKind::Group(inner) => self.quotient(inner),
            ExprKind::Arithmetic { operator: Arithmetic::Divide, left, right } => Some(self.divided(left, right)),
            _ => None,
        }
    }

    fn divided(&mut self, left: &Expr, right: &Expr) -> Result<(Sql, Sql), Unsaid> {
        let divisor = self.value(right)?;
        self.doubts.push(format!("{} = 0", divisor.text));
        match self.quotient(left) {
            Some(quotient) => {
                let (dividend, first) = quotient?;
                Ok((dividend, product(&first, &divisor)?))
            }
            None => Ok((self.value(left)?, divisor)),
        }
    }
}

/// A dividend by a positive divisor, half to even.
fn rounded(dividend: &Sql, divisor: &str, digits: i128, kind: Kind) -> Result<Sql, Unsaid> {
    let power = |digits: i128| 10_i128.pow(u32::try_from(digits.max(0)).unwrap_or(0));
    let (times, units) = (power(digits), power(-digits));
    // Twice the remainder is asked for, so the divisor must leave room as well.
    let room = Sql::of(String::new(), Kind::Number(0), (dividend.bounds.0 * times * 2, dividend.bounds.1 * times * 2))?;
    let kind = match kind {
        Kind::Money(_, currency) => Kind::Money(u32::try_from(digits.max(0)).unwrap_or(0), currency),
        _ => Kind::Number(u32::try_from(digits.max(0)).unwrap_or(0)),
    };
    let text = format!(
        "(SELECT (f + (2 * r > d OR (2 * r = d AND f % 2 <> 0))) * {units} FROM (SELECT f, d, n - f * d AS r FROM \
         (SELECT n, d, n / d - (n % d < 0) AS f FROM (SELECT {} * {times} AS n, {divisor} * {units} AS d))))",
        dividend.text
    );
    let far = |bound: i128| bound.abs() / 2 + units;
    let most = far(room.bounds.0).max(far(room.bounds.1));
    Sql::of(text, kind, (-most, most))
}
