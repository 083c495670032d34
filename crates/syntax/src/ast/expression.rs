//! Expressions and conditions.

use super::{
    Arithmetic, Comparison, DurationUnit, EventTest, Name, Path, Pattern, Presence, Quantifier, Span, TextTest,
    TimeTest,
};

/// An expression or condition and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of expressions and conditions. `negated` marks the negative form of the same words (`is not`, `not in`,
/// `does not contain`, `is not missing` …), which always means the exact opposite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// `70`, `1.5`, `12%`, `5k`: as written, with its suffix (`%`, `k` or `M`), without the sign and without `_`.
    Number(String),
    /// `2d`, `3 months`: amount and unit as written, e.g. `("2", "d")`.
    Duration {
        /// The digits, perhaps with a decimal point, without `_`.
        amount: String,
        /// `s` `min` `h` `d` `w` `mo` `y`, normalised from the long forms.
        unit: DurationUnit,
        /// `on office`: the calendar by which business time is counted.
        calendar: Option<Name>,
    },
    /// `500 EUR`
    Money {
        /// As in [`Number`](Self::Number).
        amount: String,
        /// The code of the currency, which need not exist.
        currency: Name,
    },
    /// `2026-01-31` as written.
    Date(String),
    /// `2026-01-31T09:00+01:00` or without offset, as written.
    DateTime(String),
    /// `09:00` as written.
    Time(String),
    /// `true`, `false`
    Truth(bool),
    /// `missing` as a value.
    Missing,
    /// A text in quotes: its pieces, one `Text` when nothing is interpolated.
    Text(Vec<Piece>),
    /// `/^[A-Z]+$/i`
    Pattern(Pattern),
    /// `now`
    Now,
    /// `today`
    Today,
    /// `lead.score`, or a bare name: a constant, a list.
    Path(Path),
    /// `(…)`, kept for the formatter.
    Group(Box<Expr>),
    /// `-x`
    Negate(Box<Expr>),
    /// `a + b` …
    Arithmetic {
        /// Which.
        operator: Arithmetic,
        /// Left of it.
        left: Box<Expr>,
        /// Right of it.
        right: Box<Expr>,
    },
    /// `x default y`
    Default {
        /// What may be missing.
        value: Box<Expr>,
        /// What it counts as then.
        fallback: Box<Expr>,
    },
    /// `if c then a else b`
    If {
        /// The condition.
        condition: Box<Expr>,
        /// The value when it holds.
        then: Box<Expr>,
        /// The value when not.
        otherwise: Box<Expr>,
    },
    /// `round(x, 2)`
    Call {
        /// The function.
        function: Name,
        /// What it is given.
        arguments: Vec<Expr>,
    },
    /// `any(a in lead.activities where a.type is "demo")`, `sum(a.points for a in lead.activities)`
    Over {
        /// The function.
        function: Name,
        /// What is taken of each item: what stands before `for`.
        item: Option<Box<Expr>>,
        /// The items.
        each: Each,
    },
    /// `inventory[order.product].stock`: a row of reference data, or a value in it.
    Lookup {
        /// The reference data.
        reference: Name,
        /// The key of the row.
        key: Box<Expr>,
        /// What follows the bracket.
        fields: Vec<Name>,
    },
    /// `not x`
    Not(Box<Expr>),
    /// `a and b and c`: two or more, never mixed with `or` without brackets.
    And(Vec<Expr>),
    /// `a or b or c`
    Or(Vec<Expr>),
    /// `all of (…)`, `any of (…)`, `none of (…)`
    Of {
        /// Which.
        quantifier: Quantifier,
        /// The conditions.
        members: Vec<Expr>,
    },
    /// `a = b`, `a is b`, `a < b` …; `!=` and `is not` are `Equal` negated.
    Compare {
        /// Which.
        operator: Comparison,
        /// Whether `!=` or `is not`.
        negated: bool,
        /// Left of it.
        left: Box<Expr>,
        /// Right of it.
        right: Box<Expr>,
    },
    /// `x in "DE", emea, 10..20`, `x between 10 and 20` (one range entry, `between` set)
    In {
        /// What is looked for.
        value: Box<Expr>,
        /// `not in`, `not between`
        negated: bool,
        /// Whether written with `between`.
        between: bool,
        /// Literals, ranges, names of lists; anything when in brackets.
        entries: Vec<Entry>,
    },
    /// `x contains "a"`, `x starts with any of "a", "b"`, `x matches /…/`
    TextTest {
        /// Which test.
        test: TextTest,
        /// `does not contain`, `does not start with` …
        negated: bool,
        /// The text or list that is looked at.
        value: Box<Expr>,
        /// Whether one, any or all of the operands must be found.
        quantifier: Option<Quantifier>,
        /// What is looked for: one expression without `any of`/`all of`.
        operands: Vec<Entry>,
    },
    /// `x is missing`, `x is present`, `x is blank`
    Presence {
        /// Which.
        test: Presence,
        /// `is not missing` …
        negated: bool,
        /// What is looked at.
        value: Box<Expr>,
    },
    /// `x within last 7d`, `x within next 2h`, `x older than 30d`, `x before y`, `x after y`
    TimeTest {
        /// Which.
        test: TimeTest,
        /// `not within` …
        negated: bool,
        /// The date or instant that is looked at.
        value: Box<Expr>,
        /// The duration or the other instant.
        operand: Box<Expr>,
    },
    /// `x during office`
    During {
        /// `not during`
        negated: bool,
        /// The date or instant that is looked at.
        value: Box<Expr>,
        /// The calendar.
        calendar: Name,
    },
    /// `x changed from "new" to "won"`, `x was "new"`, `x becomes true`, `lead is new`
    Event {
        /// Which test.
        test: EventTest,
        /// `was not`, `is not new`
        negated: bool,
        /// What is looked at.
        value: Box<Expr>,
        /// What it was: one of these, if any are named.
        from: Vec<Entry>,
        /// What it is: one of these, if any are named.
        to: Vec<Entry>,
    },
    /// A form of the language that this version does not decide yet (`changed`, `count(a in …)` …); the finding says so.
    NotYet(Name),
    /// Nothing that could be read as an expression.
    Error,
}

/// The items of a list that are looked at one by one: `a in lead.activities where a.type is "demo"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Each {
    /// What an item is called in the condition and in what is taken of it.
    pub variable: Name,
    /// The list.
    pub list: Box<Expr>,
    /// `where …`: which of the items count.
    pub filter: Option<Box<Expr>>,
}

/// A piece of an interpolated text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Letters, unescaped.
    Text(String),
    /// `{…}`
    Expr(Expr),
}

/// One entry of a list: `"DE"`, `emea`, `10..20`, `10..<20`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// One value or the name of a list.
    One(Expr),
    /// `low..high` or `low..<high`
    Range {
        /// The least value.
        low: Expr,
        /// The greatest value.
        high: Expr,
        /// Whether `high` itself is outside (`..<`).
        exclusive: bool,
        /// From the low to the high end.
        span: Span,
    },
}
