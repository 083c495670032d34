//! What effects become: their values on the stack, then the effect, which refers to the values by number.

use semantics::typed;
use vm::effect::{Effect, Escalation, Operand, Recipient, Selection, TargetKind};
use vm::instruction::Instruction;

use super::Emitter;

impl Emitter<'_> {
    /// The code of a rule's effects. `stop` has none: the tree ends there.
    pub(super) fn effects(&mut self, effects: &[typed::Effect]) -> u32 {
        let entry = self.code.here();
        for effect in effects {
            if let Some(effect) = Operands::of(self).effect(effect) {
                let place = self.pool.effect(effect);
                self.code.push(Instruction::Perform(place));
            }
        }
        self.code.push(Instruction::Return);
        entry
    }
}

/// The values of one effect, pushed in the order in which its fields stand in [`Effect`].
struct Operands<'a, 'd> {
    emitter: &'a mut Emitter<'d>,
    count: u16,
}

impl<'a, 'd> Operands<'a, 'd> {
    fn of(emitter: &'a mut Emitter<'d>) -> Self {
        Self { emitter, count: 0 }
    }

    fn value(&mut self, expr: &typed::Expr) -> Operand {
        self.emitter.value(expr);
        let operand = Operand(self.count);
        self.count = self.count.saturating_add(1);
        operand
    }

    fn effect(&mut self, effect: &typed::Effect) -> Option<Effect<Operand>> {
        Some(match effect {
            typed::Effect::Assign { target, by, within } => self.assign(target, by.as_ref(), within.as_ref()),
            typed::Effect::LeaveUnassigned => Effect::LeaveUnassigned,
            typed::Effect::KeepOwner => Effect::KeepOwner,
            typed::Effect::Set { field, value } => Effect::Set { field: field.clone(), value: self.value(value) },
            typed::Effect::Add { field, value } => Effect::Add { field: field.clone(), value: self.value(value) },
            typed::Effect::Remove { field, value } => Effect::Remove { field: field.clone(), value: self.value(value) },
            typed::Effect::Accept => Effect::Accept,
            typed::Effect::Reject { field, reason } => {
                Effect::Reject { field: field.clone(), reason: self.value(reason) }
            }
            typed::Effect::Start { workflow } => Effect::Start { workflow: workflow.clone() },
            typed::Effect::Call { integration, with } => {
                Effect::Call { integration: integration.clone(), with: self.named(with) }
            }
            typed::Effect::Stop => return None,
            typed::Effect::Task { .. } | typed::Effect::Notify { .. } | typed::Effect::Email { .. } => {
                return self.message(effect);
            }
        })
    }

    /// The effects that say something to somebody.
    fn message(&mut self, effect: &typed::Effect) -> Option<Effect<Operand>> {
        Some(match effect {
            typed::Effect::Task { text, owner, due } => Effect::Task {
                text: self.value(text),
                owner: owner.as_ref().map(|owner| self.recipient(owner)),
                due: due.as_ref().map(|due| self.value(due)),
            },
            typed::Effect::Notify { to, text } => Effect::Notify { to: self.recipients(to), text: self.value(text) },
            typed::Effect::Email { template, to, cc, from, reply_to, with } => Effect::Email {
                template: self.value(template),
                to: self.recipients(to),
                cc: self.recipients(cc),
                from: from.as_ref().map(|from| self.recipient(from)),
                reply_to: reply_to.as_ref().map(|reply_to| self.recipient(reply_to)),
                with: self.named(with),
            },
            _ => return None,
        })
    }

    /// An assignment. Deadlines, each inside the one before it, become a list.
    fn assign(
        &mut self,
        target: &typed::Recipient,
        by: Option<&typed::Selection>,
        within: Option<&typed::Deadline>,
    ) -> Effect<Operand> {
        let target = self.recipient(target);
        let by = by.map(|by| self.selection(by));
        let due = within.map(|deadline| self.value(&deadline.due));
        let mut escalations = Vec::new();
        let mut next = within.and_then(|deadline| deadline.escalate.as_deref());
        while let Some(escalation) = next {
            let target = self.recipient(&escalation.target);
            let within = escalation.within.as_ref();
            let due = within.map(|deadline| self.value(&deadline.due));
            escalations.push(Escalation { target, due });
            next = within.and_then(|deadline| deadline.escalate.as_deref());
        }
        Effect::Assign { target, by, due, escalations }
    }

    fn selection(&mut self, selection: &typed::Selection) -> Selection<Operand> {
        match selection {
            typed::Selection::RoundRobin => Selection::RoundRobin,
            typed::Selection::LeastLoaded(from) => Selection::LeastLoaded(
                from.as_ref().map(|from| self.emitter.pool.lookup(&from.reference, Some(&from.column))),
            ),
            typed::Selection::HashOf(value) => Selection::HashOf(self.value(value)),
        }
    }

    fn recipients(&mut self, recipients: &[typed::Recipient]) -> Vec<Recipient<Operand>> {
        recipients.iter().map(|recipient| self.recipient(recipient)).collect()
    }

    fn recipient(&mut self, recipient: &typed::Recipient) -> Recipient<Operand> {
        match recipient {
            typed::Recipient::Declared(target) => Recipient::Declared(*target),
            typed::Recipient::Undeclared { kind, name } => {
                Recipient::Undeclared { kind: kind.map(target_kind), name: name.clone() }
            }
            typed::Recipient::Assignee => Recipient::Assignee,
            typed::Recipient::Computed { kind, value, written } => {
                let value = self.value(value);
                Recipient::Computed { kind: kind.map(target_kind), value, written: written.clone() }
            }
        }
    }

    fn named(&mut self, with: &[(values::Text, typed::Expr)]) -> Vec<(values::Text, Operand)> {
        with.iter().map(|(name, value)| (name.clone(), self.value(value))).collect()
    }
}

/// The kinds of target, in the words of a program.
pub(crate) fn target_kind(kind: typed::TargetKind) -> TargetKind {
    match kind {
        typed::TargetKind::Team => TargetKind::Team,
        typed::TargetKind::Queue => TargetKind::Queue,
        typed::TargetKind::User => TargetKind::User,
    }
}
