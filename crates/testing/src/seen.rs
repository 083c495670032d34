//! What a test has seen of the rules: which fired, and how their conditions turned out.

use std::collections::{BTreeMap, BTreeSet};

use values::Value;
use vm::Verdict;

/// What the records of one test, or of a sample, have seen of the rules that decide them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// By the place of a rule: how often it fired, and what came of its single conditions.
    pub(crate) rules: BTreeMap<u32, SeenRule>,
    /// The lines of derived values that held or counted, by the places of both.
    pub(crate) lines: BTreeSet<(u32, u32)>,
}

/// What was seen of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SeenRule {
    /// On how many records it fired.
    pub(crate) fired: usize,
    /// What came of each single condition.
    pub(crate) leaves: Vec<SeenLeaf>,
}

/// What was seen of a single condition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SeenLeaf {
    /// For how many records it was true.
    pub(crate) was_true: usize,
    /// For how many it was false.
    pub(crate) was_false: usize,
}

impl Seen {
    /// Takes a verdict in that has a trace.
    pub(crate) fn record(&mut self, verdict: &Verdict) {
        for place in &verdict.fired {
            self.rules.entry(*place).or_default().fired += 1;
        }
        let Some(trace) = &verdict.trace else { return };
        for rule in &trace.rules {
            let seen = self.rules.entry(rule.rule).or_default();
            seen.leaves.resize(rule.leaves.len(), SeenLeaf::default());
            for (leaf, seen) in rule.leaves.iter().zip(&mut seen.leaves) {
                seen.was_true += usize::from(leaf.holds == Ok(true));
                seen.was_false += usize::from(leaf.holds == Ok(false));
            }
        }
        let counted = trace.lines.iter().filter(|line| line.gives.as_ref().is_ok_and(|value| *value != Value::Missing));
        self.lines.extend(counted.map(|line| (line.definition, line.line)));
    }

    /// Takes in what another test has seen of the same rules.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (place, rule) in &other.rules {
            let seen = self.rules.entry(*place).or_default();
            seen.fired += rule.fired;
            let length = seen.leaves.len().max(rule.leaves.len());
            seen.leaves.resize(length, SeenLeaf::default());
            for (leaf, seen) in rule.leaves.iter().zip(&mut seen.leaves) {
                seen.was_true += leaf.was_true;
                seen.was_false += leaf.was_false;
            }
        }
        self.lines.extend(&other.lines);
    }
}
