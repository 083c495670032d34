//! Several kinds of value in one place: the one type that holds them all.

use super::super::imported::{Field, Kind};

/// The type of values that are one of several kinds.
pub(super) fn merged(kinds: Vec<Kind>) -> Kind {
    let mut kinds = kinds.into_iter();
    let Some(first) = kinds.next() else { return Kind::LeftOut("it can hold anything".to_owned()) };
    kinds.fold(first, both)
}

fn both(one: Kind, other: Kind) -> Kind {
    match (one, other) {
        (one, other) if one == other => one,
        (Kind::LeftOut(why), _) | (_, Kind::LeftOut(why)) => Kind::LeftOut(why),
        (Kind::OneOf(mut labels), Kind::OneOf(more)) => {
            labels.extend(more.into_iter().filter(|label| !labels.contains(label)).collect::<Vec<_>>());
            Kind::OneOf(labels)
        }
        // A date is read as the beginning of its day.
        (Kind::Named(one), Kind::Named(other)) if is_moment(&one) && is_moment(&other) => Kind::named("datetime"),
        (one, other) if one.is_text() && other.is_text() => Kind::named("text"),
        (Kind::Nested(one), Kind::Nested(other)) => Kind::Nested(all_fields(one, other)),
        (one, other) => Kind::LeftOut(format!("it has no one type: {} or {}", word(&one), word(&other))),
    }
}

fn is_moment(name: &str) -> bool {
    matches!(name, "date" | "datetime")
}

/// The fields of both; what only one of them has may be missing.
fn all_fields(one: Vec<Field>, other: Vec<Field>) -> Vec<Field> {
    let mut fields = one;
    let in_other = |field: &Field| other.iter().any(|its| its.name == field.name);
    for field in &mut fields {
        field.optional |= !in_other(field) && field.default.is_none();
    }
    for mut its in other {
        match fields.iter_mut().find(|field| field.name == its.name) {
            Some(field) => {
                field.optional |= its.optional;
                let kind = std::mem::replace(&mut field.ty, Kind::OneOf(Vec::new()));
                field.ty = both(kind, its.ty);
            }
            None => {
                its.optional |= its.default.is_none();
                fields.push(its);
            }
        }
    }
    fields
}

fn word(kind: &Kind) -> String {
    match kind {
        Kind::Named(name) => name.clone(),
        Kind::OneOf(_) => "text".to_owned(),
        Kind::List(_) => "a list".to_owned(),
        Kind::Nested(_) => "a record".to_owned(),
        Kind::LeftOut(why) => why.clone(),
    }
}
