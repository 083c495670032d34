//! Parquet: tables that lie column by column in a file. Start with [`Table`].
//!
//! ```text
//! Table ─columns of the fields asked for─▶ RowReader ─▶ Rows ─mapping─▶ values
//!   └────────────all columns─────────────▶ RowReader ─▶ Rows ──lines──▶ NDJSON, for everything but a run
//! ```
//!
//! A value counts as it would in JSON: integers, decimals and the shortest decimal that stands for a floating-point number
//! are numbers, days and instants are texts in RFC 3339, a struct is an object, a list an array, null is missing. Values of
//! the declared type are taken as they are; all others pass through their JSON, so that what is wrong with a record is the
//! same there and here.
//!
//! All of this is behind the feature `parquet`; `absent.rs` stands in its place without it.
//!
//! Only the columns that are asked for are read, page by page; memory grows with the pages of these columns, not with the
//! file.

mod lines;
mod mapping;
mod rows;
mod scalar;
mod schema;

use std::fs::File;
use std::io;
use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::source::{CHUNK, Consumed, SourceError, Stream};
use lines::Lines;
pub(crate) use mapping::Mapping;
pub(crate) use rows::{RowReader, Rows};
use schema::Node;

/// How a Parquet file begins and ends.
pub(crate) const MAGIC: &[u8; 4] = b"PAR1";

/// A Parquet file that has been opened. A clone reads the same file; one of them at a time.
#[derive(Clone)]
pub(crate) struct Table {
    file: Arc<SerializedFileReader<File>>,
    columns: Arc<[Node]>,
    consumed: Consumed,
}

impl Table {
    /// Opens a file that begins with [`MAGIC`]; what it holds is told at its end.
    pub(crate) fn open(name: &str, file: File, consumed: Consumed) -> Result<Self, SourceError> {
        let unreadable = |error| SourceError::reading(name, &failure(error));
        let file = SerializedFileReader::new(file).map_err(unreadable)?;
        let columns = schema::columns(file.metadata().file_metadata().schema_descr());
        Ok(Self { file: Arc::new(file), columns: columns.into(), consumed })
    }

    /// All of it as NDJSON.
    pub(crate) fn lines(&self) -> Stream {
        Box::new(io::BufReader::with_capacity(CHUNK, Lines::new(self)))
    }
}

/// A failure of the file as one of the input.
fn failure(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::new(io::ErrorKind::InvalidData, error),
        },
        ParquetError::NYI(what) => io::Error::new(io::ErrorKind::Unsupported, what),
        error => io::Error::new(io::ErrorKind::InvalidData, error),
    }
}

#[cfg(test)]
mod tests;
