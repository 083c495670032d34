//! Who receives an effect: computed names become declared targets, whoever is not there drops out.
//!
//! An effect passes here twice: when it is collected, to [`look up`](computed) computed names, and when the evaluation
//! has ended, to see whether [`assignee`](without_assignee) names anybody. Both times nobody may be found for a recipient. What that means for
//! the effect is told by [`with_recipients`] alone: without its target an assignment or a task is not performed, nor a
//! message without any recipient; other recipients just drop out. A name that nobody knows drops out of a message, but
//! makes the record a fault where it should get work.

use values::{FaultCode, Text, Value, text};

use crate::effect::{Effect, Escalation, Recipient, TargetKind};
use crate::program::Target;
use crate::verdict::{Because, Fault};

/// Why there is no recipient.
pub(super) enum Absent {
    /// Nobody was named.
    Nobody(Because),
    /// A name that no declaration knows, and the expression that it came from.
    Unknown {
        /// The name.
        name: Text,
        /// The expression as written.
        written: Text,
    },
}

/// What was lost of an effect: its verb or the part of it, and why.
pub(super) type Losses = Vec<(&'static str, Because)>;

/// The effect with every recipient found by `find`, or none if it cannot be performed. Who was lost goes to `losses`.
pub(super) fn with_recipients(
    effect: Effect<Value>,
    find: impl Fn(Recipient<Value>) -> Result<Recipient<Value>, Absent>,
    losses: &mut Losses,
) -> Result<Option<Effect<Value>>, Fault> {
    let mut search = Search { find, losses };
    Ok(match effect {
        Effect::Assign { target, by, due, escalations } => {
            let Some(target) = search.one(target, "assign")? else { return Ok(None) };
            Some(Effect::Assign { target, by, due, escalations: search.escalations(escalations)? })
        }
        Effect::Task { text, owner: Some(owner), due } => {
            search.one(owner, "create task")?.map(|owner| Effect::Task { text, owner: Some(owner), due })
        }
        Effect::Notify { to, text } => search.some(to, "notify")?.map(|to| Effect::Notify { to, text }),
        Effect::Email { template, to, cc, from, reply_to, with } => {
            let Some(to) = search.some(to, "send email")? else { return Ok(None) };
            let cc = search.all(cc, "send email cc")?;
            let from = search.maybe(from, "send email from")?;
            let reply_to = search.maybe(reply_to, "send email reply to")?;
            Some(Effect::Email { template, to, cc, from, reply_to, with })
        }
        other => Some(other),
    })
}

struct Search<'a, F> {
    find: F,
    losses: &'a mut Losses,
}

impl<F: Fn(Recipient<Value>) -> Result<Recipient<Value>, Absent>> Search<'_, F> {
    fn one(&mut self, recipient: Recipient<Value>, part: &'static str) -> Result<Option<Recipient<Value>>, Fault> {
        let because = match (self.find)(recipient) {
            Ok(found) => return Ok(Some(found)),
            Err(Absent::Nobody(because)) => because,
            Err(Absent::Unknown { name, written }) if gives_work(part) => return Err(unknown(&name, &written)),
            Err(Absent::Unknown { name, .. }) => Because::UnknownTarget(name),
        };
        self.losses.push((part, because));
        Ok(None)
    }

    fn all(&mut self, recipients: Vec<Recipient<Value>>, part: &'static str) -> Result<Vec<Recipient<Value>>, Fault> {
        recipients.into_iter().filter_map(|recipient| self.one(recipient, part).transpose()).collect()
    }

    /// At least one, or none at all.
    fn some(
        &mut self,
        recipients: Vec<Recipient<Value>>,
        part: &'static str,
    ) -> Result<Option<Vec<Recipient<Value>>>, Fault> {
        let found = self.all(recipients, part)?;
        Ok((!found.is_empty()).then_some(found))
    }

    fn maybe(
        &mut self,
        recipient: Option<Recipient<Value>>,
        part: &'static str,
    ) -> Result<Option<Recipient<Value>>, Fault> {
        recipient.map_or(Ok(None), |recipient| self.one(recipient, part))
    }

    fn escalations(&mut self, escalations: Vec<Escalation<Value>>) -> Result<Vec<Escalation<Value>>, Fault> {
        let mut found = Vec::with_capacity(escalations.len());
        for escalation in escalations {
            if let Some(target) = self.one(escalation.target, "escalate")? {
                found.push(Escalation { target, due: escalation.due });
            }
        }
        Ok(found)
    }
}

/// Whether a part of an effect gives somebody work to do. Work must not get lost because of a name that is wrong: then
/// the record cannot be decided. A message may.
fn gives_work(part: &str) -> bool {
    matches!(part, "assign" | "escalate" | "create task")
}

/// Looks up a computed name among the declared targets. A blank one names nobody. An address or the value of a `user`
/// field needs no declaration, nor does any name while nothing is declared.
pub(super) fn computed(targets: &[Target], recipient: Recipient<Value>) -> Result<Recipient<Value>, Absent> {
    let Recipient::Computed { kind, value, written } = recipient else { return Ok(recipient) };
    let name = match &value {
        Value::Text(name) if !name.trim().is_empty() => name,
        _ => return Err(Absent::Nobody(Because::TargetMissing(written))),
    };
    let same =
        |target: &Target| kind.is_none_or(|kind| kind == target.kind) && text::equal_ignoring_case(&target.name, name);
    if let Some((index, _)) = (0..).zip(targets).find(|(_, target)| same(target)) {
        return Ok(Recipient::Declared(index));
    }
    if kind == Some(TargetKind::User) || (kind.is_none() && name.contains('@')) {
        return Ok(Recipient::Computed { kind: Some(TargetKind::User), value, written });
    }
    if targets.is_empty() {
        return Ok(Recipient::Computed { kind, value, written });
    }
    Err(Absent::Unknown { name: name.clone(), written })
}

fn unknown(name: &Text, written: &Text) -> Fault {
    Fault { code: FaultCode::UnknownTarget, rule: None, detail: format!("`{name}`, from `{written}`") }
}

/// Nobody is assigned, so `assignee` names nobody.
pub(super) fn without_assignee(recipient: Recipient<Value>) -> Result<Recipient<Value>, Absent> {
    match recipient {
        Recipient::Assignee => Err(Absent::Nobody(Because::NobodyAssigned)),
        other => Ok(other),
    }
}
