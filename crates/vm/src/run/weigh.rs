//! What an instruction costs beyond its step: it may look at the whole of a long text or list, and make one as long. Were
//! that not counted, a few steps could take minutes, and loops could fill the memory.

use limits::fixed::TEXT_OF_A_STEP;
use values::{FaultCode, Value};

use super::Run;

impl Run<'_> {
    /// Takes steps for as many of the topmost values as an instruction looks at, or has made.
    pub(super) fn weigh(&mut self, count: usize) -> Result<(), FaultCode> {
        let weight = self.top(count).iter().map(weight).sum();
        self.steps = self.steps.checked_sub(weight).ok_or(FaultCode::TooManySteps)?;
        Ok(())
    }
}

/// How many steps a value is worth; none but for long ones.
fn weight(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len() / TEXT_OF_A_STEP,
        Value::List(members) => members.len(),
        _ => 0,
    }
}
