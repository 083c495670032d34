//! The pieces into which the code of a decision falls.
//!
//! ```text
//! code   | definition | its lines  | set's tree ......... | condition | effects | condition | effects |
//! entry  ^            ^            ^                      ^           ^         ^           ^
//! ```
//!
//! A piece begins at an entry and ends before the next. Rules may share conditions or effects, lines theirs; a definition
//! and a set have theirs alone.
//! The bodies of loops stand behind everything else.

use super::{Flaw, VerifyError};
use crate::program::Decision;

/// What a piece of code is for: it decides what may stand in it and what it leaves on the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// The value of a definition, by its place.
    Definition(u32),
    /// A line of a definition alone.
    Line,
    /// What an index looks at.
    Dimension,
    /// The condition or the value of a case of a sieve, by the sieve's place.
    Case(u32),
    /// A set's tree, by the set's place.
    Set(u32),
    /// A rule's condition alone, or a single condition of it, or that of a guard.
    Condition,
    /// A rule's effects.
    Effects,
    /// What a loop runs for each item, in so many other loops.
    Body(u8),
}

/// A piece of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Piece {
    /// Its first instruction.
    pub(crate) start: u32,
    /// The place after its last.
    pub(crate) end: u32,
    /// What it is for.
    pub(crate) purpose: Purpose,
}

/// All pieces in the order of the code.
pub(super) fn pieces(decision: &Decision) -> Result<Vec<Piece>, VerifyError> {
    let pieces = cut(decision);
    let length = u32::try_from(decision.code.len()).map_err(|_| Flaw::StrayCode)?;
    if pieces.first().map_or(0, |piece| piece.start) != 0 || (pieces.is_empty() && length > 0) {
        return Err(Flaw::StrayCode.into());
    }
    if let Some(outside) = pieces.iter().find(|piece| piece.start >= length) {
        return Err(Flaw::NoSuch { what: "instruction", index: outside.start }.into());
    }
    let alone = |piece: &Piece| matches!(piece.purpose, Purpose::Definition(_) | Purpose::Set(_));
    let shared = |pair: &[Piece]| matches!(pair, [a, b] if a.start == b.start && (alone(a) || alone(b)));
    if pieces.windows(2).any(shared) { Err(Flaw::SharedCode.into()) } else { Ok(pieces) }
}

/// The pieces of a decision that nobody has verified yet: they may lie outside of its code.
pub(crate) fn cut(decision: &Decision) -> Vec<Piece> {
    let mut entries = entries(decision);
    entries.sort_unstable();
    entries.dedup();
    let length = u32::try_from(decision.code.len()).unwrap_or(u32::MAX);
    let mut end = length;
    let mut following = length;
    let mut pieces: Vec<Piece> = Vec::with_capacity(entries.len());
    for (start, purpose) in entries.into_iter().rev() {
        if start != following {
            end = following;
            following = start;
        }
        pieces.push(Piece { start, end, purpose });
    }
    pieces.reverse();
    pieces
}

fn entries(decision: &Decision) -> Vec<(u32, Purpose)> {
    let definitions = (0..).zip(&decision.definitions).map(|(index, it)| (it.entry, Purpose::Definition(index)));
    let sets = (0..).zip(&decision.sets).map(|(index, set)| (set.entry, Purpose::Set(index)));
    let conditions = decision.rules.iter().filter_map(|rule| Some((rule.condition?, Purpose::Condition)));
    let leaves = decision.rules.iter().flat_map(|rule| &rule.leaves).map(|leaf| (leaf.entry, Purpose::Condition));
    let guards = decision.sets.iter().filter_map(|set| set.guard.as_ref());
    let guards = guards.flat_map(|guard| guard.in_force.into_iter().chain(guard.condition));
    let guards = guards.map(|entry| (entry, Purpose::Condition));
    let nevers = decision.guards.iter().map(|guard| (guard.condition, Purpose::Condition));
    let effects = decision.rules.iter().map(|rule| (rule.effects, Purpose::Effects));
    let lines = decision.definitions.iter().flat_map(|it| &it.lines).map(|line| (line.entry, Purpose::Line));
    let indexes = decision.sets.iter().filter_map(|set| set.index.as_ref());
    let looked_at = indexes.flat_map(|index| &index.dimensions).map(|it| (it.entry, Purpose::Dimension));
    let first = definitions.chain(lines).chain(looked_at).chain(sieves(decision)).chain(nevers).chain(guards);
    let bodies = decision
        .loops
        .iter()
        .flat_map(|it| it.filter.into_iter().chain(it.item).map(|entry| (entry, Purpose::Body(it.depth))));
    first.chain(sets).chain(conditions).chain(leaves).chain(effects).chain(bodies).collect()
}

/// The pieces of sieves.
fn sieves(decision: &Decision) -> impl Iterator<Item = (u32, Purpose)> {
    let sieves = (0..).zip(&decision.sieves);
    sieves.flat_map(|(place, sieve)| sieve.pieces().map(move |entry| (entry, Purpose::Case(place))))
}
