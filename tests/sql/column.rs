//! What stands in a column: SQL text with its type and its bounds.
//!
//! SQLite counts in whole numbers of 64 bits and falls back to binary floating point beyond, without a word. So every number
//! is kept as a whole number of a known unit, and beside it how far it can go: what could go beyond is not said in SQL.

use super::Unsaid;

/// The type of a value, and how SQLite keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// 0 or 1.
    Truth,
    /// A whole number; the value is that divided by ten to this power.
    Number(u32),
    /// The same, of a currency.
    Money(u32, String),
    /// Text; whether it is compared to the letter.
    Text(bool),
    /// Days since 1970-01-01.
    Date,
    /// Seconds since 1970-01-01T00:00Z.
    Moment,
    /// Seconds.
    Duration,
    /// A list of texts, as JSON; whether they are compared to the letter.
    Texts(bool),
    /// Nothing but NULL.
    Missing,
}

/// An expression of SQL. Its text holds together by itself.
#[derive(Clone, Debug)]
pub(super) struct Sql {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// The least and the greatest that it can be, where it is kept as a number.
    pub(super) bounds: (i128, i128),
    /// Whether it is written down as it is in the rules: a literal.
    pub(super) literal: bool,
}

/// Beyond this no number may go.
const FARTHEST: i128 = 4_000_000_000_000_000_000;

impl Sql {
    pub(super) fn of(text: impl Into<String>, kind: Kind, bounds: (i128, i128)) -> Result<Self, Unsaid> {
        if bounds.0 < -FARTHEST || bounds.1 > FARTHEST {
            return Err(Unsaid("a number of more than 18 digits"));
        }
        Ok(Self { text: text.into(), kind, bounds, literal: false })
    }

    pub(super) fn truth(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: Kind::Truth, bounds: (0, 1), literal: false }
    }

    pub(super) fn words(text: impl Into<String>, exact: bool) -> Self {
        Self { text: text.into(), kind: Kind::Text(exact), bounds: (0, 0), literal: false }
    }

    pub(super) fn missing() -> Self {
        Self { text: "NULL".to_owned(), kind: Kind::Missing, bounds: (0, 0), literal: true }
    }

    pub(super) fn constant(number: i128, kind: Kind) -> Result<Self, Unsaid> {
        let text = if number < 0 { format!("({number})") } else { number.to_string() };
        Ok(Self { literal: true, ..Self::of(text, kind, (number, number))? })
    }

    /// As a condition: what is missing does not hold.
    pub(super) fn holds(&self) -> String {
        format!("coalesce({}, 0)", self.text)
    }

    /// As it is compared with others: without regard to capitals where that is what the rules do.
    pub(super) fn folded(&self, exact: bool) -> String {
        if exact { self.text.clone() } else { format!("lower({})", self.text) }
    }

    /// The same number in a smaller unit.
    fn finer(&self, from: u32, to: u32, kind: Kind) -> Result<Self, Unsaid> {
        let by = 10_i128.checked_pow(to - from).ok_or(Unsaid("too many decimals"))?;
        let times = |bound: i128| bound.checked_mul(by).ok_or(Unsaid("a number of more than 18 digits"));
        let text = if by == 1 { self.text.clone() } else { format!("({} * {by})", self.text) };
        Ok(Self { literal: self.literal, ..Self::of(text, kind, (times(self.bounds.0)?, times(self.bounds.1)?))? })
    }
}

/// Two values in one unit, so that they can be added, compared and chosen between.
pub(super) fn alike(left: &Sql, right: &Sql) -> Result<(Sql, Sql), Unsaid> {
    let both = |left: &Sql, right: &Sql| Ok((left.clone(), right.clone()));
    match (&left.kind, &right.kind) {
        (one, other) if one == other => both(left, right),
        (Kind::Missing, kind) => both(&Sql { kind: kind.clone(), ..left.clone() }, right),
        (kind, Kind::Missing) => both(left, &Sql { kind: kind.clone(), ..right.clone() }),
        (Kind::Number(one), Kind::Number(other)) => {
            let scale = *one.max(other);
            let finer = |sql: &Sql, from: u32| sql.finer(from, scale, Kind::Number(scale));
            Ok((finer(left, *one)?, finer(right, *other)?))
        }
        (Kind::Money(one, currency), Kind::Money(other, same)) if currency == same => {
            let scale = *one.max(other);
            let finer = |sql: &Sql, from: u32| sql.finer(from, scale, Kind::Money(scale, currency.clone()));
            Ok((finer(left, *one)?, finer(right, *other)?))
        }
        (Kind::Text(_), Kind::Text(_)) => both(left, right),
        _ => Err(Unsaid("values of two types")),
    }
}

/// The bounds of one of two values.
pub(super) fn either(left: &Sql, right: &Sql) -> (i128, i128) {
    match (&left.kind, &right.kind) {
        (Kind::Missing, _) => right.bounds,
        (_, Kind::Missing) => left.bounds,
        _ => (left.bounds.0.min(right.bounds.0), left.bounds.1.max(right.bounds.1)),
    }
}

/// A text in quotes, as SQL has them.
pub(super) fn quoted(text: &str) -> Result<String, Unsaid> {
    // SQLite knows the capitals of ASCII and of nothing else.
    if text.is_ascii() && !text.contains('\0') {
        return Ok(format!("'{}'", text.replace('\'', "''")));
    }
    Err(Unsaid("a letter beyond ASCII"))
}

/// A column's name in quotes.
pub(super) fn named(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
