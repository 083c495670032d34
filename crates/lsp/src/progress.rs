//! How far the first look at the rulebooks has come, for clients that show it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::project::Number;
use crate::serve::Outbox;

/// The name of what is shown.
pub(crate) const TOKEN: &str = "rulebook/first-look";

/// The rulebooks that have not been looked at yet.
#[derive(Debug, Default)]
pub(crate) struct FirstLook {
    waiting: BTreeSet<Number>,
    of: usize,
    is_shown: bool,
}

impl FirstLook {
    /// These are to be looked at.
    pub(crate) fn begin(&mut self, rulebooks: impl Iterator<Item = Number>) {
        self.waiting.extend(rulebooks);
        self.of = self.waiting.len();
    }

    /// The client is ready to show it. What is over already needs not be shown.
    pub(crate) fn show(&mut self, outbox: &Outbox) {
        if !self.waiting.is_empty() && !self.is_shown {
            self.is_shown = true;
            tell(outbox, json!({ "kind": "begin", "title": "checking the rules", "percentage": self.percentage() }));
        }
    }

    /// One has been looked at.
    pub(crate) fn done(&mut self, rulebook: Number, outbox: &Outbox) {
        if !self.waiting.remove(&rulebook) || !self.is_shown {
            return;
        }
        if self.waiting.is_empty() {
            self.is_shown = false;
            tell(outbox, json!({ "kind": "end" }));
        } else {
            tell(outbox, json!({ "kind": "report", "percentage": self.percentage() }));
        }
    }

    fn percentage(&self) -> usize {
        (self.of - self.waiting.len().min(self.of)) * 100 / self.of.max(1)
    }
}

fn tell(outbox: &Outbox, value: Value) {
    outbox.notify("$/progress", json!({ "token": TOKEN, "value": value }));
}
