//! The tables of a program agree with each other.

mod joins;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use limits::Limit;
use limits::fixed::{LOOPS, NESTED_LISTS, PATTERNS, RECORD_NESTING};
use values::{Text, Type, Value, zone_named};

use super::{Flaw, VerifyError, index};
use crate::choose::load;
use crate::effect::{Effect, Operand, Recipient, Selection};
use crate::program::{Blocked, Decision, Field, FieldPlace, Program, RuleSet, WEIGHTS};

/// Checks what all decisions share.
pub(super) fn check_program(program: &Program) -> Result<(), VerifyError> {
    if zone_named(&program.zone).is_none() {
        return Err(Flaw::UnknownZone(program.zone.clone()).into());
    }
    if let Some(calendar) = program.calendars.iter().find(|calendar| !calendar.is_sound()) {
        return Err(Flaw::Calendar(calendar.name.clone()).into());
    }
    check_patterns(program)?;
    let mut members = program.targets.iter().flat_map(|target| &target.members);
    match members.find(|member| !WEIGHTS.contains(&member.weight)) {
        Some(member) => Err(Flaw::Weight(member.address.clone()).into()),
        None => Ok(()),
    }
}

/// Compiles the patterns of a program that was read, as far as all of them together take bounded memory. What was allowed
/// when the rules were checked is not asked twice.
fn check_patterns(program: &Program) -> Result<(), Flaw> {
    let mut left = PATTERNS;
    for pattern in program.decisions.iter().flat_map(|decision| &decision.patterns) {
        let largest = left.min(Limit::PatternSize.most());
        left -= pattern.prepare(largest).map_err(|_| Flaw::Pattern(pattern.to_string()))?;
    }
    Ok(())
}

/// Checks the tables of one decision; its code is looked at elsewhere.
pub(super) fn check_decision(program: &Program, decision: &Decision) -> Result<(), VerifyError> {
    decision.fields.iter().chain(&decision.actor).try_for_each(check_field)?;
    check_items(decision)?;
    joins::check(decision)?;
    check_lookups(program, decision)?;
    check_loops(decision)?;
    check_constants(decision)?;
    check_calendars(program, decision)?;
    check_sets(decision)?;
    index::check_sieves(decision)?;
    decision.effects.iter().try_for_each(|effect| check_effect(program, effect))?;
    decision.effects.iter().try_for_each(|effect| check_loads(program, decision, effect))?;
    decision.guards.iter().try_for_each(|guard| check_blocked(program, &guard.effect))?;
    Ok(())
}

fn check_field(field: &Field) -> Result<(), Flaw> {
    let default_fits = field.default.as_ref().is_none_or(|default| fits(default, &field.ty));
    let plain = type_depth(&field.ty) <= NESTED_LISTS && field.source.len() <= RECORD_NESTING;
    if default_fits && plain && (!field.source.is_empty() || joins::is_presence(field)) {
        Ok(())
    } else {
        Err(Flaw::Field(field.name.clone()))
    }
}

/// What is asked for is there, in columns of one length.
fn check_lookups(program: &Program, decision: &Decision) -> Result<(), Flaw> {
    let mut tables: BTreeMap<&Text, Option<BTreeSet<&Text>>> = BTreeMap::new();
    for table in &program.references {
        let is_whole = table.columns.iter().all(|column| column.values.len() == table.keys.len());
        let columns = is_whole.then(|| table.columns.iter().map(|column| &column.name).collect());
        tables.entry(&table.name).or_insert(columns);
    }
    for lookup in &decision.lookups {
        let columns = tables.get(&lookup.reference).and_then(Option::as_ref);
        if !columns.is_some_and(|columns| lookup.column.as_ref().is_none_or(|column| columns.contains(column))) {
            return Err(Flaw::Lookup(lookup.reference.clone()));
        }
    }
    Ok(())
}

/// Items belong to a list of records that stands before them, in no more lists than loops can go through.
fn check_items(decision: &Decision) -> Result<(), Flaw> {
    let mut depths = Vec::with_capacity(decision.items.len());
    for (index, items) in decision.items.iter().enumerate() {
        let around = match items.list {
            FieldPlace::Field(_) => 0,
            FieldPlace::Item { items, .. } => depths.get(items as usize).copied().unwrap_or(LOOPS),
        };
        depths.push(around + 1);
        let list = match items.list {
            FieldPlace::Field(field) => decision.fields.get(field as usize),
            FieldPlace::Item { items, field } if (items as usize) < index => {
                decision.items.get(items as usize).and_then(|items| items.fields.get(field as usize))
            }
            FieldPlace::Item { .. } => None,
        };
        let of_records = |list: &&Field| matches!(&list.ty, Type::List(item) if matches!(**item, Type::Record(_)));
        if list.filter(of_records).is_none() || around >= LOOPS {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            return Err(Flaw::NoSuch { what: "list of records", index });
        }
        items.fields.iter().try_for_each(check_field)?;
        if let Some(key) = items.fields.iter().find(|field| field.key) {
            return Err(Flaw::Field(key.name.clone()));
        }
    }
    Ok(())
}

fn check_loops(decision: &Decision) -> Result<(), Flaw> {
    match decision.loops.iter().position(|it| it.depth >= LOOPS) {
        Some(deep) => Err(Flaw::Loop(u32::try_from(deep).unwrap_or(u32::MAX))),
        None => Ok(()),
    }
}

