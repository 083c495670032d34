//! Which rules were decided by missing values; see [`Machine`](crate::Machine) on the two modes of truth.

use std::ops::Range;

use values::FaultCode;

use super::{Mode, Run};
use crate::program::{Policy, RuleSet};
use crate::verdict::Fault;

impl Run<'_> {
    /// The rules whose conditions, taken alone and with unknown truth, end unknown: each on the record as its set saw it,
    /// and none of a set that did not run. Takes a budget of steps of its own;
    /// using it up is fatal like any limit.
    pub(super) fn examine(&mut self) -> Result<Vec<u32>, Fault> {
        self.mode = Mode::Unknown;
        let mut found = Vec::new();
        for (place, set) in self.decision.sets.iter().enumerate() {
            let Some(view) = self.views.get(place).copied().flatten() else { continue };
            self.look(view);
            for index in self.considered(set) {
                if self.is_open(index)? {
                    found.push(index);
                }
            }
        }
        Ok(found)
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

    /// Whether a rule's condition ends unknown. A fault counts as that: the record was decided without one, so it lies
    /// behind something missing.
    fn is_open(&mut self, index: u32) -> Result<bool, Fault> {
        let condition = self.decision.rules.get(index as usize).and_then(|rule| rule.condition);
        match condition.map(|condition| self.evaluate(condition)) {
            Some(Err(fault)) if fault.code == FaultCode::TooManySteps => Err(fault),
            Some(Err(_)) => Ok(true),
            Some(Ok(truth)) => Ok(truth.is_missing()),
            None => Ok(false),
        }
    }
}
