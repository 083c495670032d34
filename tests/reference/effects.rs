//! What a rule that has fired does: each effect computed, and what stands in its way.

use semantics::typed::{Blocked, Deadline, Effect, Recipient, Selection};
use serde_json::{Map, Value as Json, json};
use values::{FaultCode, Text, Value};

use super::evaluate::Scope;
use super::recipients::{Found, Who, find};
use super::rules::{Change, Events};
use super::{Stop, json};

/// What an effect comes to.
pub(super) enum Step {
    /// Who gets the record. Of several the first counts.
    Assign(Assignment),
    /// A field has a value from now on. Of several the first counts.
    Set(Text, Value),
    /// An effect that has no recipient.
    Plain(Json),
    /// A message or a task.
    Message(Message),
    /// The record is accepted.
    Accept,
    /// It is rejected, for a reason.
    Reject(Json),
    /// Something was not done: what, and why.
    Lost(String, String),
}

/// What is settled about who gets the record.
pub(super) enum Assignment {
    Nobody,
    Owner,
    To {
        who: Who,
        by: Option<By>,
        due: Option<Value>,
        /// Who is told when the time has passed, each with his own time.
        escalations: Vec<(Found, Option<Value>)>,
    },
}

/// How a member is chosen.
pub(super) enum By {
    Turns,
    Load,
    Hash,
}

/// A message or task, still without those who get it.
pub(super) struct Message {
    /// What it is called among the lost.
    pub(super) effect: &'static str,
    /// Each is sent a message of his own.
    pub(super) each: bool,
    /// Without anybody under this key it is not sent.
    pub(super) needs: Option<&'static str>,
    /// Who gets it, by the key under which they stand.
    pub(super) recipients: Vec<(&'static str, Vec<Found>)>,
    /// All else.
    pub(super) says: Map<String, Json>,
}

const NO_DEADLINE: &str = "a value that the deadline is reckoned with is missing";
const NOTHING_PASSES: &str = "there is no deadline that could pass";

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

impl Events {
    /// Does what one effect says, unless a guard forbids it.
    pub(super) fn perform(&mut self, scope: Scope<'_>, set: usize, rule: &Text, effect: &Effect) -> Result<(), Stop> {
        for never in &scope.world.decision.guards {
            if forbids(scope, &never.effect, effect)? && scope.holds(&never.condition)? {
                let because = format!("`{}` ({})", never.written, never.at);
                self.steps.push((rule.clone(), Step::Lost(label(effect), because)));
                return Ok(());
            }
        }
        let value = |expr| Ok::<_, FaultCode>(json::value(&scope.world.clock, &scope.value(expr)?));
        let step = match effect {
            Effect::Assign { target, by, within } => {
                return self.assign(scope, rule, target, by.as_ref(), within.as_ref());
            }
            Effect::LeaveUnassigned => Step::Assign(Assignment::Nobody),
            Effect::KeepOwner => Step::Assign(Assignment::Owner),
            Effect::Set { field, value } => {
                let value = scope.value(value)?;
                if self.stands(field).is_none_or(|earlier| *earlier == value) {
                    self.write(set, field, Change::Set(value.clone()));
                }
                Step::Set(field.clone(), value)
            }
            Effect::Add { field, value } | Effect::Remove { field, value } => {
                let adds = matches!(effect, Effect::Add { .. });
                let value = scope.value(value)?;
                let shown = json::value(&scope.world.clock, &value);
                self.write(set, field, if adds { Change::Add(value) } else { Change::Remove(value) });
                Step::Plain(
                    json!({"kind": if adds { "add" } else { "remove" }, "field": field.as_str(), "value": shown}),
                )
            }
            Effect::Task { .. } | Effect::Notify { .. } | Effect::Email { .. } => {
                return self.message(scope, rule, effect);
            }
            Effect::Call { integration, with } => {
                let mut says = json!({"kind": "call", "integration": integration.as_str()});
                given(scope, with, &mut says)?;
                Step::Plain(says)
            }
            Effect::Accept => Step::Accept,
            Effect::Reject { field, reason } => {
                let mut says = json!({"text": value(reason)?});
                add(&mut says, "field", field.as_ref().map(|field| field.as_str().into()));
                Step::Reject(says)
            }
            Effect::Start { workflow } => Step::Plain(json!({"kind": "start", "workflow": workflow.as_str()})),
            Effect::Stop => return Ok(()),
        };
        self.steps.push((rule.clone(), step));
        Ok(())
    }

    /// What an earlier rule has set a field to.
    fn stands(&self, field: &Text) -> Option<&Value> {
        self.steps.iter().find_map(|(_, step)| match step {
            Step::Set(known, value) if known == field => Some(value),
            _ => None,
        })
    }

