//! Rules fire: a set's tree has found out that they hold.

use limits::fixed::TEXT_OF_A_STEP;
use values::FaultCode;

use super::Run;
use crate::program::Policy;
use crate::verdict::Fault;

impl Run<'_> {
    pub(super) fn fire(&mut self, index: u32) -> Result<(), Fault> {
        let Some(rule) = self.decision.rules.get(index as usize) else { return Ok(()) };
        let policy = self.decision.sets.get(rule.set as usize).map(|set| set.policy);
        if let (Some(other), Some(Policy::Unique)) = (self.fired, policy) {
            return Err(self.several_match(other, index));
        }
        self.fired = Some(index);
        let set = self.decision.sets.get(rule.set as usize).map_or(0, |set| set.name.len());
        self.spend((set + rule.name.len() + rule.at.len()) / TEXT_OF_A_STEP)?;
        self.settlement.begin(index);
        self.execute(rule.effects).map_err(|fault| Fault { rule: fault.rule.or(Some(index)), ..fault })
    }

    pub(super) fn fire_otherwise(&mut self, index: u32) -> Result<(), Fault> {
        match self.fired {
            Some(_) => Ok(()),
            None => self.fire(index),
        }
    }

    #[cold]
    fn several_match(&self, first: u32, second: u32) -> Fault {
        let name = |index: u32| self.decision.rules.get(index as usize).map_or("", |rule| &rule.name);
        let detail = format!("`{}` and `{}`", name(first), name(second));
        Fault { code: FaultCode::SeveralMatches, rule: Some(second), detail }
    }
}
