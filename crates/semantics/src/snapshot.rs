//! A rulebook at one moment, to be asked on another thread while the next edit waits.
//!
//! Whoever edits waits until every snapshot is gone. So a snapshot must never live on the thread that edits, and its
//! questions end early when an edit waits: see [`Snapshot::ask`].

use std::ops::Deref;
use std::panic::AssertUnwindSafe;

use salsa::{Cancelled, Database as _};

use crate::project::Project;

/// A rulebook that does not change. It answers all questions that a [`Project`] answers.
pub struct Snapshot {
    project: Project,
}

/// Ends the questions of one snapshot from elsewhere.
#[derive(Clone, Debug)]
pub struct Cancellation(salsa::CancellationToken);

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interrupted {
    /// An edit waits: what was asked about is no longer so.
    Edited,
    /// Nobody wants the answer any more.
    Cancelled,
    /// Another thread failed while working out what this question needed.
    Failed,
}

impl Snapshot {
    pub(crate) fn new(project: Project) -> Self {
        Self { project }
    }

    /// How to end this snapshot's questions.
    pub fn cancellation(&self) -> Cancellation {
        Cancellation(self.project.db.cancellation_token())
    }

    /// Asks, unless an edit or the cancellation comes first. Outside of this, a question that is interrupted unwinds.
    ///
    /// # Errors
    /// Why there is no answer. A question that panics does so here, too.
    pub fn ask<T>(&self, question: impl FnOnce(&Project) -> T) -> Result<T, Interrupted> {
        interruptible(|| question(&self.project))
    }
}

/// Runs what asks snapshots, and tells why it was interrupted if it was.
///
/// # Errors
/// Why it did not come to its end.
pub fn interruptible<T>(work: impl FnOnce() -> T) -> Result<T, Interrupted> {
    Cancelled::catch(AssertUnwindSafe(work)).map_err(|cancelled| match cancelled {
        Cancelled::PendingWrite => Interrupted::Edited,
        Cancelled::Local => Interrupted::Cancelled,
        _ => Interrupted::Failed,
    })
}

impl Deref for Snapshot {
    type Target = Project;

    fn deref(&self) -> &Project {
        &self.project
    }
}

impl Cancellation {
    /// Ends them. That takes hold at the next step of the work.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}
