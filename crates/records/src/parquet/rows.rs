//! Some rows of a Parquet file, column by column, and who reads them.

use std::io;
use std::ops::Range;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType, FixedLenByteArray, Int96};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::FileReader;
use parquet::schema::types::ColumnDescPtr;

use super::scalar::{Kind, Stored};
use super::{Table, failure};

/// Reads rows, one stretch after the other.
pub(crate) struct RowReader {
    table: Table,
    /// Which columns of the file are read, in their order.
    leaves: Vec<usize>,
    /// The group of rows that comes next.
    group: usize,
    /// How many rows are left in the one at hand, and their columns.
    left: usize,
    readers: Vec<ColumnReader>,
    /// The number of the next row, from 1.
    next: u64,
}

/// Rows that stand behind each other. Their memory is used again.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    columns: Vec<Column>,
    first: u64,
    count: usize,
}

/// A column of some rows.
#[derive(Debug)]
struct Column {
    values: Values,
    /// The definition levels; none where nothing can be missing.
    definitions: Vec<i16>,
    /// The repetition levels; none where nothing is repeated.
    repetitions: Vec<i16>,
    /// For each level, how many values stand before it; where nothing can be missing, there is no need to know.
    before: Vec<usize>,
    /// Where the levels of each row begin, and where those of the last end; none where each row has one.
    starts: Vec<usize>,
    /// The definition level of a value that is there.
    full: i16,
    /// Whether there are repetition levels.
    repeats: bool,
}

#[derive(Debug)]
enum Values {
    Truths(Vec<bool>),
    Short(Vec<i32>),
    Long(Vec<i64>),
    Old(Vec<Int96>),
    Narrow(Vec<f32>),
    Wide(Vec<f64>),
    Bytes(Vec<ByteArray>),
    Fixed(Vec<FixedLenByteArray>),
}

impl RowReader {
    /// A reader of some columns, which stand in the order of the file.
    pub(super) fn new(table: &Table, leaves: Vec<usize>) -> Self {
        Self { table: table.clone(), leaves, group: 0, left: 0, readers: Vec::new(), next: 1 }
    }

    /// Puts the next rows in place of others, `most` at most; false at the end.
    pub(crate) fn fill(&mut self, rows: &mut Rows, most: usize) -> io::Result<bool> {
        self.try_fill(rows, most).map_err(failure)
    }

    fn try_fill(&mut self, rows: &mut Rows, most: usize) -> Result<bool> {
        while self.left == 0 {
            if self.group == self.table.file.num_row_groups() {
                rows.count = 0;
                return Ok(false);
            }
            self.next_group()?;
        }
        if rows.columns.len() != self.leaves.len() {
            let schema = self.table.file.metadata().file_metadata().schema_descr();
            rows.columns = self.leaves.iter().map(|leaf| Column::new(&schema.column(*leaf))).collect();
        }
        rows.count = self.left.min(most);
        rows.first = self.next;
        for (reader, column) in self.readers.iter_mut().zip(&mut rows.columns) {
            column.read(reader, rows.count)?;
        }
        self.left -= rows.count;
        self.next += rows.count as u64;
        Ok(true)
    }

    fn next_group(&mut self) -> Result<()> {
        let group = self.table.file.get_row_group(self.group)?;
        let about = group.metadata();
        self.left = usize::try_from(about.num_rows()).unwrap_or_default();
        self.table.consumed.add(about.compressed_size().try_into().unwrap_or_default());
        self.readers = self.leaves.iter().map(|leaf| group.get_column_reader(*leaf)).collect::<Result<_>>()?;
        self.group += 1;
        Ok(())
    }
}

impl Rows {
    /// The numbers of the rows, from 1.
    pub(crate) const fn numbers(&self) -> Range<u64> {
        self.first..self.first + self.count as u64
    }

    /// The places of the levels of a row in a column.
    pub(super) fn levels(&self, column: usize, row: u64) -> Range<usize> {
        let row = usize::try_from(row.saturating_sub(self.first)).unwrap_or(usize::MAX);
        let Some(column) = self.columns.get(column) else { return 0..0 };
        match (column.repeats, column.starts.get(row), column.starts.get(row.saturating_add(1))) {
            (false, ..) => row..row.saturating_add(1),
            (true, Some(start), Some(end)) => *start..*end,
            (true, ..) => 0..0,
        }
    }

    /// The definition level at a place.
    pub(super) fn definition(&self, column: usize, place: usize) -> i16 {
        self.columns.get(column).map_or(0, |column| column.definitions.get(place).copied().unwrap_or(column.full))
    }

