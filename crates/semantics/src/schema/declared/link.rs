//! References: `account: account? by account_id`.
//!
//! The other record's key is read from its `record` block as it is written, not from its schema: record types may refer to
//! each other and to themselves.

use diagnostics::problems::TypeProblem;
use syntax::ast::{self, Span, TypeKind};
use values::{Text, Type};

use super::{Around, SchemaReader, record_item};
use crate::db::{Db, parsed};
use crate::schema::{FieldInfo, LinkInfo};

/// A reference as it is declared.
pub(super) struct Reference<'a> {
    /// The field.
    pub(super) field: &'a ast::Field,
    /// The record type it leads to.
    pub(super) record: &'a ast::Name,
    /// The field that holds the key.
    pub(super) by: &'a ast::Name,
    /// The fields that are declared beside it.
    pub(super) siblings: &'a [ast::Field],
}

/// The key of a record type.
struct Key {
    name: String,
    ty: Type,
}

impl SchemaReader<'_> {
    /// A reference, and the field that holds the key unless that is declared by itself.
    pub(super) fn reference(&mut self, reference: &Reference<'_>, around: &Around) {
        let Reference { field, record, by, .. } = *reference;
        let name = Text::from(format!("{}{}", around.prefix, field.name.text));
        let optional = around.optional || field.optional.is_some();
        let key = self.other_key(record).filter(|_| self.is_plain(field));
        let key_field = Text::from(format!("{}{}", around.prefix, by.text));
        let is_known = key.is_some_and(|key| self.key_field(reference, &key, key_field.clone(), around));
        self.fields.push(FieldInfo {
            name,
            source: Vec::new(),
            ty: is_known.then(|| Type::Record(Text::from(record.text.as_str()))),
            optional,
            default: None,
            sentinels: Vec::new(),
            key: false,
            declared: true,
            through: None,
            link: is_known.then(|| LinkInfo { record: Text::from(record.text.as_str()), by: key_field }),
        });
    }

    /// What a value says has no place behind a reference.
    fn is_plain(&mut self, field: &ast::Field) -> bool {
        self.key(field, Some(&Type::Record(Text::from(""))), false);
        if let Some(default) = &field.default {
            let reason = "a record that is not there has no fields that could count instead";
            self.unfit("a default for a reference", reason, default.span);
        }
        field.key.is_none() && field.default.is_none()
    }

    /// The key of the record type that a reference leads to.
    fn other_key(&mut self, record: &ast::Name) -> Option<Key> {
        let db = self.checker.db;
        if record_item(db, &record.text).is_none() && is_type_word(&record.text) {
            let reason = format!("`{}` is no record type", record.text);
            self.unfit("a reference", &reason, record.span);
            return None;
        }
        self.record_type(&record.text, record.span)?;
        let key = declared_key(db, &record.text);
        if key.is_none() {
            let reason = format!("`{}` has no key by which its records could be found", record.text);
            self.unfit("a reference", &reason, record.span);
        }
        key
    }

    /// Sees to the field that holds the key: one that is declared must fit the other's, else it is declared here.
    fn key_field(&mut self, reference: &Reference<'_>, key: &Key, name: Text, around: &Around) -> bool {
        let Reference { field, by, siblings, .. } = *reference;
        if by.text == field.name.text {
            let reason = format!("`{}` is the reference itself", by.text);
            self.unfit("the name of the key", &reason, by.span);
            return false;
        }
        if let Some(sibling) = siblings.iter().find(|sibling| sibling.name.text == by.text) {
            return self.declared_key_field(reference, key, sibling);
        }
        if self.fields.iter().any(|known| known.name == name) {
            return true; // Another reference has declared it.
        }
        let column = field.from.as_ref().map_or(by.text.as_str(), |from| from.text.as_str());
        let source = around.source.iter().cloned().chain([Text::from(column)]).collect();
        let sentinels = field.missing_when.iter().filter_map(|sentinel| self.sentinel(sentinel)).collect();
        self.fields.push(FieldInfo {
            name,
            source,
            ty: Some(key.ty.clone()),
            optional: around.optional || field.optional.is_some(),
            default: None,
            sentinels,
            key: false,
            declared: true,
            through: None,
            link: None,
        });
        true
    }

    fn declared_key_field(&mut self, reference: &Reference<'_>, key: &Key, sibling: &ast::Field) -> bool {
        let Reference { field, by, record, .. } = *reference;
        let written = |ty: &ast::TypeExpr| self.checker.written(ty.span).to_owned();
        let wrong = match () {
            () if key_type(&sibling.ty).is_none_or(|ty| ty.is_textual() != key.ty.is_textual()) => Some(format!(
                "`{}` is `{}`, and the key `{}` of `{}` is `{}`",
                by.text,
                written(&sibling.ty),
                key.name,
                record.text,
                key.ty
            )),
            () if sibling.optional.is_some() && sibling.default.is_none() && field.optional.is_none() => {
                Some(format!("`{}` may be missing, and the reference says that it never is", by.text))
            }
            () if field.from.is_some() || !field.missing_when.is_empty() => {
                Some(format!("`{}` is declared by itself, and says there from where it is read", by.text))
            }
            () => None,
        };
        wrong.iter().for_each(|reason| self.unfit("the key of a reference", reason, by.span));
        wrong.is_none()
    }

    fn unfit(&mut self, what: &str, reason: &str, span: Span) {
        self.checker.problem(TypeProblem::Declaration { what: what.to_owned(), reason: reason.to_owned() }, span);
    }
}

/// The key that a `record` block declares, if it can be one.
fn declared_key(db: &dyn Db, record: &str) -> Option<Key> {
    let item = record_item(db, record)?;
    let ast::Item::Record(declared) = &parsed(db, item).item else { return None };
    let key = declared.fields.iter().find(|field| field.key.is_some() && field.optional.is_none())?;
    Some(Key { name: key.name.text.clone(), ty: key_type(&key.ty)? })
}

/// The type of what can be a key.
fn key_type(ty: &ast::TypeExpr) -> Option<Type> {
    match &ty.kind {
        TypeKind::ExactText => Some(Type::ExactText),
        TypeKind::Named(name) => match name.text.as_str() {
            "text" => Some(Type::Text),
            "number" => Some(Type::Number),
            "user" => Some(Type::User),
            _ => None,
        },
        _ => None,
    }
}

fn is_type_word(name: &str) -> bool {
    matches!(name, "text" | "number" | "money" | "date" | "datetime" | "duration" | "user" | "team" | "queue")
}
