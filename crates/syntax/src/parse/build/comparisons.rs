//! Comparisons and the other tests of one value, and the lists in them.

use diagnostics::problems::SyntaxProblem;

use super::{Build, Pair, Parts, Rule};
use crate::ast::{Comparison, Entry, EventTest, Expr, ExprKind, Presence, Quantifier, Span, TextTest, TimeTest};

impl<'s> Build<'s> {
    pub(super) fn comparison(&mut self, pair: Pair<'s>) -> Expr {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let Some(left) = parts.part(Rule::sum) else { return Expr::error(span) };
        let Some(test) = parts.next() else { return self.sum(left) };
        let value = self.below(1, span, |build| build.sum(left));
        let test_end = self.span(&test).end;
        let whole = Span::new(value.span.start, test_end);
        let compared = self.below(1, span, |build| build.test(test, value, whole));
        match parts.next() {
            None => compared,
            Some(second) => {
                let second = self.span(&second);
                self.report(second, SyntaxProblem::ChainedComparison);
                Expr::error(span)
            }
        }
    }

    fn test(&mut self, pair: Pair<'s>, value: Expr, span: Span) -> Expr {
        let rule = pair.as_rule();
        let value = Box::new(value);
        let parts = Parts::of(pair);
        let kind = match rule {
            Rule::presence_test => presence(parts, value),
            Rule::in_test => self.in_test(parts, value),
            Rule::between_test => self.between(parts, value, span),
            Rule::time_test => self.time_test(parts, value, span),
            Rule::text_test | Rule::match_test => self.text_test(parts, value, span),
            Rule::equality_test => self.equality(parts, value, span),
            Rule::order_test => self.order(parts, value, span),
            _ => return self.event(parts, value, span),
        };
        Expr { kind, span }
    }

    fn in_test(&mut self, mut parts: Parts<'s>, value: Box<Expr>) -> ExprKind {
        let negated = is_not(&mut parts);
        let entries = parts.seek(Rule::list_operand).map(|list| self.list_operand(list)).unwrap_or_default();
        ExprKind::In { value, negated, between: false, entries }
    }

    fn between(&mut self, mut parts: Parts<'s>, value: Box<Expr>, span: Span) -> ExprKind {
        let negated = is_not(&mut parts);
        let low = self.operand(&mut parts, span);
        let high = self.operand(&mut parts, span);
        let span = low.span.to(high.span);
        let entries = vec![Entry::Range { low, high, exclusive: false, span }];
        ExprKind::In { value, negated, between: true, entries }
    }

    fn time_test(&mut self, mut parts: Parts<'s>, value: Box<Expr>, span: Span) -> ExprKind {
        let negated = is_not(&mut parts);
        let test = match (parts.next().map(|word| word.as_rule()), parts.peek()) {
            (Some(Rule::kw_within), Some(Rule::kw_last)) => TimeTest::WithinLast,
            (Some(Rule::kw_within), _) => TimeTest::WithinNext,
            (Some(Rule::kw_older), _) => TimeTest::OlderThan,
            (Some(Rule::kw_before), _) => TimeTest::Before,
            _ => TimeTest::After,
        };
        ExprKind::TimeTest { test, negated, value, operand: Box::new(self.operand(&mut parts, span)) }
    }

    fn text_test(&mut self, mut parts: Parts<'s>, value: Box<Expr>, span: Span) -> ExprKind {
        let negated = parts.has(Rule::kw_does);
        parts.has(Rule::kw_not);
        let word = parts.next().map(|word| word.as_rule());
        let test = match (word, parts.peek()) {
            (Some(Rule::kw_contain | Rule::kw_contains), Some(Rule::kw_word)) => TextTest::ContainsWord,
            (Some(Rule::kw_contain | Rule::kw_contains), _) => TextTest::Contains,
            (Some(Rule::kw_start | Rule::kw_starts), _) => TextTest::StartsWith,
            (Some(Rule::kw_end | Rule::kw_ends), _) => TextTest::EndsWith,
            _ => TextTest::Matches,
        };
        let operand = parts.find_map(|part| {
            matches!(part.as_rule(), Rule::sum | Rule::pattern | Rule::quantified_list | Rule::quantified_patterns)
                .then_some(part)
        });
        let (quantifier, operands) = operand.map_or((None, Vec::new()), |operand| self.text_operand(operand, span));
        ExprKind::TextTest { test, negated, value, quantifier, operands }
    }

    fn text_operand(&mut self, pair: Pair<'s>, span: Span) -> (Option<Quantifier>, Vec<Entry>) {
        match pair.as_rule() {
            Rule::sum => (None, vec![Entry::One(self.sum(pair))]),
            Rule::pattern => (None, vec![Entry::One(self.pattern(&pair))]),
            _ => self.quantified(pair, span),
        }
    }

    /// `any of "a", "b"`, `all of (/a/, /b/)`
    fn quantified(&mut self, pair: Pair<'s>, span: Span) -> (Option<Quantifier>, Vec<Entry>) {
        let mut parts = Parts::of(pair);
        let quantifier = if parts.has(Rule::kw_all) { Quantifier::All } else { Quantifier::Any };
        parts.seek(Rule::kw_of);
        let operands = match parts.next() {
            Some(list) if list.as_rule() == Rule::list_operand => self.list_operand(list),
            Some(patterns) => Parts::of(patterns).map(|pattern| Entry::One(self.pattern(&pattern))).collect(),
            None => vec![Entry::One(Expr::error(span))],
        };
        (Some(quantifier), operands)
    }

