//! The types of fields that no `record` block declares, from all their uses together.

use std::collections::BTreeMap;

use diagnostics::problems::TypeProblem;
use values::{Text, Type};

use super::infer::{FieldUse, Says};
use super::{FieldInfo, Lookup, declared, field_uses};
use crate::db::{Db, Item, ItemSpan, all_items};
use crate::found::Found;
use crate::names::{Space, find};

/// The inferred fields of every undeclared record type, and the uses that disagree.
#[derive(Clone, Debug, Default, PartialEq, Eq, salsa::SalsaValue)]
pub struct Inference<'db> {
    /// By record type and path.
    pub fields: BTreeMap<(String, String), Inferred>,
    /// What is wrong, at the item where it shows.
    pub found: Vec<(Item<'db>, Found<'db>)>,
}

/// An inferred field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inferred {
    /// Its type; none where the uses disagree or say nothing.
    ty: Option<Type>,
    /// The keys under which the data holds it.
    source: Vec<Text>,
}

/// Brings all uses together.
#[salsa::tracked]
pub fn inference(db: &dyn Db) -> Inference<'_> {
    let mut fields: BTreeMap<(String, String), Evidence<'_>> = BTreeMap::new();
    for item in all_items(db) {
        for field_use in field_uses(db, *item).iter().filter(|field_use| !field_use.names.is_empty()) {
            if is_inferred(db, field_use) {
                let key = (field_use.record.clone(), field_use.path.clone());
                fields.entry(key).or_default().hear(*item, field_use);
            }
        }
    }
    fields.values_mut().for_each(Evidence::settle_search);
    share_between_alike(&mut fields);
    let mut inference = Inference { found: records_with_a_type(&fields), ..Inference::default() };
    for (key, mut evidence) in fields {
        let source = std::mem::take(&mut evidence.source);
        let ty = evidence.conclude(&key, &mut inference.found);
        inference.fields.insert(key, Inferred { ty, source });
    }
    inference
}

/// Says where a field is a record in one place, for it has fields of its own, and a single value in another.
fn records_with_a_type<'db>(fields: &BTreeMap<(String, String), Evidence<'db>>) -> Vec<(Item<'db>, Found<'db>)> {
    let mut found = BTreeMap::new();
    for ((record, path), evidence) in fields {
        let outer = path.rsplit_once('.').map(|(outer, _)| (record.clone(), outer.to_owned()));
        let as_value = outer.and_then(|outer| Some((fields.get(&outer)?.types.first()?.clone(), outer)));
        if let (Some(((ty, place), outer)), Some(here)) = (as_value, evidence.first) {
            let (field, first) = (format!("{}.{}", outer.0, outer.1), ty.with_article());
            let label = format!("used as {first} here");
            let problem = TypeProblem::Inference { field, first, second: "a record".to_owned() };
            found.entry(outer).or_insert((here.item, Found::new(problem, here.span).and(place, label)));
        }
    }
    found.into_values().collect()
}

/// The complaints about one item's uses of undeclared fields.
#[salsa::tracked]
pub fn inference_found<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<Found<'db>> {
    let all = inference(db).found.iter();
    all.filter(|(at, _)| *at == item).map(|(_, found)| found.clone()).collect()
}

/// Whether a use is of a stored field of an undeclared record type.
fn is_inferred(db: &dyn Db, field_use: &FieldUse) -> bool {
    let whole = format!("{}.{}", field_use.record, field_use.path);
    declared::record_item(db, &field_use.record).is_none() && find(db, Space::Derived, &whole).is_none()
}

