//! To which record type the field at the end of a path belongs.

use syntax::ast::{self, TypeExpr, TypeKind};

use super::{Kind, Thing};
use crate::db::{Db, parsed};
use crate::names::{Space, find};
use crate::schema::{EACH, FieldPath, joined};

/// What a path below a record type, or below reference data, names: a derived value, or a field of the record type that
/// declares it, which a reference or a list may have led to. Where no block declares the record type, its field.
#[salsa::tracked]
pub fn origin<'db>(db: &'db dyn Db, path: FieldPath<'db>) -> Option<Thing> {
    let (record, names) = (path.record(db), path.path(db));
    if let [name] = names.as_slice()
        && find(db, Space::Derived, &format!("{record}.{name}")).is_some()
    {
        return Some(Thing::of(Kind::Derived, record, name));
    }
    let Some(item) = find(db, Space::Value, record) else {
        return Some(Thing::of(Kind::Field, record, &joined(names)));
    };
    let fields = match &parsed(db, item).item {
        ast::Item::Record(block) => &block.fields,
        ast::Item::Reference(reference) => &reference.fields,
        _ => return None,
    };
    match follow(fields, names, 0)? {
        Followed::Here => Some(Thing::of(Kind::Field, record, &joined(names))),
        Followed::Elsewhere { record, rest } => origin(db, FieldPath::new(db, record, rest)).clone(),
    }
}

enum Followed {
    /// It is declared in this block.
    Here,
    /// It lies in another record type.
    Elsewhere { record: String, rest: Vec<String> },
}

/// Follows the names from one on through the fields of a block.
fn follow(fields: &[ast::Field], names: &[String], from: usize) -> Option<Followed> {
    let name = names.get(from)?;
    let field = fields.iter().find(|field| field.name.text == *name)?;
    into(&field.ty, names, from + 1)
}

/// Follows the names from one on into a type.
fn into(ty: &TypeExpr, names: &[String], from: usize) -> Option<Followed> {
    let Some(next) = names.get(from) else { return Some(Followed::Here) };
    match &ty.kind {
        TypeKind::Nested(fields) => follow(fields, names, from),
        TypeKind::List(member) if next == EACH => into(member, names, from + 1),
        TypeKind::Named(name) | TypeKind::Reference { record: name, .. } => {
            Some(Followed::Elsewhere { record: name.text.clone(), rest: names.get(from..)?.to_vec() })
        }
        _ => None,
    }
}
