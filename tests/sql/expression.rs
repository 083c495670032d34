//! Values: what an expression of the rules is in SQL. A value that is missing is NULL, and reckoning with NULL gives NULL in
//! both languages; how conditions differ stands in `condition.rs`.

use syntax::ast::{Arithmetic, DurationUnit, Expr, ExprKind, Piece};

use super::Unsaid;
use super::column::{Kind, Sql, alike, either, quoted};
use super::scope::Scope;

impl Scope<'_> {
    /// The value of an expression; a condition is 0 or 1.
    pub(super) fn value(&mut self, expr: &Expr) -> Result<Sql, Unsaid> {
        match &expr.kind {
            ExprKind::Number(written) => {
                let (number, scale) = number(written).ok_or(Unsaid("a number of more than 18 digits"))?;
                Sql::constant(number, Kind::Number(scale))
            }
            ExprKind::Money { amount, currency } => {
                let (number, scale) = number(amount).ok_or(Unsaid("a number of more than 18 digits"))?;
                Sql::constant(number, Kind::Money(scale, currency.text.clone()))
            }
            ExprKind::Duration { amount, unit, calendar: None } => duration(amount, *unit),
            ExprKind::Date(_) | ExprKind::DateTime(_) | ExprKind::Now | ExprKind::Today => self.time(expr),
            ExprKind::Truth(truth) => Ok(Sql { literal: true, ..Sql::truth(u8::from(*truth).to_string()) }),
            ExprKind::Missing => Ok(Sql::missing()),
            ExprKind::Text(pieces) => self.text(pieces),
            ExprKind::Path(path) => self.path(path),
            ExprKind::Group(inner) => self.value(inner),
            ExprKind::Negate(inner) => self.negated(inner),
            ExprKind::Arithmetic { operator, left, right } => self.arithmetic(*operator, left, right),
            ExprKind::Default { value, fallback } => {
                let (value, fallback) = alike(&self.value(value)?, &self.value(fallback)?)?;
                chosen(format!("coalesce({}, {})", value.text, fallback.text), &value, &fallback)
            }
            ExprKind::If { condition, then, otherwise } => {
                let condition = self.condition(condition)?;
                let then = self.where_holds(&condition, |it| it.value(then))?;
                let otherwise = self.where_holds(&format!("NOT {condition}"), |it| it.value(otherwise))?;
                let (then, otherwise) = alike(&then, &otherwise)?;
                let text = format!("CASE WHEN {condition} THEN {} ELSE {} END", then.text, otherwise.text);
                chosen(text, &then, &otherwise)
            }
            ExprKind::Call { function, arguments } => self.call(&function.text, arguments),
            _ => self.asked(expr),
        }
    }

    fn text(&mut self, pieces: &[Piece]) -> Result<Sql, Unsaid> {
        let mut joined = Vec::new();
        for piece in pieces {
            joined.push(match piece {
                Piece::Text(text) => quoted(text)?,
                Piece::Expr(expr) => match self.value(expr)? {
                    Sql { kind: Kind::Text(_), text, .. } => format!("coalesce({text}, '')"),
                    _ => return Err(Unsaid("a value that is written out")),
                },
            });
        }
        let is_literal = pieces.iter().all(|piece| matches!(piece, Piece::Text(_)));
        let text = if joined.is_empty() { "''".to_owned() } else { joined.join(" || ") };
        Ok(Sql { literal: is_literal, ..Sql::words(format!("({text})"), false) })
    }

    fn negated(&mut self, inner: &Expr) -> Result<Sql, Unsaid> {
        let value = self.value(inner)?;
        if !matches!(value.kind, Kind::Number(_) | Kind::Money(..)) {
            return Err(Unsaid("minus of something else"));
        }
        let bounds = (-value.bounds.1, -value.bounds.0);
        Ok(Sql { literal: value.literal, ..Sql::of(format!("(-{})", value.text), value.kind, bounds)? })
    }

    fn arithmetic(&mut self, operator: Arithmetic, left: &Expr, right: &Expr) -> Result<Sql, Unsaid> {
        if let Some(months) = months(right) {
            return self.months_later(left, if operator == Arithmetic::Add { months } else { -months });
        }
        let (one, other) = (self.value(left)?, self.value(right)?);
        match (operator, &one.kind, &other.kind) {
            (Arithmetic::Add, Kind::Text(_), Kind::Text(_)) => {
                Ok(Sql::words(format!("({} || {})", one.text, other.text), false))
            }
            (Arithmetic::Add | Arithmetic::Subtract, ..) if one.kind.is_number() && other.kind.is_number() => {
                let (one, other) = alike(&one, &other)?;
                sum(operator, &one, &other, one.kind.clone())
            }
            (Arithmetic::Add | Arithmetic::Subtract, ..) => self.time_sum(operator, (&one, &other), right),
            (Arithmetic::Multiply, ..) => product(&one, &other),
            (Arithmetic::Remainder, Kind::Number(_), Kind::Number(_)) => {
                let (one, other) = alike(&one, &other)?;
                self.doubts.push(format!("{} = 0", other.text));
                // Ours has the sign of the divisor, as in a spreadsheet; that of SQLite has the sign of the dividend.
                let most = other.bounds.0.abs().max(other.bounds.1.abs());
                let text = format!("(SELECT (n % d + d) % d FROM (SELECT {} AS n, {} AS d))", one.text, other.text);
                Sql::of(text, one.kind.clone(), (-most, most))
            }
            _ => Err(Unsaid("a quotient, which has no end of decimals")),
        }
    }
}

