//! Which rules were decided by missing values; see [`Machine`](crate::Machine) on the two modes of truth.
//!
//! A rule whose condition ends unknown was. So was one that asks for a derived value in which a choice (a line of a
//! `decide`, a row of a table, a line of a score) hung on something missing, if it turns out otherwise when that choice
//! does: each open choice is taken the other way by itself, all of them together, and all but each. Where there are more
//! than [`MOST_CHOICES`], it is not tried, and each rule that they reach counts as decided by them.

use std::collections::BTreeSet;
use std::ops::Range;

use values::{FaultCode, Value};

use super::found::{Found, Told};
use super::possible::Possible;
use super::{Mode, Run};
use crate::program::{Policy, RuleSet};
use crate::verdict::Fault;

/// How many open choices of a record are tried.
const MOST_CHOICES: usize = 16;

/// The choices that hung on something missing while rules were examined.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// Where they stand in the code, in the order in which they were met; none beyond one more than are tried.
    met: Vec<u32>,
    /// Whether one was met since this was last set back.
    touched: bool,
    /// The derived values in which one was met, each with the view of the record for which it was computed.
    open: BTreeSet<(usize, u32)>,
    /// Which of them are taken as if the condition held.
    taken: Taken,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Taken {
    #[default]
    None,
    One(u32),
    AllBut(u32),
    All,
}

/// What has been found in a set that saw the record in this view.
struct Findings<'f> {
    /// The rules that are unknown.
    found: &'f mut Vec<u32>,
    /// Those that open choices reach.
    reached: &'f mut Vec<Reached>,
    view: usize,
}

/// A rule that open choices reach.
struct Reached {
    rule: u32,
    view: usize,
    holds: bool,
}

impl<'a> Run<'a> {
    /// The rules that missing values decided: each on the record as its set saw it, and none of a set that did not run.
    /// Takes a budget of steps of its own; using it up is fatal like any limit.
    pub(super) fn examine(&mut self, steps: usize) -> Result<Vec<u32>, Fault> {
        self.mode = Mode::Unknown;
        self.steps = steps;
        let (mut found, mut reached) = (Vec::new(), Vec::new());
        for (place, set) in self.decision.sets.iter().enumerate() {
            let Some(view) = self.memory.seen.get(place).copied().flatten() else { continue };
            self.look(view);
            let rules = self.considered(set);
            let mut findings = Findings { found: &mut found, reached: &mut reached, view };
            match self.prepared.indexes.get(place) {
                Some(Some(possible)) => self.examine_conceivable(possible, rules, &mut findings)?,
                _ => rules.into_iter().try_for_each(|rule| self.examine_rule(rule, &mut findings))?,
            }
        }
        if !reached.is_empty() {
            found.extend(self.otherwise(reached, steps)?);
            found.sort_unstable();
        }
        Ok(found)
    }

    /// Those of some rules that turn out otherwise where an open choice does.
    fn otherwise(&mut self, mut reached: Vec<Reached>, steps: usize) -> Result<Vec<u32>, Fault> {
        let met = std::mem::take(&mut self.choices.met);
        if met.len() > MOST_CHOICES {
            return Ok(reached.iter().map(|it| it.rule).collect());
        }
        let mut found = Vec::new();
        let (alone, without) = (met.iter().copied().map(Taken::One), met.iter().copied().map(Taken::AllBut));
        for taken in alone.chain([Taken::All]).chain(without) {
            self.choices.taken = taken;
            self.steps = steps;
            self.forget_unknown();
            let mut rest = Vec::new();
            for it in reached {
                self.look(it.view);
                match self.condition(it.rule)? {
                    Some(holds) if holds == it.holds => rest.push(it),
                    _ => found.push(it.rule),
                }
            }
            reached = rest;
        }
        Ok(found)
    }

    /// Examines those of some rules whose conditions do not end false whatever is missing, as far as an index tells. The
    /// others neither are unknown nor reach a choice.
    fn examine_conceivable(
        &mut self,
        possible: &'a Possible,
        rules: Range<u32>,
        findings: &mut Findings<'_>,
    ) -> Result<(), Fault> {
        let mut conceivable = Found::among(possible);
        self.find(possible, &mut conceivable)?;
        while let Some((rule, told)) = conceivable.next_conceivable().filter(|(rule, _)| *rule < rules.end) {
            match told {
                Told::Ask => self.examine_rule(rule, findings)?,
                Told::Unknown => findings.found.push(rule),
                Told::Holds => {}
            }
        }
        Ok(())
    }

    fn examine_rule(&mut self, rule: u32, findings: &mut Findings<'_>) -> Result<(), Fault> {
        self.choices.touched = false;
        match self.condition(rule)? {
            None => findings.found.push(rule),
            Some(holds) if self.choices.touched => {
                findings.reached.push(Reached { rule, view: findings.view, holds });
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// The rules of a set up to the last one that was considered: the winner of a `first match` set, or one that stops.
    pub(super) fn considered(&self, set: &RuleSet) -> Range<u32> {
        let is_last = |index: &&u32| {
            let stops = || self.decision.rules.get(**index as usize).is_some_and(|rule| rule.stops);
            set.rules.contains(*index) && (set.policy == Policy::First || stops())
        };
        match self.settlement.verdict.fired.iter().find(is_last) {
            Some(last) => set.rules.start..last + 1,
            None => set.rules.clone(),
        }
    }

    /// Whether a rule's condition holds; none where that is unknown. A fault counts as that: the record was decided without
    /// one, so it lies behind something missing.
    fn condition(&mut self, index: u32) -> Result<Option<bool>, Fault> {
        let condition = self.decision.rules.get(index as usize).and_then(|rule| rule.condition);
        match condition.map(|condition| self.evaluate(condition)) {
            Some(Err(fault)) if fault.code == FaultCode::TooManySteps => Err(fault),
            Some(Err(_) | Ok(Value::Missing)) => Ok(None),
            Some(Ok(truth)) => Ok(Some(truth.holds())),
            None => Ok(Some(false)),
        }
    }

    /// Takes the truth by which a value is chosen, at a place in the code. What is unknown counts as false at first.
    pub(super) fn chooses(&mut self, place: u32) -> bool {
        match self.pop() {
            Value::Missing if self.mode == Mode::Unknown => self.choices.meet(place),
            truth => truth.holds(),
        }
    }

    /// Notes whether open choices reach a derived value that is asked for; `compute` gives it unless it is remembered.
    pub(super) fn reach<T>(&mut self, definition: u32, compute: impl FnOnce(&mut Self) -> T) -> T {
        let place = (self.view, definition);
        let before = std::mem::take(&mut self.choices.touched);
        let result = compute(self);
        if self.choices.touched {
            self.choices.open.insert(place);
        }
        self.choices.touched |= before || self.choices.open.contains(&place);
        result
    }
}

impl Choices {
    #[cold]
    fn meet(&mut self, place: u32) -> bool {
        self.touched = true;
        if self.met.len() <= MOST_CHOICES && !self.met.contains(&place) {
            self.met.push(place);
        }
        match self.taken {
            Taken::None => false,
            Taken::One(one) => place == one,
            Taken::AllBut(one) => place != one,
            Taken::All => true,
        }
    }
}
