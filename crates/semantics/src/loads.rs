//! What members of teams have already, `by least loaded from open_cases`: which columns of which tables tell it.

use std::collections::BTreeSet;

use syntax::ast::{self, EffectKind, Selection};
use values::{Text, Type, Value};

use crate::db::{Db, all_items, parsed};
use crate::reference::Shape;
use crate::schema::FieldInfo;

/// The columns of a table that some rule takes for loads.
pub fn load_columns<'s>(db: &dyn Db, table: &str, shape: &'s Shape) -> Vec<&'s Text> {
    let named: Vec<&Option<String>> =
        loads_named(db).iter().filter(|(name, _)| name == table).map(|(_, column)| column).collect();
    let is_asked = |column: &&FieldInfo| {
        let alone = || numbers(shape).count() == 1;
        column.ty == Some(Type::Number)
            && named.iter().any(|named| named.as_ref().map_or_else(alone, |named| **named == *column.name))
    };
    shape.columns.iter().filter(is_asked).map(|column| &column.name).collect()
}

/// The columns that hold numbers.
pub fn numbers(shape: &Shape) -> impl Iterator<Item = &FieldInfo> {
    shape.columns.iter().filter(|column| column.ty == Some(Type::Number) && column.name != shape.key.name)
}

/// Whether somebody can have so much already: nothing, or a whole number from 0 on.
pub fn is_count(value: &Value) -> bool {
    match value {
        Value::Missing => true,
        Value::Number(number) => number.as_i64().is_some_and(|count| (0..=LARGEST).contains(&count)),
        _ => false,
    }
}

/// The greatest load, which is what the machine takes.
const LARGEST: i64 = 1 << 48;

/// The tables and columns that rules name; no column where they leave it out.
#[salsa::tracked]
fn loads_named(db: &dyn Db) -> BTreeSet<(String, Option<String>)> {
    let effects = all_items(db).iter().flat_map(|item| match &parsed(db, *item).item {
        ast::Item::Rule(rule) => rule.effects.as_slice(),
        ast::Item::Otherwise(otherwise) => otherwise.effects.as_slice(),
        _ => &[],
    });
    let paths = effects.filter_map(|effect| match &effect.kind {
        EffectKind::Assign { by: Some(Selection::LeastLoaded(Some(from))), .. } => Some(from),
        _ => None,
    });
    paths.map(|from| (from.root.text.clone(), from.fields.first().map(|column| column.text.clone()))).collect()
}
