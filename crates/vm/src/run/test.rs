//! Tests: what compares values and says true or false. With a missing operand they say what `unknown` says.

use std::cmp::Ordering;

use values::{Value, compare};

use super::Run;

impl Run<'_> {
    pub(super) fn equal(&mut self, exact: bool) {
        self.test_two(|left, right| compare::equal(left, right, exact));
    }

    pub(super) fn ordered(&mut self, wanted: fn(Ordering) -> bool) {
        self.test_two(|left, right| compare::order(left, right).is_some_and(wanted));
    }

    fn test_two(&mut self, test: impl FnOnce(&Value, &Value) -> bool) {
        let (right, left) = (self.pop(), self.pop());
        let truth =
            if left.is_missing() || right.is_missing() { self.unknown() } else { Value::Truth(test(&left, &right)) };
        self.push(truth);
    }

    pub(super) fn is_in(&mut self, choice: u32) {
        let memberships = &self.prepared.memberships;
        self.test_one(|value| memberships.get(choice as usize).is_some_and(|members| members.contains(value)));
    }

    pub(super) fn matches(&mut self, pattern: u32) {
        let patterns = &self.decision.patterns;
        self.test_one(|value| match (value, patterns.get(pattern as usize)) {
            (Value::Text(text), Some(pattern)) => pattern.is_match(text),
            _ => false,
        });
    }

    fn test_one(&mut self, test: impl FnOnce(&Value) -> bool) {
        let value = self.pop();
        let truth = if value.is_missing() { self.unknown() } else { Value::Truth(test(&value)) };
        self.push(truth);
    }

    /// Asks for what is missing, so it always knows. Its answer may settle later tests of the same value, which a tree then
    /// does not ask: so a value found missing here counts as met.
    pub(super) fn is_missing(&mut self) {
        let missing = self.pop().is_missing();
        self.met_missing |= missing;
        self.push(Value::Truth(missing));
    }
}
