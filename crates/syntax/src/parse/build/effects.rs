//! Effects and the targets in them.

use super::{Build, Pair, Parts, Rule};
use crate::ast::{
    Argument, Deadline, Due, Effect, EffectKind, Escalation, Expr, ExprKind, Name, Path, Selection, Span, Target,
    TargetKind, Who,
};
use crate::bounds::offset;
use diagnostics::problems::SyntaxProblem;
use limits::fixed::NESTING;

impl<'s> Build<'s> {
    pub(in super::super) fn effect(&mut self, pair: Pair<'s>) -> Effect {
        let span = self.span(&pair);
        let kind = Parts::of(pair).next().map_or(EffectKind::Error, |form| self.effect_kind(form, span));
        Effect { kind, span }
    }

    fn effect_kind(&mut self, form: Pair<'s>, span: Span) -> EffectKind {
        let rule = form.as_rule();
        let mut parts = Parts::of(form);
        match rule {
            Rule::assign => self.assign(parts, span),
            Rule::leave => EffectKind::LeaveUnassigned,
            Rule::keep => EffectKind::KeepOwner,
            Rule::set => {
                let field = self.path_in(&mut parts);
                EffectKind::Set { field, value: self.condition_or_error(parts.seek(Rule::condition), span) }
            }
            Rule::clear => EffectKind::Clear { field: self.path_in(&mut parts) },
            Rule::add => {
                let value = self.sum_in(&mut parts, span);
                EffectKind::Add { value, field: self.path_in(&mut parts) }
            }
            Rule::remove => {
                let value = self.sum_in(&mut parts, span);
                EffectKind::Remove { value, field: self.path_in(&mut parts) }
            }
            Rule::create => self.create(parts, span),
            Rule::notify => {
                let to = self.targets_in(parts.seek(Rule::targets));
                EffectKind::Notify { to, text: self.sum_in(&mut parts, span) }
            }
            Rule::send => self.send(parts, span),
            Rule::call => {
                let integration = self.name_in(&mut parts);
                EffectKind::Call {
                    integration,
                    with: parts.part(Rule::with).map(|with| self.with(with)).unwrap_or_default(),
                }
            }
            Rule::accept => EffectKind::Accept,
            Rule::reject => {
                parts.has(Rule::kw_reject);
                let field = parts.part(Rule::path).map(|path| self.path(&path));
                EffectKind::Reject { field, reason: self.sum_in(&mut parts, span) }
            }
            Rule::start => EffectKind::Start { workflow: self.name_in(&mut parts) },
            Rule::stop => EffectKind::Stop,
            _ => EffectKind::Error,
        }
    }

    fn assign(&mut self, mut parts: Parts<'s>, span: Span) -> EffectKind {
        let target = parts.seek(Rule::target).map_or_else(|| Target::error(span), |target| self.target(target));
        let by = parts.part(Rule::selection).map(|selection| self.selection(selection));
        let within = parts.part(Rule::deadline).map(|deadline| self.deadline(deadline));
        EffectKind::Assign { target, by, within }
    }

    pub(super) fn selection(&mut self, pair: Pair<'s>) -> Selection {
        let span = self.span(&pair);
        let Some(form) = Parts::of(pair).find(|part| part.as_rule() != Rule::kw_by) else {
            return Selection::RoundRobin;
        };
        match form.as_rule() {
            Rule::hash_of => Selection::HashOf(self.sum_in(&mut Parts::of(form), span)),
            Rule::least_loaded => {
                let from = Parts::of(form).seek(Rule::path);
                Selection::LeastLoaded(from.map(|from| self.path(&from)))
            }
            _ => Selection::RoundRobin,
        }
    }

    pub(super) fn deadline(&mut self, pair: Pair<'s>) -> Deadline {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let within = self.sum_in(&mut parts, span);
        let escalation = parts.part(Rule::escalation);
        if self.depth >= NESTING {
            self.report(span, SyntaxProblem::NestingLimit { limit: NESTING });
            return Deadline { within, escalate: None };
        }
        self.depth += 1;
        let escalate = escalation.map(|escalation| Box::new(self.escalation(escalation)));
        self.depth -= 1;
        Deadline { within, escalate }
    }

    fn escalation(&mut self, pair: Pair<'s>) -> Escalation {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let target = parts.seek(Rule::target).map_or_else(|| Target::error(span), |target| self.target(target));
        Escalation { target, within: parts.part(Rule::deadline).map(|deadline| self.deadline(deadline)) }
    }

