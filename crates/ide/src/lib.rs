//! What an editor asks, answered in plain data: byte offsets in, byte offsets out, no protocol.
//!
//! A [`Workspace`] is the rulebook that is being edited: one thread owns it and puts in what was typed. Its [`Snapshot`]s
//! go to other threads, which ask them; each question is a method of the snapshot, in a file of its own. Questions end
//! early when the next edit waits or nobody wants the answer any more: see [`Snapshot::ask`].

mod diagnostics;
mod evaluation;
mod format;
mod snapshot;
mod workspace;

pub use crate::diagnostics::Diagnostic;
pub use evaluation::{Evaluation, OpenFile, RecordFiles, Sampled};
pub use format::Edit;
pub use semantics::{Cancellation, Interrupted, Listed};
pub use snapshot::Snapshot;
pub use workspace::{Settings, Workspace};
