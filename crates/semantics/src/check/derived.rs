//! What a derived value means: its value, and its lines by themselves.

use syntax::ast::Span;

use crate::typed::Expr;

/// What a `define`, `decide` or `score` means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionMeaning {
    /// The value.
    pub value: Expr,
    /// Its lines, to explain it.
    pub lines: Vec<LineMeaning>,
    /// Whether only the first line that holds counts.
    pub first_only: bool,
}

/// A line by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineMeaning {
    /// Where it stands in the item.
    pub span: Span,
    /// Whether it holds, or what it contributes.
    pub value: Expr,
    /// Whether it only brings the sum of the others into limits.
    pub limits: bool,
}

impl DefinitionMeaning {
    /// A value without lines.
    pub(super) const fn of(value: Expr) -> Self {
        Self { value, lines: Vec::new(), first_only: false }
    }
}
