//! `is missing`, `is present`, `is blank`.

use diagnostics::problems::TypeProblem;
use syntax::ast::{self, Presence, Span};
use values::Type;
use values::builtins::Builtin;

use super::Checker;
use super::build::{negated, tested, truth};
use crate::typed::{Expr, ExprKind as Typed};

impl Checker<'_> {
    /// A test of presence in its positive form; `not` only tells whether it was written in the negative one.
    pub(super) fn presence(&mut self, test: Presence, not: bool, value: &ast::Expr, span: Span) -> Option<Expr> {
        let typed = self.expr(value, None)?;
        if test == Presence::Blank {
            return self.blank(typed, value);
        }
        if !typed.optional {
            let reason = format!("`{}` is never missing", self.written(value.span));
            self.always((test == Presence::Present) != not, reason, span);
        }
        let missing = truth(Typed::IsMissing(Box::new(typed)));
        Some(negated(missing, test == Presence::Present))
    }

    fn blank(&mut self, typed: Expr, value: &ast::Expr) -> Option<Expr> {
        if let Some(builtin) = Builtin::keyed("is blank").filter(|_| typed.ty.is_textual()) {
            return Some(tested(builtin, vec![typed]));
        }
        let (context, expected) = ("`is blank`".to_owned(), Type::Text.with_article());
        self.problem(TypeProblem::Expected { context, expected, found: typed.ty.with_article() }, value.span);
        None
    }
}
