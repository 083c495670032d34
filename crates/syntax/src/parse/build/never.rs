//! `never … when …`

use super::{Build, Pair, Parts, Rule};
use crate::ast::{Blocked, BlockedKind, Never};

impl<'s> Build<'s> {
    pub(super) fn never(&mut self, pair: Pair<'s>) -> Never {
        let whole = self.span(&pair);
        let mut parts = Parts::of(pair);
        let word = parts.part(Rule::kw_never).map_or(whole, |word| self.span(&word));
        let effect = parts.part(Rule::blocked).map(|blocked| self.blocked(blocked));
        let effect = effect.unwrap_or(Blocked { kind: BlockedKind::Error, span: whole });
        let condition = self.condition_or_error(parts.seek(Rule::condition), whole);
        Never { effect, condition, span: word }
    }

    pub(in super::super) fn blocked(&mut self, pair: Pair<'s>) -> Blocked {
        let span = self.span(&pair);
        Blocked { kind: self.blocked_kind(Parts::of(pair)), span }
    }

    fn blocked_kind(&mut self, mut parts: Parts<'s>) -> BlockedKind {
        let Some(verb) = parts.next() else { return BlockedKind::Error };
        let rest: Vec<Pair<'s>> = parts.collect();
        let part = |rule: Rule| rest.iter().find(|part| part.as_rule() == rule);
        let path = |build: &Self| part(Rule::path).map(|path| build.path(path));
        let name = |build: &Self| part(Rule::name).map(|name| build.name(name));
        match verb.as_rule() {
            Rule::kw_assign => BlockedKind::Assign(part(Rule::target).map(|target| self.target(target.clone()))),
            Rule::kw_leave => BlockedKind::LeaveUnassigned,
            Rule::kw_keep => BlockedKind::KeepOwner,
            Rule::kw_set => BlockedKind::Set(path(self)),
            Rule::kw_clear => BlockedKind::Clear(path(self)),
            Rule::kw_add => BlockedKind::Add(path(self)),
            Rule::kw_remove => BlockedKind::Remove(path(self)),
            Rule::kw_create => BlockedKind::Task,
            Rule::kw_notify => BlockedKind::Notify,
            Rule::kw_send => BlockedKind::Email(part(Rule::text).map(|text| self.quoted(text))),
            Rule::kw_call => BlockedKind::Call(name(self)),
            Rule::kw_start => BlockedKind::Start(name(self)),
            Rule::kw_accept => BlockedKind::Accept,
            Rule::kw_reject => BlockedKind::Reject,
            _ => BlockedKind::Error,
        }
    }
}
