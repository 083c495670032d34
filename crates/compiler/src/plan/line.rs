//! Atoms of values that stand in an order: numbers, dates, times, durations.
//!
//! Each threshold that a test names cuts the line just before or just after a value, and atoms lie between the cuts:
//! cut 0 parts atom 1 from atom 2.

use std::cmp::Ordering;

use semantics::typed::Comparison;
use values::{Value, compare};

use super::atoms::Atoms;
use super::subject::{MISSING, Predicate};

/// A line with its cuts.
pub(super) struct Line {
    cuts: Vec<Cut>,
}

/// Where tests tell smaller values from greater ones.
struct Cut {
    value: Value,
    side: Side,
    /// The last rule that asks for it.
    last: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before,
    After,
}

impl Line {
    /// The cuts that tests need.
    pub(super) fn new(tests: &[(Predicate, u32)]) -> Self {
        let mut cuts: Vec<Cut> = Vec::new();
        for (predicate, last) in tests {
            let Predicate::Ordered(relations) = predicate else { continue };
            for (comparison, value) in relations {
                cuts.extend(sides(*comparison).iter().map(|side| Cut {
                    value: value.clone(),
                    side: *side,
                    last: *last,
                }));
            }
        }
        cuts.sort_by(|a, b| a.order(&b.value, b.side));
        cuts.dedup_by(|later, earlier| {
            let same = earlier.order(&later.value, later.side).is_eq();
            if same {
                earlier.last = earlier.last.max(later.last);
            }
            same
        });
        Self { cuts }
    }

    /// The values at which it is cut, and whether each is below its cut; in ascending order.
    pub(super) fn cuts(&self) -> impl Iterator<Item = (&Value, bool)> {
        self.cuts.iter().map(|cut| (&cut.value, cut.side == Side::After))
    }

    /// The greatest atom.
    pub(super) fn top(&self) -> u32 {
        1 + number(self.cuts.len())
    }

    /// The atoms of values that stand in one of some relations.
    pub(super) fn atoms(&self, relations: &[(Comparison, Value)]) -> Atoms {
        let below = |value, side| number(self.cuts.partition_point(|cut| cut.order(value, side).is_lt()));
        Atoms::of_unsorted(relations.iter().map(|(comparison, value)| match comparison {
            Comparison::Equal => (2 + below(value, Side::Before), 1 + below(value, Side::After)),
            Comparison::Less => (1, 1 + below(value, Side::Before)),
            Comparison::LessOrEqual => (1, 1 + below(value, Side::After)),
            Comparison::Greater => (2 + below(value, Side::After), self.top()),
            Comparison::GreaterOrEqual => (2 + below(value, Side::Before), self.top()),
        }))
    }

    /// A larger set: over cuts that no rule from `rule` on asks for. A missing value stays told from all others.
    pub(super) fn forget(&self, atoms: &Atoms, rule: u32) -> Atoms {
        let dead = |cut: &Cut| cut.last < rule;
        let widened = atoms.ranges().iter().flat_map(|(from, to)| {
            let missing = (*from == MISSING).then_some((MISSING, MISSING));
            let (from, to) = ((*from).max(1), *to);
            let (before, after) = (self.cuts.get(..index(from)), self.cuts.get(index(to)..));
            let down = before.unwrap_or_default().iter().rev().take_while(|cut| dead(cut)).count();
            let up = after.unwrap_or_default().iter().take_while(|cut| dead(cut)).count();
            let present = (from <= to).then(|| (from - number(down), to + number(up)));
            missing.into_iter().chain(present)
        });
        Atoms::of_unsorted(widened)
    }
}

impl Cut {
    fn order(&self, value: &Value, side: Side) -> Ordering {
        compare::order(&self.value, value).unwrap_or(Ordering::Equal).then(self.side.cmp(&side))
    }
}

/// Which cuts a comparison needs.
fn sides(comparison: Comparison) -> &'static [Side] {
    match comparison {
        Comparison::Equal => &[Side::Before, Side::After],
        Comparison::Less | Comparison::GreaterOrEqual => &[Side::Before],
        Comparison::LessOrEqual | Comparison::Greater => &[Side::After],
    }
}

/// The place of the cut just above an atom, which is the number of cuts below it.
fn index(atom: u32) -> usize {
    atom.saturating_sub(1) as usize
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX / 2)
}
