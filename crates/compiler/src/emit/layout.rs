//! Which fields a record has to bring along: those that the code asks for and those that identify it. What lies in the
//! items of lists is set apart, list by list.

use semantics::typed;
use values::Text;
use vm::instruction::Instruction;
use vm::program::{Field, Items, ListPlace};

/// The fields that are needed, in their old order, and the code that refers to them by their new places.
pub(super) struct Layout {
    pub(super) fields: Vec<Field>,
    pub(super) items: Vec<Items>,
    /// The fields that are needed of who acts.
    pub(super) actor: Vec<Field>,
    pub(super) code: Vec<Instruction>,
}

pub(super) fn lay_out(decision: &typed::Decision, mut code: Vec<Instruction>) -> Layout {
    let fields = &decision.fields;
    let actor = actor_fields(&decision.actor, &mut code);
    let needed = needed(fields, &code);
    let mut layout = Layout { fields: Vec::new(), items: Vec::new(), actor, code };
    let mut places = vec![None; fields.len()];
    for (index, field) in fields.iter().enumerate().filter(|(index, _)| needed.get(*index) == Some(&true)) {
        let list = field.list.and_then(|list| places.get(list as usize).copied().flatten());
        let place = match field.list {
            None => Some(ListPlace::Field(push(&mut layout.fields, self::field(field)))),
            Some(_) => list.map(|list| layout.in_items(list, self::field(field))),
        };
        places.get_mut(index).into_iter().for_each(|of| *of = place);
    }
    let place = |index: u32| places.get(index as usize).copied().flatten();
    for instruction in &mut layout.code {
        match (&instruction, place_named(instruction).and_then(place)) {
            (Instruction::Field(_), Some(ListPlace::Field(field))) => *instruction = Instruction::Field(field),
            (Instruction::Element(up, ..), Some(ListPlace::Item { items, field })) => {
                *instruction = Instruction::Element(*up, u16::try_from(items).unwrap_or(u16::MAX), field);
            }
            _ => {}
        }
    }
    layout
}

impl Layout {
    /// A field in the items of a list.
    fn in_items(&mut self, list: ListPlace, field: Field) -> ListPlace {
        let known = self.items.iter().position(|items| items.list == list);
        let place = known.unwrap_or_else(|| {
            self.items.push(Items { list, fields: Vec::new() });
            self.items.len() - 1
        });
        let field = self.items.get_mut(place).map_or(u32::MAX, |items| push(&mut items.fields, field));
        ListPlace::Item { items: u32::try_from(place).unwrap_or(u32::MAX), field }
    }
}

/// The fields of who acts that the code names, which it then names by their new places.
fn actor_fields(fields: &[typed::Field], code: &mut [Instruction]) -> Vec<Field> {
    let mut kept = Vec::new();
    let mut places = vec![None; fields.len()];
    for instruction in code {
        let Instruction::Actor(place) = instruction else { continue };
        let index = *place as usize;
        if let (Some(field), Some(known)) = (fields.get(index), places.get_mut(index)) {
            *place = *known.get_or_insert_with(|| push(&mut kept, self::field(field)));
        }
    }
    kept
}

/// The field that an instruction names by its old place.
fn place_named(instruction: &Instruction) -> Option<u32> {
    match instruction {
        Instruction::Field(place) | Instruction::Element(_, _, place) => Some(*place),
        _ => None,
    }
}

/// Which fields the code names or the record is known by.
fn needed(fields: &[typed::Field], code: &[Instruction]) -> Vec<bool> {
    let mut needed: Vec<bool> = fields.iter().map(|field| field.key).collect();
    for place in code.iter().filter_map(place_named) {
        needed.get_mut(place as usize).into_iter().for_each(|needed| *needed = true);
    }
    needed
}

fn push(fields: &mut Vec<Field>, field: Field) -> u32 {
    fields.push(field);
    u32::try_from(fields.len() - 1).unwrap_or(u32::MAX)
}

/// A field as a program asks for it.
pub fn field(field: &typed::Field) -> Field {
    Field {
        name: Text::from(field.name.rsplit("[].").next().unwrap_or(&field.name)),
        source: field.source.clone(),
        ty: field.ty.clone(),
        optional: field.optional,
        default: field.default.clone(),
        sentinels: field.sentinels.clone(),
        inferred: !field.declared,
        key: field.key,
    }
}
