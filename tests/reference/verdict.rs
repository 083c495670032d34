//! The verdict: what stands of all that rules did, as JSON.

use semantics::typed::Decision;
use serde_json::{Map, Value as Json, json};
use values::Text;

use super::choose::{Choice, Turns, one_of};
use super::effects::{Assignment, Message, Step, add};
use super::evaluate::{Scope, World};
use super::json;
use super::recipients::{Found, Who};
use super::rules::Events;

/// Puts the verdict together.
pub(super) fn verdict(scope: Scope<'_>, events: &Events, turns: &mut Turns) -> Json {
    let world = scope.world;
    let mut settling = Settling::default();
    settling.assign(world, events, turns);
    for (rule, step) in &events.steps {
        settling.step(world, events, rule, step);
    }
    let place = |[set, rule, at]: &[Text; 3]| json!({"set": &**set, "rule": &**rule, "at": &**at});
    let guard =
        |[set, at]: &[Text; 2]| json!({"set": &**set, "because": format!("its `only when` does not hold ({at})")});
    let mut verdict = json!({
        "type": &*world.decision.record,
        "now": world.clock.shown(world.clock.now),
        "fired": events.fired.iter().map(place).collect::<Json>(),
    });
    add(&mut verdict, "event", world.event.map(Json::from));
    add(&mut verdict, "values", derived(scope, world.decision));
    add(&mut verdict, "assign", settling.assign);
    add(&mut verdict, "set", some(settling.set));
    add(&mut verdict, "outcome", settling.outcome.map(Json::from));
    for (key, list) in [
        ("reasons", settling.reasons),
        ("effects", settling.effects),
        ("lost", settling.lost),
        ("not_run", events.not_run.iter().map(guard).collect()),
    ] {
        add(&mut verdict, key, (!list.is_empty()).then(|| Json::Array(list)));
    }
    verdict
}

fn some(members: Map<String, Json>) -> Option<Json> {
    (!members.is_empty()).then_some(Json::Object(members))
}

/// Every derived value of the record as it came. One that cannot be computed has its fault.
fn derived(scope: Scope<'_>, decision: &Decision) -> Option<Json> {
    let shown = (0..).zip(&decision.definitions).filter(|(_, definition)| !definition.hidden);
    let shown = shown.map(|(place, definition)| {
        let value = match scope.definition(place) {
            Ok(value) => json::value(&scope.world.clock, &value),
            Err(fault) => json!({"fault": fault.code()}),
        };
        (definition.name.to_string(), value)
    });
    some(shown.collect())
}

/// What stands so far.
#[derive(Default)]
struct Settling {
    assign: Option<Json>,
    /// Who gets messages for the assignee.
    assignee: Option<Json>,
    /// Why no member was chosen.
    unchosen: Option<String>,
    set: Map<String, Json>,
    outcome: Option<&'static str>,
    reasons: Vec<Json>,
    effects: Vec<Json>,
    lost: Vec<Json>,
}

impl Settling {
    /// The first assignment stands.
    fn assign(&mut self, world: &World<'_>, events: &Events, turns: &mut Turns) {
        let assignments = events.steps.iter().filter_map(|(_, step)| match step {
            Step::Assign(assignment) => Some(assignment),
            _ => None,
        });
        match assignments.into_iter().next() {
            None => {}
            Some(Assignment::Nobody) => self.assign = Some(Json::Null),
            Some(Assignment::Owner) => self.assign = Some(json!({"keep_owner": true})),
            Some(Assignment::To { who, by, due, escalations }) => {
                let mut assign = who.assigned();
                let targets = &world.rulebook.targets;
                let mut assignee = (who.told(), None);
                match by.as_ref().map(|by| turns.choose(targets, who, by, world.clock.today())) {
                    None => {}
                    Some(Choice::Member(member)) => assignee = (member.told(), Some(member.told())),
                    Some(Choice::OneOf(several)) => assignee = (one_of(&several), Some(one_of(&several))),
                    Some(Choice::None(because)) => self.unchosen = Some(because),
                }
                add(&mut assign, "member", assignee.1);
                self.assignee = Some(assignee.0);
                add(&mut assign, "due", due.as_ref().map(|due| json::value(&world.clock, due)));
                let escalation = escalations.iter().rev().fold(None, |next, (found, due)| {
                    let mut told = match found {
                        Found::Who(who) => who.assigned(),
                        Found::Assignee => who.assigned(),
                        Found::Missing(name) | Found::Stranger(name) => Who::Name(name.clone()).assigned(),
                    };
                    add(&mut told, "due", due.as_ref().map(|due| json::value(&world.clock, due)));
                    add(&mut told, "escalate", next);
                    Some(told)
                });
                add(&mut assign, "escalate", escalation);
                self.assign = Some(assign);
            }
        }
    }

