//! Rules fire: a set's tree has found out that they hold.

use values::FaultCode;

use super::Run;
use crate::verdict::Fault;

impl Run<'_> {
    pub(super) fn fire(&mut self, index: u32) -> Result<(), Fault> {
        let prepared = self.prepared;
        let Some(ready) = prepared.rules.get(index as usize) else { return Ok(()) };
        if let (Some(other), true) = (self.fired, ready.is_unique) {
            return Err(self.several_match(other, index));
        }
        self.fired = Some(index);
        self.spend(ready.told)?;
        self.settlement.begin(index);
        let performed = match &ready.always {
            Some(always) => self.perform_always(always),
            None => self.execute(self.decision.rules.get(index as usize).map_or(0, |rule| rule.effects)),
        };
        performed.map_err(|fault| Fault { rule: fault.rule.or(Some(index)), ..fault })
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
