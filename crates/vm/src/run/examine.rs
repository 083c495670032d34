//! Which rules were decided by missing values; see [`Machine`](crate::Machine) on the two modes of truth.

use values::FaultCode;

use super::{Mode, Run};
use crate::program::{Policy, RuleSet};
use crate::verdict::Fault;

impl Run<'_> {
    /// The rules whose conditions, taken alone and with unknown truth, end unknown. Takes a budget of steps of its own;
    /// using it up is fatal like any limit.
    pub(super) fn examine(&mut self) -> Result<Vec<u32>, Fault> {
        self.mode = Mode::Unknown;
        let mut found = Vec::new();
        for set in &self.decision.sets {
            for index in self.considered(set) {
                if self.is_open(index)? {
                    found.push(index);
                }
            }
        }
        Ok(found)
    }

    /// The rules of a set up to the last one that was considered. After the winner of a `first match` set none was.
    fn considered(&self, set: &RuleSet) -> std::ops::Range<u32> {
        let fired = self.settlement.verdict.fired.iter().find(|rule| set.rules.contains(rule));
        match (set.policy, fired) {
            (Policy::First, Some(winner)) => set.rules.start..winner + 1,
            _ => set.rules.clone(),
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
