//! Follows every way through a piece of code.
//!
//! Jumps only go forward, so one pass from the first instruction to the last sees each instruction after all ways to it.
//! That also proves that a piece ends: a decision is made by going on, never by going round. Rules fire in their order on
//! every way, so that each fires once, and what they do is bounded by what stands in the program.

use std::ops::Range;

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
    let mut ways = Ways { piece: *piece, states: vec![None; code.len()] };
    ways.arrive(piece.start, State { height: 0, next_rule: 0 }).map_err(VerifyError::from)?;
    for (place, instruction) in (piece.start..).zip(code) {
        check_instruction(decision, *instruction, place, &mut ways)
            .map_err(|flaw| VerifyError { place: Some(place), ..flaw.into() })?;
    }
    Ok(())
}

fn check_instruction(decision: &Decision, instruction: Instruction, place: u32, ways: &mut Ways) -> Result<(), Flaw> {
    check_purpose(decision, instruction, ways.piece.purpose)?;
    let Some(State { height, next_rule }) = ways.at(place) else {
        return Ok(()); // No way leads here.
    };
    let fires = fires(decision, instruction, ways.piece.purpose);
    if fires.start < next_rule && !fires.is_empty() {
        return Err(Flaw::FiresAgain(fires.start));
    }
    let next_rule = next_rule.max(fires.end);
    let left = height.checked_sub(takes(decision, instruction)).ok_or(Flaw::StackEmpty)?;
    let height = left + instruction.leaves();
    let (after, one_more) = (State { height, next_rule }, State { height: height + 1, next_rule });
    match instruction.flow() {
        Flow::Next => ways.arrive(place + 1, after),
        Flow::Jump => ways.jump(place, instruction, after),
        Flow::Branch => {
            ways.jump(place, instruction, after)?;
            ways.arrive(place + 1, after)
        }
        Flow::BranchKeeping => {
            ways.jump(place, instruction, one_more)?;
            ways.arrive(place + 1, after)
        }
        Flow::End => check_end(ways.piece.purpose, height),
    }
}

/// The rules that an instruction may fire: a search those of its set, but for the `otherwise`.
fn fires(decision: &Decision, instruction: Instruction, purpose: Purpose) -> Range<u32> {
    match (instruction, purpose) {
        (Instruction::Fire(rule) | Instruction::FireOtherwise(rule), _) => rule..rule.saturating_add(1),
        (Instruction::Search, Purpose::Set(set)) => {
            let rules = decision.sets.get(set as usize).map_or(0..0, |set| set.rules.clone());
            let last = rules.end.checked_sub(1).and_then(|last| decision.rules.get(last as usize));
            rules.start..rules.end - u32::from(last.is_some_and(|last| last.condition.is_none()))
        }
        _ => 0..0,
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
        Purpose::Definition(_)
        | Purpose::Line
        | Purpose::Dimension
        | Purpose::Case(_)
        | Purpose::Condition
        | Purpose::Body(_) => 1,
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
        (Instruction::Sieve(..), purpose) => !matches!(purpose, Purpose::Case(_) | Purpose::Body(_)),
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

/// What is known before an instruction, on whichever way it is reached.
#[derive(Clone, Copy)]
struct State {
    /// How many values are on the stack: as many on every way.
    height: u32,
    /// The first rule that has not had its turn on any of the ways.
    next_rule: u32,
}

/// The state before each instruction of a piece, as far as known.
struct Ways {
    piece: Piece,
    states: Vec<Option<State>>,
}

impl Ways {
    fn at(&self, place: u32) -> Option<State> {
        *self.states.get((place - self.piece.start) as usize)?
    }

    /// A way comes to `place` in this state.
    fn arrive(&mut self, place: u32, state: State) -> Result<(), Flaw> {
        if state.height > limits::fixed::STACK {
            return Err(Flaw::StackFull);
        }
        let known = self.states.get_mut((place - self.piece.start) as usize).ok_or(Flaw::Endless)?;
        match known {
            Some(other) if other.height != state.height => return Err(Flaw::StackUneven),
            Some(other) => other.next_rule = other.next_rule.max(state.next_rule),
            None => *known = Some(state),
        }
        Ok(())
    }

    fn jump(&mut self, from: u32, instruction: Instruction, state: State) -> Result<(), Flaw> {
        for immediate in instruction.immediates() {
            if let Immediate::Place(to) = immediate {
                if to <= from || to >= self.piece.end {
                    return Err(Flaw::Jump(to));
                }
                self.arrive(to, state)?;
            }
        }
        Ok(())
    }
}