impl Kind {
    pub(super) const fn is_number(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Money(..) | Self::Duration)
    }
}

/// One of two values of one type.
fn chosen(text: String, one: &Sql, other: &Sql) -> Result<Sql, Unsaid> {
    let kind = match (&one.kind, &other.kind) {
        (Kind::Text(one), Kind::Text(other)) if one != other => {
            return Err(Unsaid("a text that is compared to the letter, or else is not"));
        }
        (kind, _) => kind.clone(),
    };
    Sql::of(format!("({text})"), kind, either(one, other))
}

/// The sum or difference of two values in one unit.
pub(super) fn sum(operator: Arithmetic, one: &Sql, other: &Sql, kind: Kind) -> Result<Sql, Unsaid> {
    let (sign, low, high) = match operator {
        Arithmetic::Add => ("+", other.bounds.0, other.bounds.1),
        _ => ("-", -other.bounds.1, -other.bounds.0),
    };
    let bounds = (one.bounds.0 + low, one.bounds.1 + high);
    Sql::of(format!("({} {sign} {})", one.text, other.text), kind, bounds)
}

/// The product of two numbers, or of money and a number.
pub(super) fn product(one: &Sql, other: &Sql) -> Result<Sql, Unsaid> {
    let kind = match (&one.kind, &other.kind) {
        (Kind::Number(one), Kind::Number(other)) => Kind::Number(one + other),
        (Kind::Money(one, currency), Kind::Number(other)) | (Kind::Number(other), Kind::Money(one, currency)) => {
            Kind::Money(one + other, currency.clone())
        }
        _ => return Err(Unsaid("a product of something else than numbers")),
    };
    let (a, b) = (one.bounds, other.bounds);
    let corners = [a.0 * b.0, a.0 * b.1, a.1 * b.0, a.1 * b.1];
    let bounds = (corners.iter().copied().min().unwrap_or(0), corners.iter().copied().max().unwrap_or(0));
    Sql::of(format!("({} * {})", one.text, other.text), kind, bounds)
}

/// `1.5`, `12%`, `5k`, `2M`: the digits as a whole number, and how many of them are decimals.
pub(super) fn number(written: &str) -> Option<(i128, u32)> {
    let (digits, zeros, hundredth) = match written.strip_suffix(['%', 'k', 'M']) {
        Some(digits) if written.ends_with('%') => (digits, 0, 2),
        Some(digits) => (digits, if written.ends_with('k') { 3 } else { 6 }, 0),
        None => (written, 0, 0),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let decimals = decimals.trim_end_matches('0');
    let number: i128 = format!("{whole}{decimals}").parse().ok()?;
    let scale = u32::try_from(decimals.len()).ok()? + hundredth;
    let number = number.checked_mul(10_i128.pow(zeros))?;
    (number.abs() < 1_000_000_000_000_000_000 && scale < 12).then_some((number, scale))
}

/// How many months a length has that needs a date to count from.
pub(super) fn months(expr: &Expr) -> Option<i64> {
    match &expr.kind {
        ExprKind::Group(inner) => months(inner),
        ExprKind::Duration { amount, unit: DurationUnit::Month, calendar: None } => amount.parse().ok(),
        ExprKind::Duration { amount, unit: DurationUnit::Year, calendar: None } => {
            amount.parse::<i64>().ok().map(|years| years * 12)
        }
        _ => None,
    }
}

fn duration(amount: &str, unit: DurationUnit) -> Result<Sql, Unsaid> {
    let seconds = match unit {
        DurationUnit::Second => 1,
        DurationUnit::Minute => 60,
        DurationUnit::Hour => 3_600,
        DurationUnit::Day => 86_400,
        DurationUnit::Week => 604_800,
        _ => return Err(Unsaid("a length of no exact seconds")),
    };
    let (number, scale) = number(amount).ok_or(Unsaid("a length of no exact seconds"))?;
    let (seconds, part) = (number * seconds, 10_i128.pow(scale));
    if seconds % part == 0 {
        return Sql::constant(seconds / part, Kind::Duration);
    }
    Err(Unsaid("a length of no exact seconds"))
}