/// All that was heard about one field.
#[derive(Default)]
struct Evidence<'db> {
    types: Vec<(Type, ItemSpan<'db>)>,
    alike: Vec<(String, ItemSpan<'db>)>,
    /// Where something is looked for in it, and how many types had been heard before.
    searched: Option<(usize, ItemSpan<'db>)>,
    ordered: bool,
    shown: bool,
    listed: bool,
    /// Where it is gone through as a list of records.
    records: Option<ItemSpan<'db>>,
    /// The keys under which the data holds it.
    source: Vec<Text>,
    /// Its first use.
    first: Option<ItemSpan<'db>>,
}

impl<'db> Evidence<'db> {
    fn hear(&mut self, item: Item<'db>, field_use: &FieldUse) {
        let place = ItemSpan { item, span: field_use.span };
        self.first.get_or_insert(place);
        self.source = field_use.names.iter().map(|name| Text::from(name.as_str())).collect();
        match &field_use.says {
            Says::Is(ty) => self.types.push((ty.clone(), place)),
            Says::Like(path) => self.alike.push((path.clone(), place)),
            Says::OrderedLike(path) => {
                self.alike.push((path.clone(), place));
                self.ordered = true;
            }
            Says::Searched => {
                self.searched.get_or_insert((self.types.len(), place));
            }
            Says::Listed => self.listed = true,
            Says::Records => self.records = self.records.or(Some(place)),
            Says::Shown => self.shown = true,
            Says::Present => {}
        }
    }

    /// The one type that all uses agree on. A field that is only compared by order is taken for a number, one that is only
    /// shown for text; one that is only asked for its presence is read as anything.
    fn conclude(self, key: &(String, String), found: &mut Vec<(Item<'db>, Found<'db>)>) -> Option<Type> {
        let field = format!("{}.{}", key.0, key.1);
        if let Some(place) = self.records {
            found.push((place.item, Found::new(TypeProblem::CannotInfer { field }, place.span)));
            return None;
        }
        let Some((first, first_place)) = self.types.first() else {
            return match self.alike.first() {
                _ if self.listed => Some(Type::List(Box::new(Type::Text))),
                _ if self.ordered => Some(Type::Number),
                _ if self.shown => Some(Type::Text),
                None => Some(Type::Record(Text::from(field))),
                Some((other, place)) => {
                    // The other side of the comparison would say the same once more.
                    if field <= *other {
                        found.push((place.item, Found::new(TypeProblem::CannotInfer { field }, place.span)));
                    }
                    None
                }
            };
        };
        let Some((second, place)) = self.types.iter().find(|(ty, _)| ty != first) else {
            return Some(first.clone());
        };
        let problem = TypeProblem::Inference { field, first: first.with_article(), second: second.with_article() };
        let label = format!("used as {} here", first.with_article());
        found.push((place.item, Found::new(problem, place.span).and(*first_place, label)));
        None
    }
}

impl Evidence<'_> {
    /// What is searched is a text, unless something says that it is a list.
    fn settle_search(&mut self) {
        let Some((before, place)) = self.searched else { return };
        let any_list = self.listed || self.types.iter().any(|(ty, _)| matches!(ty, Type::List(_)));
        if !any_list {
            self.types.insert(before.min(self.types.len()), (Type::Text, place));
        }
    }
}

/// Hands types on between fields that are compared with each other, until nothing changes.
fn share_between_alike(fields: &mut BTreeMap<(String, String), Evidence<'_>>) {
    loop {
        let mut learnt = Vec::new();
        for (key, evidence) in fields.iter().filter(|(_, evidence)| evidence.types.is_empty()) {
            let known = evidence.alike.iter().find_map(|(path, place)| {
                let (record, below) = path.split_once('.')?;
                let other = fields.get(&(record.to_owned(), below.to_owned()))?;
                other.types.first().map(|(ty, _)| (ty.clone(), *place))
            });
            learnt.extend(known.map(|known| (key.clone(), known)));
        }
        if learnt.is_empty() {
            return;
        }
        for (key, known) in learnt {
            if let Some(evidence) = fields.get_mut(&key) {
                evidence.types.push(known);
            }
        }
    }
}

/// Looks a field of an undeclared record type up.
pub(super) fn lookup(db: &dyn Db, record: &str, names: &[String]) -> Lookup {
    let path = names.join(".");
    let found = inference(db).fields.get(&(record.to_owned(), path.clone()));
    found.and_then(|inferred| field_info(&path, inferred)).map_or(Lookup::Reported, Lookup::Stored)
}

fn field_info(path: &str, inferred: &Inferred) -> Option<FieldInfo> {
    Some(FieldInfo {
        name: Text::from(path),
        source: inferred.source.clone(),
        ty: Some(inferred.ty.clone()?),
        optional: true,
        default: None,
        sentinels: Vec::new(),
        key: false,
        declared: false,
        through: None,
        link: None,
    })
}

/// The record types that nobody declares, with their fields.
pub(super) fn record_types(db: &dyn Db) -> BTreeMap<String, Vec<FieldInfo>> {
    let mut types: BTreeMap<String, Vec<FieldInfo>> = BTreeMap::new();
    for ((record, path), inferred) in &inference(db).fields {
        types.entry(record.clone()).or_default().extend(field_info(path, inferred));
    }
    types
}

/// The inferred fields of a record type.
pub(super) fn names(db: &dyn Db, record: &str) -> Vec<String> {
    let fields = inference(db).fields.keys();
    fields.filter(|(of, _)| of == record).map(|(_, path)| path.clone()).collect()
}
