//! Derived values use each other without a circle, and not too deep.

use std::collections::BTreeSet;

use limits::fixed::{CALLS, LOOPS};

use super::pieces::{Piece, Purpose};
use super::{Flaw, VerifyError};
use crate::instruction::Instruction;
use crate::program::Decision;

/// Checks every definition.
pub(super) fn check(decision: &Decision, pieces: &[Piece]) -> Result<(), VerifyError> {
    let mut walk = Walk { uses: uses(decision, pieces), depths: vec![Depth::Unknown; decision.definitions.len()] };
    for (index, definition) in (0..).zip(&decision.definitions) {
        walk.depth(index, 0).ok_or_else(|| Flaw::Nesting(definition.name.clone()))?;
    }
    Ok(())
}

/// The definitions that each definition uses, those included that its loops use.
fn uses(decision: &Decision, pieces: &[Piece]) -> Vec<Vec<u32>> {
    let mut uses = vec![Vec::new(); decision.definitions.len()];
    let of_loops = uses_of_loops(decision, pieces);
    for piece in pieces {
        let Purpose::Definition(index) = piece.purpose else { continue };
        if let Some(uses) = uses.get_mut(index as usize) {
            uses.extend(used_by(decision, piece, &of_loops));
        }
    }
    uses
}

/// The definitions that each loop uses: inner loops first, which stand deeper.
fn uses_of_loops(decision: &Decision, pieces: &[Piece]) -> Vec<BTreeSet<u32>> {
    let mut uses = vec![BTreeSet::new(); decision.loops.len()];
    for depth in (0..LOOPS).rev() {
        for (index, it) in decision.loops.iter().enumerate().filter(|(_, it)| it.depth == depth) {
            let own = |piece: &&Piece| piece.purpose == Purpose::Body(depth) && it.has(piece.start);
            let used = pieces.iter().filter(own).flat_map(|piece| used_by(decision, piece, &uses)).collect();
            uses.get_mut(index).into_iter().for_each(|of| of.clone_from(&used));
        }
    }
    uses
}

/// The definitions that a piece of code uses, itself and through loops.
fn used_by(decision: &Decision, piece: &Piece, of_loops: &[BTreeSet<u32>]) -> BTreeSet<u32> {
    let mut used = BTreeSet::new();
    for instruction in decision.code.get(piece.start as usize..piece.end as usize).unwrap_or_default() {
        match instruction {
            Instruction::Definition(index) => drop(used.insert(*index)),
            Instruction::Loop(index) => used.extend(of_loops.get(*index as usize).into_iter().flatten()),
            _ => {}
        }
    }
    used
}

struct Walk {
    uses: Vec<Vec<u32>>,
    depths: Vec<Depth>,
}

/// How deep a definition nests.
#[derive(Clone, Copy)]
enum Depth {
    Unknown,
    /// It is being found out: whoever asks again stands in a circle.
    Asked,
    Known(u32),
}

impl Walk {
    /// How deep a definition nests that is asked for `above` levels down; none if that is too deep or goes in a circle.
    fn depth(&mut self, index: u32, above: u32) -> Option<u32> {
        let slot = self.depths.get_mut(index as usize)?;
        match std::mem::replace(slot, Depth::Asked) {
            Depth::Asked => return None,
            Depth::Known(depth) => {
                *slot = Depth::Known(depth);
                return (above + depth <= CALLS).then_some(depth);
            }
            Depth::Unknown if above >= CALLS => return None,
            Depth::Unknown => {}
        }
        let mut depth = 1;
        for used in std::mem::take(self.uses.get_mut(index as usize)?) {
            depth = depth.max(1 + self.depth(used, above + 1)?);
        }
        *self.depths.get_mut(index as usize)? = Depth::Known(depth);
        Some(depth)
    }
}
