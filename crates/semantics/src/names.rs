//! Which names are declared, and by which item.
//!
//! ```text
//! parsed(item) ── declared(item) ─┐
//! parsed(item) ── declared(item) ─┼─ index ── named(name)      asked by whoever uses the name
//! parsed(item) ── declared(item) ─┘
//! ```
//! `named` is the firewall: an edit that adds, moves or changes other declarations stops there.

use std::collections::BTreeMap;

use diagnostics::problems::NameProblem;
use syntax::ast::{self, Span};

use crate::db::{Db, Item, ItemSpan, all_items, parsed};
use crate::found::Found;
use crate::table_file::grid;

/// The namespaces. Each name is declared at most once in its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, salsa::SalsaValue)]
pub enum Space {
    /// Constants, lists and record types.
    Value,
    /// Teams, queues and users, read only where a target stands.
    Target,
    /// Derived values, by their whole path: `lead.is_enterprise`.
    Derived,
    /// Rule sets.
    Set,
    /// Tests.
    Test,
    /// Calendars.
    Calendar,
    /// Tables, which nothing refers to by name.
    Table,
}

/// The reserved record of who acts.
pub const ACTOR: &str = "actor";

/// A name in its namespace.
#[salsa::interned(debug)]
pub struct Symbol<'db> {
    /// The namespace.
    #[returns(copy)]
    pub space: Space,
    /// The name, a path for derived values.
    #[returns(ref)]
    pub name: String,
}

/// What an item declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The namespace.
    pub space: Space,
    /// The name.
    pub name: String,
    /// What it is, in the user's words: "constant", "list".
    pub what: &'static str,
    /// Where the name stands in the item.
    pub span: Span,
}

/// Everything that an item declares: a table its name and each derived value that it gives, any other item one thing.
#[salsa::tracked]
pub fn all_declared<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<Declared> {
    let ast::Item::Table(table) = &parsed(db, item).item else { return declared(db, item).iter().cloned().collect() };
    let columns = grid(db, item).map_or(&[][..], |grid| &grid.columns);
    let outputs = columns.iter().filter_map(|column| match &column.heading {
        ast::Heading::Output(path) => {
            let span = table.from.as_ref().map_or(path.span, |file| file.span);
            Some(Declared { space: Space::Derived, name: path_text(path), what: "definition", span })
        }
        _ => None,
    });
    declared(db, item).iter().cloned().chain(outputs).collect()
}

/// What an item declares, if anything; the first thing where it declares several.
#[salsa::tracked]
pub fn declared<'db>(db: &'db dyn Db, item: Item<'db>) -> Option<Declared> {
    let (space, what, name, span) = match &parsed(db, item).item {
        ast::Item::Record(record) => (Space::Value, "record type", record.name.text.clone(), record.name.span),
        ast::Item::Reference(of) => (Space::Value, "reference", of.name.text.clone(), of.name.span),
        ast::Item::Let(constant) => (Space::Value, "constant", constant.name.text.clone(), constant.name.span),
        ast::Item::List(list) => (Space::Value, "list", list.name.text.clone(), list.name.span),
        ast::Item::Define(define) => (Space::Derived, "definition", path_text(&define.path), define.path.span),
        ast::Item::Decide(decide) => (Space::Derived, "definition", path_text(&decide.path), decide.path.span),
        ast::Item::Score(score) => (Space::Derived, "definition", path_text(&score.path), score.path.span),
        ast::Item::Table(table) => (Space::Table, "table", table.name.text.clone(), table.name.span),
        ast::Item::Target(target) => {
            (Space::Target, target_word(target.kind), target.name.text.clone(), target.name.span)
        }
        ast::Item::Test(test) => (Space::Test, "test", test.name.text.clone(), test.name.span),
        ast::Item::Calendar(calendar) => (Space::Calendar, "calendar", calendar.name.text.clone(), calendar.name.span),
        ast::Item::Rules(rules) => (Space::Set, "rule set", rules.name.text.clone(), rules.name.span),
        _ => return None,
    };
    (!name.is_empty()).then_some(Declared { space, name, what, span })
}

/// Whether an item declares something of a kind: "list", "record type". Asks for no more than that, so that who asks rests
/// when the rest of the item changes.
pub fn declares<'db>(db: &'db dyn Db, item: Item<'db>, what: &str) -> bool {
    all_declared(db, item).iter().any(|declared| declared.what == what)
}

/// Every declared name with the items that declare it, in written order.
#[salsa::tracked]
pub fn index(db: &dyn Db) -> BTreeMap<(Space, String), Vec<Item<'_>>> {
    let mut index: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for item in all_items(db) {
        for declared in all_declared(db, *item) {
            index.entry((declared.space, declared.name.clone())).or_default().push(*item);
        }
    }
    index
}

/// The item that declares a name; the first, when several do.
#[salsa::tracked]
pub fn named<'db>(db: &'db dyn Db, symbol: Symbol<'db>) -> Option<Item<'db>> {
    index(db).get(&(symbol.space(db), symbol.name(db).clone())).and_then(|items| items.first().copied())
}

/// Looks a name up.
pub fn find<'db>(db: &'db dyn Db, space: Space, name: &str) -> Option<Item<'db>> {
    *named(db, Symbol::new(db, space, name.to_owned()))
}

/// All names of a namespace, sorted. Only for suggestions and lists: it depends on every declaration.
pub fn names_in(db: &dyn Db, space: Space) -> impl Iterator<Item = &str> {
    index(db).keys().filter(move |(of, _)| *of == space).map(|(_, name)| name.as_str())
}

/// Whether a rulebook declares any team, queue or user.
#[salsa::tracked]
pub fn any_targets(db: &dyn Db) -> bool {
    names_in(db, Space::Target).next().is_some()
}

/// The complaints of an item some name of which an earlier one has taken, or which itself has it twice.
#[salsa::tracked]
pub fn duplicates<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<Found<'db>> {
    let all = all_declared(db, item);
    all.iter().enumerate().filter_map(|(place, declared)| duplicate(db, item, place, declared)).collect()
}

fn duplicate<'db>(db: &'db dyn Db, item: Item<'db>, place: usize, declared: &Declared) -> Option<Found<'db>> {
    let first = find(db, declared.space, &declared.name)?;
    let same = |other: &Declared| other.space == declared.space && other.name == declared.name;
    let earlier = all_declared(db, first).iter().position(same)?;
    if first == item && earlier == place {
        return None;
    }
    let span = all_declared(db, first).get(earlier)?.span;
    let problem = NameProblem::Duplicate { what: declared.what.to_owned(), name: declared.name.clone() };
    Some(Found::new(problem, declared.span).and(ItemSpan { item: first, span }, "first declared here"))
}

/// `lead.company.employees`
pub fn path_text(path: &ast::Path) -> String {
    let mut text = path.root.text.clone();
    for field in &path.fields {
        text.push('.');
        text.push_str(&field.text);
    }
    text
}

/// `team`, `queue`, `user`
pub const fn target_word(kind: ast::TargetKind) -> &'static str {
    match kind {
        ast::TargetKind::Team => "team",
        ast::TargetKind::Queue => "queue",
        ast::TargetKind::User => "user",
    }
}

/// The candidate that a misspelt name most nearly is, if any is near enough: at most a third of its letters differ,
/// of one or two none but their case.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let wanted = name.to_lowercase();
    let allowed = match wanted.chars().count() {
        0..=2 => 0,
        letters => (letters / 3).max(1),
    };
    candidates
        .map(|candidate| (strsim::osa_distance(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *candidate != name)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.to_owned())
}