    fn create(&mut self, mut parts: Parts<'s>, span: Span) -> EffectKind {
        let text = self.sum_in(&mut parts, span);
        let owner = parts.has(Rule::kw_for).then(|| parts.part(Rule::target)).flatten();
        let owner = owner.map(|owner| self.target(owner));
        let due = parts.next().map(|due| {
            let before = due.as_rule() == Rule::due_before;
            let mut parts = Parts::of(due);
            let distance = self.sum_in(&mut parts, span);
            match before {
                true => Due::Before { distance, instant: self.sum_in(&mut parts, span) },
                false => Due::Within(distance),
            }
        });
        EffectKind::Task { text, owner, due }
    }

    fn send(&mut self, mut parts: Parts<'s>, span: Span) -> EffectKind {
        let template = self.sum_in(&mut parts, span);
        let to = self.targets_in(parts.seek(Rule::targets));
        let options: Vec<_> = parts.collect();
        self.once_each(&options);
        let option = |rule| options.iter().find(|option| option.as_rule() == rule).cloned();
        let part = |rule, inner| option(rule).and_then(|option| Parts::of(option).seek(inner));
        let cc = self.targets_in(part(Rule::send_cc, Rule::targets));
        let from = part(Rule::send_from, Rule::target).map(|from| self.target(from));
        let reply_to = part(Rule::reply_to, Rule::target).map(|reply_to| self.target(reply_to));
        let with = option(Rule::with).map(|with| self.with(with)).unwrap_or_default();
        EffectKind::Email { template, to, cc, from, reply_to, with }
    }

    /// Each option may be written once.
    pub(super) fn once_each(&mut self, options: &[Pair<'s>]) {
        for (place, option) in options.iter().enumerate() {
            let is_again = options.iter().take(place).any(|earlier| earlier.as_rule() == option.as_rule());
            if is_again {
                self.written_again(option);
            }
        }
    }

    /// An option that was written before.
    pub(super) fn written_again(&mut self, option: &Pair<'s>) {
        let found = option.as_str().split_whitespace().next().unwrap_or_default().to_owned();
        let start = self.span(option).start;
        let word = Span::new(start, start + offset(found.len()));
        self.report(word, SyntaxProblem::Unexpected { expected: Vec::new(), found, suggestion: None });
    }

    pub(super) fn with(&mut self, pair: Pair<'s>) -> Vec<Argument> {
        let arguments = Parts::of(pair).filter(|part| part.as_rule() == Rule::argument);
        arguments.map(|argument| self.argument(argument)).collect()
    }

    fn argument(&mut self, pair: Pair<'s>) -> Argument {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let name = parts.part(Rule::field_name).map(|name| self.name(&name)).unwrap_or_default();
        Argument { name, value: self.condition_or_error(parts.part(Rule::condition), span) }
    }

    pub(super) fn targets_in(&mut self, pair: Option<Pair<'s>>) -> Vec<Target> {
        pair.into_iter().flat_map(Parts::of).map(|target| self.target(target)).collect()
    }

    pub(super) fn target(&mut self, pair: Pair<'s>) -> Target {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let kind = match parts.peek() {
            Some(Rule::kw_team) => Some(TargetKind::Team),
            Some(Rule::kw_queue) => Some(TargetKind::Queue),
            Some(Rule::kw_user) => Some(TargetKind::User),
            _ => None,
        };
        let who = parts.seek(Rule::defaulted).map_or_else(|| Expr::error(span), |who| self.defaulted(who));
        Target { kind, who: Who::from(who), span }
    }

    fn name_in(&mut self, parts: &mut Parts<'s>) -> Name {
        parts.seek(Rule::name).map(|name| self.name(&name)).unwrap_or_default()
    }

    fn path_in(&mut self, parts: &mut Parts<'s>) -> Path {
        parts.seek(Rule::path).map(|path| self.path(&path)).unwrap_or_default()
    }

    fn sum_in(&mut self, parts: &mut Parts<'s>, span: Span) -> Expr {
        parts.seek(Rule::sum).map_or_else(|| Expr::error(span), |sum| self.sum(sum))
    }
}

impl Target {
    /// Nothing that could be read as a target.
    fn error(span: Span) -> Self {
        Self { kind: None, who: Who::Expr(Expr::error(span)), span }
    }
}

impl From<Expr> for Who {
    fn from(expr: Expr) -> Self {
        match expr.kind {
            ExprKind::Path(path) if path.fields.is_empty() && path.root.text == "assignee" => Self::Assignee,
            ExprKind::Path(path) if path.fields.is_empty() => Self::Name(path.root),
            kind => Self::Expr(Expr { kind, span: expr.span }),
        }
    }
}
