//! What stands in the data, seen from a record type and from what rules ask: what `rulebook schema check` compares.
//!
//! ```text
//! records ─read▶ Surveyed of each field: present, missing, wrong, values ─▶ Survey
//!           └──▶ how often each probe holds, keys that stand twice, links that lead nowhere, fields that nobody declares
//! ```
//! Memory is bounded by what is kept of each field ([`VALUES`] different texts) and of the keys ([`KEYS`] hashes); every
//! record is read, and what is counted is counted exactly.

mod keys;
mod links;
mod read;
mod seen;

use std::sync::Arc;

use values::probe::Probe;
use vm::program::Field;

use crate::join::SourceKeys;
use crate::read::Options;
use crate::read::convert::Convert;
use crate::source::{Source, SourceError};
use keys::Keys;
pub use keys::{KEYS, Repeated};
pub use links::{Absent, Links};
use read::Layer;
pub use seen::{SAMPLES, Sample, Surveyed, VALUES};

/// A question that rules ask of a field.
#[derive(Clone, Debug)]
pub struct Watch {
    /// The place of the field among those surveyed.
    pub field: usize,
    /// The question.
    pub probe: Probe,
}

/// A field of the data that the record type does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undeclared {
    /// Its key or column; inside a nested record the path.
    pub name: String,
    /// In how many records it has a value.
    pub present: u64,
    /// The first value.
    pub sample: String,
}

/// What was found.
pub struct Survey {
    /// How many records there are.
    pub records: u64,
    /// How many of them could not be read at all.
    pub unreadable: u64,
    /// What stands in each field, in the order of the record type.
    pub fields: Vec<Surveyed>,
    /// For each watch, in how many records it holds.
    pub held: Vec<u64>,
    /// What the record type does not have, in order of appearance, at most 2 000.
    pub undeclared: Vec<Undeclared>,
    /// The keys that stand twice.
    pub repeated: Repeated,
    /// The references that are followed.
    pub links: Vec<Links>,
    asked: Vec<Field>,
    watches: Vec<Watch>,
    layer: Layer,
    convert: Convert,
    keys: Keys,
    options: Options,
}

impl Survey {
    /// A survey of no records yet. Fields in the items of lists have the list's path in their source, and each item counts.
    pub fn new(fields: Vec<Field>, watches: Vec<Watch>, options: Options) -> Self {
        Self {
            records: 0,
            unreadable: 0,
            fields: fields.iter().map(|_| Surveyed::default()).collect(),
            held: vec![0; watches.len()],
            undeclared: Vec::new(),
            repeated: Repeated::default(),
            links: Vec::new(),
            layer: Layer::of(&fields),
            convert: Convert::new(options.zone.clone(), options.lenient, options.limits),
            keys: Keys::default(),
            asked: fields,
            watches,
            options,
        }
    }

    /// Also follows a reference: the field at a place holds the key of another record.
    pub fn follow(&mut self, field: usize, keys: Arc<SourceKeys>) {
        self.links.push(Links::new(field, keys));
    }

    /// Adds the records of an input.
    pub fn read(&mut self, source: Source) -> Result<(), SourceError> {
        read::read(self, source)
    }
}
