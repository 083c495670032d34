//! The verdict: what stands of all that rules did, as JSON.

use semantics::typed::Decision;
use serde_json::{Map, Value as Json, json};
use values::{Text, Value};

use super::choose::{Choice, Turns};
use super::effects::{Assignment, Message, add};
use super::evaluate::{Scope, World};
use super::json;
use super::recipients::Found;
use super::rules::{Events, Idle};

/// Beside a set that did not run: whether only a verdict with a trace lists it.
pub(super) const WAITS: &str = "$waits";

/// Puts the verdict together.
pub(super) fn verdict(scope: Scope<'_>, mut events: Events, turns: &mut Turns) -> Json {
    let clock = &scope.world.clock;
    let (assign, assignee, unchosen) = assigned(scope.world, &events, turns);
    if let Some((by, _)) = events.rejected.first().cloned() {
        for rule in std::mem::take(&mut events.accepted) {
            events.lose(&rule, "accept", format!("`{by}` rejected the record"));
        }
    }
    let mut effects = Vec::new();
    for (rule, message) in std::mem::take(&mut events.effects) {
        let (sent, lost) = sent(message, assignee.as_ref());
        effects.extend(sent);
        lost.iter().for_each(|effect| events.lose(&rule, effect, "nobody is assigned".to_owned()));
    }
    if let (Some(because), Some((rule, _))) = (unchosen, &events.assignment) {
        events.lose(&rule.clone(), "choose a member", because);
    }
    let outcome = if !events.rejected.is_empty() { Some("reject") } else { events.accepted.first().map(|_| "accept") };
    let place = |[set, rule, at]: &[Text; 3]| json!({"set": &**set, "rule": &**rule, "at": &**at});
    let idle = |idle: &Idle| json!({"set": &*idle.set, "because": idle.because, WAITS: idle.waits});
    let set = events.set.iter().map(|(field, value, _)| (field.to_string(), json::value(clock, value)));
    let mut verdict = json!({
        "type": &*scope.world.decision.record,
        "now": clock.shown(clock.now),
        "fired": events.fired.iter().map(place).collect::<Json>(),
    });
    add(&mut verdict, "event", scope.world.event.map(Json::from));
    add(&mut verdict, "values", some(derived(scope, scope.world.decision)));
    add(&mut verdict, "assign", assign);
    let set_in = events.set_in.iter().map(|(reference, (record, key))| {
        (reference.to_string(), json!({"type": &**record, "key": json::value(clock, key)}))
    });
    add(&mut verdict, "set", some(set.collect()));
    add(&mut verdict, "set_in", some(set_in.collect()));
    add(&mut verdict, "outcome", outcome.map(Json::from));
    for (key, list) in [
        ("reasons", events.rejected.into_iter().map(|(_, reason)| reason).collect()),
        ("effects", effects),
        ("lost", events.lost),
        ("not_run", events.not_run.iter().map(idle).collect()),
    ] {
        add(&mut verdict, key, (!list.is_empty()).then_some(Json::Array(list)));
    }
    verdict
}

fn some(members: Map<String, Json>) -> Option<Json> {
    (!members.is_empty()).then_some(Json::Object(members))
}

/// Every derived value of the record as it came. One that cannot be computed has its fault.
fn derived(scope: Scope<'_>, decision: &Decision) -> Map<String, Json> {
    let shown = (0..).zip(&decision.definitions).filter(|(_, definition)| !definition.hidden);
    let shown = shown.map(|(place, definition)| {
        let value = match scope.definition(place) {
            Ok(value) => json::value(&scope.world.clock, &value),
            Err(fault) => json!({"fault": fault.code()}),
        };
        (definition.name.to_string(), value)
    });
    shown.collect()
}

/// Who gets the record, who gets what is for the assignee, and why no member was chosen.
fn assigned(world: &World<'_>, events: &Events, turns: &mut Turns) -> (Option<Json>, Option<Json>, Option<String>) {
    let (who, by, due, escalations) = match &events.assignment {
        None => return (None, None, None),
        Some((_, Assignment::Nobody)) => return (Some(Json::Null), None, None),
        Some((_, Assignment::Owner)) => return (Some(json!({"keep_owner": true})), None, None),
        Some((_, Assignment::To { who, by, due, escalations, .. })) => (who, by, due, escalations),
    };
    let chosen = by.as_ref().map(|by| turns.choose(world.rulebook, who, by, world.clock.today()));
    let (member, unchosen) = match chosen {
        None => (None, None),
        Some(Choice::Member(member)) => (Some(Json::from(member)), None),
        Some(Choice::None(because)) => (None, Some(because)),
    };
    let time = |due: &Option<Value>| due.as_ref().map(|due| json::value(&world.clock, due));
    let escalation = escalations.iter().rev().fold(None, |next, (told, due)| {
        let mut told = told.as_ref().unwrap_or(who).assigned();
        add(&mut told, "due", time(due));
        add(&mut told, "escalate", next);
        Some(told)
    });
    let assignee = member.clone().unwrap_or_else(|| who.told());
    let mut assign = who.assigned();
    add(&mut assign, "member", member);
    add(&mut assign, "due", time(due));
    add(&mut assign, "escalate", escalation);
    (Some(assign), Some(assignee), unchosen)
}

/// A message with those who get it, of a notification one for each; and what is lost because there is no assignee.
fn sent(message: Message, assignee: Option<&Json>) -> (Vec<Json>, Vec<String>) {
    let Message { effect, recipients, mut says, .. } = message;
    let mut lost = Vec::new();
    for (place, (key, found)) in recipients.into_iter().enumerate() {
        let asked = found.len();
        let told: Vec<Json> = found.into_iter().filter_map(|found| told(found, assignee)).collect();
        let name = if place == 0 { effect.clone() } else { format!("{effect} {}", key.replace('_', " ")) };
        lost.extend(std::iter::repeat_n(name, asked - told.len()));
        if effect == "notify" {
            let to = |one: Json| {
                let mut each = says.clone();
                add(&mut each, key, Some(one));
                each
            };
            return (told.into_iter().map(to).collect(), lost);
        }
        if place == 0 && told.is_empty() && asked > 0 {
            return (Vec::new(), lost);
        }
        let told = match key {
            "to" | "cc" => (!told.is_empty()).then_some(Json::Array(told)),
            _ => told.into_iter().next(),
        };
        add(&mut says, key, told);
    }
    (vec![says], lost)
}

fn told(found: Found, assignee: Option<&Json>) -> Option<Json> {
    match found {
        Found::Who(who) => Some(who.told()),
        Found::Assignee => assignee.cloned(),
        Found::Missing(_) | Found::Stranger(_) => None,
    }
}
