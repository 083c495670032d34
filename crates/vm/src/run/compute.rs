//! Computing: built-in functions, and text joined of pieces.

use values::builtins::Builtin;
use values::{FaultCode, Value};

use super::Run;

impl Run<'_> {
    pub(super) fn call(&mut self, builtin: Builtin, count: u8) -> Result<(), FaultCode> {
        self.weigh(count.into())?;
        let value = builtin.call(self.clock, self.top(count.into()))?;
        self.replace_top(count.into(), value);
        self.weigh(1)
    }

    pub(super) fn join(&mut self, count: u16) -> Result<(), FaultCode> {
        self.weigh(count.into())?;
        let pieces = || self.top(count.into()).iter().filter_map(as_text);
        if pieces().map(str::len).sum::<usize>() > self.clock.limits.text_length {
            return Err(FaultCode::TextTooLong);
        }
        let joined: String = pieces().collect();
        self.replace_top(count.into(), Value::text(joined));
        Ok(())
    }

    /// The topmost values, in the order in which they were pushed.
    pub(super) fn top(&self, count: usize) -> &[Value] {
        let stack = &self.memory.stack;
        stack.get(stack.len().saturating_sub(count)..).unwrap_or_default()
    }

    fn replace_top(&mut self, count: usize, value: Value) {
        let height = self.memory.stack.len().saturating_sub(count);
        self.memory.stack.truncate(height);
        self.push(value);
    }
}

fn as_text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}
