//! Follows every way through a piece of code.
//!
//! Jumps only go forward, so one pass from the first instruction to the last sees each instruction after all ways to it.
//! That also proves that a piece ends: a decision is made by going on, never by going round.

use super::pieces::{Piece, Purpose};
use super::{Flaw, VerifyError};
use crate::effect::Effect;
use crate::instruction::{Flow, Immediate, Instruction};
use crate::program::Decision;

/// Checks jumps, heights of the stack, and that each instruction is in the right kind of code.
pub(super) fn check(decision: &Decision, piece: &Piece) -> Result<(), VerifyError> {
    let code = decision.code.get(piece.start as usize..piece.end as usize).unwrap_or_default();
    if code.last() != Some(&Instruction::Return) {
        return Err(VerifyError { place: piece.end.checked_sub(1), ..Flaw::Endless.into() });
    }
    let mut heights = Heights { piece: *piece, heights: vec![None; code.len()] };
    heights.arrive(piece.start, 0).map_err(VerifyError::from)?;
    for (place, instruction) in (piece.start..).zip(code) {
        check_instruction(decision, *instruction, place, &mut heights)
            .map_err(|flaw| VerifyError { place: Some(place), ..flaw.into() })?;
    }
    Ok(())
}

fn check_instruction(
    decision: &Decision,
    instruction: Instruction,
    place: u32,
    heights: &mut Heights,
) -> Result<(), Flaw> {
    check_purpose(decision, instruction, heights.piece.purpose)?;
    let Some(height) = heights.at(place) else {
        return Ok(()); // No way leads here.
    };
    let left = height.checked_sub(takes(decision, instruction)).ok_or(Flaw::StackEmpty)?;
    let after = left + instruction.leaves();
    match instruction.flow() {
        Flow::Next => heights.arrive(place + 1, after),
        Flow::Jump => heights.jump(place, instruction, after),
        Flow::Branch => {
            heights.jump(place, instruction, after)?;
            heights.arrive(place + 1, after)
        }
        Flow::BranchKeeping => {
            heights.jump(place, instruction, after + 1)?;
            heights.arrive(place + 1, after)
        }
        Flow::End => check_end(heights.piece.purpose, after),
    }
}

/// How many values an instruction takes, the operands of its effect included.
fn takes(decision: &Decision, instruction: Instruction) -> u32 {
    match instruction {
        Instruction::Perform(effect) => decision.effects.get(effect as usize).map_or(0, Effect::operand_count),
        _ => instruction.takes(),
    }
}

fn check_end(purpose: Purpose, height: u32) -> Result<(), Flaw> {
    let wanted = match purpose {
        Purpose::Definition(_) | Purpose::Line | Purpose::Dimension | Purpose::Condition | Purpose::Body(_) => 1,
        Purpose::Set(_) | Purpose::Effects => 0,
    };
    if height == wanted { Ok(()) } else { Err(Flaw::Leaves(height)) }
}

/// Acting belongs into trees (`fire`) and effects (`perform`); a tree fires its own set's rules only. A loop runs at its
/// depth, and code in it sees no further out than there are loops.
fn check_purpose(decision: &Decision, instruction: Instruction, purpose: Purpose) -> Result<(), Flaw> {
    let rule = |index: u32| decision.rules.get(index as usize);
    let fits = match (instruction, purpose) {
        (Instruction::Fire(index), Purpose::Set(set)) => {
            rule(index).is_some_and(|rule| rule.set == set && rule.condition.is_some())
        }
        (Instruction::FireOtherwise(index), Purpose::Set(set)) => {
            rule(index).is_some_and(|rule| rule.set == set && rule.condition.is_none())
        }
        (Instruction::Search, Purpose::Set(set)) => {
            decision.sets.get(set as usize).is_some_and(|set| set.index.is_some())
        }
        (Instruction::Fire(_) | Instruction::FireOtherwise(_) | Instruction::Search, _) => false,
        (Instruction::Perform(_), purpose) => purpose == Purpose::Effects,
        (Instruction::Loop(index), purpose) => {
            let depth = if let Purpose::Body(around) = purpose { u32::from(around) + 1 } else { 0 };
            decision.loops.get(index as usize).is_some_and(|it| u32::from(it.depth) == depth)
        }
        (Instruction::Item(up) | Instruction::Element(up, ..), Purpose::Body(depth)) => up <= depth,
        (Instruction::Item(_) | Instruction::Element(..), _) => false,
        _ => true,
    };
    if fits { Ok(()) } else { Err(Flaw::Misplaced(instruction.mnemonic())) }
}

/// The height of the stack before each instruction of a piece, as far as known.
struct Heights {
    piece: Piece,
    heights: Vec<Option<u32>>,
}

impl Heights {
    fn at(&self, place: u32) -> Option<u32> {
        *self.heights.get((place - self.piece.start) as usize)?
    }

    /// A way comes to `place` with this height.
    fn arrive(&mut self, place: u32, height: u32) -> Result<(), Flaw> {
        if height > limits::fixed::STACK {
            return Err(Flaw::StackFull);
        }
        let known = self.heights.get_mut((place - self.piece.start) as usize).ok_or(Flaw::Endless)?;
        match *known {
            Some(other) if other != height => Err(Flaw::StackUneven),
            _ => {
                *known = Some(height);
                Ok(())
            }
        }
    }

    fn jump(&mut self, from: u32, instruction: Instruction, height: u32) -> Result<(), Flaw> {
        for immediate in instruction.immediates() {
            if let Immediate::Place(to) = immediate {
                if to <= from || to >= self.piece.end {
                    return Err(Flaw::Jump(to));
                }
                self.arrive(to, height)?;
            }
        }
        Ok(())
    }
}
