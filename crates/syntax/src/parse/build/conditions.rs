//! `and`, `or`, `not`, and conditions in brackets.

use diagnostics::problems::SyntaxProblem;

use super::{Build, Pair, Parts, Rule};
use crate::ast::{Expr, ExprKind, Quantifier, Span};
use crate::tokens::one_line;

impl<'s> Build<'s> {
    pub(super) fn condition_or_error(&mut self, pair: Option<Pair<'s>>, span: Span) -> Expr {
        pair.map_or_else(|| Expr::error(span), |pair| self.condition(pair))
    }

    pub(in super::super) fn condition(&mut self, pair: Pair<'s>) -> Expr {
        let span = self.span(&pair);
        let mut operands = Vec::new();
        let mut or = Vec::new();
        let single = pair.clone().into_inner().nth(1).is_none();
        for part in Parts::of(pair) {
            match part.as_rule() {
                Rule::kw_and => or.push(false),
                Rule::kw_or => or.push(true),
                _ if single => return self.negation(part),
                _ => operands.push(self.below(1, span, |build| build.negation(part))),
            }
        }
        self.join(operands, &or)
    }

    /// Joins operands by the words between them (`true` for `or`), `and` first where both are there.
    pub(in super::super) fn join(&mut self, operands: Vec<Expr>, or: &[bool]) -> Expr {
        let mixed = or.iter().any(|or| *or) && or.iter().any(|or| !*or);
        if mixed {
            self.mixed(&operands, or);
        }
        let mut alternatives: Vec<Vec<Expr>> = vec![Vec::new()];
        for (place, operand) in operands.into_iter().enumerate() {
            let begins = place.checked_sub(1).and_then(|before| or.get(before)) == Some(&true);
            match alternatives.last_mut() {
                Some(last) if !begins => last.push(operand),
                _ => alternatives.push(vec![operand]),
            }
        }
        let alternatives: Vec<_> = alternatives.into_iter().filter_map(|parts| gather(parts, ExprKind::And)).collect();
        gather(alternatives, ExprKind::Or).unwrap_or_else(|| Expr::error(Span::default()))
    }

    /// Reports `and` beside `or`, with both readings.
    fn mixed(&mut self, operands: &[Expr], or: &[bool]) {
        let written: Vec<_> = operands.iter().map(|operand| one_line(self.source.written(operand.span))).collect();
        let and_first = grouped(&written, or, true);
        let or_first = grouped(&written, or, false);
        let span = operands.iter().map(|operand| operand.span).reduce(Span::to).unwrap_or_default();
        self.report(span, SyntaxProblem::MixedAndOr { and_first, or_first });
    }

    fn negation(&mut self, pair: Pair<'s>) -> Expr {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let mut nots = Vec::new();
        while let Some(not) = parts.part(Rule::kw_not) {
            nots.push(self.span(&not).start);
        }
        let Some(comparison) = parts.next() else { return Expr::error(span) };
        self.below(nots.len(), span, |build| {
            let inner = build.comparison(comparison);
            nots.into_iter().rev().fold(inner, |inner, start| {
                let span = Span::new(start, inner.span.end);
                Expr { kind: ExprKind::Not(Box::new(inner)), span }
            })
        })
    }

    pub(super) fn group(&mut self, pair: Pair<'s>) -> Expr {
        let span = self.span(&pair);
        let condition = Parts::of(pair).seek(Rule::condition);
        let inner = self.below(1, span, |build| build.condition_or_error(condition, span));
        Expr { kind: ExprKind::Group(Box::new(inner)), span }
    }

    pub(super) fn of_condition(&mut self, pair: Pair<'s>) -> Expr {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let quantifier = match parts.next().map(|word| word.as_rule()) {
            Some(Rule::kw_any) => Quantifier::Any,
            Some(Rule::kw_none) => Quantifier::None,
            _ => Quantifier::All,
        };
        let members = parts.filter(|part| part.as_rule() == Rule::condition);
        let members = members.map(|member| self.below(1, span, |build| build.condition(member))).collect();
        Expr { kind: ExprKind::Of { quantifier, members }, span }
    }
}

/// One expression for one part, else all of them in `kind`.
fn gather(parts: Vec<Expr>, kind: impl FnOnce(Vec<Expr>) -> ExprKind) -> Option<Expr> {
    let span = parts.iter().map(|part| part.span).reduce(Span::to)?;
    if parts.len() == 1 { parts.into_iter().next() } else { Some(Expr { kind: kind(parts), span }) }
}

/// The condition with brackets around its `and` parts, or around its `or` parts.
fn grouped(operands: &[String], or: &[bool], and_first: bool) -> String {
    let outer = if and_first { " or " } else { " and " };
    let inner = if and_first { " and " } else { " or " };
    let mut groups: Vec<Vec<&str>> = vec![Vec::new()];
    for (place, operand) in operands.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| or.get(before));
        match groups.last_mut() {
            Some(last) if before != Some(&and_first) => last.push(operand),
            _ => groups.push(vec![operand]),
        }
    }
    let bracket = |group: &Vec<&str>| if group.len() > 1 { format!("({})", group.join(inner)) } else { group.concat() };
    groups.iter().map(bracket).collect::<Vec<_>>().join(outer)
}
