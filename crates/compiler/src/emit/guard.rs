//! What guards become: a condition of their own, and the effects that they are about.

use semantics::typed;
use vm::effect::Recipient;
use vm::instruction::Instruction;
use vm::program::{Blocked, Guard, Never, Trigger};

use super::{Emitter, target_kind};

impl Emitter<'_> {
    /// What guards a set.
    pub(super) fn guard(&mut self, guard: &typed::Guard) -> Guard {
        let in_force = guard.in_force.as_ref().map(|in_force| self.whole_condition(in_force));
        let condition = guard.condition.as_ref().map(|condition| self.whole_condition(condition));
        Guard { at: guard.at.clone(), in_force, condition }
    }

    /// `never … when …`
    pub(super) fn never(&mut self, never: &typed::Never) -> Never {
        Never {
            effect: blocked(&never.effect),
            written: never.written.clone(),
            at: never.at.clone(),
            condition: self.whole_condition(&never.condition),
        }
    }

    /// A condition as a piece of its own.
    pub(super) fn whole_condition(&mut self, condition: &typed::Expr) -> u32 {
        let entry = self.code.here();
        self.condition(condition);
        self.code.push(Instruction::Return);
        entry
    }
}

/// On which events a set runs.
pub(super) fn trigger(trigger: &typed::Trigger) -> Trigger {
    match trigger {
        typed::Trigger::Always => Trigger::Always,
        typed::Trigger::Events(names) => Trigger::Events(names.clone()),
        typed::Trigger::AnyEvent => Trigger::AnyEvent,
    }
}

fn blocked(effect: &typed::Blocked) -> Blocked {
    match effect {
        typed::Blocked::Assign(target) => Blocked::Assign(target.as_ref().and_then(named)),
        typed::Blocked::LeaveUnassigned => Blocked::LeaveUnassigned,
        typed::Blocked::KeepOwner => Blocked::KeepOwner,
        typed::Blocked::Set(field) => Blocked::Set(field.clone()),
        typed::Blocked::Clear(field) => Blocked::Clear(field.clone()),
        typed::Blocked::Add(field) => Blocked::Add(field.clone()),
        typed::Blocked::Remove(field) => Blocked::Remove(field.clone()),
        typed::Blocked::Task => Blocked::Task,
        typed::Blocked::Notify => Blocked::Notify,
        typed::Blocked::Email(template) => Blocked::Email(template.clone()),
        typed::Blocked::Call(name) => Blocked::Call(name.clone()),
        typed::Blocked::Start(name) => Blocked::Start(name.clone()),
        typed::Blocked::Accept => Blocked::Accept,
        typed::Blocked::Reject => Blocked::Reject,
    }
}

/// A target that is known by name; the checker lets no other pass.
fn named(target: &typed::Recipient) -> Option<Recipient<vm::effect::Operand>> {
    match target {
        typed::Recipient::Declared(place) => Some(Recipient::Declared(*place)),
        typed::Recipient::Undeclared { kind, name } => {
            Some(Recipient::Undeclared { kind: kind.map(target_kind), name: name.clone() })
        }
        typed::Recipient::Assignee | typed::Recipient::Computed { .. } => None,
    }
}
