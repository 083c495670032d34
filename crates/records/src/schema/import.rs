//! From JSON Schema to `record` blocks. Start with [`import`].
//!
//! Drafts 4 to 2020-12 are read alike, and the schemas of API descriptions too. What a record block has no words for is
//! written beside its field as a comment; what cannot be declared at all is left out, with a comment that says why.

mod kinds;
mod literals;
mod merge;
mod references;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::block;
use super::document::{At, SchemaError, definitions};
use super::imported::{Field, Kind, Record};
use super::json::Json;
use super::own;
use super::view::{View, Viewer};
use crate::fault::Wrong;
use crate::infer::{is_invisible, snake_case, unique};

/// `record` blocks and what they were made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The blocks, canonical but for the layout of their comments; they end in a line ending.
    pub text: String,
    /// The name of the first block: the record type that was asked for.
    pub name: String,
    /// How many record types there are.
    pub records: usize,
    /// How many properties are left out or not kept in full.
    pub remarks: usize,
}

/// Reads a JSON Schema. `record` is the record type: the name of one of the definitions, or what the schema as a whole is to
/// be called; without it the title tells, and else the name of the file.
pub fn import(file: &str, text: &str, record: Option<&str>) -> Result<Imported, SchemaError> {
    let no_json = |wrong: Wrong| SchemaError::new("", wrong.message.replace("the record", "the schema"));
    let document = Json::parse(text).map_err(no_json)?;
    let (root, name) = chosen(&document, file, record)?;
    let mut importer = Importer::new(&document);
    let name = importer.queue_as(&root, name);
    let mut records = Vec::new();
    while let Some((schema, name)) = importer.waiting.pop_front() {
        let record = importer.record(&schema, name)?;
        records.push(record);
        if records.len() > MOST_RECORDS {
            return Err(root.error(format!("the schema leads to more than {MOST_RECORDS} record types")));
        }
    }
    references::settle(&mut records);
    let remarks = records.iter().flat_map(|record| &record.fields).map(remarks).sum();
    Ok(Imported { text: block::blocks(file, &records), name, records: records.len(), remarks })
}

/// How many record types one schema may lead to.
const MOST_RECORDS: usize = 1_000;

fn remarks(field: &Field) -> usize {
    let own = usize::from(matches!(field.ty, Kind::LeftOut(_)) || !field.not_kept.is_empty());
    own + field.ty.inner().unwrap_or_default().iter().map(remarks).sum::<usize>()
}

/// The schema of the record type, and what it is called.
fn chosen<'d>(document: &'d Json, file: &str, record: Option<&str>) -> Result<(At<'d>, String), SchemaError> {
    let definitions = definitions(document);
    let named = |name: &str| {
        let exact = definitions.iter().find(|(known, _)| *known == name);
        exact.or_else(|| definitions.iter().find(|(known, _)| snake_case(known) == snake_case(name)))
    };
    if let Some((name, schema)) = record.and_then(named) {
        return Ok((schema.clone(), own_name(schema.json).unwrap_or_else(|| record_name(name))));
    }
    let root = At::root(document);
    let own = own_name(document);
    let says_something = ["properties", "$ref", "allOf", "oneOf", "anyOf", "type", "items"];
    if says_something.iter().any(|keyword| document.get(keyword).is_some()) {
        let title = || document.get("title").and_then(Json::as_text).filter(|title| !title.trim().is_empty());
        let target = || document.get("$ref").and_then(Json::as_text).and_then(|target| target.rsplit('/').next());
        let told = || record.or_else(title).or_else(target).map_or_else(|| file_name(file), record_name);
        return Ok((root, own.filter(|_| record.is_none()).unwrap_or_else(told)));
    }
    match definitions.as_slice() {
        [] if matches!(document, Json::Object(_)) => Err(root.error("the schema describes no properties")),
        [] => Err(root.error("a JSON Schema is an object in `{ … }`")),
        [(name, schema)] if record.is_none() => {
            Ok((schema.clone(), own_name(schema.json).unwrap_or_else(|| record_name(name))))
        }
        several => {
            let names: Vec<String> = several.iter().map(|(name, _)| format!("`{name}`")).collect();
            let sentence = format!("the schema describes several kinds of record: {}", names.join(", "));
            Err(SchemaError::new("", sentence).help("choose one with `--name`"))
        }
    }
}

