//! What fields a record has: declared in a `record` block, or inferred from how rules use them.

mod declared;
mod infer;
mod inferred;

pub use declared::schema;
pub use infer::{FieldUse, Says, field_uses};
pub use inferred::inference_found;

use std::collections::BTreeSet;

use values::{Text, Type, Value};

use crate::db::Db;
use crate::names::{Space, find, names_in};

/// Stands in a path for any item of the list before it: `activities[].points`.
pub const EACH: &str = "[]";

/// The names of a path as one: `company.employees`, `activities[].points`.
pub fn joined(names: &[String]) -> String {
    let mut whole = String::new();
    for name in names {
        if !whole.is_empty() && name != EACH {
            whole.push('.');
        }
        whole.push_str(name);
    }
    whole
}

/// The names that a path was joined of.
pub fn names_of(whole: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in whole.split('.') {
        let name = part.trim_end_matches(EACH);
        names.push(name.to_owned());
        names.extend(std::iter::repeat_n(EACH.to_owned(), (part.len() - name.len()) / EACH.len()));
    }
    names
}

/// The name of the list in whose items a field lies.
pub fn list_of(name: &str) -> Option<&str> {
    Some(name.rsplit_once("[].")?.0)
}

/// A stored field, wherever its type comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldInfo {
    /// As rules write it, without the record type: `company.employees`; in the items of a list, `activities[].points`.
    pub name: Text,
    /// The keys under which the data holds it, from the item on if it lies in one.
    pub source: Vec<Text>,
    /// Its type; none where a finding has already been made about it.
    pub ty: Option<Type>,
    /// Whether it, or a record around it, may be missing.
    pub optional: bool,
    /// What a missing value counts as.
    pub default: Option<Value>,
    /// The texts that mean missing.
    pub sentinels: Vec<Text>,
    /// Whether it identifies the record.
    pub key: bool,
    /// Whether a `record` block declares it.
    pub declared: bool,
    /// The reference in whose record it lies: `account` for `account.region`. What else is said of it is said of the records
    /// that are there.
    pub through: Option<Text>,
    /// Where it leads, if it is a reference itself.
    pub link: Option<LinkInfo>,
}

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkInfo {
    /// The type of the other record.
    pub record: Text,
    /// The field that holds its key: `account_id`, `account.parent_id`.
    pub by: Text,
}

impl FieldInfo {
    /// Whether a rule can meet it without a value.
    pub const fn may_be_missing(&self) -> bool {
        self.is_elsewhere() || (self.optional && self.default.is_none())
    }

    /// Whether it lies in another record, to which a reference leads and which may not be there.
    pub const fn is_elsewhere(&self) -> bool {
        self.through.is_some() || self.link.is_some()
    }

    /// The same field as seen from a record around its own: `region` below `account` is `account.region`.
    #[must_use]
    fn below(self, outer: &str) -> Self {
        let under = |name: &Text| Text::from(format!("{outer}.{name}"));
        Self {
            name: under(&self.name),
            through: self.through.as_ref().map(under),
            link: self.link.map(|link| LinkInfo { by: under(&link.by), ..link }),
            key: false,
            ..self
        }
    }
}

/// What a path below a record type leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// A stored field.
    Stored(FieldInfo),
    /// A derived value.
    Derived,
    /// A derived value of a record that a reference leads to, which nothing computes.
    DerivedElsewhere {
        /// The type of that record.
        record: String,
        /// The name of the value.
        field: String,
    },
    /// Nothing.
    Unknown {
        /// The record type or nested path that has no such field: `lead`, `lead.company`.
        record: String,
        /// The name that is not there.
        field: String,
        /// The names that are.
        known: Vec<String>,
    },
    /// Something about which a finding has been made elsewhere.
    Reported,
}

/// A path below a record type.
#[salsa::interned(debug)]
pub struct FieldPath<'db> {
    /// The record type.
    #[returns(ref)]
    pub record: String,
    /// The names after the dots.
    #[returns(ref)]
    pub path: Vec<String>,
}

