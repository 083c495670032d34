//! What a test has seen of the rules: which fired, and how their conditions turned out.

use std::collections::{BTreeMap, BTreeSet};

use values::Value;
use vm::Verdict;

/// What the records of one test have seen of the rules that decide them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// By the place of a rule: whether it fired, and what came of its single conditions.
    pub(crate) rules: BTreeMap<u32, SeenRule>,
    /// The lines of derived values that held or counted, by the places of both.
    pub(crate) lines: BTreeSet<(u32, u32)>,
}

/// What was seen of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SeenRule {
    pub(crate) fired: bool,
    /// For each single condition whether it was true for some record, and false for some.
    pub(crate) leaves: Vec<(bool, bool)>,
}

impl Seen {
    /// Takes a verdict in that has a trace.
    pub(crate) fn record(&mut self, verdict: &Verdict) {
        for place in &verdict.fired {
            self.rules.entry(*place).or_default().fired = true;
        }
        let Some(trace) = &verdict.trace else { return };
        for rule in &trace.rules {
            let seen = self.rules.entry(rule.rule).or_default();
            seen.leaves.resize(rule.leaves.len(), (false, false));
            for (leaf, (was_true, was_false)) in rule.leaves.iter().zip(&mut seen.leaves) {
                *was_true |= leaf.holds == Ok(true);
                *was_false |= leaf.holds == Ok(false);
            }
        }
        let counted = trace.lines.iter().filter(|line| line.gives.as_ref().is_ok_and(|value| *value != Value::Missing));
        self.lines.extend(counted.map(|line| (line.definition, line.line)));
    }

    /// Takes in what another test has seen of the same rules.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (place, rule) in &other.rules {
            let seen = self.rules.entry(*place).or_default();
            seen.fired |= rule.fired;
            let length = seen.leaves.len().max(rule.leaves.len());
            seen.leaves.resize(length, (false, false));
            for (leaf, (was_true, was_false)) in rule.leaves.iter().zip(&mut seen.leaves) {
                *was_true |= leaf.0;
                *was_false |= leaf.1;
            }
        }
        self.lines.extend(&other.lines);
    }
}
