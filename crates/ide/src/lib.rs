//! What an editor asks, answered in plain data: byte offsets in, byte offsets out, no protocol.
//!
//! A [`Workspace`] is the rulebook that is being edited: one thread owns it and puts in what was typed. Its [`Snapshot`]s
//! go to other threads, which ask them; each question is a method of the snapshot, in a file of its own. Questions end
//! early when the next edit waits or nobody wants the answer any more: see [`Snapshot::ask`].

mod actions;
mod calls;
mod completion;
mod definition;
mod diagnostics;
mod edits;
mod evaluation;
mod folding;
mod format;
mod hints;
mod hover;
mod lenses;
mod links;
mod on_type;
mod references;
mod rename;
mod shares;
mod signature;
mod snapshot;
mod symbols;
mod titles;
mod tokens;
mod workspace;

pub use crate::diagnostics::Diagnostic;
pub use actions::{Action, ActionKind};
pub use calls::{Call, CallItem};
pub use completion::{Completion, Suggestion, SuggestionKind};
pub use definition::Definition;
pub use edits::FileEdits;
pub use evaluation::{Evaluation, OpenFile, RecordFiles, Sampled, Trying};
pub use folding::Fold;
pub use format::Edit;
pub use hints::{Hint, HintKind, HintSettings};
pub use hover::Hover;
pub use lenses::{Lens, LensAction, Tried};
pub use links::Link;
pub use references::Highlight;
pub use rename::Renamable;
pub use semantics::{Cancellation, Interrupted, Kind, Listed, interruptible};
pub use shares::Share;
pub use signature::{Signature, SignatureHelp};
pub use snapshot::Snapshot;
pub use symbols::{FoundSymbol, Symbol};
pub use testing::Outcome;
pub use tokens::{ColouredToken, TokenKind};
pub use workspace::{Settings, Workspace};
