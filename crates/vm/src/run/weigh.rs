//! What an instruction costs beyond its step: it may look at the whole of a long text or list, and make one as long. Were
//! that not counted, a few steps could take minutes, and loops could fill the memory. What a verdict holds is counted too:
//! the same long text or name could stand in it many times.

use limits::fixed::TEXT_OF_A_STEP;
use values::{FaultCode, Value};

use super::Run;
use crate::effect::{Effect, Operand};

impl Run<'_> {
    /// Takes steps.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), FaultCode> {
        self.steps = self.steps.checked_sub(steps).ok_or(FaultCode::TooManySteps)?;
        Ok(())
    }

    /// Takes steps for as many of the topmost values as an instruction looks at, or has made.
    pub(super) fn weigh(&mut self, count: usize) -> Result<(), FaultCode> {
        self.spend(self.top(count).iter().map(weight).sum())
    }
}

/// How many steps an effect is worth without its operands: by its size in a file.
pub(super) fn weight_of_effect(effect: &Effect<Operand>) -> usize {
    postcard::to_stdvec(effect).map_or(0, |bytes| bytes.len()) / TEXT_OF_A_STEP
}

/// How many steps a value is worth; none but for long ones.
pub(super) fn weight(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len() / TEXT_OF_A_STEP,
        Value::List(members) => members.len(),
        _ => 0,
    }
}
