//! The same effect with other values in it: the machine puts values where a program has operands.
//!
//! Start at [`Effect::map`]. It meets the values of an effect in the order of the fields in `effect.rs`, except that
//! nobody may rely on it: operands are numbered.

use values::Text;

use super::{Effect, Escalation, Operand, Recipient, Selection};

impl<V> Effect<V> {
    /// The same effect with each value changed.
    pub fn map<W>(&self, change: &mut impl FnMut(&V) -> W) -> Effect<W> {
        match self {
            Self::Assign { target, by, due, escalations } => Effect::Assign {
                target: target.map(change),
                by: by.as_ref().map(|by| by.map(change)),
                due: due.as_ref().map(&mut *change),
                escalations: escalations.iter().map(|escalation| escalation.map(change)).collect(),
            },
            Self::LeaveUnassigned => Effect::LeaveUnassigned,
            Self::KeepOwner => Effect::KeepOwner,
            Self::Set { field, value } => Effect::Set { field: field.clone(), value: change(value) },
            Self::Add { field, value } => Effect::Add { field: field.clone(), value: change(value) },
            Self::Remove { field, value } => Effect::Remove { field: field.clone(), value: change(value) },
            Self::Task { text, owner, due } => Effect::Task {
                text: change(text),
                owner: owner.as_ref().map(|owner| owner.map(change)),
                due: due.as_ref().map(change),
            },
            Self::Notify { to, text } => Effect::Notify { to: map_all(to, change), text: change(text) },
            Self::Email { template, to, cc, from, reply_to, with } => Effect::Email {
                template: change(template),
                to: map_all(to, change),
                cc: map_all(cc, change),
                from: from.as_ref().map(|from| from.map(change)),
                reply_to: reply_to.as_ref().map(|reply_to| reply_to.map(change)),
                with: map_named(with, change),
            },
            Self::Call { integration, with } => {
                Effect::Call { integration: integration.clone(), with: map_named(with, change) }
            }
            Self::Accept => Effect::Accept,
            Self::Reject { field, reason } => Effect::Reject { field: field.clone(), reason: change(reason) },
            Self::Start { workflow } => Effect::Start { workflow: workflow.clone() },
        }
    }
}

fn map_all<V, W>(recipients: &[Recipient<V>], change: &mut impl FnMut(&V) -> W) -> Vec<Recipient<W>> {
    recipients.iter().map(|recipient| recipient.map(change)).collect()
}

fn map_named<V, W>(values: &[(Text, V)], change: &mut impl FnMut(&V) -> W) -> Vec<(Text, W)> {
    values.iter().map(|(name, value)| (name.clone(), change(value))).collect()
}

impl<V> Recipient<V> {
    /// The same recipient with its value changed.
    pub fn map<W>(&self, change: &mut impl FnMut(&V) -> W) -> Recipient<W> {
        match self {
            Self::Declared(target) => Recipient::Declared(*target),
            Self::Undeclared { kind, name } => Recipient::Undeclared { kind: *kind, name: name.clone() },
            Self::Assignee => Recipient::Assignee,
            Self::Computed { kind, value, written } => {
                Recipient::Computed { kind: *kind, value: change(value), written: written.clone() }
            }
        }
    }
}

impl<V> Selection<V> {
    /// The same selection with its value changed.
    pub fn map<W>(&self, change: &mut impl FnMut(&V) -> W) -> Selection<W> {
        match self {
            Self::RoundRobin => Selection::RoundRobin,
            Self::LeastLoaded(from) => Selection::LeastLoaded(*from),
            Self::HashOf(value) => Selection::HashOf(change(value)),
        }
    }
}

impl<V> Escalation<V> {
    /// The same escalation with its values changed.
    pub fn map<W>(&self, change: &mut impl FnMut(&V) -> W) -> Escalation<W> {
        Escalation { target: self.target.map(change), due: self.due.as_ref().map(change) }
    }
}

impl Effect<Operand> {
    /// How many operands it takes from the stack: the highest number in it and all below.
    pub fn operand_count(&self) -> u32 {
        let mut count = 0;
        self.map(&mut |operand| count = count.max(u32::from(operand.0) + 1));
        count
    }
}