/// What a path leads to: the firewall between a rule and the declarations, definitions and uses of all others.
#[salsa::tracked]
pub fn field<'db>(db: &'db dyn Db, path: FieldPath<'db>) -> Lookup {
    let (record, names) = (path.record(db), path.path(db));
    let whole = format!("{record}.{}", joined(names));
    if find(db, Space::Derived, &whole).is_some() {
        return Lookup::Derived;
    }
    match declared::record_item(db, record) {
        Some(item) => declared::lookup(db, item, record, names),
        None => inferred::lookup(db, record, names),
    }
}

/// The fields that may follow `record.`: stored and derived, for suggestions.
pub fn field_names(db: &dyn Db, record: &str) -> Vec<String> {
    let stored = match declared::record_item(db, record) {
        Some(item) => schema(db, item).fields.iter().map(|field| field.name.to_string()).collect::<Vec<_>>(),
        None => inferred::names(db, record),
    };
    let prefix = format!("{record}.");
    let derived = names_in(db, Space::Derived).filter_map(|name| name.strip_prefix(&prefix));
    let own = |name: &String| list_of(name).is_none();
    stored.into_iter().filter(own).chain(derived.map(str::to_owned)).collect()
}

/// The stored fields of a record type or of reference data, those in the items of lists included: as they are declared,
/// or else as rules use them.
pub fn stored_names(db: &dyn Db, record: &str) -> Vec<String> {
    match find(db, Space::Value, record) {
        Some(item) => schema(db, item).fields.iter().map(|field| field.name.to_string()).collect(),
        None => inferred::names(db, record),
    }
}

/// Every record type that is declared or that rules read, in name order, with its stored fields.
pub fn record_types(db: &dyn Db) -> Vec<(String, Vec<FieldInfo>)> {
    let declared =
        names_in(db, Space::Value).filter_map(|name| declared::record_item(db, name).map(|item| (name, item)));
    let declared = declared.map(|(name, item)| (name.to_owned(), schema(db, item).fields.clone()));
    let mut types: Vec<_> = declared.chain(inferred::record_types(db)).collect();
    types.sort_by(|(one, _), (other, _)| one.cmp(other));
    types
}

/// Whether a `record` block declares the type.
pub fn is_declared(db: &dyn Db, record: &str) -> bool {
    declared::record_item(db, record).is_some()
}

/// The key field of a declared record type.
pub fn key_field(db: &dyn Db, record: &str) -> Option<FieldInfo> {
    let item = declared::record_item(db, record)?;
    schema(db, item).fields.iter().find(|field| field.key).cloned()
}

/// The stored fields that a `record` block declares, each nested record before the fields inside it; none for a type that
/// no block declares.
pub fn stored_fields(db: &dyn Db, record: &str) -> Vec<FieldInfo> {
    declared::record_item(db, record).map_or_else(Vec::new, |item| schema(db, item).fields.clone())
}

/// What a path leads to when derived values are left aside, in a record type that a `record` block declares.
pub fn declared_field(db: &dyn Db, record: &str, names: &[String]) -> Lookup {
    match declared::record_item(db, record) {
        Some(item) => declared::lookup(db, item, record, names),
        None => Lookup::Reported,
    }
}

/// The record types that references lead to from a record type, its lists and its nested records included, directly or
/// through others.
pub fn leads_to(db: &dyn Db, record: &str) -> BTreeSet<String> {
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut wanted = vec![record.to_owned()];
    while let Some(name) = wanted.pop() {
        let Some(item) = declared::record_item(db, &name).filter(|_| seen.insert(name)) else { continue };
        for field in &schema(db, item).fields {
            match (&field.link, &field.ty) {
                (Some(link), _) => {
                    found.insert(link.record.to_string());
                    wanted.push(link.record.to_string());
                }
                (None, Some(Type::Record(inner))) => wanted.push(inner.to_string()),
                (None, Some(Type::List(member))) => {
                    wanted.extend(if let Type::Record(inner) = &**member { Some(inner.to_string()) } else { None });
                }
                _ => {}
            }
        }
    }
    found
}

/// Sorts fields as they are declared, and those of undeclared record types by name.
pub fn schema_order(db: &dyn Db, record: &str, name: &str) -> (usize, String) {
    let declared = declared::record_item(db, record).map(|item| &schema(db, item).fields);
    let place = declared.and_then(|fields| fields.iter().position(|field| *field.name == *name));
    (place.unwrap_or(usize::MAX), name.to_owned())
}
