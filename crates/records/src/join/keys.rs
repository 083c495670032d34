//! The keys of a source, for those who only ask whether a link leads anywhere.

use values::Text;
use vm::program::Field;

use super::Report;
use super::follow::Wanted;
use super::table::Table;
use crate::read::Options;
use crate::source::{Source, SourceError};

/// The keys of the records of a source.
#[derive(Debug)]
pub struct SourceKeys {
    table: Table,
    report: Report,
}

impl SourceKeys {
    /// Reads a source to its end. `key` is the field that holds the keys of its records, which are of the type `record`;
    /// what else is in them, right or wrong, is not looked at.
    ///
    /// # Errors
    ///
    /// A source that cannot be read to its end, or that has no such column.
    pub fn read(source: Source, record: &Text, key: &Field, options: &Options) -> Result<Self, SourceError> {
        let key = Field { key: true, optional: false, default: None, ..key.clone() };
        let options = Options { event: None, envelopes: None, joined: None, ..options.clone() };
        let (table, report) = Table::read(source, &Wanted::only(key), record, options)?;
        Ok(Self { table, report })
    }

    /// What the source was found to hold.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Whether there is a record with a key. Keys are compared to the letter.
    pub fn has(&self, key: &Text) -> bool {
        self.table.row(key).is_some()
    }

    /// The keys, in the order of texts.
    pub fn sorted(&self) -> Vec<&Text> {
        self.table.keys()
    }
}
