//! The names in what rules do.

use syntax::ast::{
    Argument, BlockedKind, Deadline, Due, Effect, EffectKind, Expr, ExprKind, Piece, Selection, Target, Who,
};

use super::{Kind, Role, Thing, Walk};

impl Walk<'_> {
    pub(super) fn effects(&mut self, effects: &[Effect]) {
        effects.iter().for_each(|effect| self.effect(&effect.kind));
    }

    fn effect(&mut self, effect: &EffectKind) {
        match effect {
            EffectKind::Assign { target, by, within } => {
                self.target(target);
                by.iter().for_each(|by| self.selection(by));
                within.iter().for_each(|within| self.deadline(within));
            }
            EffectKind::Set { field, value } => {
                self.path(field, Role::Writes);
                self.expr(value);
            }
            EffectKind::Clear { field } => self.path(field, Role::Writes),
            EffectKind::Add { value, field } | EffectKind::Remove { value, field } => {
                self.expr(value);
                self.path(field, Role::Writes);
            }
            EffectKind::Task { text, owner, due } => {
                self.expr(text);
                owner.iter().for_each(|owner| self.target(owner));
                due.iter().for_each(|due| self.due(due));
            }
            EffectKind::Notify { to, text } => {
                to.iter().for_each(|target| self.target(target));
                self.expr(text);
            }
            EffectKind::Email { template, to, cc, from, reply_to, with } => {
                self.template(template);
                to.iter().chain(cc).chain(from).chain(reply_to).for_each(|target| self.target(target));
                self.arguments(with);
            }
            EffectKind::Call { integration, with } => {
                self.reads(Kind::Integration, integration);
                self.arguments(with);
            }
            EffectKind::Reject { field, reason } => {
                field.iter().for_each(|field| self.path(field, Role::Reads));
                self.expr(reason);
            }
            EffectKind::Start { workflow } => self.reads(Kind::Workflow, workflow),
            EffectKind::LeaveUnassigned
            | EffectKind::KeepOwner
            | EffectKind::Accept
            | EffectKind::Stop
            | EffectKind::Error => {}
        }
    }

    fn arguments(&mut self, arguments: &[Argument]) {
        arguments.iter().for_each(|argument| self.expr(&argument.value));
    }

    /// The name of a template, where it is written out; else what it is computed from.
    pub(super) fn template(&mut self, template: &Expr) {
        match &template.kind {
            ExprKind::Text(pieces) => match pieces.as_slice() {
                [Piece::Text(name)] => self.put(Thing::new(Kind::Template, name), template.span, Role::Reads),
                _ => self.expr(template),
            },
            _ => self.expr(template),
        }
    }

    pub(super) fn target(&mut self, target: &Target) {
        match &target.who {
            Who::Name(name) => self.reads(Kind::Target, name),
            Who::Assignee => {}
            Who::Expr(expr) => self.expr(expr),
        }
    }

    pub(super) fn selection(&mut self, selection: &Selection) {
        match selection {
            Selection::HashOf(value) => self.expr(value),
            Selection::LeastLoaded(Some(path)) => self.path(path, Role::Reads),
            Selection::RoundRobin | Selection::LeastLoaded(None) => {}
        }
    }

    pub(super) fn deadline(&mut self, deadline: &Deadline) {
        self.expr(&deadline.within);
        if let Some(escalation) = &deadline.escalate {
            self.target(&escalation.target);
            escalation.within.iter().for_each(|within| self.deadline(within));
        }
    }

    pub(super) fn due(&mut self, due: &Due) {
        match due {
            Due::Within(distance) => self.expr(distance),
            Due::Before { distance, instant } => {
                self.expr(distance);
                self.expr(instant);
            }
        }
    }

    pub(super) fn blocked(&mut self, blocked: &BlockedKind) {
        match blocked {
            BlockedKind::Assign(Some(target)) => self.target(target),
            BlockedKind::Set(Some(path))
            | BlockedKind::Clear(Some(path))
            | BlockedKind::Add(Some(path))
            | BlockedKind::Remove(Some(path)) => self.path(path, Role::Reads),
            BlockedKind::Email(Some(template)) => self.quoted(Kind::Template, template, Role::Reads),
            BlockedKind::Call(Some(name)) => self.reads(Kind::Integration, name),
            BlockedKind::Start(Some(name)) => self.reads(Kind::Workflow, name),
            _ => {}
        }
    }
}