/// The words that types are written with; no record type can have one for its name.
const TYPE_WORDS: [&str; 13] = [
    "text", "number", "date", "datetime", "duration", "money", "user", "team", "queue", "one", "list", "true", "record",
];

/// What a record type is called that has a name elsewhere.
pub(super) fn record_name(name: &str) -> String {
    let name = snake_case(name);
    if TYPE_WORDS.contains(&&*name) { format!("{name}_record") } else { name }
}

/// The name that a record type has had in rules before.
fn own_name(schema: &Json) -> Option<String> {
    let name = schema.get(own::RECORD).and_then(Json::as_text)?;
    (is_name(name) && !TYPE_WORDS.contains(&name)).then(|| name.to_owned())
}

/// `schemas/lead.schema.json` describes records called `lead`.
fn file_name(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    record_name(name.split('.').next().unwrap_or(name))
}

pub(super) use literals::json;

pub(super) struct Importer<'d> {
    viewer: Viewer<'d>,
    /// The record types that are still to be read.
    waiting: VecDeque<(At<'d>, String)>,
    /// The names of record types by the place of their schema.
    known: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    /// How many values inside each other are looked at right now.
    depth: usize,
}

impl<'d> Importer<'d> {
    fn new(document: &'d Json) -> Self {
        let (waiting, known, taken) = Default::default();
        Self { viewer: Viewer::new(document), waiting, known, taken, depth: 0 }
    }

    /// The name of the record type that a schema describes, which is read later.
    fn queue(&mut self, schema: &At<'d>, wish: &str) -> String {
        self.queue_as(schema, own_name(schema.json).unwrap_or_else(|| record_name(wish)))
    }

    fn queue_as(&mut self, schema: &At<'d>, name: String) -> String {
        if let Some(known) = self.known.get(&schema.pointer) {
            return known.clone();
        }
        let name = unique(name, &mut self.taken);
        self.known.insert(schema.pointer.clone(), name.clone());
        self.waiting.push_back((schema.clone(), name.clone()));
        name
    }

    /// The name of the record type that a schema elsewhere in the document describes.
    pub(super) fn record_type(&mut self, elsewhere: &At<'d>, otherwise: &str) -> String {
        let own = elsewhere.pointer.rsplit('/').next().filter(|name| *name != "#");
        self.queue(elsewhere, own.unwrap_or(otherwise))
    }

    fn record(&mut self, schema: &At<'d>, name: String) -> Result<Record, SchemaError> {
        let mut view = self.viewer.view(std::slice::from_ref(schema))?;
        if view.get("properties").is_none()
            && let Some(items) = view.get("items")
        {
            view = self.viewer.view(std::slice::from_ref(items))?;
        }
        let mut fields = match view.get("properties") {
            Some(_) => self.fields(&view, &name)?,
            None => match self.kind(&view, schema, &name)? {
                Kind::Nested(fields) => fields,
                Kind::LeftOut(why) => return Err(schema.error(format!("the schema describes no record: {why}"))),
                _ => return Err(schema.error("the schema describes single values, not records with properties")),
            },
        };
        settle_key(&mut fields, true);
        let mut doc = doc(&view, false);
        let not_kept = kinds::not_kept(&view, &Kind::Nested(Vec::new()));
        doc.extend((!not_kept.is_empty()).then(|| format!("Not kept: {}", not_kept.join("; "))));
        Ok(Record { name, doc, fields })
    }

