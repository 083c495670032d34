//! An effect on one line, in nearly the words of a rule; `$0`, `$1` … are its operands, the first pushed first.

use values::Text;

use super::value::quoted;
use super::{kind_word, target_name};
use crate::effect::{Effect, Escalation, Operand, Recipient, Selection};
use crate::program::{Lookup, Target};

/// The whole effect.
pub(super) fn effect_line(effect: &Effect<Operand>, targets: &[Target], lookups: &[Lookup]) -> String {
    let names = Names { targets };
    match effect {
        Effect::Assign { target, by, due, escalations } => {
            let by = by.as_ref().map_or_else(String::new, |by| selection(by, lookups));
            let escalations: String = escalations.iter().map(|it| names.escalation(it)).collect();
            format!("assign {}{by}{}{escalations}", names.one(target), until(due.as_ref()))
        }
        Effect::LeaveUnassigned => "leave unassigned".to_owned(),
        Effect::KeepOwner => "keep owner".to_owned(),
        Effect::Set { field, value } => format!("set {field} = {}", operand(value)),
        Effect::Add { field, value } => format!("add {} to {field}", operand(value)),
        Effect::Remove { field, value } => format!("remove {} from {field}", operand(value)),
        Effect::Task { text, owner, due } => {
            format!("create task {}{}{}", operand(text), names.maybe(" for ", owner.as_ref()), until(due.as_ref()))
        }
        Effect::Notify { to, text } => format!("notify {} {}", names.all(to), operand(text)),
        Effect::Email { template, to, cc, from, reply_to, with } => {
            let cc = if cc.is_empty() { String::new() } else { format!(" cc {}", names.all(cc)) };
            let from = names.maybe(" from ", from.as_ref());
            let reply_to = names.maybe(" reply to ", reply_to.as_ref());
            format!("send email {} to {}{cc}{from}{reply_to}{}", operand(template), names.all(to), given(with))
        }
        Effect::Call { integration, with } => format!("call {integration}{}", given(with)),
        Effect::Accept => "accept".to_owned(),
        Effect::Reject { field: Some(field), reason } => format!("reject {field} {}", operand(reason)),
        Effect::Reject { field: None, reason } => format!("reject {}", operand(reason)),
        Effect::Start { workflow } => format!("start {workflow}"),
    }
}

fn operand(operand: &Operand) -> String {
    format!("${}", operand.0)
}

fn until(due: Option<&Operand>) -> String {
    due.map_or_else(String::new, |due| format!(" until {}", operand(due)))
}

fn selection(selection: &Selection<Operand>, lookups: &[Lookup]) -> String {
    match selection {
        Selection::RoundRobin => " by round robin".to_owned(),
        Selection::LeastLoaded(None) => " by least loaded".to_owned(),
        Selection::LeastLoaded(Some(index)) => {
            let from = lookups.get(*index as usize);
            let column = from.and_then(|from| from.column.as_ref()).map_or("?", |column| column);
            format!(" by least loaded from {}.{column}", from.map_or("?", |from| &from.reference))
        }
        Selection::HashOf(value) => format!(" by hash of {}", operand(value)),
    }
}

fn given(with: &[(Text, Operand)]) -> String {
    if with.is_empty() {
        return String::new();
    }
    let values: Vec<String> = with.iter().map(|(name, value)| format!("{name}: {}", operand(value))).collect();
    format!(" with {{ {} }}", values.join(", "))
}

/// Recipients by name.
struct Names<'a> {
    targets: &'a [Target],
}

impl Names<'_> {
    fn one(&self, recipient: &Recipient<Operand>) -> String {
        match recipient {
            Recipient::Declared(index) => {
                self.targets.get(*index as usize).map_or_else(|| format!("?{index}"), target_name)
            }
            Recipient::Undeclared { kind: Some(kind), name } => format!("{} {}", kind_word(*kind), quoted(name)),
            Recipient::Undeclared { kind: None, name } => quoted(name),
            Recipient::Assignee => "assignee".to_owned(),
            Recipient::Computed { kind: Some(kind), value, .. } => format!("{} {}", kind_word(*kind), operand(value)),
            Recipient::Computed { kind: None, value, .. } => operand(value),
        }
    }

    fn all(&self, recipients: &[Recipient<Operand>]) -> String {
        recipients.iter().map(|recipient| self.one(recipient)).collect::<Vec<_>>().join(", ")
    }

    fn maybe(&self, before: &str, recipient: Option<&Recipient<Operand>>) -> String {
        recipient.map_or_else(String::new, |recipient| format!("{before}{}", self.one(recipient)))
    }

    fn escalation(&self, escalation: &Escalation<Operand>) -> String {
        format!(" else escalate to {}{}", self.one(&escalation.target), until(escalation.due.as_ref()))
    }
}
