//! Records in from files, verdicts out to files: the only crate that knows file formats.
//!
//! ```text
//! file or stdin ──open──▶ Source ──split──▶ one piece of text per record ──read──▶ vm::Record
//!                                                          └── or, where it is wrong, Rejected
//! vm::Verdict ──write──▶ NDJSON or CSV         Rejected ──write──▶ the rejects file
//! Source ──infer──▶ a `record` block for a rule file
//! Source ──survey──▶ what stands in the fields, and what rules ask of them
//! JSON Schema ──import──▶ `record` blocks ──export──▶ JSON Schema
//! ```
//!
//! Start with [`Source`] (where records come from) and [`Reader`] (records, one by one). Whatever is wrong with *one*
//! record is a [`Rejected`] and the reading goes on; whatever is wrong with the *whole* file is a [`SourceError`] and ends
//! it. Nothing is dropped: each record of the input comes out as exactly one of the two.
//!
//! Memory is bounded by the largest record allowed ([`limits::Limits::record_size`]), never by the size of the input.

mod fault;
mod infer;
mod join;
#[cfg_attr(not(feature = "parquet"), path = "parquet/absent.rs")]
mod parquet;
mod read;
mod schema;
mod source;
mod split;
pub mod survey;
pub mod write;

pub use fault::{Raw, RecordFault, Rejected};
pub use infer::{Inferred, infer};
pub use join::{Broken, Joined, Report, SourceKeys};
pub use read::{Absent, Asked, Batch, Envelopes, Input, Options, Parser, Piece, Reader, Slots};
pub use schema::{Imported, RecordType, Reference, SchemaError, export, import};
pub use source::{Consumed, Format, Source, SourceError};
