//! Values onto the stack, and derived values, each computed at most once.

use values::Value;

use super::{Mode, Run};
use crate::program::Definition;
use crate::verdict::Fault;

impl Run<'_> {
    pub(super) fn constant(&mut self, index: u32) {
        self.push(self.decision.constants.get(index as usize).cloned().unwrap_or_default());
    }

    pub(super) fn field(&mut self, index: u32) {
        self.push(self.values().get(index as usize).cloned().unwrap_or_default());
    }

    pub(super) fn definition(&mut self, index: u32) -> Result<(), Fault> {
        let value = match self.mode {
            Mode::Known => self.define(index)?,
            Mode::Unknown => self.reach(index, |run| run.define(index))?,
        };
        self.push(value);
        Ok(())
    }

    /// A derived value or its fault: computed when first asked for, remembered for the view until the next record.
    pub(super) fn define(&mut self, index: u32) -> Result<Value, Fault> {
        if let Some(Some(remembered)) = self.memo().and_then(|memo| memo.get(index as usize)) {
            return remembered.clone();
        }
        let Some(definition) = self.decision.definitions.get(index as usize) else {
            return Ok(Value::Missing);
        };
        let result = self.evaluate(definition.entry).map_err(|fault| within(fault, definition));
        if let Some(slot) = self.memo().and_then(|memo| memo.get_mut(index as usize)) {
            *slot = Some(result.clone());
        }
        result
    }
}

/// Tells in which derived value a fault happened: the innermost, where one uses another.
fn within(mut fault: Fault, definition: &Definition) -> Fault {
    if fault.detail.is_empty() {
        let name = &definition.name;
        fault.detail = if definition.hidden { format!("in the {name}") } else { format!("in `{name}`") };
    }
    fault
}
