//! Which fields a record has to bring along: those that the code asks for and those that identify it.

use semantics::typed;
use vm::instruction::Instruction;
use vm::program::Field;

/// The fields that are needed, in their old order, and the code that refers to them by their new places.
pub(super) fn lay_out(fields: &[typed::Field], mut code: Vec<Instruction>) -> (Vec<Field>, Vec<Instruction>) {
    let mut needed: Vec<bool> = fields.iter().map(|field| field.key).collect();
    for instruction in &code {
        if let Instruction::Field(place) = instruction
            && let Some(needed) = needed.get_mut(*place as usize)
        {
            *needed = true;
        }
    }
    let places = needed.iter().scan(0, |next, needed| {
        let place = *next;
        *next += u32::from(*needed);
        Some(place)
    });
    let places: Vec<u32> = places.collect();
    for instruction in &mut code {
        if let Instruction::Field(place) = instruction {
            *place = places.get(*place as usize).copied().unwrap_or(*place);
        }
    }
    let kept = fields.iter().zip(needed).filter(|(_, needed)| *needed).map(|(it, _)| field(it)).collect();
    (kept, code)
}

fn field(field: &typed::Field) -> Field {
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