    /// The repetition level at a place.
    pub(super) fn repetition(&self, column: usize, place: usize) -> i16 {
        self.columns.get(column).and_then(|column| column.repetitions.get(place)).copied().unwrap_or_default()
    }

    /// The value at a place; none where it is missing.
    #[inline]
    pub(super) fn stored(&self, column: usize, place: usize, kind: Kind) -> Option<Stored<'_>> {
        let column = self.columns.get(column)?;
        let place = match column.definitions.get(place) {
            None => place,
            Some(level) if *level == column.full => *column.before.get(place)?,
            Some(_) => return None,
        };
        column.values.stored(place, kind)
    }
}

impl Values {
    fn stored(&self, place: usize, kind: Kind) -> Option<Stored<'_>> {
        Some(match self {
            Self::Truths(all) => Stored::Truth(*all.get(place)?),
            Self::Short(all) if kind == Kind::Unsigned => Stored::Integer(all.get(place)?.cast_unsigned().into()),
            Self::Short(all) => Stored::Integer((*all.get(place)?).into()),
            Self::Long(all) => Stored::Integer(*all.get(place)?),
            Self::Old(all) => Stored::Old(all.get(place)?),
            Self::Narrow(all) => Stored::Narrow(*all.get(place)?),
            Self::Wide(all) => Stored::Wide(*all.get(place)?),
            Self::Bytes(all) => Stored::Bytes(all.get(place)?.data()),
            Self::Fixed(all) => Stored::Bytes(all.get(place)?.data()),
        })
    }
}

impl Column {
    fn new(about: &ColumnDescPtr) -> Self {
        use parquet::basic::Type;
        let values = match about.physical_type() {
            Type::BOOLEAN => Values::Truths(Vec::new()),
            Type::INT32 => Values::Short(Vec::new()),
            Type::INT64 => Values::Long(Vec::new()),
            Type::INT96 => Values::Old(Vec::new()),
            Type::FLOAT => Values::Narrow(Vec::new()),
            Type::DOUBLE => Values::Wide(Vec::new()),
            Type::BYTE_ARRAY => Values::Bytes(Vec::new()),
            Type::FIXED_LEN_BYTE_ARRAY => Values::Fixed(Vec::new()),
        };
        Self {
            values,
            definitions: Vec::new(),
            repetitions: Vec::new(),
            before: Vec::new(),
            starts: Vec::new(),
            full: about.max_def_level(),
            repeats: about.max_rep_level() > 0,
        }
    }

    fn read(&mut self, reader: &mut ColumnReader, rows: usize) -> Result<()> {
        self.definitions.clear();
        self.repetitions.clear();
        let levels = (&mut self.definitions, &mut self.repetitions);
        match (reader, &mut self.values) {
            (ColumnReader::BoolColumnReader(reader), Values::Truths(values)) => take(reader, rows, levels, values),
            (ColumnReader::Int32ColumnReader(reader), Values::Short(values)) => take(reader, rows, levels, values),
            (ColumnReader::Int64ColumnReader(reader), Values::Long(values)) => take(reader, rows, levels, values),
            (ColumnReader::Int96ColumnReader(reader), Values::Old(values)) => take(reader, rows, levels, values),
            (ColumnReader::FloatColumnReader(reader), Values::Narrow(values)) => take(reader, rows, levels, values),
            (ColumnReader::DoubleColumnReader(reader), Values::Wide(values)) => take(reader, rows, levels, values),
            (ColumnReader::ByteArrayColumnReader(reader), Values::Bytes(values)) => take(reader, rows, levels, values),
            (ColumnReader::FixedLenByteArrayColumnReader(reader), Values::Fixed(values)) => {
                take(reader, rows, levels, values)
            }
            _ => Err(ParquetError::General("a column changes its type".to_owned())),
        }?;
        self.note_places();
        Ok(())
    }

    fn note_places(&mut self) {
        self.before.clear();
        let mut values = 0;
        self.before.extend(self.definitions.iter().map(|level| {
            let before = values;
            values += usize::from(*level == self.full);
            before
        }));
        if self.repeats {
            self.starts.clear();
            let begins = self.repetitions.iter().enumerate().filter(|(_, level)| **level == 0);
            self.starts.extend(begins.map(|(place, _)| place));
            self.starts.push(self.repetitions.len());
        }
    }
}

/// Takes the next rows of a column, all of which must be there.
fn take<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    (definitions, repetitions): (&mut Vec<i16>, &mut Vec<i16>),
    values: &mut Vec<T::T>,
) -> Result<()> {
    values.clear();
    match reader.read_records(rows, Some(definitions), Some(repetitions), values)? {
        (records, ..) if records == rows => Ok(()),
        _ => Err(ParquetError::EOF("a column has fewer rows than its group".to_owned())),
    }
}
