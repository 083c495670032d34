//! What a rule that has fired does. Each effect is computed in full, and then the guards are asked whether it may be.

use semantics::typed::{Blocked, Deadline, Effect, Expr, Field, Recipient, Selection};
use serde_json::{Map, Value as Json, json};
use values::{FaultCode, Text, Value};

use super::evaluate::Scope;
use super::recipients::{Found, Who, find};
use super::rules::{Change, Events};
use super::{Stop, json, written};

/// What an effect comes to.
enum Deed {
    /// It settles who gets the record.
    Settle(Assignment),
    /// It writes a field.
    Write(Text, Change),
    /// It goes into the list of effects.
    List(Message),
    /// It writes a list and goes into the list of effects.
    WriteAndList(Text, Change, Message),
    Accept,
    Reject(Json),
    Nothing,
}

/// What is settled about who gets the record.
pub(super) enum Assignment {
    Nobody,
    Owner,
    To {
        who: Who,
        by: Option<By>,
        due: Option<Value>,
        escalations: Vec<Told>,
        /// What cannot be done of it for want of a deadline, and why.
        lost: Vec<(&'static str, &'static str)>,
    },
}

/// Who is told when a time has passed, and his own time. No name stands for whoever was assigned.
pub(super) type Told = (Option<Who>, Option<Value>);

/// How a member is chosen.
pub(super) enum By {
    Turns,
    Load,
    Hash(Value),
}

/// An entry in the list of effects, still without those who get it.
pub(super) struct Message {
    /// What it is called among the lost.
    pub(super) effect: String,
    /// Who gets it, by the key under which they stand.
    pub(super) recipients: Vec<(&'static str, Vec<Found>)>,
    /// All else.
    pub(super) says: Json,
    /// What cannot be done of it, and why.
    lost: Vec<(String, String)>,
}

/// What an effect is called among the lost.
fn label(effect: &Effect) -> String {
    match effect {
        Effect::Assign { .. } => "assign".into(),
        Effect::LeaveUnassigned => "leave unassigned".into(),
        Effect::KeepOwner => "keep owner".into(),
        Effect::Set { field, .. } => format!("set {field}"),
        Effect::Add { field, .. } => format!("add to {field}"),
        Effect::Remove { field, .. } => format!("remove from {field}"),
        Effect::Task { .. } => "create task".into(),
        Effect::Notify { .. } => "notify".into(),
        Effect::Email { .. } => "send email".into(),
        Effect::Call { integration, .. } => format!("call {integration}"),
        Effect::Accept => "accept".into(),
        Effect::Reject { .. } => "reject".into(),
        Effect::Start { workflow } => format!("start {workflow}"),
        Effect::Stop => "stop".into(),
    }
}

/// The reference in whose record a field lies.
fn elsewhere<'a>(scope: Scope<'a>, name: &Text) -> Option<&'a Field> {
    let below = |field: &&Field| name.strip_prefix(field.name.as_str()).is_some_and(|rest| rest.starts_with('.'));
    scope.world.decision.fields.iter().filter(|field| field.link.is_some()).find(below)
}

impl Events {
    /// Does what one effect says, unless there is nobody to do it to, or a guard forbids it.
    pub(super) fn perform(&mut self, scope: Scope<'_>, set: usize, rule: &Text, effect: &Effect) -> Result<(), Stop> {
        let Some(deed) = self.compute(scope, rule, effect)? else { return Ok(()) };
        for never in &scope.world.decision.guards {
            if forbids(scope, &never.effect, effect, &deed)? && scope.holds(&never.condition)? {
                self.lose(rule, &label(effect), format!("`{}` ({})", never.written, never.at));
                return Ok(());
            }
        }
        match deed {
            Deed::Settle(assignment) => self.settle(rule, effect, assignment),
            Deed::Write(field, Change::Set(value)) => match elsewhere(scope, &field) {
                None => self.set(set, rule, &field, value),
                Some(reference) => self.set_elsewhere(scope, rule, (field, value), reference),
            },
            Deed::Write(field, change) => self.write(set, field, change),
            Deed::List(message) => self.list(rule, message),
            Deed::WriteAndList(field, change, message) => {
                self.write(set, field, change);
                self.list(rule, message);
            }
            Deed::Accept => self.accepted.push(rule.clone()),
            Deed::Reject(reason) => self.rejected.push((rule.clone(), reason)),
            Deed::Nothing => {}
        }
        Ok(())
    }

