//! Tests: their lines, the records they give, and what they expect but for effects.

use super::{Build, Pair, Parts, Rule};
use crate::ast::{
    Claim, Comparison, Datum, DatumKind, Expectation, Expr, ExprKind, Given, Measure, MeasureLimit, MeasureUnit,
    Member, Name, Span, Test, TestLine, TestLineKind,
};
use diagnostics::problems::SyntaxProblem;
use limits::fixed::NESTING;

impl<'s> Build<'s> {
    pub(super) fn test_declaration(&mut self, pair: Pair<'s>) -> Test {
        let mut parts = Parts::of(pair);
        let name = parts.seek(Rule::text).map(|name| self.quoted(&name)).unwrap_or_default();
        let over = parts.has(Rule::kw_over).then(|| parts.part(Rule::text)).flatten();
        let over = over.map(|over| self.quoted(&over));
        let lines = parts.filter(|part| part.as_rule() == Rule::test_line).map(|line| self.test_line(line)).collect();
        Test { name, over, lines }
    }

    pub(in super::super) fn test_line(&mut self, pair: Pair<'s>) -> TestLine {
        let span = self.span(&pair);
        let Some(form) = Parts::of(pair).next() else { return TestLine { kind: TestLineKind::Error, span } };
        let rule = form.as_rule();
        let mut parts = Parts::of(form);
        let kind = match rule {
            Rule::test_now => {
                TestLineKind::Now(parts.seek(Rule::sum).map_or_else(|| Expr::error(span), |now| self.sum(now)))
            }
            Rule::test_event => {
                TestLineKind::Event(parts.seek(Rule::field_name).map(|name| self.name(&name)).unwrap_or_default())
            }
            Rule::given => TestLineKind::Given(self.given(parts, span)),
            _ => TestLineKind::Expect(self.expectation(parts, span)),
        };
        TestLine { kind, span }
    }

    fn given(&mut self, mut parts: Parts<'s>, span: Span) -> Given {
        parts.has(Rule::kw_given);
        let before = parts.part(Rule::kw_before).map(|before| self.span(&before));
        let name = self.declared(parts.seek(Rule::declared_name).as_ref());
        let value = parts.next().map_or(Datum { kind: DatumKind::Record(Vec::new()), span }, |value| self.datum(value));
        Given { before, name, value }
    }

    fn datum(&mut self, pair: Pair<'s>) -> Datum {
        let span = self.span(&pair);
        if self.depth >= NESTING {
            self.report(span, SyntaxProblem::NestingLimit { limit: NESTING });
            return Datum { kind: DatumKind::Value(Expr::error(span)), span };
        }
        self.depth += 1;
        let kind = match pair.as_rule() {
            Rule::record_datum => DatumKind::Record(Parts::of(pair).map(|member| self.member(member)).collect()),
            Rule::list_datum => DatumKind::List(Parts::of(pair).map(|datum| self.datum(datum)).collect()),
            Rule::sum => DatumKind::Value(self.sum(pair)),
            _ => Parts::of(pair)
                .next()
                .map_or_else(|| DatumKind::Value(Expr::error(span)), |inner| self.datum(inner).kind),
        };
        self.depth -= 1;
        Datum { kind, span }
    }

    fn member(&mut self, pair: Pair<'s>) -> Member {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let name = parts.part(Rule::field_name).map(|name| self.name(&name)).unwrap_or_default();
        let nothing = || Datum { kind: DatumKind::Value(Expr::error(span)), span };
        Member { name, value: parts.next().map_or_else(nothing, |value| self.datum(value)) }
    }

    fn expectation(&mut self, mut parts: Parts<'s>, span: Span) -> Expectation {
        let Some(form) = parts.find(|part| matches!(part.as_rule(), Rule::measure | Rule::claim)) else {
            return Expectation { no: None, claim: Claim::Condition(Expr::error(span)) };
        };
        match form.as_rule() {
            Rule::measure => Expectation { no: None, claim: Claim::Measure(Box::new(self.measure(form, span))) },
            _ => self.claim(form, span),
        }
    }

