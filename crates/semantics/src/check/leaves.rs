//! The single conditions of a rule, kept beside its whole condition: a trace shows them, coverage counts them.

use syntax::ast::{self, ExprKind, Span};

use super::Checker;
use super::build::negated;
use crate::typed::Expr;

/// A single condition of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafMeaning {
    /// Where it stands in the rule.
    pub span: Span,
    /// What it asks.
    pub test: Expr,
}

impl Checker<'_> {
    /// A condition and the single conditions in it, in written order.
    pub(super) fn condition_with_leaves(&mut self, expr: &ast::Expr) -> (Option<Expr>, Vec<LeafMeaning>) {
        self.leaves = Some(Vec::new());
        let condition = self.condition(expr);
        (condition, self.leaves.take().unwrap_or_default())
    }

    /// A condition without `and`, `or` or `not` around it. What is asked inside of it, such as the condition of an `if`,
    /// is a part of it and no condition of the rule.
    pub(super) fn single_condition(&mut self, expr: &ast::Expr) -> Option<Expr> {
        let leaves = self.leaves.take();
        let test = match &expr.kind {
            ExprKind::Presence { test, negated: not, value } => {
                self.presence(*test, *not, value, expr.span).map(|found| negated(found, *not))
            }
            ExprKind::Event { .. } => self.event_test(expr),
            _ => self.test(expr),
        };
        self.leaves = leaves.map(|mut leaves| {
            leaves.extend(test.iter().map(|test| LeafMeaning { span: expr.span, test: test.clone() }));
            leaves
        });
        test
    }
}
