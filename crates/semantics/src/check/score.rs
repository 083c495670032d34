//! `score`: the sum of the lines that hold.
//!
//! Each line becomes what it contributes, missing where it contributes nothing; the value is one sum of them all, which
//! leaves the missing ones out, brought into its limits. What the limits add or take is a line of its own, which explains the
//! value like the others.

use std::cmp::Ordering;

use diagnostics::problems::{ConditionProblem, TypeProblem};
use syntax::ast;
use values::builtins::Builtin;
use values::{Duration, Type, Value, compare};

use super::build::{applied, constant, now};
use super::established::established;
use super::{Checker, DefinitionMeaning, LineMeaning};
use crate::typed::{Expr, ExprKind as Typed, Fold};

impl Checker<'_> {
    pub(super) fn score(&mut self, score: &ast::Score) -> Option<DefinitionMeaning> {
        self.enter_derived(&score.path)?;
        let start = score.start.as_ref().map(|start| self.start(start));
        let lines: Vec<_> = score.lines.iter().map(|line| self.score_line(line)).collect();
        let limit = score.limit.as_ref().map(|limit| self.limit(limit));
        let mut lines: Vec<LineMeaning> = start.into_iter().chain(lines).collect::<Option<_>>()?;
        if lines.is_empty() {
            return self.no_line(score);
        }
        let parts = lines.iter().map(|line| line.value.clone()).collect();
        let sum = call("sum of present", Type::Number, parts)?;
        let value = match limit {
            Some(limit) => {
                let (low, high) = limit?;
                let limited = call("limited", Type::Number, vec![sum.clone(), low, high])?;
                let cut = self.operate("-", vec![limited.clone(), sum])?;
                let span = score.limit.as_ref().map_or(score.path.span, |limit| limit.span);
                lines.push(LineMeaning { span, value: cut, limits: true });
                limited
            }
            None => sum,
        };
        // What is missing is left out, so that there always is a sum.
        let value = self.expr_with_room(Expr { optional: false, ..value }, score.path.span)?;
        Some(DefinitionMeaning { value, lines, first_only: false })
    }

    fn no_line<T>(&mut self, score: &ast::Score) -> Option<T> {
        let (context, expected) = ("a score".to_owned(), "a line such as `add 10 when …`".to_owned());
        self.problem(TypeProblem::Expected { context, expected, found: "nothing".into() }, score.path.span);
        None
    }

    fn start(&mut self, start: &ast::ScoreStart) -> Option<LineMeaning> {
        let value = self.expect(&start.amount, &Type::Number, "`start`")?;
        Some(LineMeaning { span: start.span, value: self.fold(value), limits: false })
    }

    /// What a line contributes; missing where its condition does not hold or there is nothing to add.
    fn score_line(&mut self, line: &ast::ScoreLine) -> Option<LineMeaning> {
        let condition = line.condition.as_ref().map(|condition| self.condition(condition));
        self.present = condition.iter().flatten().flat_map(established).collect();
        let amount = match &line.each {
            Some(each) => self.of_each(line, each),
            None => self.contribution(line),
        };
        self.present.clear();
        let most = line.at_most.as_ref().map(|most| self.expect(most, &Type::Number, "`at most`"));
        let mut value = amount?;
        if let Some(most) = most {
            value = call("at most", Type::Number, vec![value, most?])?;
        }
        if line.subtract {
            value = self.operate("unary-", vec![value])?;
        }
        let value = match condition {
            Some(condition) => counted_when(condition?, value),
            None => value,
        };
        Some(LineMeaning { span: line.span, value: self.expr_with_room(value, line.span)?, limits: false })
    }

    /// What the items of a list contribute together.
    fn of_each(&mut self, line: &ast::ScoreLine, each: &ast::Each) -> Option<Expr> {
        let items = self.for_each(each, |checker| checker.contribution(line))?;
        let gathered = Type::List(Box::new(Type::Number));
        let gathered = self.fold_items(Fold::Gather, items.list, items.filter, Some(items.made), gathered);
        call("sum", Type::Number, vec![gathered])
    }

    /// The amount, or what is left of it.
    fn contribution(&mut self, line: &ast::ScoreLine) -> Option<Expr> {
        let word = if line.subtract { "`subtract`" } else { "`add`" };
        let amount = self.expect(&line.amount, &Type::Number, word);
        let Some(halving) = &line.halving else { return amount };
        let every = self.halving_time(&halving.every);
        let since = self.expect(&halving.since, &Type::DateTime, "`since`");
        call("halved", Type::Number, vec![amount?, now(), since?, every?])
    }

    /// After how long half is left: an exact duration above zero.
    fn halving_time(&mut self, every: &ast::Expr) -> Option<Expr> {
        let typed = self.expect(every, &Type::Duration, "`halving every`")?;
        let typed = self.fold(typed);
        if matches!(typed.kind, Typed::Constant(Value::Duration(Duration::Exact(..=0)))) {
            let text = self.written(every.span).to_owned();
            self.problem(TypeProblem::NotPositive { context: "`halving every`".into(), text }, every.span);
            return None;
        }
        Some(typed)
    }

    fn limit(&mut self, limit: &ast::Limit) -> Option<(Expr, Expr)> {
        let low = self.expect(&limit.low, &Type::Number, "`limit`");
        let high = self.expect(&limit.high, &Type::Number, "`limit`");
        let (low, high) = (self.fold(low?), self.fold(high?));
        if let (Typed::Constant(least), Typed::Constant(most)) = (&low.kind, &high.kind)
            && compare::order(least, most) == Some(Ordering::Greater)
        {
            let (low, high) = (self.written(limit.low.span).to_owned(), self.written(limit.high.span).to_owned());
            self.problem(ConditionProblem::EmptyRange { low, high, asked: false }, limit.low.span.to(limit.high.span));
        }
        Some((low, high))
    }
}

/// A value that counts only where a condition holds.
pub(super) fn counted_when(condition: Expr, value: Expr) -> Expr {
    let (ty, nothing) = (value.ty.clone(), constant(Value::Missing, value.ty.clone()));
    let kind = Typed::If { condition: Box::new(condition), then: Box::new(value), otherwise: Box::new(nothing) };
    Expr { kind, ty, optional: true }
}

/// A part of scores and tables, by its key in the table of built-ins.
pub(super) fn call(key: &str, ty: Type, arguments: Vec<Expr>) -> Option<Expr> {
    Builtin::keyed(key).map(|builtin| applied(builtin, ty, arguments))
}
