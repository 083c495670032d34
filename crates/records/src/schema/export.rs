//! From record types to the JSON Schema of what `run` accepts. Start with [`export`].
//!
//! Texts that are compared with a list of labels may have other capitals there; the schema wants the declared spelling.

mod types;

use std::collections::BTreeSet;

use values::{Text, Type};
use vm::program::Field;

use super::import::{json as value_json, property_name, record_name};
use super::json::Json;
use super::{RecordType, document, own};

/// How the name of a type ends that is declared in place, as the items of a list.
const EACH: &str = "[]";

/// Writes the JSON Schema (2020-12) of one record type; other record types that it leads to stand below `$defs`.
pub fn export(types: &[RecordType], record: &str) -> String {
    let mut exporter = Exporter { types, root: record, needed: Vec::new() };
    let root = exporter.record(record);
    let mut entries = vec![
        ("$schema".to_owned(), Json::text("https://json-schema.org/draft/2020-12/schema")),
        ("title".to_owned(), Json::text(record)),
    ];
    entries.extend(root);
    let mut definitions: Vec<(String, Json)> = Vec::new();
    let mut next = 0;
    while let Some(name) = exporter.needed.get(next).cloned() {
        next += 1;
        definitions.push((name.to_string(), Json::Object(exporter.record(&name))));
    }
    if !definitions.is_empty() {
        definitions.sort_by(|(one, _), (other, _)| one.cmp(other));
        entries.push(("$defs".to_owned(), Json::Object(definitions)));
    }
    Json::Object(entries).pretty()
}

struct Exporter<'t> {
    types: &'t [RecordType],
    /// The record type that the schema as a whole describes.
    root: &'t str,
    /// The record types that were referred to, each once, in the order in which they were met.
    needed: Vec<Text>,
}

/// What is inside an object: the record, or one nested in it.
struct Inside<'t> {
    ty: &'t RecordType,
    /// The fields; the first keys of their sources lead to the object.
    fields: &'t [Field],
    /// What the names of the fields begin with: `company.`.
    prefix: String,
    /// How many keys lead to the object.
    depth: usize,
}

impl<'t> Inside<'t> {
    /// What is inside a property, which a field may stand for; none where it holds no fields.
    fn inner(&self, property: &Text, field: Option<&&&Field>) -> Option<Self> {
        let is_inside =
            |field: &Field| field.source.get(self.depth) == Some(property) && field.source.len() > self.depth + 1;
        let start = self.fields.iter().position(is_inside)?;
        let count = self.fields.iter().skip(start).take_while(|field| is_inside(field)).count();
        let fields = self.fields.get(start..start + count)?;
        let prefix = field.map_or_else(|| format!("{}{property}.", self.prefix), |field| format!("{}.", field.name));
        Some(Self { ty: self.ty, fields, prefix, depth: self.depth + 1 })
    }

    /// What something is called in here.
    fn name<'n>(&self, name: &'n str) -> &'n str {
        name.strip_prefix(&self.prefix).unwrap_or(name)
    }
}

impl<'t> Exporter<'t> {
    fn record(&mut self, name: &str) -> Vec<(String, Json)> {
        let Some(known) = self.types.iter().find(|known| *known.name == *name) else { return Vec::new() };
        let mut entries = self.object(&Inside { ty: known, fields: &known.fields, prefix: String::new(), depth: 0 });
        if !name.ends_with(EACH) && record_name(name) != name {
            entries.push((own::RECORD.to_owned(), Json::text(name)));
        }
        entries
    }

