//! Rule sets, rules and `otherwise`.

use diagnostics::problems::SyntaxProblem;

use super::{Build, Pair, Parts, Rule};
use crate::ast::{Effect, EffectKind, Effective, Expr, Otherwise, Policy, Rules, Span, Trigger, TriggerKind};

/// What stands before the `when` of a rule.
#[derive(Default)]
pub(in super::super) struct Head {
    pub(in super::super) name: Option<crate::ast::Quoted>,
    pub(in super::super) disabled: Option<Span>,
    pub(in super::super) effective: Option<Effective>,
}

impl<'s> Build<'s> {
    pub(super) fn rules_header(&mut self, pair: Pair<'s>) -> Rules {
        let mut parts = Parts::of(pair);
        let name = parts.seek(Rule::text).map(|text| self.quoted(&text)).unwrap_or_default();
        let record = parts.has(Rule::kw_for).then(|| parts.part(Rule::declared_name)).flatten();
        let record = record.map(|record| self.declared(Some(&record)));
        let doc = self.source.doc();
        let mut rules =
            Rules { name, record, policy: None, effective: None, trigger: None, after: Vec::new(), guard: None, doc };
        for option in parts {
            self.set_option(option, &mut rules);
        }
        rules
    }

    fn set_option(&mut self, pair: Pair<'s>, rules: &mut Rules) {
        let span = self.span(&pair);
        let (known, other) = match pair.as_rule() {
            Rule::set_event => (rules.trigger.is_some(), "`after`"),
            Rule::effective => (rules.effective.is_some(), "`after`"),
            Rule::set_guard => (rules.guard.is_some(), "`and`"),
            Rule::set_order => (false, ""),
            _ => (rules.policy.is_some(), "`{`"),
        };
        if known {
            let found = self.source.written(span).to_owned();
            let expected = vec![other.to_owned(), "`{`".to_owned()];
            return self.report(span, SyntaxProblem::Unexpected { expected, found, suggestion: None });
        }
        match pair.as_rule() {
            Rule::effective => rules.effective = Some(self.effective(pair)),
            Rule::set_event => rules.trigger = Some(self.trigger(pair, span)),
            Rule::set_order => {
                let names = Parts::of(pair).filter(|part| part.as_rule() == Rule::text);
                rules.after.extend(names.map(|name| self.quoted(&name)));
            }
            Rule::set_guard => {
                let condition = Parts::of(pair).seek(Rule::condition);
                rules.guard = Some(self.condition_or_error(condition, span));
            }
            _ => rules.policy = Some((policy(pair), span)),
        }
    }

    fn trigger(&mut self, pair: Pair<'s>, span: Span) -> Trigger {
        let mut parts = Parts::of(pair);
        parts.next(); // `on`
        let kind = match parts.peek() {
            Some(Rule::becoming) => TriggerKind::Becoming,
            _ => {
                let names = parts.filter(|part| part.as_rule() == Rule::field_name);
                TriggerKind::Events(names.map(|name| self.name(&name)).collect())
            }
        };
        Trigger { kind, span }
    }

    pub(super) fn rule(&mut self, pair: Pair<'s>) -> crate::ast::Rule {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let head = parts.part(Rule::rule_head).map(|head| self.rule_head(head)).unwrap_or_default();
        let when = parts.part(Rule::when_clause);
        let when_word = when.as_ref().map_or(span, |when| Span::new(self.span(when).start, self.span(when).start + 4));
        let condition = when.map_or_else(|| Expr::error(span), |when| self.when_clause(when));
        let effects = parts.part(Rule::then_clause).map(|then| self.effects(then)).unwrap_or_default();
        self.finish_rule(head, when_word, condition, effects)
    }

    /// Puts the clauses of a rule together, however they were read.
    pub(in super::super) fn finish_rule(
        &mut self,
        head: Head,
        when: Span,
        condition: Expr,
        effects: Vec<Effect>,
    ) -> crate::ast::Rule {
        let span = head.name.as_ref().map_or(when, |name| name.span);
        self.check_stop(&effects);
        let Head { name, disabled, effective } = head;
        crate::ast::Rule { name, disabled, effective, condition, effects, doc: self.source.doc(), span }
    }

    pub(in super::super) fn rule_head(&mut self, pair: Pair<'s>) -> Head {
        let mut head = Head::default();
        for part in Parts::of(pair) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::text => head.name = Some(self.quoted(&part)),
                Rule::kw_disabled => head.disabled = Some(span),
                Rule::effective => head.effective = Some(self.effective(part)),
                _ => {}
            }
        }
        head
    }

    pub(in super::super) fn effective(&mut self, pair: Pair<'s>) -> Effective {
        let span = self.span(&pair);
        let mut effective = Effective { from: None, until: None, span };
        let mut parts = Parts::of(pair);
        while let Some(word) = parts.next() {
            let day = parts.part(Rule::date_like).map(|day| self.literal(day));
            match word.as_rule() {
                Rule::kw_from => effective.from = day,
                _ => effective.until = day,
            }
        }
        effective
    }

    fn when_clause(&mut self, pair: Pair<'s>) -> Expr {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let condition = self.condition_or_error(parts.seek(Rule::condition), span);
        if let Some(timer) = parts.part(Rule::timer) {
            let span = self.span(&timer);
            self.report(span, SyntaxProblem::NotYet { construct: "rules with a timer".into() });
        }
        condition
    }

    pub(super) fn otherwise(&mut self, pair: Pair<'s>) -> Otherwise {
        let start = self.span(&pair).start;
        let effects = self.effects(pair);
        self.finish_otherwise(Span::new(start, start + 9), effects)
    }

    pub(in super::super) fn finish_otherwise(&mut self, span: Span, effects: Vec<Effect>) -> Otherwise {
        self.check_stop(&effects);
        Otherwise { effects, span }
    }

    fn effects(&mut self, pair: Pair<'s>) -> Vec<Effect> {
        Parts::of(pair).filter(|part| part.as_rule() == Rule::effect).map(|effect| self.effect(effect)).collect()
    }

    /// What is written behind `stop` reads as if it did not happen.
    fn check_stop(&mut self, effects: &[Effect]) {
        let stop = effects.iter().position(|effect| effect.kind == EffectKind::Stop);
        let after = stop.and_then(|stop| effects.get(stop + 1));
        if let Some(after) = after {
            self.report(after.span, SyntaxProblem::EffectAfterStop);
        }
    }
}

fn policy(pair: Pair<'_>) -> Policy {
    match Parts::of(pair).next().map(|word| word.as_rule()) {
        Some(Rule::kw_first) => Policy::First,
        Some(Rule::kw_unique) => Policy::Unique,
        _ => Policy::All,
    }
}
