//! `record` blocks: their types, optionality, defaults, sentinels and keys.

mod link;

use std::sync::Arc;

use diagnostics::problems::{NameProblem, TypeProblem};
use limits::fixed::PATH;
use syntax::ast::{self, TypeKind};
use values::{Text, Type, Value};

use super::{EACH, FieldInfo, Lookup, field_names, joined, list_of};
use crate::check::Checker;
use crate::db::{Db, Item, ItemSpan, parsed};
use crate::found::Found;
use crate::names::{Space, declares, find, names_in, nearest};

/// The fields of a `record` block and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, salsa::SalsaValue)]
pub struct Schema<'db> {
    /// The fields in written order, each nested record before the fields inside it.
    pub fields: Vec<FieldInfo>,
    /// What is wrong.
    pub found: Vec<Found<'db>>,
    /// Names used: lists in `one of`, constants in defaults.
    pub uses: Vec<(Space, String)>,
}

/// Reads a `record` block, or the columns of reference data.
#[salsa::tracked]
pub fn schema<'db>(db: &'db dyn Db, item: Item<'db>) -> Schema<'db> {
    let (name, fields) = match &parsed(db, item).item {
        ast::Item::Record(record) => (&record.name.text, &record.fields),
        ast::Item::Reference(reference) => (&reference.name.text, &reference.fields),
        _ => return Schema::default(),
    };
    let checker = Checker::constant(db, item.text(db));
    let mut reader = SchemaReader { item, name, fields: Vec::new(), checker };
    reader.fields(fields, &Around::default());
    reader.one_key(fields);
    let (found, uses) = reader.checker.finish();
    Schema { fields: reader.fields, found, uses }
}

/// The item that declares a record type.
pub(super) fn record_item<'db>(db: &'db dyn Db, record: &str) -> Option<Item<'db>> {
    find(db, Space::Value, record).filter(|item| declares(db, *item, "record type"))
}

/// Follows a path, through nested records and from one record type into another.
pub(super) fn lookup<'db>(db: &'db dyn Db, item: Item<'db>, record: &str, names: &[String]) -> Lookup {
    let schema = schema(db, item);
    let deepest = PATH + names.iter().filter(|name| *name == EACH).count();
    for length in (1..=names.len().min(deepest)).rev() {
        let (near, rest) = names.split_at(length);
        let Some(field) = schema.fields.iter().find(|field| *field.name == *joined(near)) else { continue };
        return match (&field.ty, rest) {
            (None, _) => Lookup::Reported,
            (_, []) => Lookup::Stored(field.clone()),
            (Some(Type::Record(inner)), [next, ..]) => match record_item(db, inner) {
                Some(item) if field.link.is_some() => through(db, field, (item, inner), rest),
                Some(item) => below(db, field, (item, inner), rest),
                None => unknown(format!("{record}.{}", field.name), next, inside(schema, field)),
            },
            (Some(Type::List(_)), [each, next, rest @ ..]) if each == EACH => {
                in_item(db, (schema, record), field, (next, rest))
            }
            (Some(_), [next, ..]) => unknown(format!("{record}.{}", joined(near)), next, Vec::new()),
        };
    }
    let first = names.first().map_or("", String::as_str);
    unknown(record.to_owned(), first, outermost(field_names(db, record)))
}

/// The fields of a nested `{ … }`.
fn inside(schema: &Schema<'_>, field: &FieldInfo) -> Vec<String> {
    let prefix = format!("{}.", field.name);
    let names = schema.fields.iter().filter_map(|field| field.name.strip_prefix(&*prefix));
    outermost(names.map(str::to_owned).collect())
}

/// Goes on in the items of a list; those of a nested `{ … }` have been looked for already.
fn in_item<'db>(
    db: &'db dyn Db,
    (schema, record): (&Schema<'db>, &str),
    list: &FieldInfo,
    (next, rest): (&String, &[String]),
) -> Lookup {
    let whole = format!("{}{EACH}", list.name);
    let Some(Type::List(member)) = &list.ty else { return Lookup::Reported };
    let named = format!("{record}.{}", list.name);
    let Type::Record(inner) = &**member else { return unknown(named, next, Vec::new()) };
    let Some(item) = record_item(db, inner) else {
        let known = inside(schema, &FieldInfo { name: Text::from(whole.as_str()), ..list.clone() });
        return unknown(named, next, known);
    };
    let names: Vec<String> = [next].into_iter().chain(rest).cloned().collect();
    match lookup(db, item, inner, &names) {
        Lookup::Stored(found) => Lookup::Stored(found.below(&whole)),
        other => other,
    }
}

