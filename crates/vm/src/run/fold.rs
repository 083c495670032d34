//! Loops: what is made of the items of a list, one after the other, each in a frame of its own.
//!
//! Whether there is an item is a test, so a missing list leaves it unknown; what is counted or gathered from a missing
//! list is nothing. With unknown truth, an item of which it is unknown whether it counts leaves the result unknown,
//! unless another settles it.

use values::{FaultCode, Value};

use super::Run;
use crate::program::{Fold, Loop};
use crate::verdict::Fault;

/// What becomes of one item.
enum Taken {
    /// It does not count.
    Nothing,
    /// It is unknown whether it counts.
    Unknown,
    /// It counts, with what is taken of it.
    Value(Value),
}

impl Run<'_> {
    pub(super) fn item(&mut self, up: u8) {
        let item = self.frame(up).cloned().unwrap_or_default();
        self.push(item);
    }

    /// Of an item without fields nothing has been read.
    pub(super) fn element(&mut self, up: u8, field: u32) {
        let value = match self.frame(up) {
            Some(Value::Record(values)) => values.get(field as usize).cloned().unwrap_or_default(),
            _ => Value::Missing,
        };
        self.push(value);
    }

    fn frame(&self, up: u8) -> Option<&Value> {
        self.memory.frames.iter().nth_back(up.into())
    }

    pub(super) fn run_loop(&mut self, index: u32) -> Result<(), Fault> {
        let Some(which) = self.decision.loops.get(index as usize).copied() else { return Ok(()) };
        let value = match (self.pop(), which.fold) {
            (Value::List(items), _) => self.go_through(&items, which)?,
            (_, Fold::Any) => self.unknown(),
            (_, fold) => made(fold, Vec::new(), 0),
        };
        self.push(value);
        Ok(())
    }

    fn go_through(&mut self, items: &[Value], which: Loop) -> Result<Value, Fault> {
        let (mut gathered, mut count, mut open) = (Vec::new(), 0, false);
        for item in items.iter().filter(|item| !item.is_missing()) {
            self.steps = self.steps.checked_sub(1).ok_or(FaultCode::TooManySteps)?;
            self.memory.frames.push(item.clone());
            let taken = self.take(which);
            self.memory.frames.pop();
            match (taken?, which.fold) {
                (Taken::Nothing, _) => {}
                (Taken::Unknown, Fold::Any) => open = true,
                (Taken::Unknown, _) => return Ok(Value::Missing),
                (Taken::Value(_), Fold::Any) => return Ok(Value::Truth(true)),
                (Taken::Value(_), Fold::Count) => count += 1,
                (Taken::Value(value), Fold::First) => return Ok(value),
                (Taken::Value(value), Fold::Gather) => gathered.push(value),
            }
        }
        match which.fold {
            _ if open => Ok(Value::Missing),
            Fold::Gather => Ok(self.clock.list(gathered)?),
            fold => Ok(made(fold, gathered, count)),
        }
    }

    fn take(&mut self, which: Loop) -> Result<Taken, Fault> {
        if let Some(filter) = which.filter {
            match self.evaluate(filter)? {
                Value::Missing => return Ok(Taken::Unknown),
                Value::Truth(true) => {}
                _ => return Ok(Taken::Nothing),
            }
        }
        Ok(match which.item.map(|item| self.evaluate(item)).transpose()? {
            None => Taken::Value(Value::Truth(true)),
            Some(Value::Missing) => Taken::Nothing,
            Some(value) => Taken::Value(value),
        })
    }
}

/// What is made of all items, unless one settled it before.
fn made(fold: Fold, gathered: Vec<Value>, count: i64) -> Value {
    match fold {
        Fold::Any => Value::Truth(false),
        Fold::Count => Value::Number(count.into()),
        Fold::First => Value::Missing,
        Fold::Gather => Value::List(gathered.into()),
    }
}
