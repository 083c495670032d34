//! From record types to the JSON Schema of what `run` accepts. Start with [`export`].
//!
//! Texts that are compared with a list of labels may have other capitals there; the schema wants the declared spelling.

mod types;

use std::collections::BTreeSet;

use values::{Text, Type};
use vm::program::Field;

use super::import::json as value_json;
use super::json::Json;
use super::{RecordType, own};

/// Writes the JSON Schema (2020-12) of one record type; other record types that it leads to stand below `$defs`.
pub fn export(types: &[RecordType], record: &str) -> String {
    let mut exporter = Exporter { types, needed: Vec::new() };
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
    /// The record types that were referred to, each once, in the order in which they were met.
    needed: Vec<Text>,
}

impl<'t> Exporter<'t> {
    fn record(&mut self, name: &str) -> Vec<(String, Json)> {
        let fields = self.types.iter().find(|known| *known.name == *name).map_or(&[][..], |known| &known.fields);
        self.object(fields, 0)
    }

    /// An object whose fields begin with some keys in common, which are left out.
    fn object(&mut self, fields: &'t [Field], depth: usize) -> Vec<(String, Json)> {
        let mut properties: Vec<(String, Json)> = Vec::new();
        let mut required = Vec::new();
        for property in distinct(fields.iter().filter_map(|field| field.source.get(depth))) {
            let here: Vec<&Field> = fields.iter().filter(|field| field.source.get(depth) == Some(property)).collect();
            let ends: Vec<&&Field> = here.iter().filter(|field| field.source.len() == depth + 1).collect();
            let inner = self.inside(fields, property, depth);
            let schemas: Vec<Json> = match ends.as_slice() {
                // A field of a nested record tells that there is one.
                [] => vec![Json::Object(object_or_null(inner.unwrap_or_default()))],
                ends => ends.iter().map(|field| self.property(field, inner.clone(), depth)).collect(),
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

    /// The object that holds the fields inside a property; none where there are none.
    fn inside(&mut self, fields: &'t [Field], property: &Text, depth: usize) -> Option<Vec<(String, Json)>> {
        let is_inside = |field: &Field| field.source.get(depth) == Some(property) && field.source.len() > depth + 1;
        let start = fields.iter().position(is_inside)?;
        let count = fields.iter().skip(start).take_while(|field| is_inside(field)).count();
        fields.get(start..start + count).map(|inner| self.object(inner, depth + 1))
    }

    /// The schema of one field.
    fn property(&mut self, field: &Field, inner: Option<Vec<(String, Json)>>, depth: usize) -> Json {
        let may_be_missing = field.optional || field.default.is_some();
        let base = match (&field.ty, inner) {
            (_, Some(inner)) => inner,
            (ty, None) => self.schema(ty, field),
        };
        let mut entries = types::with_missing(base, may_be_missing && !field.key, &field.sentinels);
        let last = field.name.rsplit('.').next().unwrap_or_default();
        if field.source.get(depth).is_some_and(|property| **property != *last) {
            entries.push((own::NAME.to_owned(), Json::text(last)));
        }
        if field.key {
            entries.push((own::KEY.to_owned(), Json::Truth(true)));
        }
        entries.extend(field.default.as_ref().map(|default| ("default".to_owned(), value_json(default))));
        Json::Object(entries)
    }

    fn schema(&mut self, ty: &Type, field: &Field) -> Vec<(String, Json)> {
        match ty {
            // The items of a list that are declared in place have no name to refer to.
            Type::Record(name) if name.ends_with("[]") && self.types.iter().any(|known| known.name == *name) => {
                self.record(name)
            }
            Type::Record(name) if self.types.iter().any(|known| known.name == *name) => {
                if !self.needed.contains(name) {
                    self.needed.push(name.clone());
                }
                vec![("$ref".to_owned(), Json::text(format!("#/$defs/{name}")))]
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