/// Goes on in the record type of a field.
fn below<'db>(db: &'db dyn Db, field: &FieldInfo, (item, inner): (Item<'db>, &Text), rest: &[String]) -> Lookup {
    match lookup(db, item, inner, rest) {
        Lookup::Stored(found) if list_of(&found.name).is_some() || found.is_elsewhere() => {
            Lookup::Stored(found.below(&field.name))
        }
        Lookup::Stored(found) => Lookup::Stored(FieldInfo {
            source: field.source.iter().chain(&found.source).cloned().collect(),
            optional: field.optional || found.optional,
            ..found.below(&field.name)
        }),
        other => other,
    }
}

/// Goes on in the record that a reference leads to.
fn through<'db>(db: &'db dyn Db, field: &FieldInfo, (item, inner): (Item<'db>, &Text), rest: &[String]) -> Lookup {
    match lookup(db, item, inner, rest) {
        Lookup::Unknown { record, field, .. } if find(db, Space::Derived, &format!("{record}.{field}")).is_some() => {
            Lookup::DerivedElsewhere { record, field }
        }
        Lookup::Unknown { record, field, mut known } => {
            known.retain(|name| find(db, Space::Derived, &format!("{record}.{name}")).is_none());
            Lookup::Unknown { record, field, known }
        }
        Lookup::Stored(found) => {
            let found = found.below(&field.name);
            let of_its_own = found.through.is_none() && list_of(&found.name) == list_of(&field.name);
            let through = if of_its_own { Some(field.name.clone()) } else { found.through.clone() };
            Lookup::Stored(FieldInfo { through, ..found })
        }
        other => other,
    }
}

fn unknown(record: String, field: &str, known: Vec<String>) -> Lookup {
    Lookup::Unknown { record, field: field.to_owned(), known }
}

/// The names without a dot: what may directly follow the record.
fn outermost(names: Vec<String>) -> Vec<String> {
    names.into_iter().filter(|name| !name.contains('.')).collect()
}

/// Whether a type is that of a list of records.
fn holds_records(ty: &Type) -> bool {
    match ty {
        Type::List(member) => matches!(**member, Type::Record(_)) || holds_records(member),
        _ => false,
    }
}

/// What surrounds a field: the path of nested records it lies in.
#[derive(Clone, Default)]
struct Around {
    prefix: String,
    source: Vec<Text>,
    optional: bool,
    depth: usize,
}

struct SchemaReader<'db> {
    item: Item<'db>,
    /// The record type.
    name: &'db str,
    fields: Vec<FieldInfo>,
    checker: Checker<'db>,
}

