//! `never … when …`: effects that a guard of the rulebook blocks.

use values::{Text, Value, text};

use super::Run;
use crate::effect::{Effect, Operand, Recipient, TargetKind};
use crate::program::{Blocked, Target};
use crate::verdict::Fault;

impl Run<'_> {
    /// The first guard that blocks an effect, whose recipients have been looked up.
    pub(super) fn blocking(&mut self, effect: &Effect<Value>) -> Result<Option<u32>, Fault> {
        for (index, guard) in (0..).zip(&self.decision.guards) {
            if is_meant(self.settlement.targets, &guard.effect, effect) {
                let holds = self.guard_holds(index, guard.condition);
                if holds.map_err(|fault| in_guard(fault, &guard.at))? {
                    return Ok(Some(index));
                }
            }
        }
        Ok(None)
    }
}

/// Tells that a fault happened in a guard.
fn in_guard(mut fault: Fault, at: &Text) -> Fault {
    if fault.detail.is_empty() {
        fault.detail = format!("in the `never` at {at}");
    }
    fault
}

/// Whether an effect is one of those that a guard is about.
fn is_meant(targets: &[Target], blocked: &Blocked, effect: &Effect<Value>) -> bool {
    match (blocked, effect) {
        (Blocked::Assign(target), Effect::Assign { target: assigned, .. }) => {
            target.as_ref().is_none_or(|target| is_same(targets, target, assigned))
        }
        (Blocked::Set(field), Effect::Set { field: written, .. })
        | (Blocked::Add(field), Effect::Add { field: written, .. })
        | (Blocked::Remove(field), Effect::Remove { field: written, .. }) => is_any_or(field, written),
        (Blocked::Clear(field), Effect::Set { field: written, value: Value::Missing }) => is_any_or(field, written),
        (Blocked::Email(template), Effect::Email { template: sent, .. }) => match sent {
            Value::Text(sent) => is_any_or(template, sent),
            _ => template.is_none(),
        },
        (Blocked::Call(name), Effect::Call { integration, .. }) => is_any_or(name, integration),
        (Blocked::Start(name), Effect::Start { workflow }) => is_any_or(name, workflow),
        (Blocked::LeaveUnassigned, Effect::LeaveUnassigned)
        | (Blocked::KeepOwner, Effect::KeepOwner)
        | (Blocked::Task, Effect::Task { .. })
        | (Blocked::Notify, Effect::Notify { .. })
        | (Blocked::Accept, Effect::Accept)
        | (Blocked::Reject, Effect::Reject { .. }) => true,
        _ => false,
    }
}

fn is_any_or(wanted: &Option<Text>, name: &Text) -> bool {
    wanted.as_ref().is_none_or(|wanted| wanted == name)
}

/// Whether a target that a guard names may be the one that is assigned to. A user who is declared is also meant by the
/// address, since verdicts show nothing else; where nobody says what an undeclared name is, it may be any of that name.
fn is_same(targets: &[Target], named: &Recipient<Operand>, assigned: &Recipient<Value>) -> bool {
    let has_address = |target: &u32, address: &Text| {
        let user = targets.get(*target as usize).filter(|target| target.kind == TargetKind::User);
        let addresses = user.into_iter().flat_map(|user| &user.members);
        addresses.into_iter().any(|member| text::equal_ignoring_case(&member.address, address))
    };
    match (named, assigned) {
        (Recipient::Declared(named), Recipient::Undeclared { name: address, .. })
        | (Recipient::Declared(named), Recipient::Computed { value: Value::Text(address), .. }) => {
            has_address(named, address)
        }
        (Recipient::Declared(named), Recipient::Declared(assigned)) => named == assigned,
        (Recipient::Undeclared { kind, name }, Recipient::Undeclared { kind: other, name: assigned })
        | (
            Recipient::Undeclared { kind, name },
            Recipient::Computed { kind: other, value: Value::Text(assigned), .. },
        ) => (kind.is_none() || other.is_none() || kind == other) && text::equal_ignoring_case(name, assigned),
        _ => false,
    }
}
