//! Conditions: truth, `and`, `or`, `not`, `all of`, `any of`, `none of`.

use diagnostics::problems::{ConditionProblem, TypeProblem};
use syntax::ast::{self, ExprKind, Quantifier, Span};
use values::Type;

use super::Checker;
use super::build::{negated, truth};
use super::contradiction::contradiction;
use super::established::established;
use crate::typed::{Expr, ExprKind as Typed};

impl Checker<'_> {
    /// An expression that stands as a condition: it is true or false, and a missing truth counts as false.
    pub(super) fn condition(&mut self, expr: &ast::Expr) -> Option<Expr> {
        match &expr.kind {
            ExprKind::Group(inner) => self.condition(inner),
            ExprKind::Not(inner) => self.condition(inner).map(|inner| negated(inner, true)),
            ExprKind::And(members) => self.all(members),
            ExprKind::Or(members) => self.members(members, Typed::Or),
            ExprKind::Of { quantifier, members } => self.of(*quantifier, members),
            _ => self.single_condition(expr),
        }
    }

    /// The tests that have a negative form of their own.
    pub(super) fn test(&mut self, expr: &ast::Expr) -> Option<Expr> {
        let span = expr.span;
        let (found, not, value) = match &expr.kind {
            ExprKind::Compare { operator, negated: not, left, right } => {
                (self.compare(*operator, left, right, span)?, *not, left)
            }
            ExprKind::In { value, negated: not, between, entries } => {
                let operator = if *between { "between" } else { "in" };
                (self.is_in(value, entries, operator, span)?, *not, value)
            }
            ExprKind::TextTest { test, negated: not, value, quantifier, operands } => {
                (self.text_test(*test, value, *quantifier, operands, span)?, *not, value)
            }
            ExprKind::TimeTest { test, negated: not, value, operand } => {
                (self.time_test(*test, value, operand)?, *not, value)
            }
            ExprKind::During { negated: not, value, calendar } => (self.during(value, calendar)?, *not, value),
            _ => return self.truth_value(expr),
        };
        if not {
            self.hint_of_missing(&found, value, span);
        }
        Some(negated(found, not))
    }

    /// A value that is a truth: a field, a definition, a function's result.
    fn truth_value(&mut self, expr: &ast::Expr) -> Option<Expr> {
        let typed = self.expr(expr, None)?;
        match (&typed.ty, typed.optional) {
            (Type::Truth, false) => Some(typed),
            (Type::Truth, true) => Some(truth(Typed::Holds(Box::new(typed)))),
            (found, _) => {
                let (context, found) = ("a condition".to_owned(), found.with_article());
                let expected = Type::Truth.with_article();
                self.problem(TypeProblem::Expected { context, expected, found }, expr.span);
                None
            }
        }
    }

    /// Checks every member, so that each gets its own findings, and joins them if all are well.
    fn members(&mut self, members: &[ast::Expr], join: fn(Vec<Expr>) -> Typed) -> Option<Expr> {
        let checked: Vec<Option<Expr>> = members.iter().map(|member| self.condition(member)).collect();
        let mut checked: Vec<Expr> = checked.into_iter().collect::<Option<_>>()?;
        match checked.len() {
            0 => None,
            1 => checked.pop(),
            _ => Some(truth(join(checked))),
        }
    }

    /// Members that must all hold; says so when two of them cannot.
    fn all(&mut self, members: &[ast::Expr]) -> Option<Expr> {
        let all = self.conjunction(members)?;
        if let Typed::And(tests) = &all.kind
            && let Some((first, second)) = contradiction(tests)
            && let (Some(first), Some(second)) = (members.get(first), members.get(second))
        {
            let (one, other) = (self.written(first.span), self.written(second.span));
            let reason = format!("`{one}` and `{other}` exclude each other");
            self.problem(ConditionProblem::AlwaysFalse { reason }, first.span.to(second.span));
        }
        Some(all)
    }

    /// Members that must all hold: each is looked at knowing that those before it do.
    fn conjunction(&mut self, members: &[ast::Expr]) -> Option<Expr> {
        let before = self.present.clone();
        let mut checked = Vec::new();
        for member in members {
            let member = self.condition(member);
            self.present.extend(member.iter().flat_map(established));
            checked.push(member);
        }
        self.present = before;
        let mut checked: Vec<Expr> = checked.into_iter().collect::<Option<_>>()?;
        if checked.len() == 1 { checked.pop() } else { Some(truth(Typed::And(checked))) }
    }

    fn of(&mut self, quantifier: Quantifier, members: &[ast::Expr]) -> Option<Expr> {
        match quantifier {
            Quantifier::All => self.all(members),
            Quantifier::Any => self.members(members, Typed::Or),
            Quantifier::None => self.members(members, Typed::Or).map(|any| negated(any, true)),
        }
    }

    /// A hint where the negative form of a test also holds for records without a value.
    fn hint_of_missing(&mut self, test: &Expr, value: &ast::Expr, span: Span) {
        let subject = match &test.kind {
            Typed::Compare { left, .. } => left,
            Typed::In { value, .. } | Typed::Matches { value, .. } | Typed::Holds(value) => value,
            _ => return,
        };
        if self.may_be_missing(subject) {
            let field = self.written(value.span).to_owned();
            self.problem(ConditionProblem::HoldsWhenMissing { field }, span);
        }
    }
}
