//! Derived values that take more than one line: `decide`, `score`.

use diagnostics::problems::SyntaxProblem;

use super::{Build, Pair, Parts, Rule};
use crate::ast::{Decide, DecideLine, Expr, Halving, Limit, Path, Score, ScoreLine, ScoreStart, Span};

impl<'s> Build<'s> {
    pub(super) fn decide(&mut self, pair: Pair<'s>) -> Decide {
        let mut parts = Parts::of(pair);
        let path = parts.seek(Rule::derived_field).map(|field| self.derived_field(field)).unwrap_or_default();
        let mut decide = Decide { path, lines: Vec::new(), otherwise: None };
        for part in parts {
            let span = self.span(&part);
            let is_line = part.as_rule() == Rule::decide_line;
            let mut conditions = Parts::of(part).filter(|part| part.as_rule() == Rule::condition);
            let condition = conditions.next();
            if is_line {
                let condition = self.condition_or_error(condition, span);
                let value = self.condition_or_error(conditions.next(), span);
                decide.lines.push(DecideLine { condition, value, span });
            } else {
                decide.otherwise = Some(self.condition_or_error(condition, span));
            }
        }
        decide
    }

    pub(super) fn derived_field(&mut self, pair: Pair<'s>) -> Path {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let root = self.declared(parts.part(Rule::declared_name).as_ref());
        Path { root, fields: parts.map(|field| self.name(&field)).collect(), span }
    }

    pub(super) fn score(&mut self, pair: Pair<'s>) -> Score {
        let mut parts = Parts::of(pair);
        let path = parts.seek(Rule::derived_field).map(|field| self.derived_field(field)).unwrap_or_default();
        let mut score = Score { path, start: None, lines: Vec::new(), limit: None };
        parts.for_each(|part| self.score_part(part, &mut score));
        score
    }

    /// A line of a score. What has its place and stands elsewhere is reported, and meant all the same.
    pub(in super::super) fn score_part(&mut self, pair: Pair<'s>, score: &mut Score) {
        let span = self.span(&pair);
        let is_late = !score.lines.is_empty() || score.start.is_some() || score.limit.is_some();
        match pair.as_rule() {
            Rule::score_start if is_late => self.misplaced(span, "start", "once, before all other lines"),
            Rule::score_start => {
                let amount = Parts::of(pair).seek(Rule::sum).map_or_else(|| Expr::error(span), |sum| self.sum(sum));
                score.start = Some(ScoreStart { amount, span });
            }
            Rule::score_line => {
                if let Some(limit) = score.limit.take_if(|limit| limit.span.end <= span.start) {
                    self.misplaced(limit.span, "limit", "once, behind all other lines");
                }
                let line = self.score_line(pair);
                score.lines.push(line);
            }
            Rule::score_limit if score.limit.is_some() => {
                self.misplaced(span, "limit", "once, behind all other lines");
            }
            Rule::score_limit => score.limit = Some(self.limit(pair)),
            _ => {}
        }
    }

    fn misplaced(&mut self, span: Span, word: &str, place: &str) {
        self.report(span, SyntaxProblem::Misplaced { word: word.to_owned(), place: place.to_owned() });
    }

    fn score_line(&mut self, pair: Pair<'s>) -> ScoreLine {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let subtract = parts.next().is_some_and(|word| word.as_rule() == Rule::kw_subtract);
        let amount = parts.part(Rule::sum).map_or_else(|| Expr::error(span), |sum| self.sum(sum));
        let mut line = ScoreLine { subtract, amount, each: None, condition: None, halving: None, at_most: None, span };
        for part in parts {
            match part.as_rule() {
                Rule::over => line.each = Some(self.each(part)),
                Rule::condition => line.condition = Some(self.condition(part)),
                Rule::halving => line.halving = Some(self.halving(part)),
                Rule::cap => line.at_most = Parts::of(part).seek(Rule::sum).map(|most| self.sum(most)),
                _ => {}
            }
        }
        line
    }

    fn halving(&mut self, pair: Pair<'s>) -> Halving {
        let span = self.span(&pair);
        let mut sums = Parts::of(pair).filter(|part| part.as_rule() == Rule::sum);
        let mut sum = || sums.next().map_or_else(|| Expr::error(span), |sum| self.sum(sum));
        Halving { every: sum(), since: sum(), span }
    }

    fn limit(&mut self, pair: Pair<'s>) -> Limit {
        let span = self.span(&pair);
        let mut sums = Parts::of(pair).filter(|part| part.as_rule() == Rule::sum);
        let mut sum = || sums.next().map_or_else(|| Expr::error(span), |sum| self.sum(sum));
        Limit { low: sum(), high: sum(), span }
    }
}