    fn equality(&mut self, mut parts: Parts<'s>, value: Box<Expr>, span: Span) -> ExprKind {
        let first = parts.next().map(|sign| sign.as_rule());
        let negated = first == Some(Rule::not_equals) || parts.peek() == Some(Rule::kw_not);
        let right = self.operand(&mut parts, span);
        if right.kind == ExprKind::Missing {
            self.report(span, SyntaxProblem::CompareWithMissing { negated });
            return ExprKind::Presence { test: Presence::Missing, negated, value };
        }
        if value.kind == ExprKind::Missing {
            self.report(span, SyntaxProblem::CompareWithMissing { negated });
            return ExprKind::Presence { test: Presence::Missing, negated, value: Box::new(right) };
        }
        ExprKind::Compare { operator: Comparison::Equal, negated, left: value, right: Box::new(right) }
    }

    fn order(&mut self, mut parts: Parts<'s>, value: Box<Expr>, span: Span) -> ExprKind {
        let operator = match parts.next().map(|sign| sign.as_rule()) {
            Some(Rule::less) => Comparison::Less,
            Some(Rule::at_most) => Comparison::LessOrEqual,
            Some(Rule::greater) => Comparison::Greater,
            _ => Comparison::GreaterOrEqual,
        };
        let right = self.operand(&mut parts, span);
        ExprKind::Compare { operator, negated: false, left: value, right: Box::new(right) }
    }

    fn event(&mut self, mut parts: Parts<'s>, value: Box<Expr>, span: Span) -> Expr {
        if let Some(during) = parts.part(Rule::during) {
            return Expr { kind: self.during(during, value), span };
        }
        let Some(form) = parts.next() else { return Expr::error(span) };
        let rule = form.as_rule();
        let mut words = Parts::of(form);
        let test = match rule {
            Rule::changed => EventTest::Changed,
            Rule::was => EventTest::Was,
            Rule::becomes => EventTest::Becomes,
            _ => EventTest::New,
        };
        words.next(); // The word that the test begins with.
        let negated = words.has(Rule::kw_not);
        let (mut from, mut to) = (Vec::new(), Vec::new());
        let mut behind_to = test == EventTest::Becomes;
        for word in words {
            match word.as_rule() {
                Rule::kw_to => behind_to = true,
                Rule::list_operand if behind_to => to = self.list_operand(word),
                Rule::list_operand => from = self.list_operand(word),
                _ => {}
            }
        }
        Expr { kind: ExprKind::Event { test, negated, value, from, to }, span }
    }

    fn during(&mut self, pair: Pair<'s>, value: Box<Expr>) -> ExprKind {
        let mut parts = Parts::of(pair);
        let negated = is_not(&mut parts);
        let calendar = parts.seek(Rule::name).map(|name| self.name(&name)).unwrap_or_default();
        ExprKind::During { negated, value, calendar }
    }

    fn operand(&mut self, parts: &mut Parts<'s>, span: Span) -> Expr {
        parts.seek(Rule::sum).map_or_else(|| Expr::error(span), |sum| self.sum(sum))
    }

    pub(in super::super) fn list_operand(&mut self, pair: Pair<'s>) -> Vec<Entry> {
        Parts::of(pair).next().map(|list| self.entries(list)).unwrap_or_default()
    }

    /// The entries of a list, with or without brackets.
    pub(super) fn entries(&mut self, pair: Pair<'s>) -> Vec<Entry> {
        let span = self.span(&pair);
        Parts::of(pair).map(|entry| self.entry(entry, span)).collect()
    }

    pub(in super::super) fn entry(&mut self, pair: Pair<'s>, outer: Span) -> Entry {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let low = parts.next().map_or_else(|| Expr::error(outer), |low| self.bound_or_sum(low));
        let exclusive = parts.has(Rule::dots_below);
        parts.has(Rule::dots);
        match parts.next() {
            None => Entry::One(low),
            Some(high) => Entry::Range { low, high: self.bound_or_sum(high), exclusive, span },
        }
    }

    fn bound_or_sum(&mut self, pair: Pair<'s>) -> Expr {
        if pair.as_rule() == Rule::sum { self.sum(pair) } else { self.unary(pair) }
    }

    /// The literals and names of `one of` and `missing when`.
    pub(super) fn bounds(&mut self, pair: Pair<'s>) -> Vec<Expr> {
        Parts::of(pair).map(|bound| self.unary(bound)).collect()
    }
}

fn presence(mut parts: Parts<'_>, value: Box<Expr>) -> ExprKind {
    let negated = is_not(&mut parts);
    let test = match parts.next().map(|word| word.as_rule()) {
        Some(Rule::kw_present) => Presence::Present,
        Some(Rule::kw_blank) => Presence::Blank,
        _ => Presence::Missing,
    };
    ExprKind::Presence { test, negated, value }
}

/// Steps over `is` and `not`, and tells whether `not` was there.
fn is_not(parts: &mut Parts<'_>) -> bool {
    parts.has(Rule::kw_is);
    parts.has(Rule::kw_not)
}