/// Whether a value is one of a type; `one of` admits its labels in any case.
fn fits(value: &Value, ty: &Type) -> bool {
    match (value, ty) {
        (Value::Truth(_), Type::Truth | Type::Record(_))
        | (Value::Number(_), Type::Number)
        | (Value::Date(_), Type::Date)
        | (Value::DateTime(_), Type::DateTime)
        | (Value::Duration(_), Type::Duration | Type::AnchoredDuration) => true,
        (Value::Money(money), Type::Money(currency)) => currency.is_none_or(|it| it == money.currency()),
        (Value::Text(_), ty) => ty.is_textual(),
        (Value::List(members), Type::List(ty)) => members.iter().all(|member| fits(member, ty)),
        _ => false,
    }
}

fn type_depth(ty: &Type) -> usize {
    match ty {
        Type::List(member) => 1 + type_depth(member),
        _ => 0,
    }
}

fn check_constants(decision: &Decision) -> Result<(), Flaw> {
    for (index, constant) in (0..).zip(&decision.constants) {
        if value_depth(constant) > NESTED_LISTS {
            return Err(Flaw::Constant(index));
        }
    }
    for (index, choice) in (0..).zip(&decision.choices) {
        if choice.constants.iter().any(|constant| constant.is_missing() || value_depth(constant) > NESTED_LISTS) {
            return Err(Flaw::Constant(index));
        }
    }
    Ok(())
}

/// Business durations are counted by calendars that there are.
fn check_calendars(program: &Program, decision: &Decision) -> Result<(), Flaw> {
    let defaults = decision.fields.iter().filter_map(|field| field.default.as_ref());
    let chosen = decision.choices.iter().flat_map(|choice| choice.constants.iter());
    let mut named = decision.constants.iter().chain(chosen).chain(defaults).filter_map(greatest_calendar);
    match named.find(|calendar| usize::from(*calendar) >= program.calendars.len()) {
        Some(calendar) => Err(Flaw::NoSuch { what: "calendar", index: calendar.into() }),
        None => Ok(()),
    }
}

fn greatest_calendar(value: &Value) -> Option<u16> {
    match value {
        Value::Duration(duration) => duration.calendar(),
        Value::List(members) => members.iter().filter_map(greatest_calendar).max(),
        _ => None,
    }
}

fn value_depth(value: &Value) -> usize {
    match value {
        Value::List(members) => 1 + members.iter().map(value_depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// The sets tile the rules, each rule knows its set, and only the last of a set may be its `otherwise`.
fn check_sets(decision: &Decision) -> Result<(), Flaw> {
    let mut next = 0;
    for (index, set) in (0..).zip(&decision.sets) {
        if set.rules.start != next || set.rules.end < next {
            return Err(Flaw::Rules(set.name.clone()));
        }
        if set.sees.iter().any(|seen| *seen >= index) {
            return Err(Flaw::Sees(set.name.clone()));
        }
        next = set.rules.end;
        index::check(set)?;
        check_rules(decision, index, set)?;
    }
    match decision.rules.get(next as usize) {
        Some(stray) => Err(Flaw::Rules(stray.name.clone())),
        None => Ok(()),
    }
}

fn check_rules(decision: &Decision, index: u32, set: &RuleSet) -> Result<(), Flaw> {
    let range = set.rules.start as usize..set.rules.end as usize;
    let rules = decision.rules.get(range).ok_or_else(|| Flaw::Rules(set.name.clone()))?;
    if rules.iter().any(|rule| rule.set != index) {
        return Err(Flaw::Rules(set.name.clone()));
    }
    match rules.split_last() {
        Some((_, before)) if before.iter().any(|rule| rule.condition.is_none()) => {
            Err(Flaw::Otherwise(set.name.clone()))
        }
        _ => Ok(()),
    }
}

fn check_effect(program: &Program, effect: &Effect<Operand>) -> Result<(), Flaw> {
    for recipient in effect.recipients() {
        if let Recipient::Declared(index) = recipient
            && program.targets.len() <= *index as usize
        {
            return Err(Flaw::NoSuch { what: "target", index: *index });
        }
    }
    let mut used = BTreeSet::new();
    effect.map(&mut |operand| used.insert(u32::from(operand.0)));
    match (0..effect.operand_count()).find(|number| !used.contains(number)) {
        Some(unused) => Err(Flaw::UnusedOperand(unused)),
        None => Ok(()),
    }
}

/// What members begin with can be counted on from there.
fn check_loads(program: &Program, decision: &Decision, effect: &Effect<Operand>) -> Result<(), Flaw> {
    let Effect::Assign { by: Some(Selection::LeastLoaded(Some(index))), .. } = effect else { return Ok(()) };
    let lookup = decision.lookups.get(*index as usize);
    let lookup = lookup.ok_or(Flaw::NoSuch { what: "lookup", index: *index })?;
    let (_, column) = program.looked_up(lookup).ok_or_else(|| Flaw::Lookup(lookup.reference.clone()))?;
    match column.values.iter().any(|value| load(value).is_none()) {
        true => Err(Flaw::Loads(lookup.reference.clone())),
        false => Ok(()),
    }
}

/// A guard names targets that exist, and none that would have to be computed.
fn check_blocked(program: &Program, blocked: &Blocked) -> Result<(), Flaw> {
    match blocked {
        Blocked::Assign(Some(Recipient::Declared(index))) if program.targets.len() <= *index as usize => {
            Err(Flaw::NoSuch { what: "target", index: *index })
        }
        Blocked::Assign(Some(Recipient::Computed { .. } | Recipient::Assignee)) => Err(Flaw::UnusedOperand(0)),
        _ => Ok(()),
    }
}
