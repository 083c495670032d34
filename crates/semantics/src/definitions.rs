//! Constants, lists and definitions that build on each other: their order, their circles, their depth.
//!
//! The graph is drawn from the written names alone, before anything is typed, so that no query ever runs in a circle.

use std::collections::{HashMap, VecDeque};

use diagnostics::problems::{NameProblem, TypeProblem};
use limits::fixed::CHAIN;
use syntax::ast;
use values::Type;

use crate::check::{Meaning, check};
use crate::db::{Db, Item, ItemSpan, all_items, parsed};
use crate::found::Found;
use crate::names::{Declared, Space, Symbol, all_declared, declares, find, named, path_text};
use crate::table_file::grid;
use crate::walk::{decide_parts, entry_parts, paths, score_paths, table_parts};

/// The names that a constant, list or definition builds on; nothing for other items.
#[salsa::tracked]
pub fn references<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<(Space, String)> {
    let mut found = Vec::new();
    match &parsed(db, item).item {
        ast::Item::Let(constant) => paths(&constant.value, &mut found),
        ast::Item::Define(define) => paths(&define.value, &mut found),
        ast::Item::Decide(decide) => decide_parts(decide).for_each(|part| paths(part, &mut found)),
        ast::Item::Table(_) => {
            grid(db, item).into_iter().flat_map(table_parts).for_each(|part| paths(part, &mut found));
        }
        ast::Item::Score(score) => score_paths(score, &mut found),
        ast::Item::List(list) => {
            list.entries.iter().flat_map(entry_parts).for_each(|part| paths(part, &mut found));
        }
        _ => {}
    }
    let name = |path: &&ast::Path| match path.fields.as_slice() {
        [] => (Space::Value, path.root.text.clone()),
        _ => (Space::Derived, path_text(path)),
    };
    found.iter().map(name).collect()
}

/// How definitions build on each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, salsa::SalsaValue)]
pub struct Chains<'db> {
    /// Everything that can be computed, each after what it builds on.
    pub ordered: Vec<Item<'db>>,
    /// Each item in a circle, or building on one, in written order, with the circle it lies in (empty if it only builds
    /// on one).
    pub circles: Vec<(Item<'db>, Vec<Item<'db>>)>,
    /// Items whose chain is longer than [`CHAIN`].
    pub too_deep: Vec<Item<'db>>,
}

/// Draws the graph of all definitions.
#[salsa::tracked]
pub fn chains(db: &dyn Db) -> Chains<'_> {
    let graph = Graph::drawn(db);
    let depths = graph.depths();
    let item = |node: usize| graph.items.get(node).copied();
    let finite = depths.iter().enumerate().filter_map(|(node, depth)| Some(((*depth)?, node)));
    let mut order: Vec<(usize, usize)> = finite.collect();
    order.sort_unstable();
    let (ordered, too_deep): (Vec<_>, Vec<_>) = order.into_iter().partition(|(depth, _)| *depth <= CHAIN);
    let endless = depths.iter().enumerate().filter(|(_, depth)| depth.is_none());
    let circles = endless.filter_map(|(node, _)| {
        let circle = graph.shortest_circle(node).into_iter().filter_map(item).collect();
        Some((item(node)?, circle))
    });
    Chains {
        circles: circles.collect(),
        ordered: ordered.into_iter().filter_map(|(_, node)| item(node)).collect(),
        too_deep: too_deep.into_iter().filter_map(|(_, node)| item(node)).collect(),
    }
}

/// The constants, lists and definitions in written order, each with those that it names.
struct Graph<'db> {
    items: Vec<Item<'db>>,
    needs: Vec<Vec<usize>>,
}