    fn assign(
        &mut self,
        scope: Scope<'_>,
        rule: &Text,
        target: &Recipient,
        by: Option<&Selection>,
        within: Option<&Deadline>,
    ) -> Result<(), Stop> {
        let who = match find(scope, target)? {
            Found::Who(who) => who,
            Found::Stranger(_) | Found::Assignee => return Err(FaultCode::UnknownTarget.into()),
            Found::Missing(written) => {
                self.lose(rule, "assign", &format!("`{written}` is missing"));
                return Ok(());
            }
        };
        let by = match by {
            None => None,
            Some(Selection::RoundRobin) => Some(By::Turns),
            Some(Selection::LeastLoaded) => Some(By::Load),
            Some(Selection::HashOf(value)) => scope.value(value).map(|_| Some(By::Hash))?,
        };
        let settled = self.steps.iter().any(|(_, step)| matches!(step, Step::Assign(_)));
        let place = self.steps.len();
        let (mut due, mut escalations) = (None, Vec::new());
        let mut deadline = within;
        while let Some(Deadline { due: expr, escalate }) = deadline {
            let value = Some(scope.value(expr)?).filter(|value| !value.is_missing());
            let mut next = escalate.as_deref();
            if value.is_none() {
                self.lose(rule, "within", NO_DEADLINE);
                while let Some(escalation) = next {
                    self.lose(rule, "escalate", NOTHING_PASSES);
                    next = escalation.within.as_ref().and_then(|within| within.escalate.as_deref());
                }
            }
            match escalations.last_mut() {
                None => due = value,
                Some((_, last)) => *last = value,
            }
            deadline = None;
            if let Some(escalation) = next {
                escalations.push((find(scope, &escalation.target)?, None));
                deadline = escalation.within.as_ref();
            }
        }
        if settled {
            self.steps.truncate(place);
        }
        self.steps.insert(place, (rule.clone(), Step::Assign(Assignment::To { who, by, due, escalations })));
        Ok(())
    }

    fn message(&mut self, scope: Scope<'_>, rule: &Text, effect: &Effect) -> Result<(), Stop> {
        let shown = |expr| Ok::<_, FaultCode>(json::value(&scope.world.clock, &scope.value(expr)?));
        let all = |recipients: &[Recipient]| {
            recipients.iter().map(|recipient| find(scope, recipient)).collect::<Result<Vec<_>, _>>()
        };
        let one = |recipient: &Option<Recipient>| all(recipient.as_slice());
        let mut lost = None;
        let (kind, needs, recipients, mut says) = match effect {
            Effect::Task { text, owner, due } => {
                let mut says = json!({"text": shown(text)?});
                if let Some(due) = due {
                    let due = scope.value(due)?;
                    lost = due.is_missing().then_some(("create task due", NO_DEADLINE));
                    let there = Some(json::value(&scope.world.clock, &due)).filter(|_| !due.is_missing());
                    add(&mut says, "due", there);
                }
                ("task", None, vec![("for", one(owner)?)], says)
            }
            Effect::Email { template, to, cc, from, reply_to, with } => {
                let mut says = json!({"template": shown(template)?});
                given(scope, with, &mut says)?;
                let recipients =
                    vec![("to", all(to)?), ("cc", all(cc)?), ("from", one(from)?), ("reply_to", one(reply_to)?)];
                ("email", Some("to"), recipients, says)
            }
            Effect::Notify { to, text } => {
                ("notify", Some("to"), vec![("to", all(to)?)], json!({"text": shown(text)?}))
            }
            _ => return Ok(()),
        };
        add(&mut says, "kind", Some(kind.into()));
        let effect = match kind {
            "task" => "create task",
            "email" => "send email",
            kind => kind,
        };
        let Json::Object(says) = says else { return Ok(()) };
        let message = Message { effect, each: kind == "notify", needs, recipients, says };
        self.steps.push((rule.clone(), Step::Message(message)));
        if let Some((effect, because)) = lost {
            self.lose(rule, effect, because);
        }
        Ok(())
    }

    fn lose(&mut self, rule: &Text, effect: &str, because: &str) {
        self.steps.push((rule.clone(), Step::Lost(effect.to_owned(), because.to_owned())));
    }
}

/// Whether a guard is about an effect.
fn forbids(scope: Scope<'_>, guard: &Blocked, effect: &Effect) -> Result<bool, FaultCode> {
    let any_or = |wanted: &Option<Text>, name: &Text| wanted.as_ref().is_none_or(|wanted| wanted == name);
    Ok(match (guard, effect) {
        (Blocked::Assign(None), Effect::Assign { .. })
        | (Blocked::LeaveUnassigned, Effect::LeaveUnassigned)
        | (Blocked::KeepOwner, Effect::KeepOwner)
        | (Blocked::Task, Effect::Task { .. })
        | (Blocked::Notify, Effect::Notify { .. })
        | (Blocked::Email(None), Effect::Email { .. })
        | (Blocked::Accept, Effect::Accept)
        | (Blocked::Reject, Effect::Reject { .. }) => true,
        (Blocked::Assign(Some(wanted)), Effect::Assign { target, .. }) => find(scope, wanted)? == find(scope, target)?,
        (Blocked::Set(wanted), Effect::Set { field, .. })
        | (Blocked::Add(wanted), Effect::Add { field, .. })
        | (Blocked::Remove(wanted), Effect::Remove { field, .. }) => any_or(wanted, field),
        (Blocked::Clear(wanted), Effect::Set { field, value }) => {
            any_or(wanted, field) && scope.value(value)?.is_missing()
        }
        (Blocked::Email(Some(wanted)), Effect::Email { template, .. }) => {
            scope.value(template)? == Value::Text(wanted.clone())
        }
        (Blocked::Call(wanted), Effect::Call { integration, .. }) => any_or(wanted, integration),
        (Blocked::Start(wanted), Effect::Start { workflow }) => any_or(wanted, workflow),
        _ => false,
    })
}

/// The values that a template or an integration is given.
fn given(scope: Scope<'_>, with: &[(Text, semantics::typed::Expr)], says: &mut Json) -> Result<(), FaultCode> {
    let mut members = Map::new();
    for (key, value) in with {
        members.insert(key.to_string(), json::value(&scope.world.clock, &scope.value(value)?));
    }
    add(says, "with", (!members.is_empty()).then_some(Json::Object(members)));
    Ok(())
}

/// Adds a member to an object, if there is one to add.
pub(super) fn add(object: &mut Json, key: &str, value: Option<Json>) {
    if let (Some(members), Some(value)) = (object.as_object_mut(), value) {
        members.insert(key.to_owned(), value);
    }
}
