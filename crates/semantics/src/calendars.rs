//! The calendars of a rulebook by number, and the one that is meant where none is named.
//!
//! A business duration knows its calendar by its place among all of them in name order. Both questions are firewalls: who
//! asks rests when a calendar changes without changing the answer.

use crate::check::{Meaning, check};
use crate::db::{Db, Workspace};
use crate::names::{Space, Symbol, index, names_in};

/// The place of a declared calendar among all of them.
#[salsa::tracked]
pub fn calendar_number<'db>(db: &'db dyn Db, symbol: Symbol<'db>) -> Option<u16> {
    let place = names_in(db, Space::Calendar).position(|name| name == symbol.name(db));
    place.and_then(|place| u16::try_from(place).ok())
}

/// The calendar by which business time is counted where none is named: the one that `rulebook.toml` sets, or else the only
/// one.
#[salsa::tracked]
pub fn default_calendar(db: &dyn Db) -> Option<String> {
    if let Some(set) = Workspace::get(db).calendar(db) {
        return Some(set.to_string());
    }
    let mut names = names_in(db, Space::Calendar);
    let only = names.next().filter(|_| names.next().is_none());
    only.map(str::to_owned)
}

/// The declared calendars in name order.
pub fn calendars(db: &dyn Db) -> Vec<values::Calendar> {
    let items = index(db).iter().filter(|((space, _), _)| *space == Space::Calendar);
    let first = items.filter_map(|(_, items)| items.first());
    let declared = first.filter_map(|item| match &check(db, *item).meaning {
        Meaning::Calendar(calendar) => Some(calendar.clone()),
        _ => None,
    });
    declared.collect()
}
