//! What happened to the record: the event, the record before it, and who acts.

use values::Value;

use super::Run;
use super::view::BEFORE;
use crate::program::Trigger;

/// The event by which a record comes into being.
pub const CREATED: &str = "created";

impl Run<'_> {
    pub(super) fn actor(&mut self, index: u32) {
        let index = index as usize;
        // Where nobody knows who acts, a field is what it counts as when it is missing.
        let unknown = || self.decision.actor.get(index).and_then(|field| field.default.clone()).unwrap_or_default();
        let value = self.record.actor.get(index).cloned().unwrap_or_else(unknown);
        self.push(value);
    }

    /// Whether the event has made the record. Of the record before, nobody knows.
    pub(super) fn is_new(&mut self) {
        let created = self.record.event.as_deref() == Some(CREATED);
        self.push(Value::Truth(created && self.view != BEFORE));
    }

    pub(super) fn has_before(&mut self) {
        let known = self.knows_before();
        self.push(Value::Truth(known));
    }

    fn knows_before(&self) -> bool {
        self.record.before.is_some() && self.view != BEFORE
    }

    /// From here on code reads the record before the event; false, and a missing value, where there is none.
    pub(super) fn enter_before(&mut self) -> bool {
        if self.knows_before() {
            self.view = BEFORE;
            return true;
        }
        self.push(Value::Missing);
        false
    }

    /// Code reads the record as the set sees it again.
    pub(super) fn leave_before(&mut self) {
        self.view = self.ground;
    }

    /// Whether a set with this trigger runs.
    pub(super) fn is_triggered(&self, trigger: &Trigger) -> bool {
        match (trigger, &self.record.event) {
            (Trigger::Always, _) | (Trigger::AnyEvent, Some(_)) => true,
            (Trigger::Events(names), Some(event)) => names.contains(event),
            (Trigger::AnyEvent | Trigger::Events(_), None) => false,
        }
    }
}
