//! `within last`, `within next`, `older than`, `before`, `after`: comparisons with an instant.

use diagnostics::problems::TypeProblem;
use syntax::ast::{self, TimeTest};
use values::Type;

use super::Checker;
use super::build::{comparison, now, within};
use crate::typed::{Comparison, Expr};

impl Checker<'_> {
    pub(super) fn time_test(&mut self, test: TimeTest, value: &ast::Expr, operand: &ast::Expr) -> Option<Expr> {
        let words = match test {
            TimeTest::WithinLast => "within last",
            TimeTest::WithinNext => "within next",
            TimeTest::OlderThan => "older than",
            TimeTest::Before => "before",
            TimeTest::After => "after",
        };
        let typed = self.moment(value, words);
        if matches!(test, TimeTest::Before | TimeTest::After) {
            let operand = self.moment(operand, words);
            let operator = if test == TimeTest::Before { Comparison::Less } else { Comparison::Greater };
            let (typed, operand) = self.same_moment(typed?, operand?)?;
            return Some(comparison(operator, typed, operand));
        }
        let distance = self.distance(operand, words);
        let typed = self.as_instant(typed?)?;
        let sign = if test == TimeTest::WithinNext { "+" } else { "-" };
        let edge = self.operate(sign, vec![now(), distance?])?;
        Some(match test {
            TimeTest::WithinLast => within(&typed, edge, now(), false),
            TimeTest::WithinNext => within(&typed, now(), edge, false),
            _ => comparison(Comparison::Less, typed, edge),
        })
    }

    /// A date or an instant.
    pub(super) fn moment(&mut self, expr: &ast::Expr, words: &str) -> Option<Expr> {
        let typed = self.expr(expr, None)?;
        if matches!(typed.ty, Type::Date | Type::DateTime) {
            return Some(typed);
        }
        let (context, expected) = (format!("`{words}`"), "date or datetime".to_owned());
        self.problem(TypeProblem::Expected { context, expected, found: typed.ty.with_article() }, expr.span);
        None
    }

    /// A duration, exact or anchored.
    pub(super) fn distance(&mut self, expr: &ast::Expr, words: &str) -> Option<Expr> {
        let typed = self.expr(expr, None)?;
        if matches!(typed.ty, Type::Duration | Type::AnchoredDuration) {
            return Some(typed);
        }
        let (context, found) = (format!("the length after `{words}`"), typed.ty.with_article());
        self.problem(TypeProblem::Expected { context, expected: "duration".into(), found }, expr.span);
        None
    }

    pub(super) fn as_instant(&mut self, typed: Expr) -> Option<Expr> {
        if typed.ty == Type::Date { self.start_of_day(typed) } else { Some(typed) }
    }

    fn same_moment(&mut self, left: Expr, right: Expr) -> Option<(Expr, Expr)> {
        if left.ty == right.ty {
            return Some((left, right));
        }
        Some((self.as_instant(left)?, self.as_instant(right)?))
    }
}
