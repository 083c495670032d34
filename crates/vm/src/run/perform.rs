//! Effects are filled with values and collected.

use super::Run;
use crate::verdict::Fault;

impl Run<'_> {
    pub(super) fn perform(&mut self, index: u32) -> Result<(), Fault> {
        let Some(effect) = self.decision.effects.get(index as usize) else { return Ok(()) };
        let count = self.prepared.operand_counts.get(index as usize).copied().unwrap_or(0);
        let stack = &mut self.memory.stack;
        let base = stack.len().saturating_sub(count);
        let operands = stack.get(base..).unwrap_or_default();
        let effect = effect.map(&mut |operand| operands.get(usize::from(operand.0)).cloned().unwrap_or_default());
        stack.truncate(base);
        let Some(effect) = self.settlement.resolve(effect)? else { return Ok(()) };
        if let Some(guard) = self.blocking(&effect)? {
            self.settlement.block(&effect, guard);
            return Ok(());
        }
        let change = self.change(index, &effect);
        if self.settlement.settle(effect) {
            self.memory.writes.extend(change);
        }
        Ok(())
    }
}