    /// Of all that settle who gets the record the earliest counts.
    fn settle(&mut self, rule: &Text, effect: &Effect, assignment: Assignment) {
        if self.is_settled(rule, effect) {
            return;
        }
        if let Assignment::To { lost, .. } = &assignment {
            lost.iter().for_each(|(effect, because)| self.lose(rule, effect, (*because).to_owned()));
        }
        self.assignment = Some((rule.clone(), assignment));
    }

    /// Whether an earlier rule has settled who gets the record. Then this one has lost.
    fn is_settled(&mut self, rule: &Text, effect: &Effect) -> bool {
        let first = self.assignment.as_ref().map(|(winner, _)| format!("`{winner}` came first"));
        let is_settled = first.is_some();
        first.into_iter().for_each(|because| self.lose(rule, &label(effect), because));
        is_settled
    }

    /// A field in the record that a reference leads to; no later set sees what is written there.
    fn set_elsewhere(&mut self, scope: Scope<'_>, rule: &Text, (field, value): (Text, Value), reference: &Field) {
        let fields = &scope.world.decision.fields;
        let value_of = |name: &Text| {
            let place = fields.iter().position(|field| field.name == *name);
            place.and_then(|place| scope.view.fields.get(place)).cloned().unwrap_or_default()
        };
        if value_of(&reference.name).is_missing() {
            return self.lose(rule, &format!("set {field}"), format!("`{}` is missing", reference.name));
        }
        match self.set.iter().find(|(known, ..)| *known == field) {
            Some((_, earlier, winner)) if *earlier != value => {
                self.lose(rule, &format!("set {field}"), format!("`{winner}` came first"));
            }
            Some(_) => {}
            None => self.set.push((field, value, rule.clone())),
        }
        if let Some(link) = &reference.link {
            self.set_in.insert(reference.name.clone(), (link.record.clone(), value_of(&link.by)));
        }
    }

    /// Of all values of a field the earliest counts. Who says the same has not lost.
    fn set(&mut self, set: usize, rule: &Text, field: &Text, value: Value) {
        match self.set.iter().find(|(known, ..)| known == field) {
            Some((_, earlier, winner)) if *earlier != value => {
                self.lose(rule, &format!("set {field}"), format!("`{winner}` came first"));
            }
            _ => {
                self.write(set, field.clone(), Change::Set(value.clone()));
                self.set.push((field.clone(), value, rule.clone()));
            }
        }
    }

    fn list(&mut self, rule: &Text, message: Message) {
        message.lost.iter().for_each(|(effect, because)| self.lose(rule, effect, because.clone()));
        self.effects.push((rule.clone(), message));
    }

    /// Computes an effect; nothing if there is nobody whom it could be about.
    fn compute(&mut self, scope: Scope<'_>, rule: &Text, effect: &Effect) -> Result<Option<Deed>, Stop> {
        written::computed(scope, effect)?;
        Ok(Some(match effect {
            Effect::Assign { target, by, within } => match find(scope, target)? {
                Found::Who(who) => {
                    let (assignment, gone) = assignment(scope, who, by.as_ref(), within.as_ref())?;
                    if self.is_settled(rule, effect) {
                        return Ok(None);
                    }
                    gone.into_iter().for_each(|because| self.lose(rule, "escalate", because));
                    Deed::Settle(assignment)
                }
                Found::Missing(because) => {
                    self.lose(rule, "assign", because);
                    return Ok(None);
                }
                Found::Stranger(_) | Found::Assignee => return Err(FaultCode::UnknownTarget.into()),
            },
            Effect::LeaveUnassigned => Deed::Settle(Assignment::Nobody),
            Effect::KeepOwner => Deed::Settle(Assignment::Owner),
            Effect::Set { field, value } => Deed::Write(field.clone(), Change::Set(scope.value(value)?)),
            Effect::Add { field, value } | Effect::Remove { field, value } => {
                let value = scope.value(value)?;
                let adds = matches!(effect, Effect::Add { .. });
                let kind = if adds { "add" } else { "remove" };
                let says = json!({"kind": kind, "field": &**field, "value": json::value(&scope.world.clock, &value)});
                let change = if adds { Change::Add(value) } else { Change::Remove(value) };
                Deed::WriteAndList(field.clone(), change, Message::of(effect, says))
            }
            Effect::Task { .. } | Effect::Notify { .. } | Effect::Email { .. } => {
                return Ok(self.message(scope, rule, effect)?.map(Deed::List));
            }
            Effect::Call { integration, with } => {
                let mut says = json!({"kind": "call", "integration": &**integration});
                add(&mut says, "with", given(scope, with)?);
                Deed::List(Message::of(effect, says))
            }
            Effect::Start { workflow } => {
                Deed::List(Message::of(effect, json!({"kind": "start", "workflow": &**workflow})))
            }
            Effect::Accept => Deed::Accept,
            Effect::Reject { field, reason } => {
                let mut says = json!({"text": shown(scope, reason)?});
                add(&mut says, "field", field.as_deref().map(Json::from));
                Deed::Reject(says)
            }
            Effect::Stop => Deed::Nothing,
        }))
    }