impl<'db> Graph<'db> {
    fn drawn(db: &'db dyn Db) -> Self {
        let is_node =
            |item: &&Item<'db>| ["constant", "list", "definition"].iter().any(|what| declares(db, **item, what));
        let items: Vec<Item<'db>> = all_items(db).iter().filter(is_node).copied().collect();
        let places: HashMap<Item<'db>, usize> = items.iter().copied().zip(0..).collect();
        let needs_of = |item: &Item<'db>| {
            let named = references(db, *item).iter().filter_map(|(space, name)| find(db, *space, name));
            let mut needs: Vec<usize> = named.filter_map(|needed| places.get(&needed).copied()).collect();
            needs.sort_unstable();
            needs.dedup();
            needs
        };
        Self { needs: items.iter().map(needs_of).collect(), items }
    }

    fn needs(&self, node: usize) -> &[usize] {
        self.needs.get(node).map_or(&[], Vec::as_slice)
    }

    /// For each node, those that name it.
    fn users(&self) -> Vec<Vec<usize>> {
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); self.items.len()];
        for (user, needs) in self.needs.iter().enumerate() {
            for needed in needs {
                users.get_mut(*needed).into_iter().for_each(|of| of.push(user));
            }
        }
        users
    }

    /// The length of the longest chain that each node begins; none where a chain has no end.
    fn depths(&self) -> Vec<Option<usize>> {
        let users = self.users();
        let mut waiting: Vec<usize> = self.needs.iter().map(Vec::len).collect();
        let mut depths = vec![None; self.items.len()];
        let mut ready: VecDeque<usize> = (0..waiting.len()).filter(|node| waiting.get(*node) == Some(&0)).collect();
        while let Some(node) = ready.pop_front() {
            let below = self.needs(node).iter().filter_map(|needed| *depths.get(*needed)?).max();
            if let Some(depth) = depths.get_mut(node) {
                *depth = Some(below.unwrap_or(0) + 1);
            }
            for user in users.get(node).into_iter().flatten() {
                let Some(count) = waiting.get_mut(*user) else { continue };
                *count -= 1;
                if *count == 0 {
                    ready.push_back(*user);
                }
            }
        }
        depths
    }

    /// The shortest way from a node back to itself; empty if there is none.
    fn shortest_circle(&self, start: usize) -> Vec<usize> {
        let mut came_from: HashMap<usize, usize> = HashMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            if self.needs(node).contains(&start) {
                let mut way = vec![node];
                while let Some(before) = way.last().and_then(|last| came_from.get(last)) {
                    way.push(*before);
                }
                way.reverse();
                return way;
            }
            for next in self.needs(node) {
                if *next != start && !came_from.contains_key(next) {
                    came_from.insert(*next, node);
                    queue.push_back(*next);
                }
            }
        }
        Vec::new()
    }
}

/// The circle that keeps an item from being computed, if one does: its own, or (empty) one that it builds on; an item of
/// a chain too deep is treated alike.
#[salsa::tracked]
pub fn circle<'db>(db: &'db dyn Db, item: Item<'db>) -> Option<Vec<Item<'db>>> {
    let chains = chains(db);
    match chains.circles.iter().find(|(endless, _)| *endless == item) {
        Some((_, circle)) => Some(circle.clone()),
        None => chains.too_deep.contains(&item).then(Vec::new),
    }
}

/// What is to be said of an item's circle or depth. A circle is reported once, at its first item.
#[salsa::tracked]
pub fn chain_found<'db>(db: &'db dyn Db, item: Item<'db>) -> Option<Found<'db>> {
    let circle = circle(db, item).as_ref()?;
    let own = by_its_name(db, item)?;
    let chains = chains(db);
    if chains.too_deep.first() == Some(&item) {
        return Some(Found::new(TypeProblem::DefinitionDepth { limit: CHAIN }, own.span));
    }
    let first = chains.circles.iter().find(|(endless, _)| circle.contains(endless));
    if first.is_none_or(|(first, _)| *first != item) {
        return None;
    }
    let names = circle.iter().filter_map(|item| by_its_name(db, *item)).map(|declared| declared.name.clone());
    let mut found = Found::new(NameProblem::Circle { names: names.collect() }, own.span);
    for other in circle.iter().skip(1) {
        if let Some(declared) = by_its_name(db, *other) {
            found = found.and(ItemSpan { item: *other, span: declared.span }, "part of the circle");
        }
    }
    Some(found)
}

/// The name under which others build on an item; of a table, its first derived value.
fn by_its_name<'db>(db: &'db dyn Db, item: Item<'db>) -> Option<&'db Declared> {
    all_declared(db, item).iter().find(|declared| declared.space != Space::Table)
}

/// The type of a definition's value and whether it may be missing: the firewall between a definition and its users.
#[salsa::tracked]
pub fn definition_type<'db>(db: &'db dyn Db, symbol: Symbol<'db>) -> Option<(Type, bool)> {
    let item = (*named(db, symbol))?;
    if circle(db, item).is_some() {
        return None;
    }
    match &check(db, item).meaning {
        Meaning::Definition(meaning) => Some((meaning.value.ty.clone(), meaning.value.optional)),
        Meaning::Table(outputs) => {
            let (_, meaning) = outputs.iter().find(|(name, _)| symbol.name(db).ends_with(&format!(".{name}")))?;
            Some((meaning.value.ty.clone(), meaning.value.optional))
        }
        _ => None,
    }
}
