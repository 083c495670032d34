//! Whether all that stands in an effect can be computed. It is computed in full, in the order in which it is written, before
//! anybody looks who gets it: so a fault is told also where there is nobody.

use semantics::typed::{Deadline, Effect, Expr, Recipient, Selection};
use values::FaultCode;

use super::evaluate::Scope;

/// The first fault in an effect, if there is one.
pub(super) fn computed(scope: Scope<'_>, effect: &Effect) -> Result<(), FaultCode> {
    let mut parts = Vec::new();
    match effect {
        Effect::Assign { target, by, within } => {
            parts.extend(who(target));
            parts.extend(by.iter().filter_map(|by| if let Selection::HashOf(value) = by { Some(value) } else { None }));
            deadline(within.as_ref(), &mut parts);
        }
        Effect::Task { text, owner, due } => {
            parts.push(text);
            parts.extend(owner.iter().filter_map(who));
            parts.extend(due);
        }
        Effect::Notify { to, text } => {
            parts.extend(to.iter().filter_map(who));
            parts.push(text);
        }
        Effect::Email { template, to, cc, from, reply_to, with } => {
            parts.push(template);
            parts.extend(to.iter().chain(cc).chain(from).chain(reply_to).filter_map(who));
            parts.extend(with.iter().map(|(_, value)| value));
        }
        Effect::Set { value, .. }
        | Effect::Add { value, .. }
        | Effect::Remove { value, .. }
        | Effect::Reject { reason: value, .. } => parts.push(value),
        Effect::Call { with, .. } => parts.extend(with.iter().map(|(_, value)| value)),
        Effect::LeaveUnassigned | Effect::KeepOwner | Effect::Accept | Effect::Start { .. } | Effect::Stop => {}
    }
    parts.into_iter().try_for_each(|part| scope.value(part).map(drop))
}

fn who(recipient: &Recipient) -> Option<&Expr> {
    if let Recipient::Computed { value, .. } = recipient { Some(value) } else { None }
}

fn deadline<'a>(within: Option<&'a Deadline>, parts: &mut Vec<&'a Expr>) {
    let Some(within) = within else { return };
    parts.push(&within.due);
    if let Some(escalation) = within.escalate.as_deref() {
        parts.extend(who(&escalation.target));
        deadline(escalation.within.as_ref(), parts);
    }
}
