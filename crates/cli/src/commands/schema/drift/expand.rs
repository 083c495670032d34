//! All fields below a record type, also those of other types that it leads to: what the keys of its data are compared with.

use records::RecordType;
use values::{Text, Type};
use vm::program::Field;

/// How deep fields may lie.
const DEEPEST: usize = 5;

/// The fields of a record type under the names that rules know: `company.name`, `activities[].points`.
pub(super) fn fields(types: &[RecordType], record: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    add(types, record, &Around { prefix: String::new(), source: Vec::new(), optional: false, depth: 0 }, &mut fields);
    fields
}

/// What lies around some fields.
struct Around {
    prefix: String,
    source: Vec<Text>,
    optional: bool,
    depth: usize,
}

fn add(types: &[RecordType], record: &str, around: &Around, found: &mut Vec<Field>) {
    let known = types.iter().find(|known| *known.name == *record);
    for field in known.into_iter().flat_map(|known| &known.fields) {
        let field = Field {
            name: Text::from(format!("{}{}", around.prefix, field.name)),
            source: around.source.iter().chain(&field.source).cloned().collect(),
            optional: field.optional || around.optional,
            key: field.key && around.depth == 0,
            ..field.clone()
        };
        let (inner, each) = match &field.ty {
            Type::Record(inner) => (Some(inner.clone()), ""),
            Type::List(member) => match &**member {
                Type::Record(inner) => (Some(inner.clone()), "[]"),
                _ => (None, ""),
            },
            _ => (None, ""),
        };
        let prefix = format!("{}{each}.", field.name);
        let inside = Around { prefix, source: field.source.clone(), optional: true, depth: around.depth + 1 };
        found.push(field);
        if let Some(inner) = inner.filter(|_| inside.depth < DEEPEST) {
            add(types, &inner, &inside, found);
        }
    }
}
