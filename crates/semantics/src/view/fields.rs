//! What is known of the fields of a record type, and which there are.

use values::{Text, Type, Value};

use crate::db::{Listed, Workspace};
use crate::definitions::definition_type;
use crate::mention::{Kind, Thing, origin};
use crate::names::{ACTOR, Space, Symbol, find, names_in};
use crate::project::Project;
use crate::schema::{self, EACH, FieldInfo, FieldPath, Lookup, joined, stored_names};

/// What is known of a stored field or a derived value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its type; none where nothing tells.
    pub ty: Option<Type>,
    /// Whether it may be missing where a rule reads it.
    pub optional: bool,
    /// What a missing value counts as.
    pub default: Option<Value>,
    /// Whether it identifies the record.
    pub key: bool,
    /// Whether it is derived, not stored.
    pub derived: bool,
    /// Whether a block declares it, or an item gives it; else its uses tell all that is known.
    pub declared: bool,
    /// The keys or the column under which the data holds it.
    pub source: Vec<Text>,
    /// The record type to which it leads, if it is a reference.
    pub link: Option<Text>,
}

impl From<&FieldInfo> for Known {
    fn from(field: &FieldInfo) -> Self {
        Self {
            ty: field.ty.clone(),
            optional: field.may_be_missing(),
            default: field.default.clone(),
            key: field.key,
            derived: false,
            declared: field.declared,
            source: field.source.clone(),
            link: field.link.as_ref().map(|link| link.record.clone()),
        }
    }
}

impl Project {
    /// What is known of what stands below a record type, or below reference data. `names` are those after the dots;
    /// [`EACH`] stands for any item of the list before it.
    pub fn known(&self, record: &str, names: &[String]) -> Option<Known> {
        let db = &self.db;
        match schema::field(db, FieldPath::new(db, record.to_owned(), names.to_vec())) {
            Lookup::Stored(field) => Some(Known::from(field)),
            Lookup::Derived => {
                let symbol = Symbol::new(db, Space::Derived, format!("{record}.{}", joined(names)));
                let (ty, optional) = definition_type(db, symbol).clone().unzip();
                let optional = optional.unwrap_or(true);
                let (default, source) = (None, Vec::new());
                Some(Known { ty, optional, default, key: false, derived: true, declared: true, source, link: None })
            }
            _ => self.column(record, names),
        }
    }

    /// A column of reference data.
    fn column(&self, reference: &str, names: &[String]) -> Option<Known> {
        let item = find(&self.db, Space::Value, reference)?;
        let name = joined(names);
        schema::schema(&self.db, item).fields.iter().find(|field| *field.name == *name).map(Known::from)
    }

    /// What is known of a thing that is a field or a derived value.
    pub fn known_thing(&self, thing: &Thing) -> Option<Known> {
        matches!(thing.kind, Kind::Field | Kind::Derived).then_some(())?;
        self.known(&thing.of, &schema::names_of(&thing.name))
    }

    /// The field or derived value at the end of a path, as the record type knows it that declares it.
    pub fn thing_at(&self, record: &str, names: &[String]) -> Option<Thing> {
        origin(&self.db, FieldPath::new(&self.db, record.to_owned(), names.to_vec())).clone()
    }

    /// The names that can follow a path, with what each of them is: fields in declared order, then derived values.
    pub fn below(&self, record: &str, names: &[String]) -> Vec<(String, Thing)> {
        let Some((record, prefix)) = self.holder(record, names) else { return Vec::new() };
        let db = &self.db;
        let mut all: Vec<(String, Thing)> = Vec::new();
        for name in stored_names(db, &record).iter().filter_map(|name| name.strip_prefix(&prefix)) {
            // Where no block declares a nested record or a list, only what lies in it is named.
            let direct = name.split(['.', '[']).next().unwrap_or_default();
            if !direct.is_empty() && !all.iter().any(|(known, _)| known == direct) {
                all.push((direct.to_owned(), Thing::of(Kind::Field, &record, &format!("{prefix}{direct}"))));
            }
        }
        if prefix.is_empty() {
            let of = format!("{record}.");
            let derived = names_in(db, Space::Derived).filter_map(|name| name.strip_prefix(&of));
            all.extend(derived.map(|name| (name.to_owned(), Thing::of(Kind::Derived, &record, name))));
        }
        all
    }

    /// Every field and derived value of a record type by its whole name: `company.employees`.
    pub fn all_below(&self, record: &str) -> Vec<(String, Thing)> {
        let stored = stored_names(&self.db, record).into_iter();
        let mut all: Vec<(String, Thing)> = stored
            .map(|name| {
                let thing = Thing::of(Kind::Field, record, &name);
                (name, thing)
            })
            .collect();
        all.extend(self.below(record, &[]).into_iter().filter(|(_, thing)| thing.kind == Kind::Derived));
        all
    }

    /// The record type in which a path ends, and what the names of the fields there begin with.
    fn holder(&self, record: &str, names: &[String]) -> Option<(String, String)> {
        if names.is_empty() {
            return Some((record.to_owned(), String::new()));
        }
        let each = names.iter().rev().take_while(|name| *name == EACH).count();
        let named = names.get(..names.len() - each)?;
        let thing = self.thing_at(record, named)?;
        let known = self.known(&thing.of, &schema::names_of(&thing.name));
        let mut ty = known.as_ref().and_then(|known| known.ty.clone());
        for _ in 0..each {
            ty = match ty {
                Some(Type::List(member)) => Some(*member),
                _ => None,
            };
        }
        let nested = format!("{}{}.", thing.name, EACH.repeat(each));
        match ty {
            Some(Type::Record(inner)) if find(&self.db, Space::Value, &inner).is_some() => {
                Some((inner.to_string(), String::new()))
            }
            Some(Type::Record(_)) | None => Some((thing.of.to_string(), nested)),
            Some(_) => None,
        }
    }

    /// The record types that a block declares, sorted.
    pub fn declared_records(&self) -> Vec<String> {
        let names = names_in(&self.db, Space::Value).filter(|name| schema::is_declared(&self.db, name));
        names.map(str::to_owned).collect()
    }

    /// The record types that are declared or that rules read, but for who acts.
    pub(super) fn record_names(&self) -> Vec<String> {
        let names = schema::record_types(&self.db).into_iter().map(|(name, _)| name);
        names.filter(|name| name != ACTOR).collect()
    }

    pub(super) fn listed_names(&self) -> &Listed {
        Workspace::get(&self.db).listed(&self.db)
    }
}
