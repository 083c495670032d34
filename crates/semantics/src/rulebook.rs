//! The whole checked rulebook, put together from its items.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use syntax::ast::{self, Policy};
use values::Text;

use crate::calendars::calendars;
use crate::check::{Checked, LeafMeaning, LineMeaning, Meaning, RuleMeaning, check, is_hidden};
use crate::db::{Db, Item, ItemSpan, SourceFile, Workspace, all_items, items, parsed};
use crate::link::{Linker, Names};
use crate::names::{ACTOR, Space, declares, index};
use crate::order::earlier_sets;
use crate::places::{file_name, line_at, line_of, place};
use crate::reference::table;
use crate::schema::{FieldInfo, FieldPath, LinkInfo, Lookup, field, key_field, list_of, names_of, schema_order};
use crate::table_file::table_text;
use crate::typed::{
    Blocked, Decision, Definition, Expr, Field, Guard, Leaf, Line, Link, Never, Otherwise, Reference, Rule, RuleSet,
    Rulebook, Target, Trigger,
};

/// Puts the rulebook together. Only asked for when nothing is wrong with it; what is wrong all the same is left out.
#[salsa::tracked]
pub fn rulebook(db: &dyn Db) -> Arc<Rulebook> {
    let workspace = Workspace::get(db);
    let targets = targets(db);
    let names: Vec<Text> = targets.iter().map(|target| target.name.clone()).collect();
    let mut sets: BTreeMap<String, Vec<Gathered<'_>>> = BTreeMap::new();
    for file in workspace.files(db) {
        gather(db, *file, &mut sets);
    }
    let ordered = |sets| in_order(db, sets);
    let decisions = sets.into_iter().map(|(record, sets)| decision(db, &record, &ordered(sets), &names)).collect();
    Arc::new(Rulebook {
        zone: workspace.zone(db).to_string(),
        decisions,
        targets,
        calendars: calendars(db),
        references: references(db),
    })
}

/// The tables that rules may ask, in name order.
pub fn references(db: &dyn Db) -> Vec<Arc<Reference>> {
    let items = index(db).iter().filter(|((space, _), _)| *space == Space::Value);
    let references = items.filter_map(|(_, items)| items.first()).filter(|item| declares(db, **item, "reference"));
    references.filter_map(|item| table(db, *item).rows.clone()).collect()
}

/// The items that a set of the rulebook is made of.
#[derive(Clone, Debug, PartialEq, Eq, salsa::SalsaValue)]
pub struct Laid<'db> {
    /// Its rules, as [`RuleSet::rules`] has them.
    pub rules: Vec<Item<'db>>,
    /// Its `otherwise`.
    pub otherwise: Option<Item<'db>>,
}

/// The items of all sets, by record type, in the order of [`Decision::sets`].
#[salsa::tracked]
pub fn laid_out(db: &dyn Db) -> BTreeMap<String, Vec<Laid<'_>>> {
    let mut sets: BTreeMap<String, Vec<Gathered<'_>>> = BTreeMap::new();
    for file in Workspace::get(db).files(db) {
        gather(db, *file, &mut sets);
    }
    sets.into_iter()
        .map(|(record, sets)| (record, in_order(db, sets).iter().map(|(set, _)| laid(set)).collect()))
        .collect()
}

fn laid<'db>(set: &Gathered<'db>) -> Laid<'db> {
    let mut laid = Laid { rules: Vec::new(), otherwise: None };
    for (item, meaning) in set.members.iter().filter(|(_, meaning)| !meaning.disabled) {
        match meaning.condition {
            Some(_) => laid.rules.push(*item),
            None => laid.otherwise = Some(*item),
        }
    }
    laid
}

fn targets(db: &dyn Db) -> Vec<Target> {
    let items = index(db).iter().filter(|((space, _), _)| *space == Space::Target);
    let first = items.filter_map(|(_, items)| items.first());
    let declared = first.filter_map(|item| match &check(db, *item).meaning {
        Meaning::Target(target) => Some(target.clone()),
        _ => None,
    });
    declared.collect()
}

/// A rule set while its members are gathered.
struct Gathered<'db> {
    header: Option<Item<'db>>,
    name: Text,
    policy: Policy,
    trigger: Trigger,
    members: Vec<(Item<'db>, &'db RuleMeaning)>,
}

