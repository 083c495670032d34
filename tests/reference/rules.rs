//! Which rules fire, and what becomes of the record from set to set.

use std::collections::BTreeMap;

use semantics::typed::{Effect, Policy, RuleSet, Trigger};
use serde_json::Value as Json;
use values::{FaultCode, Text, Type, Value, compare};

use super::Stop;
use super::effects::{Assignment, Message};
use super::evaluate::{Scope, View, World};

/// All that came of the rules, in the order in which it came.
#[derive(Default)]
pub(super) struct Events {
    /// Set, rule and place of each rule that fired.
    pub(super) fired: Vec<[Text; 3]>,
    /// Who gets the record, by which rule.
    pub(super) assignment: Option<(Text, Assignment)>,
    /// Each field that is set, its value, and the rule.
    pub(super) set: Vec<(Text, Value, Text)>,
    /// The references in whose records fields are set, with the types and the keys of those records.
    pub(super) set_in: BTreeMap<Text, (Text, Value)>,
    /// What stands in the list of effects, each with its rule.
    pub(super) effects: Vec<(Text, Message)>,
    /// The rules that accept the record, and those that reject it, with the reasons.
    pub(super) accepted: Vec<Text>,
    pub(super) rejected: Vec<(Text, Json)>,
    /// What was not done, as the verdict says it.
    pub(super) lost: Vec<Json>,
    /// The sets that did not run.
    pub(super) not_run: Vec<Idle>,
    /// What was written, beside the place of the set that did.
    writes: Vec<(usize, Text, Change)>,
}

/// A set that did not run.
pub(super) struct Idle {
    pub(super) set: Text,
    /// Why, as the verdict says it.
    pub(super) because: String,
    /// Whether it waits for another event, which only a verdict with a trace says.
    pub(super) waits: bool,
}

/// What an effect does to a field.
#[derive(Clone)]
pub(super) enum Change {
    Set(Value),
    Add(Value),
    Remove(Value),
}

/// Runs all sets on a record as it came.
pub(super) fn run(world: &World<'_>, came: &View) -> Result<Events, Stop> {
    let mut events = Events::default();
    for (place, set) in world.decision.sets.iter().enumerate() {
        if let Some(because) = waits(&set.trigger, world.event) {
            events.not_run.push(Idle { set: set.name.clone(), because, waits: true });
            continue;
        }
        let view = seen(world, came, set, &events);
        let scope = Scope { world, view: &view, items: &[] };
        match idle(&scope, set)? {
            Some(because) => events.not_run.push(Idle { set: set.name.clone(), because, waits: false }),
            None => events.run(scope, place, set)?,
        }
    }
    Ok(events)
}

/// Why a set whose event it is does not run, if it does not: `only when` is not asked of one that is not in force.
fn idle(scope: &Scope<'_>, set: &RuleSet) -> Result<Option<String>, Stop> {
    let Some(guard) = &set.guard else { return Ok(None) };
    for (asked, because) in
        [(&guard.in_force, "it is not in force"), (&guard.condition, "its `only when` does not hold")]
    {
        if let Some(asked) = asked
            && !scope.holds(asked)?
        {
            return Ok(Some(format!("{because} ({})", guard.at)));
        }
    }
    Ok(None)
}

/// What a set waits for, if it is not what happened.
fn waits(trigger: &Trigger, event: Option<&str>) -> Option<String> {
    let awaited = match (trigger, event) {
        (Trigger::Always, _) | (Trigger::AnyEvent, Some(_)) => return None,
        (Trigger::Events(names), Some(event)) if names.iter().any(|name| **name == *event) => return None,
        (Trigger::Events(names), _) => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or "),
        (Trigger::AnyEvent, None) => "an event".to_owned(),
    };
    let found = event.map_or("nothing has happened".to_owned(), |event| format!("this is `{event}`"));
    Some(format!("it waits for {awaited}, and {found}"))
}

impl Events {
    /// Runs one set. Each rule acts as soon as it fires, before the next is asked.
    fn run(&mut self, scope: Scope<'_>, place: usize, set: &RuleSet) -> Result<(), Stop> {
        let mut fired = 0;
        for rule in &set.rules {
            if !scope.holds(&rule.condition)? {
                continue;
            }
            fired += 1;
            if set.policy == Policy::Unique && fired > 1 {
                return Err(FaultCode::SeveralMatches.into());
            }
            self.fire(scope, place, [&set.name, &rule.name, &rule.at], &rule.effects)?;
            if set.policy == Policy::First || rule.effects.contains(&Effect::Stop) {
                break;
            }
        }
        match &set.otherwise {
            Some(otherwise) if fired == 0 => {
                self.fire(scope, place, [&set.name, &"otherwise".into(), &otherwise.at], &otherwise.effects)
            }
            _ => Ok(()),
        }
    }

    fn fire(&mut self, scope: Scope<'_>, place: usize, rule: [&Text; 3], effects: &[Effect]) -> Result<(), Stop> {
        self.fired.push(rule.map(Text::clone));
        effects.iter().try_for_each(|effect| self.perform(scope, place, rule[1], effect))
    }

    pub(super) fn write(&mut self, set: usize, field: Text, change: Change) {
        self.writes.push((set, field, change));
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
            } else if matches!(field.ty, Type::Record(_))
                && gives(change)
                && name.starts_with(&format!("{}.", field.name))
            {
                *value = Value::Truth(true);
            }
        }
    }
    View::new(world.decision, fields)
}

/// Whether something is there afterwards: that makes the records around it present.
fn gives(change: &Change) -> bool {
    match change {
        Change::Set(value) => !value.is_missing(),
        Change::Add(_) => true,
        Change::Remove(_) => false,
    }
}

fn changed(value: &Value, change: &Change, ty: &Type) -> Value {
    let exact = matches!(ty, Type::List(member) if member.is_exact());
    let others = |wanted: &Value| match value {
        Value::List(members) => {
            members.iter().filter(|member| !compare::equal(member, wanted, exact)).cloned().collect()
        }
        _ => Vec::new(),
    };
    let members = || if let Value::List(members) = value { members.to_vec() } else { Vec::new() };
    match change {
        Change::Set(new) => new.clone(),
        Change::Remove(_) if value.is_missing() => Value::Missing,
        Change::Remove(old) => Value::List(others(old).into()),
        Change::Add(new) if others(new).len() < members().len() => value.clone(),
        Change::Add(new) => Value::List(members().into_iter().chain([new.clone()]).collect()),
    }
}
