//! What the tests of a rulebook have tried of it, and what not: rules that fired, single conditions that were true and
//! false, lines of derived values that held.

use std::ops::Range;

use values::Text;
use vm::Program;
use vm::program::{Decision, Rule};

use crate::outcome::Outcome;
use crate::seen::{Seen, SeenRule};

/// What tests have tried of a rulebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All rules, decision by decision, in the order in which they run.
    pub rules: Vec<CoveredRule>,
    /// The lines of all derived values.
    pub lines: Vec<CoveredLine>,
}

/// What tests have tried of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoveredRule {
    /// Its name.
    pub name: Text,
    /// File and line: `routing.rules:31`.
    pub at: Text,
    /// Whether it fired in some test.
    pub fired: bool,
    /// Its single conditions.
    pub leaves: Vec<CoveredLeaf>,
}

/// What tests have tried of a single condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoveredLeaf {
    /// As it is written.
    pub written: Text,
    /// The bytes in the rule's file where it stands.
    pub place: Range<u32>,
    /// Whether it was true for some record.
    pub was_true: bool,
    /// Whether it was false for some record.
    pub was_false: bool,
}

/// What tests have tried of a line of a derived value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoveredLine {
    /// As it is written.
    pub written: Text,
    /// File and line.
    pub at: Text,
    /// Whether it held, or contributed, for some record.
    pub held: bool,
}

/// What some tests have tried of a program that can be traced.
pub fn coverage(program: &Program, outcomes: &[Outcome]) -> Coverage {
    let mut coverage = Coverage::default();
    for decision in &program.decisions {
        let mut seen = Seen::default();
        outcomes
            .iter()
            .filter(|outcome| outcome.record == decision.record)
            .for_each(|outcome| seen.merge(&outcome.seen));
        let nothing = SeenRule::default();
        for (place, rule) in (0..).zip(&decision.rules) {
            coverage.rules.push(covered(rule, seen.rules.get(&place).unwrap_or(&nothing)));
        }
        coverage.lines.extend(lines(decision, &seen));
    }
    coverage
}

fn covered(rule: &Rule, seen: &SeenRule) -> CoveredRule {
    let leaf = |(place, leaf): (usize, &vm::program::Leaf)| {
        let seen = seen.leaves.get(place).copied().unwrap_or_default();
        let (was_true, was_false) = (seen.was_true > 0, seen.was_false > 0);
        CoveredLeaf { written: leaf.written.clone(), place: leaf.place.clone(), was_true, was_false }
    };
    CoveredRule {
        name: rule.name.clone(),
        at: rule.at.clone(),
        fired: seen.fired > 0,
        leaves: rule.leaves.iter().enumerate().map(leaf).collect(),
    }
}

fn lines(decision: &Decision, seen: &Seen) -> Vec<CoveredLine> {
    let all = (0..).zip(&decision.definitions).flat_map(|(definition, value)| {
        (0..).zip(&value.lines).filter(|(_, line)| !line.limits).map(move |(line, written)| (definition, line, written))
    });
    all.map(|(definition, line, written)| CoveredLine {
        written: written.text.clone(),
        at: written.at.clone(),
        held: seen.lines.contains(&(definition, line)),
    })
    .collect()
}

impl CoveredLeaf {
    /// How many of its two outcomes were seen.
    pub fn outcomes(&self) -> usize {
        usize::from(self.was_true) + usize::from(self.was_false)
    }
}

impl CoveredRule {
    /// The name of its file.
    pub fn file(&self) -> &str {
        file(&self.at)
    }
}

impl CoveredLine {
    /// The name of its file.
    pub fn file(&self) -> &str {
        file(&self.at)
    }
}

fn file(at: &str) -> &str {
    at.rsplit_once(':').map_or(at, |(file, _)| file)
}
