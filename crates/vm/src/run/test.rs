//! Tests: what compares values and says true or false. With a missing operand they say what `unknown` says.

use std::cmp::Ordering;

use values::{FaultCode, Value, compare};

use crate::verdict::Fault;

use super::Run;

impl Run<'_> {
    pub(super) fn equal(&mut self, exact: bool) -> Result<(), Fault> {
        self.test_two(|left, right| compare::equal(left, right, exact))
    }

    pub(super) fn ordered(&mut self, wanted: fn(Ordering) -> bool) -> Result<(), Fault> {
        self.test_two(|left, right| compare::order(left, right).is_some_and(wanted))
    }

    /// Amounts of different currencies are not compared, which is a fault.
    fn test_two(&mut self, test: impl FnOnce(&Value, &Value) -> bool) -> Result<(), Fault> {
        self.weigh(2)?;
        let (right, left) = (self.pop(), self.pop());
        compare::comparable(&left, &right)?;
        let truth =
            if left.is_missing() || right.is_missing() { self.unknown() } else { Value::Truth(test(&left, &right)) };
        self.push(truth);
        Ok(())
    }

    pub(super) fn is_in(&mut self, choice: u32) -> Result<(), FaultCode> {
        let memberships = &self.prepared.memberships;
        self.test_one(|value| memberships.get(choice as usize).is_some_and(|members| members.contains(value)))
    }

    pub(super) fn matches(&mut self, pattern: u32) -> Result<(), FaultCode> {
        let patterns = &self.decision.patterns;
        self.test_one(|value| match (value, patterns.get(pattern as usize)) {
            (Value::Text(text), Some(pattern)) => pattern.is_match(text),
            _ => false,
        })
    }

    fn test_one(&mut self, test: impl FnOnce(&Value) -> bool) -> Result<(), FaultCode> {
        self.weigh(1)?;
        let value = self.pop();
        let truth = if value.is_missing() { self.unknown() } else { Value::Truth(test(&value)) };
        self.push(truth);
        Ok(())
    }

    /// Asks for what is missing, so it always knows. Its answer may settle later tests of the same value, which a tree then
    /// does not ask: so a value found missing here counts as met.
    pub(super) fn is_missing(&mut self) {
        let missing = self.pop().is_missing();
        self.met_missing |= missing;
        self.push(Value::Truth(missing));
    }
}
