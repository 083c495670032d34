//! Indexes are of their sets or sieves, and small: a file cannot make the machine reserve more than a fixed multiple of its size.

use std::ops::Range;

use super::Flaw;
use crate::program::index::{DIMENSIONS, Dimension, FIRST, PARTS, Scale};
use crate::program::{Decision, Index, RuleSet, Sieve};

/// Checks the index of a set, if it has one.
pub(super) fn check(set: &RuleSet) -> Result<(), Flaw> {
    match &set.index {
        Some(index) if !is_sound(index, &set.rules) => Err(Flaw::Index(set.name.clone())),
        _ => Ok(()),
    }
}

/// Checks the indexes of sieves.
pub(super) fn check_sieves(decision: &Decision) -> Result<(), Flaw> {
    let sound = |sieve: &Sieve| is_sound(&sieve.index, &(0..u32::try_from(sieve.cases.len()).unwrap_or(u32::MAX)));
    match decision.sieves.iter().position(|sieve| !sound(sieve)) {
        Some(unsound) => Err(Flaw::Sieve(u32::try_from(unsound).unwrap_or(u32::MAX))),
        None => Ok(()),
    }
}

fn is_sound(index: &Index, rules: &Range<u32>) -> bool {
    let in_order = index.rows.is_sorted_by_key(|row| row.rule);
    let own = index.rows.iter().all(|row| rules.contains(&row.rule));
    let few = index.dimensions.len() <= DIMENSIONS;
    let parts = index.dimensions.iter().map(|dimension| dimension.scale.parts()).fold(0, usize::saturating_add);
    in_order
        && own
        && few
        && parts <= PARTS
        && index.dimensions.iter().all(|it| has_sound_demands(it, index.rows.len()))
}

/// Each row makes one demand at most, of parts that there are.
fn has_sound_demands(dimension: &Dimension, rows: usize) -> bool {
    let parts = dimension.scale.parts();
    let labels = match &dimension.scale {
        Scale::Labels { labels, .. } | Scale::Holding { needles: labels, .. } => labels.as_slice(),
        Scale::Line(_) => &[],
    };
    let named = labels.iter().all(|label| label.part >= FIRST);
    let ranges = dimension.demands.iter().flat_map(|demand| &demand.parts);
    let within = ranges.clone().all(|(from, to)| from <= to && (*to as usize) < parts);
    let once = dimension.made_by.is_sorted_by(|one, other| one.0 < other.0);
    let made = |(row, demand): &(u32, u32)| (*row as usize) < rows && (*demand as usize) < dimension.demands.len();
    named && within && once && dimension.made_by.iter().all(made)
}
