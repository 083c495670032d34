//! A problem at its place in an item.

use diagnostics::Problem;
use syntax::ast::Span;

use crate::db::ItemSpan;

/// A problem, where it is in its item, and the other places that explain it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Found<'db> {
    /// What is wrong.
    pub problem: Problem,
    /// Where, relative to the item that the query was asked about.
    pub span: Span,
    /// Whether the places in the item are places in what its file says instead: see `TableText`.
    pub in_file: bool,
    /// Other places, and what is to be seen there.
    pub related: Vec<(ItemSpan<'db>, String)>,
}

impl<'db> Found<'db> {
    /// A problem that one place explains.
    pub fn new(problem: impl Into<Problem>, span: Span) -> Self {
        Self { problem: problem.into(), span, in_file: false, related: Vec::new() }
    }

    /// The same with another place that explains it.
    #[must_use]
    pub fn and(mut self, place: ItemSpan<'db>, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }
}