    fn step(&mut self, world: &World<'_>, events: &Events, rule: &Text, step: &Step) {
        match step {
            Step::Assign(assignment) => {
                let first = events.steps.iter().find(|(_, step)| matches!(step, Step::Assign(_)));
                match first {
                    Some((_, first)) if std::ptr::eq(first, step) => {
                        if let Some(because) = self.unchosen.take() {
                            self.lose(rule, "choose a member", &because);
                        }
                    }
                    Some((winner, _)) => {
                        let effect = match assignment {
                            Assignment::Nobody => "leave unassigned",
                            Assignment::Owner => "keep owner",
                            Assignment::To { .. } => "assign",
                        };
                        self.lose(rule, effect, &format!("`{winner}` came first"));
                    }
                    None => {}
                }
            }
            Step::Set(field, value) => {
                let earlier = events.steps.iter().find_map(|(rule, step)| match step {
                    Step::Set(known, value) if known == field => Some((rule, value)),
                    _ => None,
                });
                if let Some((winner, standing)) = earlier
                    && standing != value
                {
                    self.lose(rule, &format!("set {field}"), &format!("`{winner}` came first"));
                } else {
                    self.set.insert(field.to_string(), json::value(&world.clock, value));
                }
            }
            Step::Plain(effect) => self.effects.push(effect.clone()),
            Step::Message(message) => self.message(rule, message),
            Step::Accept => match events.steps.iter().find(|(_, step)| matches!(step, Step::Reject(_))) {
                Some((by, _)) => self.lose(rule, "accept", &format!("`{by}` rejected the record")),
                None => self.outcome = Some("accept"),
            },
            Step::Reject(reason) => {
                self.outcome = Some("reject");
                self.reasons.push(reason.clone());
            }
            Step::Lost(effect, because) => self.lose(rule, effect, because),
        }
    }

    /// Sends a message to those who are there; the others are lost.
    fn message(&mut self, rule: &Text, message: &Message) {
        let mut says = message.says.clone();
        for (key, recipients) in &message.recipients {
            let effect = match *key {
                "to" => message.effect.to_owned(),
                key => format!("{} {}", message.effect, key.replace('_', " ")),
            };
            let mut told = Vec::new();
            for found in recipients {
                match self.told(found) {
                    Ok(who) if message.each => {
                        let mut each = Json::Object(says.clone());
                        add(&mut each, key, Some(who));
                        self.effects.push(each);
                    }
                    Ok(who) => told.push(who),
                    Err(because) => self.lose(rule, &effect, &because),
                }
            }
            let nobody = told.is_empty();
            if nobody && message.needs == Some(key) {
                return;
            }
            let list = matches!(*key, "to" | "cc");
            let told = if list { (!nobody).then_some(Json::Array(told)) } else { told.pop() };
            says.extend(told.map(|told| ((*key).to_owned(), told)));
        }
        if !message.each {
            self.effects.push(Json::Object(says));
        }
    }

    fn told(&self, found: &Found) -> Result<Json, String> {
        match found {
            Found::Who(who) => Ok(who.told()),
            Found::Assignee => self.assignee.clone().ok_or_else(|| "nobody is assigned".to_owned()),
            Found::Missing(written) => Err(format!("`{written}` is missing")),
            Found::Stranger(name) => Err(format!("`{name}` is not an address and names no team, queue or user")),
        }
    }

    fn lose(&mut self, rule: &Text, effect: &str, because: &str) {
        self.lost.push(json!({"rule": &**rule, "effect": effect, "because": because}));
    }
}
