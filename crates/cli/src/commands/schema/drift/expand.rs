//! All fields below a record type, also those of other types that it leads to: what the keys of its data are compared with.

use records::{RecordType, Reference};
use values::{Text, Type};
use vm::program::Field;

/// How deep fields may lie.
const DEEPEST: usize = 5;

/// All that lies below a record type, under the names that rules know: `company.name`, `activities[].points`.
#[derive(Clone, Default)]
pub(super) struct Expanded {
    pub(super) fields: Vec<Field>,
    pub(super) references: Vec<Reference>,
}

/// The fields and references of a record type.
pub(super) fn expanded(types: &[RecordType], record: &str) -> Expanded {
    let mut found = Expanded::default();
    add(types, record, &Around { prefix: String::new(), source: Vec::new(), optional: false, depth: 0 }, &mut found);
    found
}

/// What lies around some fields.
struct Around {
    prefix: String,
    source: Vec<Text>,
    optional: bool,
    depth: usize,
}

fn add(types: &[RecordType], record: &str, around: &Around, found: &mut Expanded) {
    let known = types.iter().find(|known| *known.name == *record);
    let below = |name: &Text| Text::from(format!("{}{name}", around.prefix));
    let references = known.into_iter().flat_map(|known| &known.references);
    found.references.extend(references.map(|reference| Reference {
        name: below(&reference.name),
        record: reference.record.clone(),
        by: below(&reference.by),
    }));
    for field in known.into_iter().flat_map(|known| &known.fields) {
        let field = Field {
            name: below(&field.name),
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
        found.fields.push(field);
        if let Some(inner) = inner.filter(|_| inside.depth < DEEPEST) {
            add(types, &inner, &inside, found);
        }
    }
}
