//! Derived values use each other without a circle, and not too deep.

use std::collections::{BTreeMap, BTreeSet};

use limits::fixed::CALLS;

use super::pieces::Piece;
use super::{Flaw, VerifyError};
use crate::instruction::Instruction;
use crate::program::Decision;

/// Checks every definition.
pub(super) fn check(decision: &Decision, pieces: &[Piece]) -> Result<(), VerifyError> {
    let ends = pieces.iter().map(|piece| (piece.start, piece.end)).collect();
    let mut walk = Walk { decision, ends, depths: BTreeMap::new() };
    for definition in &decision.definitions {
        walk.depth(definition.entry, 0).ok_or_else(|| Flaw::Nesting(definition.name.clone()))?;
    }
    Ok(())
}

/// The walk through pieces of code, each by its beginning and looked at once, however many use it.
struct Walk<'d> {
    decision: &'d Decision,
    ends: BTreeMap<u32, u32>,
    depths: BTreeMap<u32, Depth>,
}

/// How many derived values deep a piece of code nests.
#[derive(Clone, Copy)]
enum Depth {
    /// It is being found out: whoever asks again stands in a circle.
    Asked,
    Known(u32),
}

/// What a piece of code runs by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Runs {
    Definition(u32),
    Loop(u32),
    Sieve(u16),
}

impl Walk<'_> {
    /// How deep a piece nests that runs `above` derived values down; none if that is too deep or goes in a circle. The
    /// body of a loop stands no deeper than the loop, nor what a sieve runs.
    fn depth(&mut self, start: u32, above: u32) -> Option<u32> {
        match self.depths.get(&start) {
            Some(Depth::Asked) => return None,
            Some(Depth::Known(depth)) => return (above + depth < CALLS).then_some(*depth),
            None if above >= CALLS => return None,
            None => {}
        }
        self.depths.insert(start, Depth::Asked);
        let mut deepest = 0;
        for runs in self.runs(start) {
            let depth = match runs {
                Runs::Definition(index) => {
                    let entry = self.decision.definitions.get(index as usize)?.entry;
                    1 + self.depth(entry, above + 1)?
                }
                Runs::Loop(index) => {
                    let which = self.decision.loops.get(index as usize)?;
                    self.deepest(which.filter.into_iter().chain(which.item), above)?
                }
                Runs::Sieve(index) => {
                    let which = self.decision.sieves.get(usize::from(index))?;
                    self.deepest(which.pieces(), above)?
                }
            };
            deepest = deepest.max(depth);
        }
        self.depths.insert(start, Depth::Known(deepest));
        Some(deepest)
    }

    fn deepest(&mut self, bodies: impl Iterator<Item = u32>, above: u32) -> Option<u32> {
        bodies.map(|body| self.depth(body, above)).try_fold(0, |most, depth| Some(most.max(depth?)))
    }

    fn runs(&self, start: u32) -> BTreeSet<Runs> {
        let end = self.ends.get(&start).copied().unwrap_or(start);
        let code = self.decision.code.get(start as usize..end as usize).unwrap_or_default();
        let runs = code.iter().filter_map(|instruction| match instruction {
            Instruction::Definition(index) => Some(Runs::Definition(*index)),
            Instruction::Loop(index) => Some(Runs::Loop(*index)),
            Instruction::Sieve(index, _) => Some(Runs::Sieve(*index)),
            _ => None,
        });
        runs.collect()
    }
}
