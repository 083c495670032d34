//! What effects say about fields.

use syntax::ast::{self, EffectKind, Who};
use values::Type;

use super::{Says, Walk};

impl Walk<'_> {
    pub(super) fn effects(&mut self, effects: &[ast::Effect]) {
        effects.iter().for_each(|effect| self.effect(&effect.kind));
    }

    fn effect(&mut self, effect: &EffectKind) {
        match effect {
            EffectKind::Assign { target, by, within } => {
                self.target(target);
                if let Some(ast::Selection::HashOf(value)) = by {
                    self.expr(value, None);
                }
                self.deadline(within.as_ref());
            }
            EffectKind::Set { field, value } => {
                let wanted = self.hint(value);
                self.path(field, wanted.clone().map_or(Says::Shown, Says::Is));
                self.expr(value, wanted);
            }
            EffectKind::Add { value, field } | EffectKind::Remove { value, field } => {
                let member = self.hint(value);
                self.path(field, member.clone().map_or(Says::Shown, |ty| Says::Is(Type::List(Box::new(ty)))));
                self.expr(value, member);
            }
            EffectKind::Clear { field } => self.path(field, Says::Shown),
            EffectKind::Reject { reason, field } => {
                field.iter().for_each(|field| self.path(field, Says::Present));
                self.expr(reason, Some(Type::Text));
            }
            EffectKind::Call { with, .. } => with.iter().for_each(|argument| self.expr(&argument.value, None)),
            _ => self.message(effect),
        }
    }

    /// Effects that tell somebody something.
    fn message(&mut self, effect: &EffectKind) {
        match effect {
            EffectKind::Task { text, owner, due } => {
                self.expr(text, Some(Type::Text));
                owner.iter().for_each(|owner| self.target(owner));
                self.due(due.as_ref());
            }
            EffectKind::Notify { to, text } => {
                to.iter().for_each(|target| self.target(target));
                self.expr(text, Some(Type::Text));
            }
            EffectKind::Email { template, to, cc, from, reply_to, with } => {
                self.expr(template, Some(Type::Text));
                to.iter().chain(cc).chain(from).chain(reply_to).for_each(|target| self.target(target));
                with.iter().for_each(|argument| self.expr(&argument.value, None));
            }
            _ => {}
        }
    }

    fn due(&mut self, due: Option<&ast::Due>) {
        match due {
            Some(ast::Due::Within(distance)) => self.expr(distance, Some(Type::Duration)),
            Some(ast::Due::Before { distance, instant }) => {
                self.expr(distance, Some(Type::Duration));
                self.expr(instant, Some(Type::DateTime));
            }
            None => {}
        }
    }

    fn target(&mut self, target: &ast::Target) {
        if let Who::Expr(value) = &target.who {
            self.expr(value, Some(Type::Text));
        }
    }

    fn deadline(&mut self, deadline: Option<&ast::Deadline>) {
        let Some(deadline) = deadline else { return };
        self.expr(&deadline.within, Some(Type::Duration));
        if let Some(escalation) = &deadline.escalate {
            self.target(&escalation.target);
            self.deadline(escalation.within.as_ref());
        }
    }
}