impl SchemaReader<'_> {
    fn fields(&mut self, fields: &[ast::Field], around: &Around) {
        for (place, field) in fields.iter().enumerate() {
            let earlier = fields.iter().take(place).find(|other| other.name.text == field.name.text);
            if let Some(earlier) = earlier {
                let problem = NameProblem::Duplicate { what: "field".into(), name: field.name.text.clone() };
                let first = ItemSpan { item: self.item, span: earlier.name.span };
                self.checker.report(Found::new(problem, field.name.span).and(first, "first declared here"));
            } else {
                self.field(field, fields, around);
            }
        }
    }

    fn field(&mut self, field: &ast::Field, siblings: &[ast::Field], around: &Around) {
        if let TypeKind::Reference { record, by } = &field.ty.kind {
            return self.reference(&link::Reference { field, record, by, siblings }, around);
        }
        let name = format!("{}{}", around.prefix, field.name.text);
        let column = field.from.as_ref().map_or(field.name.text.as_str(), |from| from.text.as_str());
        let mut source = around.source.clone();
        source.push(Text::from(column));
        let ty = self.resolve(&field.ty, &name);
        let optional = around.optional || field.optional.is_some();
        let default = field.default.as_ref().and_then(|default| self.default(default, ty.as_ref(), &field.name));
        let sentinels = field.missing_when.iter().filter_map(|sentinel| self.sentinel(sentinel)).collect();
        self.key(field, ty.as_ref(), optional);
        self.fields.push(FieldInfo {
            name: Text::from(name.clone()),
            source: source.clone(),
            ty,
            optional,
            default,
            sentinels,
            key: field.key.is_some() && around.depth == 0,
            declared: true,
            through: None,
            link: None,
        });
        let depth = around.depth + 1;
        match &field.ty.kind {
            TypeKind::Nested(inner) => {
                self.fields(inner, &Around { prefix: format!("{name}."), source, optional, depth });
            }
            TypeKind::List(member) => {
                if let TypeKind::Nested(inner) = &member.kind {
                    let prefix = format!("{name}{EACH}.");
                    self.fields(inner, &Around { prefix, depth, ..Around::default() });
                }
            }
            _ => {}
        }
    }

    fn resolve(&mut self, ty: &ast::TypeExpr, path: &str) -> Option<Type> {
        Some(match &ty.kind {
            TypeKind::Named(name) => return self.named(name),
            TypeKind::ExactText => Type::ExactText,
            TypeKind::Money(code) => Type::Money(Some(self.checker.currency(code)?)),
            TypeKind::Truth => Type::Truth,
            TypeKind::OneOf(labels) => Type::OneOf(self.labels(labels, ty.span)?),
            TypeKind::List(member) => return self.list(member, path),
            TypeKind::Nested(_) => Type::Record(Text::from(format!("{}.{path}", self.name))),
            TypeKind::Reference { .. } | TypeKind::Error => return None,
        })
    }

    /// A list; its items may be records, and not lists of records.
    fn list(&mut self, member: &ast::TypeExpr, path: &str) -> Option<Type> {
        let resolved = self.resolve(member, &format!("{path}{EACH}"))?;
        if holds_records(&resolved) {
            let (what, reason) = ("a list of lists", "no rule could name the records in its lists");
            let problem = TypeProblem::Declaration { what: what.to_owned(), reason: reason.to_owned() };
            self.checker.problem(problem, member.span);
            return None;
        }
        Some(Type::List(Box::new(resolved)))
    }

    fn named(&mut self, name: &ast::Name) -> Option<Type> {
        Some(match name.text.as_str() {
            "text" => Type::Text,
            "number" => Type::Number,
            "money" => Type::Money(None),
            "date" => Type::Date,
            "datetime" => Type::DateTime,
            "duration" => Type::Duration,
            "user" => Type::User,
            "team" => Type::Team,
            "queue" => Type::Queue,
            other => return self.record_type(other, name.span),
        })
    }

    fn record_type(&mut self, name: &str, span: ast::Span) -> Option<Type> {
        let db = self.checker.db;
        if record_item(db, name).is_some() {
            self.checker.used(Space::Value, name);
            return Some(Type::Record(Text::from(name)));
        }
        let words = ["text", "number", "money", "date", "datetime", "duration", "user", "team", "queue"];
        let records = names_in(db, Space::Value).filter(|name| record_item(db, name).is_some());
        let from_elsewhere = match name.to_lowercase().as_str() {
            "string" | "str" | "varchar" | "picklist" => Some("text"),
            "int" | "integer" | "float" | "double" | "decimal" => Some("number"),
            "currency" | "price" => Some("money"),
            "bool" | "boolean" | "checkbox" => Some("true or false"),
            "timestamp" => Some("datetime"),
            _ => None,
        };
        let nearest = || nearest(name, words.into_iter().chain(records));
        let suggestion = from_elsewhere.map(str::to_owned).or_else(nearest);
        self.checker.problem(NameProblem::UnknownRecord { name: name.to_owned(), suggestion }, span);
        None
    }

    /// The labels of a `one of`: literals and the members of lists.
    fn labels(&mut self, labels: &[ast::Expr], span: ast::Span) -> Option<Arc<[Text]>> {
        let mut all: Vec<Text> = Vec::new();
        for label in labels {
            for value in self.checker.list_members(label)? {
                let Value::Text(text) = value else { continue };
                if all.iter().any(|other| values::text::equal_ignoring_case(other, &text)) {
                    let problem = NameProblem::Duplicate { what: "label".into(), name: text.to_string() };
                    self.checker.problem(problem, label.span);
                } else {
                    all.push(text);
                }
            }
        }
        if all.is_empty() {
            let problem = TypeProblem::Declaration { what: "`one of`".into(), reason: "it lists no label".into() };
            self.checker.problem(problem, span);
            return None;
        }
        Some(all.into())
    }

    fn default(&mut self, default: &ast::Expr, ty: Option<&Type>, field: &ast::Name) -> Option<Value> {
        let value = self.checker.constant_value(default, ty?, &field.text)?;
        (!value.is_missing()).then_some(value)
    }

    fn sentinel(&mut self, sentinel: &ast::Expr) -> Option<Text> {
        match self.checker.constant_value(sentinel, &Type::Text, "a value that means missing")? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn key(&mut self, field: &ast::Field, ty: Option<&Type>, optional: bool) {
        let Some(span) = field.key else { return };
        let reason = match ty {
            Some(Type::Text | Type::ExactText | Type::Number | Type::User) if !optional => return,
            None => return,
            Some(_) if optional => "it may be missing, and a key names every record",
            Some(_) => "only a text or a number can name a record",
        };
        self.checker.problem(TypeProblem::Declaration { what: "a key".into(), reason: reason.into() }, span);
    }

    fn one_key(&mut self, fields: &[ast::Field]) {
        for second in fields.iter().filter_map(|field| field.key).skip(1) {
            if self.checker.has_found_at(second) {
                continue;
            }
            let reason = "another field is the key already".to_owned();
            self.checker.problem(TypeProblem::Declaration { what: "a second key".into(), reason }, second);
        }
    }
}