    /// The fields of an object.
    pub(super) fn fields(&mut self, view: &View<'d>, name: &str) -> Result<Vec<Field>, SchemaError> {
        let required: BTreeSet<&str> =
            view.all("required").flat_map(|list| list.json.members()).filter_map(Json::as_text).collect();
        let mut properties: Vec<(&str, Vec<At<'d>>)> = Vec::new();
        for (property, schema) in view.all("properties").flat_map(At::entries) {
            match properties.iter_mut().find(|(known, _)| *known == property) {
                Some((_, schemas)) => schemas.push(schema),
                None => properties.push((property, vec![schema])),
            }
        }
        let mut taken = BTreeSet::new();
        let mut fields = Vec::with_capacity(properties.len());
        for (property, schemas) in properties {
            let view = self.viewer.view(&schemas)?;
            let Some(schema) = schemas.first() else { continue };
            let is_required = required.contains(property) || old_required(&view);
            let mut field = self.field(property, &view, schema, (is_required, name))?;
            field.name = unique(field.name, &mut taken);
            for reference in &mut field.references {
                reference.name = unique(std::mem::take(&mut reference.name), &mut taken);
            }
            fields.push(field);
        }
        Ok(fields)
    }

    fn field(
        &mut self,
        property: &str,
        view: &View<'d>,
        schema: &At<'d>,
        (required, record): (bool, &str),
    ) -> Result<Field, SchemaError> {
        let mut ty = self.kind(view, schema, &format!("{record}_{property}"))?;
        let elsewhere = view.referred_record().cloned();
        let own = &elsewhere.map_or_else(|| view.clone(), |elsewhere| view.without(&elsewhere));
        let mut not_kept = kinds::not_kept(own, &ty);
        let mut sentinels = literals::sentinels(view);
        if let Kind::OneOf(labels) = &mut ty {
            literals::settle_labels(labels, &mut sentinels, &mut not_kept);
        }
        let default = view.get("default").filter(|default| *default.json != Json::Null);
        let literal = default.and_then(|default| literals::literal(default.json, &ty));
        if let (Some(default), None) = (default, &literal) {
            not_kept.push(kinds::remark("default", default.json));
        }
        let references = self.references(own, &mut not_kept)?;
        let null = view.nullable || kinds::types(view).iter().any(|ty| ty == "null") || kinds::lists_null(view);
        Ok(Field {
            name: field_name(property, view),
            property: property.to_owned(),
            doc: doc(own, true),
            optional: literal.is_none() && (null || !required || !sentinels.is_empty() && !view_is_strict(view)),
            key: view.get(own::KEY).is_some_and(|key| *key.json == Json::Truth(true)),
            ty,
            sentinels,
            default: literal,
            not_kept,
            references,
            is_implied: false,
        })
    }
}

/// Draft 3, which some APIs still write: `"required": true` inside the property.
fn old_required(view: &View<'_>) -> bool {
    view.all("required").any(|required| *required.json == Json::Truth(true))
}

/// Whether a sentinel is no value that the field may have: it is required.
fn view_is_strict(view: &View<'_>) -> bool {
    view.get("not").is_some()
}

/// The name that rules have had for a property before, else what they call one.
fn field_name(property: &str, view: &View<'_>) -> String {
    let own = view.get(own::NAME).and_then(|name| name.json.as_text()).filter(|name| is_name(name));
    own.map_or_else(|| property_name(property), str::to_owned)
}

/// What rules call a property: its own name where they can use it. One with a dot would look like a path.
pub(super) fn property_name(property: &str) -> String {
    if is_name(property) && !property.contains('.') { property.to_owned() } else { snake_case(property) }
}

/// Whether a text can be a name in rules, in backquotes at least. What cannot be seen cannot be written.
pub(super) fn is_name(text: &str) -> bool {
    let is_unseen = |letter: char| letter.is_control() || is_invisible(letter);
    !text.trim().is_empty() && text.trim() == text && !text.contains('`') && !text.contains(is_unseen)
}

/// Leaves the key of a record to the first field that can be one.
fn settle_key(fields: &mut [Field], may_be_here: bool) {
    let mut may_be_here = may_be_here;
    for field in fields {
        field.ty.inner_mut().into_iter().for_each(|inner| settle_key(inner, false));
        let is_plain =
            matches!(&field.ty, Kind::Named(ty) if ["text", "text exact", "number", "user"].contains(&&**ty));
        if field.key && !(may_be_here && is_plain && !field.optional) {
            field.key = false;
            field.not_kept.push(kinds::remark(own::KEY, &Json::Truth(true)));
        }
        may_be_here &= !field.key;
    }
}

/// What a schema says about itself: its title, unless a record type is called so, and its description.
fn doc(view: &View<'_>, with_title: bool) -> Vec<String> {
    let text =
        |keyword| view.get(keyword).and_then(|at| at.json.as_text()).map(str::trim).filter(|text| !text.is_empty());
    let said = match (text("title").filter(|_| with_title), text("description")) {
        (Some(title), Some(description)) if title != description => format!("{title}: {description}"),
        (_, Some(description)) => description.to_owned(),
        (title, None) => title.unwrap_or_default().to_owned(),
    };
    block::wrapped(&said)
}
