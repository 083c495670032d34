//! Effects are filled with values and collected.

use std::borrow::Cow;

use values::{Text, Value};

use super::Run;
use super::ready::Always;
use crate::effect::Effect;
use crate::program::{Field, FieldPlace};
use crate::verdict::Fault;

impl Run<'_> {
    pub(super) fn perform(&mut self, index: u32) -> Result<(), Fault> {
        let Some(effect) = self.decision.effects.get(index as usize) else { return Ok(()) };
        let (count, weight) = self.prepared.effects.get(index as usize).copied().unwrap_or_default();
        self.weigh(count)?;
        self.spend(weight + self.decision.guards.len())?;
        let stack = &mut self.memory.stack;
        let base = stack.len().saturating_sub(count);
        let operands = stack.get(base..).unwrap_or_default();
        let effect = effect.map(&mut |operand| operands.get(usize::from(operand.0)).cloned().unwrap_or_default());
        stack.truncate(base);
        match self.settlement.resolve(effect)? {
            Some(effect) => self.carry_out(index, Cow::Owned(effect)),
            None => Ok(()),
        }
    }

    /// Performs effects that are the same for every record.
    pub(super) fn perform_always(&mut self, always: &Always) -> Result<(), Fault> {
        self.spend(always.steps)?;
        for (index, effect) in &always.effects {
            if !self.settlement.comes_too_late(effect) {
                self.carry_out(*index, Cow::Borrowed(effect))?;
            }
        }
        Ok(())
    }

    /// Performs an effect whose recipients are known, unless a guard is in the way.
    fn carry_out(&mut self, index: u32, effect: Cow<'_, Effect<Value>>) -> Result<(), Fault> {
        if let Some(guard) = self.blocking(&effect)? {
            self.settlement.block(&effect, guard);
            return Ok(());
        }
        if let Some((join, key)) = self.elsewhere(&effect) {
            self.settlement.settle_elsewhere(effect.into_owned(), join, key);
            return Ok(());
        }
        let change = self.change(index, &effect);
        let takes = match effect {
            Cow::Borrowed(effect) => self.settlement.settle_copy(effect),
            Cow::Owned(effect) => self.settlement.settle(effect),
        };
        if takes {
            self.memory.writes.extend(change);
        }
        Ok(())
    }

    /// The reference in whose record an effect writes a field, with the key of that record if it is there.
    fn elsewhere(&self, effect: &Effect<Value>) -> Option<((u32, Text), Option<Value>)> {
        let Effect::Set { field, .. } = effect else { return None };
        // Of a reference and one in its record, the latter stands behind.
        let found = self.decision.joins.iter().enumerate().rev().find_map(|(place, join)| match join.by {
            FieldPlace::Field(by) if field.strip_prefix(&*join.name)?.starts_with('.') => Some((place, join, by)),
            _ => None,
        });
        let (place, join, by) = found?;
        let place = u32::try_from(place).ok()?;
        let is_presence = |field: &Field| field.through == Some(place) && field.source.is_empty();
        let presence = self.decision.fields.iter().position(is_presence)?;
        let value = |place: usize| self.record.values.get(place).filter(|value| !value.is_missing());
        let key = value(presence).and_then(|_| value(by as usize)).cloned();
        Some(((place, join.name.clone()), key))
    }
}
