//! Which rules fire, and what becomes of the record from set to set.

use std::sync::Arc;

use semantics::typed::{Effect, Policy, Rule, RuleSet, Trigger};
use values::{FaultCode, Text, Type, Value, compare};

use super::Stop;
use super::effects::Step;
use super::evaluate::{Scope, View, World};

/// All that came of the rules, in the order in which it came.
#[derive(Default)]
pub(super) struct Events {
    /// Set, rule and place of each rule that fired.
    pub(super) fired: Vec<[Text; 3]>,
    /// What each did, or could not do, beside the rule's name.
    pub(super) steps: Vec<(Text, Step)>,
    /// The sets whose `only when` did not hold, and where that stands.
    pub(super) not_run: Vec<[Text; 2]>,
    /// What was written, beside the place of the set that did.
    writes: Vec<(usize, Text, Change)>,
}

/// What an effect does to a field.
#[derive(Clone)]
pub(super) enum Change {
    Set(Value),
    Add(Value),
    Remove(Value),
}

/// A rule that fires: its name, its place, what it does.
type Fired<'a> = (Text, Text, &'a [Effect]);

/// Runs all sets on a record as it came.
pub(super) fn run(world: &World<'_>, came: &View) -> Result<Events, Stop> {
    let mut events = Events::default();
    for (place, set) in world.decision.sets.iter().enumerate().filter(|(_, set)| triggered(&set.trigger, world.event)) {
        let view = seen(world, came, set, &events);
        let scope = Scope { world, view: &view, items: &[] };
        if let Some(guard) = &set.guard
            && !scope.holds(&guard.condition)?
        {
            events.not_run.push([set.name.clone(), guard.at.clone()]);
            continue;
        }
        for (name, at, effects) in firing(scope, set)? {
            events.fired.push([set.name.clone(), name.clone(), at]);
            for effect in effects {
                events.perform(scope, place, &name, effect)?;
            }
        }
    }
    Ok(events)
}

fn triggered(trigger: &Trigger, event: Option<&str>) -> bool {
    match trigger {
        Trigger::Always => true,
        Trigger::Events(names) => names.iter().any(|name| event == Some(name)),
        Trigger::AnyEvent => event.is_some(),
    }
}

/// The rules of a set that fire, in their order.
fn firing<'a>(scope: Scope<'_>, set: &'a RuleSet) -> Result<Vec<Fired<'a>>, FaultCode> {
    let mut firing: Vec<Fired<'a>> = Vec::new();
    for Rule { name, at, condition, effects, .. } in &set.rules {
        if !scope.holds(condition)? {
            continue;
        }
        if set.policy == Policy::Unique && !firing.is_empty() {
            return Err(FaultCode::SeveralMatches);
        }
        firing.push((name.clone(), at.clone(), effects));
        if set.policy == Policy::First || effects.contains(&Effect::Stop) {
            break;
        }
    }
    if let (Some(otherwise), true) = (&set.otherwise, firing.is_empty()) {
        firing.push(("otherwise".into(), otherwise.at.clone(), &otherwise.effects));
    }
    Ok(firing)
}

impl Events {
    pub(super) fn write(&mut self, set: usize, field: &Text, change: Change) {
        self.writes.push((set, field.clone(), change));
    }
}

/// The record as a set sees it: with what those sets have written that it comes after.
fn seen(world: &World<'_>, came: &View, set: &RuleSet, events: &Events) -> View {
    let mut fields = came.fields.clone();
    for (_, name, change) in events.writes.iter().filter(|(by, ..)| set.sees.iter().any(|seen| *seen as usize == *by)) {
        for (field, value) in world.decision.fields.iter().zip(&mut fields) {
            if field.name == *name {
                *value = changed(value, change, &field.ty);
                if value.is_missing() {
                    *value = field.default.clone().unwrap_or_default();
                }
            } else if matches!(field.ty, Type::Record(_)) && name.starts_with(&format!("{}.", field.name)) {
                *value = Value::Truth(true);
            }
        }
    }
    View::new(world.decision, fields)
}

fn changed(value: &Value, change: &Change, ty: &Type) -> Value {
    let exact = matches!(ty, Type::List(member) if member.is_exact());
    let mut members: Vec<Value> = if let Value::List(members) = value { members.to_vec() } else { Vec::new() };
    match change {
        Change::Set(new) => return new.clone(),
        Change::Add(new) => members.push(new.clone()),
        Change::Remove(old) => members.retain(|member| !compare::equal(member, old, exact)),
    }
    Value::List(Arc::from(members))
}
