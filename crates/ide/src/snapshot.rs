//! A rulebook at one moment: what an editor's questions are asked of.

use std::ops::Deref;
use std::sync::Arc;

use semantics::{Cancellation, Interrupted, interruptible};

/// A rulebook that does not change, to be asked on another thread than the one that owns the
/// [`Workspace`](crate::Workspace). Each of its questions is a method in a file of its own. Paths are those under which
/// files were set; what is asked of a file that is not there has an empty answer.
pub struct Snapshot {
    project: semantics::Snapshot,
}

impl Snapshot {
    pub(crate) fn new(project: semantics::Snapshot) -> Self {
        Self { project }
    }

    /// How to end this snapshot's questions from elsewhere.
    pub fn cancellation(&self) -> Cancellation {
        self.project.cancellation()
    }

    /// Asks, unless an edit or the cancellation comes first. Outside of this, a question that is interrupted unwinds.
    ///
    /// # Errors
    /// Why there is no answer. A question that panics does so here, too.
    pub fn ask<T>(&self, question: impl FnOnce(&Self) -> T) -> Result<T, Interrupted> {
        interruptible(|| question(self))
    }

    /// The paths of the rule files, sorted.
    pub fn paths(&self) -> Vec<Arc<str>> {
        self.project.paths()
    }

    /// The text of a rule file, or of a file that rules name.
    pub fn text(&self, path: &str) -> Option<&Arc<str>> {
        self.project.text(path).or_else(|| self.project.data(path))
    }

    /// The files that lists, tables and calendars are read from, as the rules name them.
    pub fn data_files(&self) -> Vec<String> {
        self.project.wanted_files()
    }

    /// The files of records that tests are over, as the tests name them.
    pub fn record_files(&self) -> Vec<String> {
        self.project.record_files()
    }

    /// What semantics knows of the rulebook.
    pub(crate) fn project(&self) -> &semantics::Project {
        self.project.deref()
    }
}