    fn object(&mut self, inside: &Inside<'t>) -> Vec<(String, Json)> {
        let (fields, depth) = (inside.fields, inside.depth);
        let mut properties: Vec<(String, Json)> = Vec::new();
        let mut required = Vec::new();
        for property in distinct(fields.iter().filter_map(|field| field.source.get(depth))) {
            let here: Vec<&Field> = fields.iter().filter(|field| field.source.get(depth) == Some(property)).collect();
            let ends: Vec<&&Field> = here.iter().filter(|field| field.source.len() == depth + 1).collect();
            let inner = inside.inner(property, ends.first()).map(|inner| self.object(&inner));
            let schemas: Vec<Json> = match ends.as_slice() {
                // A field of a nested record tells that there is one.
                [] => vec![Json::Object(object_or_null(inner.unwrap_or_default()))],
                ends => ends.iter().map(|field| self.property(field, inside, inner.clone())).collect(),
            };
            let is_required = |field: &&&Field| field.key || !(field.optional || field.default.is_some());
            if ends.iter().any(is_required) {
                required.push(Json::text(property.to_string()));
            }
            let schema = match <[Json; 1]>::try_from(schemas) {
                Ok([only]) => only,
                Err(several) => Json::Object(vec![("allOf".to_owned(), Json::List(several))]),
            };
            properties.push((property.to_string(), schema));
        }
        let mut entries =
            vec![("type".to_owned(), Json::text("object")), ("properties".to_owned(), Json::Object(properties))];
        entries.extend((!required.is_empty()).then(|| ("required".to_owned(), Json::List(required))));
        entries.push(("additionalProperties".to_owned(), Json::Truth(true)));
        entries
    }

    /// The schema of one field; `inner` is the object of the fields in it.
    fn property(&mut self, field: &Field, inside: &Inside<'_>, inner: Option<Vec<(String, Json)>>) -> Json {
        let may_be_missing = field.optional || field.default.is_some();
        let base = match (&field.ty, inner) {
            (_, Some(inner)) => inner,
            (ty, None) => self.schema(ty, field),
        };
        let mut entries = types::with_missing(base, may_be_missing && !field.key, &field.sentinels);
        let name = inside.name(&field.name);
        if field.source.get(inside.depth).is_some_and(|property| property_name(property) != name) {
            entries.push((own::NAME.to_owned(), Json::text(name)));
        }
        if field.key {
            entries.push((own::KEY.to_owned(), Json::Truth(true)));
        }
        entries.extend(field.default.as_ref().map(|default| ("default".to_owned(), value_json(default))));
        let by_it = inside.ty.references.iter().filter(|reference| reference.by == field.name);
        let by_it = by_it.map(|it| (inside.name(&it.name).to_owned(), Json::text(self.pointer(&it.record))));
        let by_it: Vec<(String, Json)> = by_it.collect();
        entries.extend((!by_it.is_empty()).then(|| (own::REFERENCES.to_owned(), Json::Object(by_it))));
        Json::Object(entries)
    }

    /// Where in the document a record type stands.
    fn pointer(&mut self, name: &Text) -> String {
        if **name == *self.root {
            return "#".to_owned();
        }
        if !self.needed.contains(name) {
            self.needed.push(name.clone());
        }
        document::pointer("#/$defs", name)
    }

    fn schema(&mut self, ty: &Type, field: &Field) -> Vec<(String, Json)> {
        match ty {
            // The items of a list that are declared in place have no name to refer to.
            Type::Record(name) if name.ends_with(EACH) && self.types.iter().any(|known| known.name == *name) => {
                self.record(name)
            }
            Type::Record(name) if self.types.iter().any(|known| known.name == *name) => {
                vec![("$ref".to_owned(), Json::text(self.pointer(name)))]
            }
            Type::List(member) => {
                let items = types::with_missing(self.schema(member, field), true, &[]);
                vec![("type".to_owned(), Json::text("array")), ("items".to_owned(), Json::Object(items))]
            }
            ty => types::plain(ty, field),
        }
    }
}

fn object_or_null(mut object: Vec<(String, Json)>) -> Vec<(String, Json)> {
    if let Some((_, ty)) = object.first_mut() {
        *ty = Json::List(vec![Json::text("object"), Json::text("null")]);
    }
    object
}

fn distinct<'t>(properties: impl Iterator<Item = &'t Text>) -> Vec<&'t Text> {
    let mut known = BTreeSet::new();
    properties.filter(|property| known.insert((*property).clone())).collect()
}
