//! Finds the next rule that may still hold without looking at each.
//!
//! Most rules begin with a test that must hold, such as `lead.country is "DE"`. For the subjects that guard the most
//! rules in this way, a tree of ranges over the rules tells which stretches of rules are out once the subject is known.

use super::facts::{Facts, Knowledge};
use super::formula::{FormulaId, Formulas};
use super::questions::{Questions, SubjectId};
use super::subject::MISSING;

/// For how many subjects ranges are kept: each takes memory for all rules.
const SUBJECTS: usize = 16;

/// The ranges of the subjects that guard most rules.
pub(super) struct Skips {
    subjects: Vec<(SubjectId, Ranges)>,
    /// How many ranges have been looked at: a measure of the work done.
    pub(super) visits: u64,
}

/// A subject, a rule that it guards, and the range of atoms that the rule needs.
type Guard = (SubjectId, usize, (u32, u32));

impl Skips {
    pub(super) fn new(conditions: &[FormulaId], formulas: &Formulas, questions: &Questions) -> Self {
        let mut guards: Vec<Guard> = Vec::new();
        for (rule, condition) in conditions.iter().enumerate() {
            guards.extend(guards_of(*condition, formulas, questions).map(|(subject, range)| (subject, rule, range)));
        }
        guards.sort_by_key(|(subject, rule, _)| (*subject, *rule));
        let mut by_subject: Vec<_> = guards.chunk_by(|a, b| a.0 == b.0).collect();
        by_subject.sort_by_key(|guards| std::cmp::Reverse(guards.len()));
        let chosen = by_subject.into_iter().filter(|guards| guards.len() > 1).take(SUBJECTS);
        let ranges = |guards: &[Guard]| Some((guards.first()?.0, Ranges::new(conditions.len(), guards)));
        Self { subjects: chosen.filter_map(ranges).collect(), visits: 0 }
    }

    /// The first rule from `rule` on that these facts do not rule out by its guards. Rules that are passed over are
    /// false and cannot fault: the guard's subject has been computed, and nothing that can fault stands before it.
    pub(super) fn next(&mut self, mut rule: usize, facts: &Facts, questions: &Questions) -> usize {
        loop {
            let start = rule;
            for (id, ranges) in &self.subjects {
                if let (Some(atoms), Some(subject)) = (facts.get(*id), questions.subject(*id)) {
                    rule = ranges.next(rule, subject.hull(atoms), &mut self.visits);
                }
            }
            if rule == start {
                return rule;
            }
        }
    }
}

/// The subjects whose tests must hold for a condition, with the atoms they need, as far as no test that may fault
/// stands before.
fn guards_of(
    condition: FormulaId,
    formulas: &Formulas,
    questions: &Questions,
) -> impl Iterator<Item = (SubjectId, (u32, u32))> {
    let nothing = Facts::default();
    let knowledge = Knowledge { questions, facts: &nothing };
    let mut guards = Vec::new();
    for part in formulas.conjuncts(condition) {
        let question = formulas.positive_literal(part).and_then(|test| questions.get(test));
        if let Some(question) = question.filter(|question| !question.yes.contains(MISSING)) {
            guards.extend(question.yes.hull(MISSING + 1).map(|range| (question.subject, range)));
        }
        if !formulas.is_safe(part, &knowledge) {
            break;
        }
    }
    guards.into_iter()
}

/// A segment tree: each node holds the least start and the greatest end of the ranges below it.
struct Ranges {
    /// The root at 1, the children of `n` at `2n` and `2n + 1`, the rules from `leaves` on.
    nodes: Vec<(u32, u32)>,
    leaves: usize,
}

/// The range of a rule that the subject does not guard.
const OPEN: (u32, u32) = (0, u32::MAX);

impl Ranges {
    fn new(rules: usize, guards: &[Guard]) -> Self {
        let leaves = (rules + 1).next_power_of_two();
        let mut nodes = vec![OPEN; 2 * leaves];
        for (_, rule, (from, to)) in guards {
            if let Some(range) = nodes.get_mut(leaves + rule) {
                *range = (range.0.max(*from), range.1.min(*to));
            }
        }
        for node in (1..leaves).rev() {
            let below = nodes.get(2 * node..2 * node + 2).unwrap_or_default().iter();
            let both = below.copied().reduce(|left, right| (left.0.min(right.0), left.1.max(right.1)));
            if let (Some(slot), Some(both)) = (nodes.get_mut(node), both) {
                *slot = both;
            }
        }
        Self { nodes, leaves }
    }

    /// The first rule from `rule` on whose range meets a hull; one after all rules if there is none.
    fn next(&self, rule: usize, hull: Option<(u32, u32)>, visits: &mut u64) -> usize {
        let (least, greatest) = hull.unwrap_or((u32::MAX, 0));
        let meets = |node: usize| self.nodes.get(node).is_none_or(|range| range.0 <= greatest && least <= range.1);
        let mut node = self.leaves + rule;
        while !meets(node) {
            *visits += 1;
            // To the next subtree on the right, as large as possible.
            while node % 2 == 1 {
                node /= 2;
            }
            node += 1;
            // Down to the first leaf that meets, as far as its ancestors promise one.
            while node < self.leaves && meets(node) {
                node *= 2;
            }
        }
        node - self.leaves
    }
}
