//! The rows of a table as far as they are compared with each other.

use crate::typed::Expr;

/// An input column.
pub(super) struct Input {
    /// Its place among the columns.
    pub(super) place: usize,
    /// What its cells ask about.
    pub(super) subject: Expr,
}

/// The rows.
pub(super) struct Rows {
    /// The input columns.
    pub(super) inputs: Vec<Input>,
    /// For each row what its cells ask, one by one (none for `any`), and last its effective dates.
    pub(super) tests: Vec<Vec<Option<Expr>>>,
    /// All of that together.
    pub(super) conditions: Vec<Expr>,
}
