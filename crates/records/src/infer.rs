//! From records to the `record` block that describes them: what `rulebook schema infer` writes.
//!
//! ```text
//! records ─observe─▶ what stands in each field, counted ─judge─▶ a type for each ─describe─▶ the block
//! ```
//!
//! Values are tried with the same functions that read records for a program, so that the block fits the records it came
//! from. Memory is bounded: of each field a few dozen values are kept, never all.

mod describe;
mod judge;
mod name;
mod observe;
mod observed;

use crate::fault::{RecordFault, Wrong};
use crate::read::cells::Cells;
use crate::read::convert::Convert;
use crate::read::{Options, header, json, text_of};
use crate::source::{Layout, Source, SourceError};
use crate::split::Pieces;
pub(crate) use describe::{Marks, is_invisible, on_one_line, quoted};
pub(crate) use name::{snake_case, unique};
pub(crate) use observe::Entries;
use observe::Observer;
use observed::Table;

/// A `record` block and what it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inferred {
    /// The block, canonical but for its comments, with counts; it ends in a line ending.
    pub text: String,
    /// How many records there were.
    pub records: u64,
    /// How many of them could not be read; the block does not describe those.
    pub unreadable: u64,
}

/// Reads all records of an input and describes them as the record type `record`.
///
/// A field becomes a number, a date, a truth and so on only where each of its values reads as one; texts that stand for
/// nothing (`Select`, `N/A`) become `missing when`; few labels that recur become `one of`; the first field that is named
/// like an identity and has a different value in each record becomes the `key`. Fields without one type are left out, with
/// a comment.
pub fn infer(source: Source, record: &str, options: &Options) -> Result<Inferred, SourceError> {
    let file = source.name.clone();
    let (table, records, unreadable) = observe(source, options)?;
    let text = describe::block(&file, record, &judge::fields(&table), records, unreadable);
    Ok(Inferred { text, records, unreadable })
}

/// What stands in the fields, how many records there are, and how many of them cannot be read.
fn observe(source: Source, options: &Options) -> Result<(Table, u64, u64), SourceError> {
    let (file, layout) = (source.name, source.layout);
    let mut pieces = Pieces::new(source.stream, source.start, layout, options.limits.record_size);
    let observer = Observer::new(Convert::new(options.zone.clone(), false, options.limits));
    let mut table = Table::default();
    let mut cells = Cells::default();
    if let Layout::Rows { separator } = layout {
        header(&file, &mut pieces, separator, &mut cells)?;
        table.add_columns(cells.iter().map(str::trim));
    }
    let (mut records, mut unreadable) = (0, 0);
    while let Some(place) = pieces.advance().map_err(|error| SourceError::reading(&file, &error))? {
        records += 1;
        let observed = text_of(pieces.bytes(), place.end, pieces.limit()).and_then(|text| match layout {
            Layout::Rows { separator } => observe_row(text, separator, &mut cells, &observer, &mut table),
            _ => json::check_object(text).and_then(|()| observer.object(text, &mut table)),
        });
        unreadable += u64::from(observed.is_err());
    }
    Ok((table, records, unreadable))
}

fn observe_row(
    row: &str,
    separator: u8,
    cells: &mut Cells,
    observer: &Observer,
    table: &mut Table,
) -> Result<(), Wrong> {
    cells.split(row, separator)?;
    if cells.len() != table.fields.len() {
        return Err(Wrong::whole(RecordFault::RaggedRow));
    }
    observer.row(cells.iter(), table);
    Ok(())
}

#[cfg(test)]
mod tests;
