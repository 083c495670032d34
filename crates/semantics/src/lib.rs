//! Syntax tree to typed rules, incrementally.
//!
//! Start at [`Project`]: files go in, findings and the [`typed::Rulebook`] come out. In between, salsa remembers the
//! answer to every question and asks again only what an edit touched:
//!
//! ```text
//! SourceFile ─ cut ─ Item ─ parsed ─┬─ declared ─ index ─ named         names
//!                                   ├─ schema ───────────── field       record blocks
//!                                   ├─ field_uses ─ inference ─ field   records without a block
//!                                   ├─ references ─ chains ─ circle     what builds on what
//!                                   └─ check ─┬─ definition_type        the item's meaning and findings
//!                                             ├─ file_findings
//!                                             └─ rulebook
//! ```
//! `named`, `field`, `circle` and `definition_type` are firewalls: they answer about one name, so that what changes
//! elsewhere stops there.

mod calendars;
mod check;
mod compared;
mod conflicts;
mod data;
mod db;
mod decided;
mod definitions;
mod findings;
mod found;
mod link;
mod loads;
mod mention;
mod names;
mod order;
mod overlaps;
mod places;
mod project;
mod record_types;
mod reference;
mod rulebook;
mod schema;
mod sets;
mod snapshot;
mod table_file;
mod tests;
pub mod typed;
mod view;
mod walk;

pub use compared::{Asked, Compared, LookedUp};
pub use db::Listed;
pub use mention::{Kind, Mention, Role, Thing};
pub use project::{Project, QueryLog};
pub use record_types::RecordType;
pub use schema::EACH;
pub use snapshot::{Cancellation, Interrupted, Snapshot, interruptible};
pub use view::{ItemView, Known, MentionPlace};
pub use walk::{outermost, parts};
