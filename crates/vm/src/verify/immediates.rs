//! Whatever an instruction names exists.

use values::builtins::Builtin;

use super::{Flaw, VerifyError};
use crate::instruction::{Immediate, Instruction};
use crate::program::Decision;

/// Checks the immediates of every instruction, but for jumps (see `flow.rs`).
pub(super) fn check(decision: &Decision) -> Result<(), VerifyError> {
    for (place, instruction) in (0..).zip(&decision.code) {
        check_instruction(decision, *instruction).map_err(|flaw| VerifyError { place: Some(place), ..flaw.into() })?;
    }
    Ok(())
}

fn check_instruction(decision: &Decision, instruction: Instruction) -> Result<(), Flaw> {
    if let Instruction::Call(builtin, count) = instruction {
        check_arity(builtin, count)?;
    }
    instruction.immediates().into_iter().try_for_each(|immediate| check_immediate(decision, immediate))
}

fn check_immediate(decision: &Decision, immediate: Immediate) -> Result<(), Flaw> {
    let (what, index, length) = match immediate {
        Immediate::Constant(index) => ("constant", index, decision.constants.len()),
        Immediate::Field(index) => ("field", index, decision.fields.len()),
        Immediate::Actor(index) => ("field of who acts", index, decision.actor.len()),
        Immediate::Definition(index) => ("derived value", index, decision.definitions.len()),
        Immediate::Choice(index) => ("choice", index, decision.choices.len()),
        Immediate::Pattern(index) => ("pattern", index, decision.patterns.len()),
        Immediate::Rule(index) => ("rule", index, decision.rules.len()),
        Immediate::Effect(index) => ("effect", index, decision.effects.len()),
        Immediate::Lookup(index) => ("lookup", index, decision.lookups.len()),
        Immediate::Loop(index) => ("loop", index, decision.loops.len()),
        Immediate::Sieve(index) => ("sieve", index, decision.sieves.len()),
        Immediate::Items(index) => ("list of records", index, decision.items.len()),
        Immediate::Place(_) | Immediate::Builtin(_) | Immediate::Count(_) | Immediate::Up(_) => return Ok(()),
    };
    if (index as usize) < length { Ok(()) } else { Err(Flaw::NoSuch { what, index }) }
}

fn check_arity(builtin: Builtin, count: u8) -> Result<(), Flaw> {
    let row = builtin.row();
    if row.takes(count.into()) { Ok(()) } else { Err(Flaw::Arity { builtin: row.key, count: count.into() }) }
}