/// Gathers the sets of a file by record type; its bare rules are one set for each type, where the first of them stands.
fn gather<'db>(db: &'db dyn Db, file: SourceFile, sets: &mut BTreeMap<String, Vec<Gathered<'db>>>) {
    let mut file_sets: BTreeMap<String, Vec<Gathered<'db>>> = BTreeMap::new();
    for item in items(db, file) {
        let Meaning::Rule(rule) = &check(db, *item).meaning else { continue };
        let header = item.set(db);
        let of_record = file_sets.entry(rule.record.clone()).or_default();
        if let Some(set) = of_record.iter_mut().rev().find(|set| set.header == header) {
            set.members.push((*item, rule));
            continue;
        }
        of_record.push(Gathered { members: vec![(*item, rule)], ..opening(db, file, header) });
    }
    for (record, gathered) in file_sets {
        sets.entry(record).or_default().extend(gathered);
    }
}

/// A set of which only the opening is known.
fn opening<'db>(db: &'db dyn Db, file: SourceFile, header: Option<Item<'db>>) -> Gathered<'db> {
    let members = Vec::new();
    match header.map(|header| &parsed(db, header).item) {
        Some(ast::Item::Rules(rules)) => {
            let policy = rules.policy.map_or(Policy::default(), |(policy, _)| policy);
            let name = Text::from(rules.name.text.as_str());
            Gathered { header, name, policy, trigger: trigger(rules.trigger.as_ref()), members }
        }
        _ => {
            let name = Text::from(file_name(db, file));
            Gathered { header, name, policy: Policy::default(), trigger: Trigger::Always, members }
        }
    }
}

/// What is known of a record type that no rule decides.
pub fn without_rules(db: &dyn Db, record: &str) -> Decision {
    decision(db, record, &[], &[])
}

fn trigger(trigger: Option<&ast::Trigger>) -> Trigger {
    match trigger.map(|trigger| &trigger.kind) {
        None => Trigger::Always,
        Some(ast::TriggerKind::Becoming) => Trigger::AnyEvent,
        Some(ast::TriggerKind::Events(names)) => {
            Trigger::Events(names.iter().map(|name| Text::from(name.text.as_str())).collect())
        }
    }
}

/// A set in its place in the order, with the places of the sets whose writes it sees.
type Ordered<'db> = (Gathered<'db>, Vec<u32>);

/// The sets of a record type in the order in which they run: as they are written, but each behind those it comes after.
fn in_order<'db>(db: &'db dyn Db, sets: Vec<Gathered<'db>>) -> Vec<Ordered<'db>> {
    let mut waiting: Vec<_> = sets.into_iter().map(|set| (earlier_names(db, &set), set)).collect();
    let mut ordered: Vec<Ordered<'db>> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let waits = |names: &BTreeSet<String>| waiting.iter().any(|(_, other)| names.contains(other.name.as_str()));
        // One that waits for itself has been reported; then the order does not matter.
        let next = waiting.iter().position(|(names, _)| !waits(names)).unwrap_or(0);
        let (names, set) = waiting.remove(next);
        let sees = (0..).zip(&ordered).filter(|(_, (other, _))| names.contains(other.name.as_str()));
        let sees = sees.map(|(place, _)| place).collect();
        ordered.push((set, sees));
    }
    ordered
}

fn earlier_names(db: &dyn Db, set: &Gathered<'_>) -> BTreeSet<String> {
    set.header.map(|header| earlier_sets(db, header).clone()).unwrap_or_default()
}

fn decision<'db>(db: &'db dyn Db, record: &str, sets: &[Ordered<'db>], targets: &[Text]) -> Decision {
    let definitions = definitions(db, record);
    let definition_names: Vec<Text> = definitions.iter().map(|(name, _)| name.clone()).collect();
    let members = sets.iter().flat_map(|(set, _)| set.header.into_iter().chain(set.members.iter().map(|(it, _)| *it)));
    let users = members.map(|item| check(db, item)).chain(definitions.iter().map(|(_, item)| check(db, *item)));
    let nevers = all_items(db).iter().map(|item| check(db, *item)).filter(|checked| is_never(checked, record));
    let users: Vec<&Checked<'_>> = users.chain(nevers).collect();
    let actor = fields(db, ACTOR, users.iter().flat_map(|checked| &checked.symbols.actor));
    let fields = fields(db, record, users.iter().flat_map(|checked| &checked.symbols.fields));
    let field_names: Vec<Text> = fields.iter().map(|field| field.name.clone()).collect();
    let actor_names: Vec<Text> = actor.iter().map(|field| field.name.clone()).collect();
    let names = Names { fields: &field_names, actor: &actor_names, definitions: &definition_names, targets };
    let linker = |checked: &Checked<'_>| Linker::new(&checked.symbols, &names);
    let definitions = definitions.into_iter();
    let definitions = definitions.filter_map(|(name, item)| definition(db, item, name, &linker(check(db, item))));
    let definitions = definitions.collect();
    let sets = sets.iter().map(|(set, sees)| rule_set(db, set, sees, &linker)).collect();
    Decision { record: Text::from(record), fields, actor, definitions, guards: guards(db, record, &linker), sets }
}

