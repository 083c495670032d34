//! Truth: the connectives, and what jumps look at.
//!
//! A truth is `Truth`, or `Missing` where it is unknown. With known truth only `holds` ever meets a missing one.

use values::Value;

use super::{Mode, Run};

impl Run<'_> {
    pub(super) fn not(&mut self) {
        let truth = self.pop();
        self.push(match (truth, self.mode) {
            (Value::Missing, Mode::Unknown) => Value::Missing,
            (truth, _) => Value::Truth(!truth.holds()),
        });
    }

    pub(super) fn and(&mut self) {
        self.connect(false);
    }

    pub(super) fn or(&mut self) {
        self.connect(true);
    }

    /// `and` is settled by a false side, `or` by a true one; failing that, by an unknown one.
    fn connect(&mut self, settles: bool) {
        let (right, left) = (self.pop(), self.pop());
        let settled = |truth: &Value| *truth == Value::Truth(settles);
        let truth = if settled(&left) || settled(&right) {
            Value::Truth(settles)
        } else if left.is_missing() || right.is_missing() {
            self.unknown()
        } else {
            Value::Truth(!settles)
        };
        self.push(truth);
    }

    pub(super) fn holds(&mut self) {
        if self.memory.stack.last().is_some_and(Value::is_missing) {
            self.pop();
            let truth = self.unknown();
            self.push(truth);
        }
    }

    /// The truth of what depends on a missing value.
    #[cold]
    pub(super) fn unknown(&mut self) -> Value {
        match self.mode {
            Mode::Known => {
                self.met_missing = true;
                Value::Truth(false)
            }
            Mode::Unknown => Value::Missing,
        }
    }

    /// Whether the top of the stack is this truth.
    pub(super) fn top_is(&self, truth: bool) -> bool {
        self.memory.stack.last() == Some(&Value::Truth(truth))
    }

    /// Whether the top of the stack is present; drops it if not.
    pub(super) fn keep_present(&mut self) -> bool {
        let present = self.memory.stack.last().is_some_and(|value| !value.is_missing());
        if !present {
            self.pop();
        }
        present
    }
}
