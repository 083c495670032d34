//! Derived values use each other without a circle, and not too deep.

use super::pieces::{Piece, Purpose};
use super::{Flaw, NESTING_LIMIT, VerifyError};
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

/// The definitions that each definition uses.
fn uses(decision: &Decision, pieces: &[Piece]) -> Vec<Vec<u32>> {
    let mut uses = vec![Vec::new(); decision.definitions.len()];
    for piece in pieces {
        let Purpose::Definition(index) = piece.purpose else { continue };
        let code = decision.code.get(piece.start as usize..piece.end as usize).unwrap_or_default();
        if let Some(uses) = uses.get_mut(index as usize) {
            uses.extend(code.iter().filter_map(|instruction| match instruction {
                Instruction::Definition(used) => Some(*used),
                _ => None,
            }));
        }
    }
    uses
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
                return (above + depth <= NESTING_LIMIT).then_some(depth);
            }
            Depth::Unknown if above >= NESTING_LIMIT => return None,
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