fn definition<'db>(db: &'db dyn Db, item: Item<'db>, name: Text, linker: &Linker) -> Option<Definition> {
    let meaning = match &check(db, item).meaning {
        Meaning::Definition(meaning) => meaning,
        Meaning::Table(outputs) => outputs.iter().find(|(output, _)| *output == name).map(|(_, meaning)| meaning)?,
        _ => return None,
    };
    let hidden = is_hidden(&name);
    let mut value = meaning.value.clone();
    linker.expr(&mut value);
    let lines = meaning.lines.iter().map(|line| definition_line(db, item, line, linker)).collect();
    Some(Definition { name, value, lines, first_only: meaning.first_only, hidden })
}

fn definition_line<'db>(db: &'db dyn Db, item: Item<'db>, line: &LineMeaning, linker: &Linker) -> Line {
    let mut value = line.value.clone();
    linker.expr(&mut value);
    let (text, at) = match table_text(db, item) {
        Some(Ok(file)) => (file.text.as_str(), format!("{}:{}", file.file, file.line(line.span))),
        _ => (&**item.text(db), line_at(db, ItemSpan { item, span: line.span })),
    };
    let written = text.get(line.span.start as usize..line.span.end as usize).unwrap_or_default();
    Line { text: Text::from(syntax::one_line(written)), at: Text::from(at), value, limits: line.limits }
}

/// The derived values of a record type in name order, with the items that declare them.
fn definitions<'db>(db: &'db dyn Db, record: &str) -> Vec<(Text, Item<'db>)> {
    let prefix = format!("{record}.");
    let mut found = Vec::new();
    for ((space, name), items) in index(db) {
        let (Space::Derived, Some(name), Some(item)) = (space, name.strip_prefix(&prefix), items.first()) else {
            continue;
        };
        found.push((Text::from(name), *item));
        found.extend(hidden_of(db, *item).map(|hidden| (hidden, *item)));
    }
    found.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    found.dedup_by(|(one, _), (other, _)| one == other);
    found
}

/// What a table computes on the way to its values.
fn hidden_of<'db>(db: &'db dyn Db, item: Item<'db>) -> impl Iterator<Item = Text> {
    let outputs: &[(Text, _)] = match &check(db, item).meaning {
        Meaning::Table(outputs) => outputs,
        _ => &[],
    };
    outputs.iter().map(|(name, _)| name.clone()).filter(|name| is_hidden(name))
}

/// The stored fields that anything refers to, and the key: in declared order, inferred ones by name.
fn fields<'a>(db: &dyn Db, record: &str, used: impl Iterator<Item = &'a Text>) -> Vec<Field> {
    let mut used: BTreeSet<Text> = used.cloned().collect();
    used.extend(key_field(db, record).map(|key| key.name));
    let mut fields = with_references(db, record, used);
    fields.sort_by_cached_key(|field| schema_order(db, record, &field.name));
    let names: Vec<Text> = fields.iter().map(|field| field.name.clone()).collect();
    fields.iter_mut().for_each(|field| place_in_list(field, &names));
    fields
}

/// Stored fields by their names, and with them the references that lead to them and the fields that hold the keys.
pub fn with_references(db: &dyn Db, record: &str, names: BTreeSet<Text>) -> Vec<Field> {
    let mut fields: BTreeMap<Text, Field> = BTreeMap::new();
    let mut wanted: Vec<Text> = names.into_iter().collect();
    while let Some(name) = wanted.pop() {
        if fields.contains_key(&name) {
            continue;
        }
        let Some(field) = stored(db, record, &name) else { continue };
        wanted.extend(field.through.iter().chain(field.link.iter().map(|link| &link.by)).cloned());
        fields.insert(name, field);
    }
    fields.into_values().collect()
}

/// Tells a field of the items of a list where among all fields the list stands.
pub fn place_in_list(field: &mut Field, names: &[Text]) {
    let list = list_of(&field.name).and_then(|list| names.iter().position(|name| **name == *list));
    field.list = list.and_then(|list| u32::try_from(list).ok());
}

