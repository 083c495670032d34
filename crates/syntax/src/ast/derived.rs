//! Derived values that take more than one line: `decide`, `score`.

use super::{Each, Expr, Path, Span};

/// `decide lead.tier { when lead.fit >= 80 then "gold"  otherwise "bronze" }`: the first line that holds gives the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decide {
    /// The record type and the derived field: exactly one field name.
    pub path: Path,
    /// The lines in written order.
    pub lines: Vec<DecideLine>,
    /// The value where no line holds.
    pub otherwise: Option<Expr>,
}

/// `when lead.fit >= 80 then "gold"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideLine {
    /// When the line holds.
    pub condition: Expr,
    /// The value that it gives.
    pub value: Expr,
    /// From `when` to the last word.
    pub span: Span,
}

/// `score lead.fit { start 10  add 30 when lead.hot  limit 0..100 }`: the sum of the lines that hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The record type and the derived field: exactly one field name.
    pub path: Path,
    /// What the sum begins with.
    pub start: Option<ScoreStart>,
    /// The lines in written order.
    pub lines: Vec<ScoreLine>,
    /// The range that the sum is brought into in the end.
    pub limit: Option<Limit>,
}

/// `start 10`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreStart {
    /// The number.
    pub amount: Expr,
    /// From `start` to the last word.
    pub span: Span,
}

/// `subtract 15 when lead.cold`, `add 5 when lead.met halving every 14d since lead.met_at, at most 40`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreLine {
    /// Whether it is `subtract`, not `add`.
    pub subtract: bool,
    /// How much.
    pub amount: Expr,
    /// `for each a in lead.activities where …`: once for each of these items.
    pub each: Option<Each>,
    /// When it counts.
    pub condition: Option<Expr>,
    /// How it fades.
    pub halving: Option<Halving>,
    /// The most that the line contributes.
    pub at_most: Option<Expr>,
    /// From `add` or `subtract` to the last word.
    pub span: Span,
}

/// `halving every 14d since lead.met_at`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Halving {
    /// After how long half of it is left.
    pub every: Expr,
    /// From when on.
    pub since: Expr,
    /// From `halving` to the last word.
    pub span: Span,
}

/// `limit 0..100`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The least value.
    pub low: Expr,
    /// The greatest value.
    pub high: Expr,
    /// From `limit` to the last word.
    pub span: Span,
}