    /// A message to those who are there; those who are not are lost, and with the last of them the message.
    fn message(&mut self, scope: Scope<'_>, rule: &Text, effect: &Effect) -> Result<Option<Message>, Stop> {
        let all = |recipients: &[Recipient]| {
            recipients.iter().map(|recipient| find(scope, recipient)).collect::<Result<Vec<_>, _>>()
        };
        let one = |recipient: &Option<Recipient>| all(recipient.as_slice());
        let (mut says, recipients) = match effect {
            Effect::Task { text, owner, .. } => {
                let owner = one(owner)?;
                if owner.iter().any(|owner| matches!(owner, Found::Stranger(_))) {
                    return Err(FaultCode::UnknownTarget.into());
                }
                (json!({"kind": "task", "text": shown(scope, text)?}), vec![("for", owner)])
            }
            Effect::Notify { to, text } => {
                (json!({"kind": "notify", "text": shown(scope, text)?}), vec![("to", all(to)?)])
            }
            Effect::Email { template, to, cc, from, reply_to, with } => {
                let mut says = json!({"kind": "email", "template": shown(scope, template)?});
                add(&mut says, "with", given(scope, with)?);
                (says, vec![("to", all(to)?), ("cc", all(cc)?), ("from", one(from)?), ("reply_to", one(reply_to)?)])
            }
            _ => return Ok(None),
        };
        let mut message = Message::of(effect, Json::Null);
        for (place, (key, found)) in recipients.into_iter().enumerate() {
            let (there, gone): (Vec<Found>, Vec<Found>) =
                found.into_iter().partition(|found| matches!(found, Found::Who(_) | Found::Assignee));
            let without = there.is_empty() && !gone.is_empty();
            let name = if place == 0 { label(effect) } else { format!("{} {}", label(effect), key.replace('_', " ")) };
            for found in gone {
                if let Found::Missing(because) | Found::Stranger(because) = found {
                    self.lose(rule, &name, because);
                }
            }
            if place == 0 && without {
                return Ok(None);
            }
            message.recipients.push((key, there));
        }
        if let Effect::Task { due: Some(due), .. } = effect {
            match scope.value(due)? {
                Value::Missing => message.lost.push(("create task due".to_owned(), NO_DEADLINE.to_owned())),
                due => add(&mut says, "due", Some(json::value(&scope.world.clock, &due))),
            }
        }
        Ok(Some(Message { says, ..message }))
    }

    pub(super) fn lose(&mut self, rule: &Text, effect: &str, because: String) {
        self.lost.push(json!({"rule": &**rule, "effect": effect, "because": because}));
    }
}

impl Message {
    /// One that nobody gets.
    fn of(effect: &Effect, says: Json) -> Self {
        Self { effect: label(effect), recipients: Vec::new(), says, lost: Vec::new() }
    }
}

const NO_DEADLINE: &str = "a value that the deadline is reckoned with is missing";

