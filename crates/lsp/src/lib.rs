//! Speaks the language server protocol, so that `ide` need not. Start with [`serve`].
//!
//! ```text
//! reader ─▶ handlers ─one queue▶ owner ─snapshots▶ workers, checker
//! writer ◀──────────── answers, findings ──────────────┘
//! ```
//! Handlers only put what came in into one queue; one thread owns the rulebooks and edits them in that order; questions
//! are worked out on snapshots by other threads, and end when an edit waits or the client wants no answer any more. So
//! typing never waits for anything but the edit itself, whatever is being worked out.

mod abilities;
mod answers;
mod backend;
mod carried;
mod checker;
mod clock;
mod configuration;
mod documents;
mod errands;
mod frames;
mod lines;
mod owner;
mod progress;
mod project;
mod projects;
mod serve;
mod trier;
mod view;
mod workers;

pub use serve::{End, serve};
