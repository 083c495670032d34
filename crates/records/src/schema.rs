//! Record types and JSON Schema: what other systems publish about their records becomes `record` blocks, and back.
//!
//! ```text
//! JSON Schema ─parse▶ Json ─import▶ imported::Record ─block▶ `record` blocks
//! RecordType ─export▶ Json ─print▶ JSON Schema
//! ```
//! Start with [`import`] and [`export`]. What the two sides have in common stands in the keywords of JSON Schema; what only
//! rules know (a field's own name, `key`, `missing when`, `text exact`, references) in keywords that begin with
//! `x-rulebook-`, so that a schema that went out comes in again as what it was.

mod block;
mod document;
mod export;
mod import;
mod imported;
pub(crate) mod json;
mod view;

use values::Text;
use vm::program::Field;

pub use document::SchemaError;
pub use export::export;
pub use import::{Imported, import};

/// A record type as rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordType {
    /// Its name.
    pub name: Text,
    /// Its fields, each nested record before the fields inside it. Fields of another record type stand there, not here.
    pub fields: Vec<Field>,
    /// Its references to other records.
    pub references: Vec<Reference>,
}

/// A reference: a field that holds the key of a record of another type, or of the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// As rules write it: `account`.
    pub name: Text,
    /// The type of the record that it leads to.
    pub record: Text,
    /// The field that holds the key, by its name among those of the record type: `account_id`.
    pub by: Text,
}

/// Keywords of our own.
mod own {
    /// The name that rules use for a property of another name.
    pub(super) const NAME: &str = "x-rulebook-name";
    /// That the property identifies the record.
    pub(super) const KEY: &str = "x-rulebook-key";
    /// The texts that stand for no value.
    pub(super) const MISSING_WHEN: &str = "x-rulebook-missing-when";
    /// A type that JSON Schema has no word for.
    pub(super) const TYPE: &str = "x-rulebook-type";
    /// The references whose key the property holds: their names, each with the schema of the record that it leads to.
    pub(super) const REFERENCES: &str = "x-rulebook-references";
    /// The name of a record type, where its title or place does not tell it.
    pub(super) const RECORD: &str = "x-rulebook-record";
}
