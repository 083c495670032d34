//! The order of rule sets: which come `after` which, and what is wrong with that.
//!
//! Sets are known by name: an opened set by its own, the bare rules of a file by the name of the file.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use diagnostics::problems::SetProblem;
use syntax::ast;

use crate::db::{Db, Item, ItemSpan, Workspace, all_items, items, parsed};
use crate::found::Found;
use crate::names::{Space, find, names_in, nearest};
use crate::places::file_name;
use crate::sets::{SetRecord, header_record, set_record};

/// The sets that an opening names behind `after`, as written.
fn named_before<'db>(db: &'db dyn Db, header: Item<'db>) -> &'db [ast::Quoted] {
    match &parsed(db, header).item {
        ast::Item::Rules(rules) => &rules.after,
        _ => &[],
    }
}

/// The names of all sets that a set comes after, directly or by way of others.
#[salsa::tracked]
pub fn earlier_sets<'db>(db: &'db dyn Db, header: Item<'db>) -> BTreeSet<String> {
    let mut earlier = BTreeSet::new();
    let mut open = vec![header];
    while let Some(set) = open.pop() {
        for name in named_before(db, set) {
            if earlier.insert(name.text.clone()) {
                open.extend(find(db, Space::Set, &name.text));
            }
        }
    }
    earlier
}

/// The record types that the bare rules of each file decide, by the name of the file.
#[salsa::tracked]
fn bare_sets(db: &dyn Db) -> BTreeMap<String, BTreeSet<String>> {
    let mut sets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in Workspace::get(db).files(db) {
        for item in items(db, *file).iter().filter(|item| item.set(db).is_none()) {
            let is_rule = matches!(parsed(db, *item).item, ast::Item::Rule(_));
            if let (true, SetRecord::Known { record, .. }) = (is_rule, set_record(db, *item)) {
                sets.entry(file_name(db, *file).to_owned()).or_default().insert(record.clone());
            }
        }
    }
    sets
}

/// What is wrong with the place of a set in the order.
#[salsa::tracked]
pub fn order_found<'db>(db: &'db dyn Db, header: Item<'db>) -> Vec<Found<'db>> {
    let named = named_before(db, header);
    let mut found: Vec<Found<'db>> = named.iter().filter_map(|name| wrong_name(db, header, name)).collect();
    found.extend(circle_found(db, header));
    found
}

fn wrong_name<'db>(db: &'db dyn Db, header: Item<'db>, name: &ast::Quoted) -> Option<Found<'db>> {
    let decided = header_record(db, header).clone()?;
    let problem = |decides: String| {
        let problem = SetProblem::OtherRecord { name: name.text.clone(), decides, decided: decided.clone() };
        Found::new(problem, name.span)
    };
    if let Some(other) = find(db, Space::Set, &name.text) {
        let decides = header_record(db, other).clone()?;
        let ast::Item::Rules(rules) = &parsed(db, other).item else { return None };
        let at = ItemSpan { item: other, span: rules.name.span };
        return (decides != decided).then(|| problem(decides).and(at, "this set"));
    }
    match bare_sets(db).get(&name.text) {
        Some(records) if records.contains(&decided) => None,
        Some(records) => records.first().map(|decides| problem(decides.clone())),
        None => {
            let known = names_in(db, Space::Set).chain(bare_sets(db).keys().map(String::as_str));
            let suggestion = nearest(&name.text, known);
            Some(Found::new(SetProblem::Unknown { name: name.text.clone(), suggestion }, name.span))
        }
    }
}

/// A circle is reported once, at the first of its sets.
fn circle_found<'db>(db: &'db dyn Db, header: Item<'db>) -> Option<Found<'db>> {
    let circle = shortest_circle(db, header)?;
    let first = all_items(db).iter().find(|item| circle.contains(item))?;
    if *first != header {
        return None;
    }
    let name = |item: &Item<'db>| match &parsed(db, *item).item {
        ast::Item::Rules(rules) => rules.name.clone(),
        _ => ast::Quoted::default(),
    };
    let names = circle.iter().map(|item| name(item).text).collect();
    let mut found = Found::new(SetProblem::Circle { names }, name(&header).span);
    for other in circle.iter().skip(1) {
        found = found.and(ItemSpan { item: *other, span: name(other).span }, "part of the circle");
    }
    Some(found)
}

/// The shortest way from a set back to itself by way of `after`.
fn shortest_circle<'db>(db: &'db dyn Db, start: Item<'db>) -> Option<Vec<Item<'db>>> {
    let before = |set: Item<'db>| named_before(db, set).iter().filter_map(move |name| find(db, Space::Set, &name.text));
    let mut came_from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut met = vec![start];
    let mut queue = VecDeque::from([0]);
    while let Some(place) = queue.pop_front() {
        let set = *met.get(place)?;
        for next in before(set) {
            if next == start {
                let mut way = vec![place];
                while let Some(earlier) = way.last().and_then(|last| came_from.get(last)) {
                    way.push(*earlier);
                }
                return Some(way.into_iter().rev().filter_map(|place| met.get(place).copied()).collect());
            }
            if !met.contains(&next) {
                came_from.insert(met.len(), place);
                queue.push_back(met.len());
                met.push(next);
            }
        }
    }
    None
}
