//! Which fields a record has to bring along: those that the code asks for and those that identify it.

use semantics::typed;
use vm::instruction::Instruction;
use vm::program::Field;

/// The fields that are needed of the record and of who acts, in their old order, and the code that refers to them by
/// their new places.
pub(super) fn lay_out(
    decision: &typed::Decision,
    mut code: Vec<Instruction>,
) -> (Vec<Field>, Vec<Field>, Vec<Instruction>) {
    let of_record = |instruction: &Instruction| match instruction {
        Instruction::Field(place) => Some(*place),
        _ => None,
    };
    let of_actor = |instruction: &Instruction| match instruction {
        Instruction::Actor(place) => Some(*place),
        _ => None,
    };
    let fields = Needed::of(&decision.fields, code.iter().filter_map(of_record));
    let actor = Needed::of(&decision.actor, code.iter().filter_map(of_actor));
    for instruction in &mut code {
        match instruction {
            Instruction::Field(place) => *place = fields.place(*place),
            Instruction::Actor(place) => *place = actor.place(*place),
            _ => {}
        }
    }
    (fields.kept(&decision.fields), actor.kept(&decision.actor), code)
}

/// Which of some fields are needed, and their new places.
struct Needed {
    needed: Vec<bool>,
    places: Vec<u32>,
}

impl Needed {
    /// Those that are asked for, and the key.
    fn of(fields: &[typed::Field], asked: impl Iterator<Item = u32>) -> Self {
        let mut needed: Vec<bool> = fields.iter().map(|field| field.key).collect();
        for place in asked {
            if let Some(needed) = needed.get_mut(place as usize) {
                *needed = true;
            }
        }
        let places = needed.iter().scan(0, |next, needed| {
            let place = *next;
            *next += u32::from(*needed);
            Some(place)
        });
        Self { places: places.collect(), needed }
    }

    fn place(&self, place: u32) -> u32 {
        self.places.get(place as usize).copied().unwrap_or(place)
    }

    fn kept(&self, fields: &[typed::Field]) -> Vec<Field> {
        fields.iter().zip(&self.needed).filter(|(_, needed)| **needed).map(|(it, _)| field(it)).collect()
    }
}

/// A field as a program asks for it.
pub fn field(field: &typed::Field) -> Field {
    Field {
        name: field.name.clone(),
        source: field.source.clone(),
        ty: field.ty.clone(),
        optional: field.optional,
        default: field.default.clone(),
        sentinels: field.sentinels.clone(),
        inferred: !field.declared,
        key: field.key,
    }
}