/// An assignment to somebody: when it is due, and who is told after that. Whoever is not there is passed over, and why is said
/// beside; where no time could pass nobody is told.
fn assignment(
    scope: Scope<'_>,
    who: Who,
    by: Option<&Selection>,
    within: Option<&Deadline>,
) -> Result<(Assignment, Vec<String>), Stop> {
    let by = match by {
        None => None,
        Some(Selection::RoundRobin) => Some(By::Turns),
        Some(Selection::LeastLoaded(_)) => Some(By::Load),
        Some(Selection::HashOf(value)) => Some(By::Hash(scope.value(value)?)),
    };
    let (mut lost, mut gone) = (Vec::new(), Vec::new());
    let mut chain = Vec::from_iter(within.map(|within| (None, Some(within))));
    let mut next = within.and_then(|within| within.escalate.as_deref());
    while let Some(escalation) = next {
        match find(scope, &escalation.target)? {
            Found::Who(who) => chain.push((Some(who), escalation.within.as_ref())),
            Found::Assignee => chain.push((None, escalation.within.as_ref())),
            Found::Missing(because) => gone.push(because),
            Found::Stranger(_) => return Err(FaultCode::UnknownTarget.into()),
        }
        next = escalation.within.as_ref().and_then(|within| within.escalate.as_deref());
    }
    let mut told: Vec<Told> = Vec::new();
    for (who, within) in chain {
        if told.last().is_some_and(|(_, due)| due.is_none()) {
            lost.push(("escalate", "there is no deadline that could pass"));
            continue;
        }
        let due = within.map_or(Ok(Value::Missing), |within| scope.value(&within.due))?;
        if within.is_some() && due.is_missing() {
            lost.push(("within", NO_DEADLINE));
        }
        told.push((who, Some(due).filter(|due| !due.is_missing())));
    }
    let escalations = told.split_off(told.len().min(1));
    let due = told.pop().and_then(|(_, due)| due);
    Ok((Assignment::To { who, by, due, escalations, lost }, gone))
}

/// Whether a guard is about an effect.
fn forbids(scope: Scope<'_>, guard: &Blocked, effect: &Effect, deed: &Deed) -> Result<bool, FaultCode> {
    let is = |wanted: &Option<Text>, name: &Text| wanted.as_ref().is_none_or(|wanted| wanted == name);
    Ok(match (guard, effect) {
        (Blocked::Assign(None), Effect::Assign { .. })
        | (Blocked::LeaveUnassigned, Effect::LeaveUnassigned)
        | (Blocked::KeepOwner, Effect::KeepOwner)
        | (Blocked::Task, Effect::Task { .. })
        | (Blocked::Notify, Effect::Notify { .. })
        | (Blocked::Email(None), Effect::Email { .. })
        | (Blocked::Accept, Effect::Accept)
        | (Blocked::Reject, Effect::Reject { .. }) => true,
        (Blocked::Assign(Some(wanted)), Effect::Assign { .. }) => match (find(scope, wanted)?, deed) {
            (Found::Who(wanted), Deed::Settle(Assignment::To { who, .. })) => wanted.may_be(who),
            _ => false,
        },
        (Blocked::Set(wanted), Effect::Set { field, .. })
        | (Blocked::Add(wanted), Effect::Add { field, .. })
        | (Blocked::Remove(wanted), Effect::Remove { field, .. }) => is(wanted, field),
        (Blocked::Clear(wanted), Effect::Set { field, .. }) => {
            is(wanted, field) && matches!(deed, Deed::Write(_, Change::Set(Value::Missing)))
        }
        (Blocked::Email(Some(wanted)), Effect::Email { template, .. }) => {
            scope.value(template)? == Value::Text(wanted.clone())
        }
        (Blocked::Call(wanted), Effect::Call { integration, .. }) => is(wanted, integration),
        (Blocked::Start(wanted), Effect::Start { workflow }) => is(wanted, workflow),
        _ => false,
    })
}

fn shown(scope: Scope<'_>, expr: &Expr) -> Result<Json, FaultCode> {
    Ok(json::value(&scope.world.clock, &scope.value(expr)?))
}

/// The values that a template or an integration is given.
fn given(scope: Scope<'_>, with: &[(Text, Expr)]) -> Result<Option<Json>, FaultCode> {
    let members: Map<String, Json> = with
        .iter()
        .map(|(key, value)| Ok((key.to_string(), shown(scope, value)?)))
        .collect::<Result<_, FaultCode>>()?;
    Ok((!members.is_empty()).then_some(Json::Object(members)))
}

/// Adds a member to an object, if there is one to add.
pub(super) fn add(object: &mut Json, key: &str, value: Option<Json>) {
    if let (Some(members), Some(value)) = (object.as_object_mut(), value) {
        members.insert(key.to_owned(), value);
    }
}
