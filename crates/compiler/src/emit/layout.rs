//! Which fields a record has to bring along: those that the code asks for and those that identify it. What lies in the
//! items of lists is set apart, list by list, and what lies in the records that references lead to, reference by reference.

use semantics::typed;
use values::Text;
use vm::instruction::Instruction;
use vm::program::{Field, FieldPlace, Items, Join};

/// The fields that are needed, in their old order, and the code that refers to them by their new places.
pub(super) struct Layout {
    pub(super) fields: Vec<Field>,
    pub(super) items: Vec<Items>,
    /// The references that are followed.
    pub(super) joins: Vec<Join>,
    /// The fields that are needed of who acts.
    pub(super) actor: Vec<Field>,
    pub(super) code: Vec<Instruction>,
}

pub(super) fn lay_out(decision: &typed::Decision, mut code: Vec<Instruction>) -> Layout {
    let fields = &decision.fields;
    let actor = actor_fields(&decision.actor, &mut code);
    let needed = needed(decision, &code);
    let is_needed = |index: usize| needed.get(index) == Some(&true);
    let joined = joined(fields, &needed);
    let mut layout = Layout { fields: Vec::new(), items: Vec::new(), joins: Vec::new(), actor, code };
    let mut places = vec![None; fields.len()];
    for (index, field) in fields.iter().enumerate().filter(|(index, _)| is_needed(*index)) {
        let list = field.list.and_then(|list| places.get(list as usize).copied().flatten());
        let laid = Field { through: through(field, &joined), ..self::field(field) };
        let place = match field.list {
            None => Some(FieldPlace::Field(push(&mut layout.fields, laid))),
            Some(_) => list.map(|list| layout.in_items(list, laid)),
        };
        places.get_mut(index).into_iter().for_each(|of| *of = place);
    }
    let place = |index: u32| places.get(index as usize).copied().flatten();
    let place_of = |name: &Text| place(number(fields.iter().position(|field| field.name == *name)?));
    let join = |it: &&typed::Field| {
        let link = it.link.as_deref()?;
        let key = field(&link.key);
        Some(Join { name: in_item(&it.name), record: link.record.clone(), by: place_of(&link.by)?, key })
    };
    layout.joins = joined.iter().filter_map(join).collect();
    for instruction in &mut layout.code {
        match (&instruction, place_named(instruction).and_then(place)) {
            (Instruction::Field(_), Some(FieldPlace::Field(field))) => *instruction = Instruction::Field(field),
            (Instruction::Element(up, ..), Some(FieldPlace::Item { items, field })) => {
                *instruction = Instruction::Element(*up, u16::try_from(items).unwrap_or(u16::MAX), field);
            }
            _ => {}
        }
    }
    layout
}

impl Layout {
    /// A field in the items of a list.
    fn in_items(&mut self, list: FieldPlace, field: Field) -> FieldPlace {
        let known = self.items.iter().position(|items| items.list == list);
        let place = known.unwrap_or_else(|| {
            self.items.push(Items { list, fields: Vec::new() });
            self.items.len() - 1
        });
        let field = self.items.get_mut(place).map_or(u32::MAX, |items| push(&mut items.fields, field));
        FieldPlace::Item { items: number(place), field }
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

/// Which fields the code names or the record is known by, and which lead there: the keys of references, the lists in the
/// records of others.
fn needed(decision: &typed::Decision, code: &[Instruction]) -> Vec<bool> {
    let fields = &decision.fields;
    let mut needed = vec![false; fields.len()];
    let place = |name: &Text| fields.iter().position(|field| field.name == *name);
    let keys = fields.iter().enumerate().filter(|(_, field)| field.key).map(|(index, _)| index);
    let named = code.iter().filter_map(place_named).map(|place| place as usize);
    let mut wanted: Vec<usize> = keys.chain(named).chain(written_through(decision)).collect();
    while let Some(index) = wanted.pop() {
        let (Some(field), Some(known)) = (fields.get(index), needed.get_mut(index)) else { continue };
        if std::mem::replace(known, true) {
            continue;
        }
        wanted.extend(field.through.as_ref().and_then(place).and_then(|link| key_of(fields, link)));
        wanted.extend(key_of(fields, index));
    }
    needed
}

/// The references in whose records rules write fields.
fn written_through(decision: &typed::Decision) -> impl Iterator<Item = usize> {
    let rules = decision.sets.iter().flat_map(|set| {
        let otherwise = set.otherwise.iter().flat_map(|otherwise| &otherwise.effects);
        set.rules.iter().flat_map(|rule| &rule.effects).chain(otherwise)
    });
    let written: Vec<&Text> = rules
        .filter_map(|effect| match effect {
            typed::Effect::Set { field, .. } => Some(field),
            _ => None,
        })
        .collect();
    let is_written = move |field: &typed::Field| {
        let below = |name: &&Text| name.strip_prefix(&*field.name).is_some_and(|rest| rest.starts_with('.'));
        field.link.is_some() && field.through.is_none() && written.iter().any(below)
    };
    decision.fields.iter().enumerate().filter(move |(_, field)| is_written(field)).map(|(index, _)| index)
}

/// The field that holds the key of a reference.
fn key_of(fields: &[typed::Field], reference: usize) -> Option<usize> {
    let link = fields.get(reference)?.link.as_deref()?;
    fields.iter().position(|field| field.name == link.by)
}

/// The references that needed fields lie behind, each behind those that lead to it: their names are the beginning of its.
fn joined<'f>(fields: &'f [typed::Field], needed: &[bool]) -> Vec<&'f typed::Field> {
    let asked = fields.iter().zip(needed).filter(|(_, needed)| **needed).map(|(field, _)| field);
    let names: Vec<&Text> = asked.filter_map(reference_of).collect();
    let mut joined: Vec<_> =
        fields.iter().filter(|field| field.link.is_some() && names.contains(&&field.name)).collect();
    joined.sort_by(|one, other| one.name.cmp(&other.name));
    joined
}

/// The reference that a field is read through; one that is asked for itself is read through itself.
fn reference_of(field: &typed::Field) -> Option<&Text> {
    if field.link.is_some() { Some(&field.name) } else { field.through.as_ref() }
}

fn through(field: &typed::Field, joined: &[&typed::Field]) -> Option<u32> {
    let name = reference_of(field)?;
    joined.iter().position(|join| join.name == *name).map(number)
}

fn push(fields: &mut Vec<Field>, field: Field) -> u32 {
    fields.push(field);
    number(fields.len() - 1)
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The name of a field as it is within the item that it lies in, if it lies in one.
fn in_item(name: &Text) -> Text {
    Text::from(name.rsplit("[].").next().unwrap_or(name))
}

/// A field as a program asks for it.
pub fn field(field: &typed::Field) -> Field {
    Field {
        name: in_item(&field.name),
        source: field.source.clone(),
        ty: field.ty.clone(),
        optional: field.optional,
        default: field.default.clone(),
        sentinels: field.sentinels.clone(),
        inferred: !field.declared,
        key: field.key,
        through: None,
    }
}
