//! Moments that are a fixed time before or after *now*: `now - 30d` is the same for all records that are decided at one
//! instant.

use values::builtins::Builtin;
use values::{FaultCode, Instant, Value};

use super::Run;
use crate::instruction::Instruction;
use crate::program::Decision;

/// Where code asks for such moments: by the place behind the instruction that begins it, in ascending order.
#[derive(Debug)]
pub(crate) struct Moments(Vec<(u32, Moment)>);

/// `now` or `today`, a constant, and what is made of both.
#[derive(Clone, Copy, Debug)]
struct Moment {
    constant: u32,
    builtin: Builtin,
    /// Its place among those that are remembered.
    place: usize,
}

/// Moments that are known.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// For which *now*.
    now: Option<Instant>,
    values: Vec<Value>,
}

impl Known {
    /// Forgets what another *now* has left.
    pub(super) fn renew(&mut self, now: Instant) {
        if self.now != Some(now) {
            self.now = Some(now);
            self.values.clear();
        }
    }
}

impl Moments {
    pub(super) fn new(decision: &Decision) -> Self {
        let moment = |code: &[Instruction]| match *code {
            [Instruction::Now | Instruction::Today, Instruction::Constant(constant), Instruction::Call(builtin, 2)] => {
                Some((constant, builtin))
            }
            _ => None,
        };
        let found = (1..).zip(decision.code.windows(3)).filter_map(|(behind, code)| Some((behind, moment(code)?)));
        let moment = |(place, (behind, (constant, builtin)))| (behind, Moment { constant, builtin, place });
        Self(found.enumerate().map(moment).collect())
    }

    /// The moment that code reckons from a place on.
    fn at(&self, place: u32) -> Option<Moment> {
        let found = self.0.binary_search_by_key(&place, |(behind, _)| *behind).ok()?;
        self.0.get(found).map(|(_, moment)| *moment)
    }
}

impl Run<'_> {
    /// Pushes `today`, a date or a time, or the moment that is reckoned from it here; gives the place where code goes on.
    pub(super) fn moment(&mut self, next: u32, today: Value) -> Result<u32, FaultCode> {
        let Some(moment) = self.prepared.moments.at(next) else {
            self.push(today);
            return Ok(next);
        };
        let known = self.memory.moments.values.get(moment.place).filter(|known| !known.is_missing()).cloned();
        let value = match known {
            Some(known) => known,
            None => match self.reckon(moment, today.clone()) {
                Some(value) => value,
                // It faults, where the code says so.
                None => {
                    self.push(today);
                    return Ok(next);
                }
            },
        };
        self.spend(2)?;
        self.push(value);
        Ok(next + 2)
    }

    fn reckon(&mut self, moment: Moment, today: Value) -> Option<Value> {
        let constant = self.decision.constants.get(moment.constant as usize)?.clone();
        let value = moment.builtin.call(self.clock, &[today, constant]).ok()?;
        let values = &mut self.memory.moments.values;
        values.resize(values.len().max(moment.place + 1), Value::Missing);
        values.get_mut(moment.place).into_iter().for_each(|known| known.clone_from(&value));
        Some(value)
    }
}
