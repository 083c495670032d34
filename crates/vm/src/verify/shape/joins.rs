//! References lead from fields that are there to records, and none in a circle.

use values::{Text, Type};

use super::Flaw;
use crate::program::{Decision, Field, FieldPlace, Join};

/// Checks the references and the fields that lie in their records.
pub(super) fn check(decision: &Decision) -> Result<(), Flaw> {
    for (index, join) in (0..).zip(&decision.joins) {
        let Some(by) = decision.field(join.by) else { return Err(flaw(join)) };
        let earlier = by.through.is_none_or(|through| through < index);
        let key_is_plain = join.key.through.is_none() && !join.key.source.is_empty();
        if !earlier || !key_is_plain || kind(&by.ty).is_none() || kind(&by.ty) != kind(&join.key.ty) {
            return Err(flaw(join));
        }
    }
    let of_record = decision.fields.iter().map(|field| (field, None));
    let of_items = (0..).zip(&decision.items).flat_map(|(at, items)| items.fields.iter().map(move |it| (it, Some(at))));
    of_record.chain(of_items).try_for_each(|(field, items)| check_field(decision, field, items))?;
    match decision.actor.iter().find(|field| field.through.is_some()) {
        Some(field) => Err(Flaw::Field(field.name.clone())),
        None => Ok(()),
    }
}

/// Whether nothing of a record but its presence is asked for.
pub(super) fn is_presence(field: &Field) -> bool {
    field.through.is_some() && matches!(field.ty, Type::Record(_))
}

/// A field lies in a record to which a reference leads from where the field is: from the record, or from these items.
fn check_field(decision: &Decision, field: &Field, items: Option<u32>) -> Result<(), Flaw> {
    let Some(through) = field.through else { return Ok(()) };
    let holder = decision.joins.get(through as usize).map(|join| match join.by {
        FieldPlace::Field(_) => None,
        FieldPlace::Item { items, .. } => Some(items),
    });
    match holder {
        Some(holder) if holder == items && !field.key => Ok(()),
        Some(_) => Err(Flaw::Field(field.name.clone())),
        None => Err(Flaw::NoSuch { what: "reference", index: through }),
    }
}

fn flaw(join: &Join) -> Flaw {
    Flaw::Join(Text::clone(&join.name))
}

/// What can be a key: texts are compared with texts, numbers with numbers.
fn kind(ty: &Type) -> Option<bool> {
    (ty.is_textual() || *ty == Type::Number).then_some(ty.is_textual())
}