/// A stored field by its name, as the compiler needs it.
pub fn stored(db: &dyn Db, record: &str, name: &Text) -> Option<Field> {
    match field(db, FieldPath::new(db, record.to_owned(), names_of(name))) {
        Lookup::Stored(info) => typed_field(db, info.clone()),
        _ => None,
    }
}

pub(crate) fn typed_field(db: &dyn Db, info: FieldInfo) -> Option<Field> {
    let FieldInfo { name, source, ty, optional, default, sentinels, key, declared, through, link } = info;
    let link = match link {
        None => None,
        Some(LinkInfo { record, by }) => {
            let key = typed_field(db, key_field(db, &record)?)?;
            Some(Arc::new(Link { record, by, key }))
        }
    };
    Some(Field { name, source, ty: ty?, optional, default, sentinels, key, declared, through, link, list: None })
}

fn rule_set(db: &dyn Db, set: &Gathered<'_>, sees: &[u32], linker: &impl Fn(&Checked<'_>) -> Linker) -> RuleSet {
    let guard = set.header.and_then(|header| guard(db, header, linker));
    let (mut rules, mut otherwise) = (Vec::new(), None);
    for (item, meaning) in set.members.iter().filter(|(_, meaning)| !meaning.disabled) {
        let linker = linker(check(db, *item));
        let mut effects = meaning.effects.clone();
        effects.iter_mut().for_each(|effect| linker.effect(effect));
        let at = Text::from(line_of(db, *item));
        match meaning.condition.clone() {
            Some(mut condition) => {
                linker.expr(&mut condition);
                let leaves = meaning.leaves.iter().map(|leaf| linked_leaf(db, *item, leaf, &linker)).collect();
                rules.push(Rule { name: rule_name(db, *item, &at), at, condition, leaves, effects });
            }
            None => otherwise = Some(Otherwise { at, effects }),
        }
    }
    let (name, trigger, sees) = (set.name.clone(), set.trigger.clone(), sees.to_vec());
    RuleSet { name, policy: set.policy, trigger, sees, guard, rules, otherwise }
}

fn is_never(checked: &Checked<'_>, record: &str) -> bool {
    matches!(&checked.meaning, Meaning::Never(never) if never.record == record)
}

/// What is never done with a record type, in path order and then in written order.
fn guards(db: &dyn Db, record: &str, linker: &impl Fn(&Checked<'_>) -> Linker) -> Vec<Never> {
    let mut guards = Vec::new();
    for item in all_items(db) {
        let checked = check(db, *item);
        let Meaning::Never(never) = &checked.meaning else { continue };
        if never.record == record {
            let (mut effect, mut condition) = (never.effect.clone(), never.condition.clone());
            if let Blocked::Assign(Some(target)) = &mut effect {
                linker(checked).recipient(target);
            }
            linker(checked).expr(&mut condition);
            // Laid out, so that the verdict says the same however it was written.
            let written = Text::from(syntax::one_line(&syntax::format(item.text(db)).text));
            guards.push(Never { effect, written, at: Text::from(line_of(db, *item)), condition });
        }
    }
    guards
}

fn guard(db: &dyn Db, header: Item<'_>, linker: &impl Fn(&Checked<'_>) -> Linker) -> Option<Guard> {
    let checked = check(db, header);
    let Meaning::Guard(guard) = &checked.meaning else { return None };
    let linked = |condition: &Option<Expr>| {
        let mut condition = condition.clone()?;
        linker(checked).expr(&mut condition);
        Some(condition)
    };
    let (in_force, condition) = (linked(&guard.in_force), linked(&guard.condition));
    Some(Guard { at: Text::from(line_of(db, header)), in_force, condition })
}

fn linked_leaf<'db>(db: &'db dyn Db, item: Item<'db>, leaf: &LeafMeaning, linker: &Linker) -> Leaf {
    let span = leaf.span;
    let written = item.text(db).get(span.start as usize..span.end as usize).unwrap_or_default();
    let start = place(db, ItemSpan { item, span }).start;
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    let mut test = leaf.test.clone();
    linker.expr(&mut test);
    Leaf { written: Text::from(written), place: start..start.saturating_add(span.end - span.start), test }
}

fn rule_name(db: &dyn Db, item: Item<'_>, at: &Text) -> Text {
    match &parsed(db, item).item {
        ast::Item::Rule(ast::Rule { name: Some(name), .. }) => Text::from(name.text.as_str()),
        _ => at.clone(),
    }
}