    /// A claim, perhaps behind `no`.
    fn claim(&mut self, pair: Pair<'s>, span: Span) -> Expectation {
        let mut parts = Parts::of(pair);
        let no = parts.part(Rule::kw_no).map(|no| self.span(&no));
        let claim = parts.next().map_or_else(|| Claim::Condition(Expr::error(span)), |form| self.claim_kind(form));
        Expectation { no, claim }
    }

    fn claim_kind(&mut self, form: Pair<'s>) -> Claim {
        let span = self.span(&form);
        match form.as_rule() {
            Rule::expected_rule => {
                let name = Parts::of(form).seek(Rule::text);
                Claim::Rule(name.map(|name| self.quoted(&name)).unwrap_or_default())
            }
            Rule::expected_rules => {
                let names = Parts::of(form).filter(|part| part.as_rule() == Rule::text);
                Claim::Rules(names.map(|name| self.quoted(&name)).collect())
            }
            Rule::fault => {
                let code = Parts::of(form).seek(Rule::fault_code);
                Claim::Fault(code.map(|code| {
                    let text = Parts::of(code.clone()).map(|part| part.as_str()).collect();
                    Name { text, span: self.span(&code) }
                }))
            }
            Rule::lost => Claim::Lost(Parts::of(form).seek(Rule::sketch).map(|sketch| self.sketch(sketch))),
            Rule::sketch => Claim::Effect(self.sketch(form)),
            Rule::condition => Claim::Condition(self.condition(form)),
            Rule::group => Claim::Condition(self.group(form)),
            Rule::path => {
                let path = self.path(&form);
                Claim::Condition(Expr { span: path.span, kind: ExprKind::Path(path) })
            }
            _ => Claim::Condition(Expr::error(span)),
        }
    }

    fn measure(&mut self, pair: Pair<'s>, span: Span) -> Measure {
        let mut parts = Parts::of(pair);
        let unit = if parts.has(Rule::kw_share) { MeasureUnit::Share } else { MeasureUnit::Count };
        let nothing = || Expectation { no: None, claim: Claim::Condition(Expr::error(span)) };
        let measured = parts.seek(Rule::measured);
        let of_span = measured.as_ref().map_or(span, |measured| self.span(measured));
        let of = measured.map_or_else(nothing, |measured| self.claim(measured, span));
        let limit = parts.next().map(|test| self.measure_limit(test, span));
        let nothing = MeasureLimit::Compared { operator: Comparison::Equal, negated: false, value: Expr::error(span) };
        Measure { unit, of, of_span, limit: limit.unwrap_or(nothing) }
    }

    fn measure_limit(&mut self, pair: Pair<'s>, span: Span) -> MeasureLimit {
        let rule = pair.as_rule();
        let words: Vec<Rule> = pair.clone().into_inner().map(|part| part.as_rule()).collect();
        let negated = words.iter().any(|word| matches!(word, Rule::kw_not | Rule::not_equals));
        let mut values = Parts::of(pair).filter(|part| part.as_rule() == Rule::sum).map(|sum| self.sum(sum));
        let value = values.next().unwrap_or_else(|| Expr::error(span));
        if rule == Rule::between_test {
            return MeasureLimit::Between {
                negated,
                low: value,
                high: values.next().unwrap_or_else(|| Expr::error(span)),
            };
        }
        let operator = match words.first() {
            Some(Rule::less) => Comparison::Less,
            Some(Rule::at_most) => Comparison::LessOrEqual,
            Some(Rule::greater) => Comparison::Greater,
            Some(Rule::at_least) => Comparison::GreaterOrEqual,
            _ => Comparison::Equal,
        };
        MeasureLimit::Compared { operator, negated, value }
    }
}
