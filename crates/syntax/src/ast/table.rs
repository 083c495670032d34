//! Decision tables.

use super::{Effective, Expr, Name, Path, Quoted, Span};

/// `table territory for lead, first match { | lead.country | => lead.territory | … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: Name,
    /// The record type.
    pub record: Name,
    /// The policy, when one is written.
    pub policy: Option<(TablePolicy, Span)>,
    /// `from "territories.csv"`: the columns and rows stand in that file.
    pub from: Option<Quoted>,
    /// The columns and rows.
    pub grid: Grid,
}

/// The columns and rows of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// The columns in written order.
    pub columns: Vec<Column>,
    /// The rows in written order.
    pub rows: Vec<Row>,
}

/// How the rows of a table share one record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TablePolicy {
    /// `first match`: the first row that holds. The default.
    #[default]
    First,
    /// `unique match`: at most one row may hold.
    Unique,
    /// `any match`: rows that hold together must agree.
    Any,
    /// `collect`: a list of what all rows that hold give.
    Collect,
    /// `sum`
    Sum,
    /// `min`
    Min,
    /// `max`
    Max,
    /// `count`: how many rows hold.
    Count,
}

/// A column and its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What the column is about.
    pub heading: Heading,
    /// The heading's words.
    pub span: Span,
}

/// What a column is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    /// `lead.company.employees`: what its cells ask about.
    Input(Expr),
    /// `=> lead.territory`: the derived value that its cells give.
    Output(Path),
    /// Nothing that could be read; the cells below are not read either.
    Error,
}

/// One row, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// `from 2026-01-01 until 2026-06-30` behind the last cell.
    pub effective: Option<Effective>,
    /// From the first `|` to the last word.
    pub span: Span,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub kind: CellKind,
    /// Where its words stand.
    pub span: Span,
}

/// The forms of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// `any`
    Any,
    /// What is asked of the column, written out as a condition: `>= 500` below `lead.employees` is
    /// `lead.employees >= 500`, and `it` is the column too.
    Condition(Expr),
    /// The value of an output.
    Value(Expr),
    /// Nothing that could be read.
    Error,
}
