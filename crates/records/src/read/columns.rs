//! Which column each field is read from.

use values::{Type, Value};
use vm::program::Field;

use super::cells::Cells;
use super::convert::Convert;
use super::filling::Filling;
use crate::fault::{RecordFault, Wrong};
use crate::join::is_elsewhere;
use crate::source::SourceError;

/// The places of the fields in a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// How many cells a row has.
    count: usize,
    /// For each field, where it is.
    places: Vec<Place>,
    absent: Vec<Absent>,
}

/// A column that a field names and a table does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// The column.
    pub column: String,
    /// A column of the table that differs in capitals, blanks and signs only, and is probably meant.
    pub similar: Option<String>,
}

impl Absent {
    pub(crate) fn of(column: String, names: &[&str]) -> Self {
        let similar = names.iter().find(|name| letters(name) == letters(&column)).map(|name| (*name).to_owned());
        Self { column, similar }
    }
}

/// The letters and digits of a name, without capitals.
fn letters(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[derive(Clone, Debug)]
enum Place {
    Column(usize),
    /// A nested record: present when one of its columns is filled.
    AnyOf(Vec<usize>),
    /// No column: missing in every record.
    Nowhere,
}

impl Columns {
    /// Finds the fields in a header. A nested field has its path as the column's name: `company.employees`. Blanks around
    /// the names are ignored.
    pub(super) fn find(file: &str, header: &Cells, fields: &[Field]) -> Result<Self, SourceError> {
        let names: Vec<&str> = header.iter().map(str::trim).collect();
        let mut columns = Self { count: names.len(), places: Vec::new(), absent: Vec::new() };
        let mut required = Vec::new();
        for field in fields {
            if is_elsewhere(field) {
                columns.places.push(Place::Nowhere);
                continue;
            }
            let column = column_of(field);
            let place = match &field.ty {
                Type::Record(_) => match (single(file, &names, &column)?, nested(&names, &column)) {
                    (Place::Column(column), Place::Nowhere) if field.inferred => Place::Column(column),
                    (_, nested) => nested,
                },
                _ => single(file, &names, &column)?,
            };
            if matches!(place, Place::Nowhere) {
                let known = field.key || !(field.optional || field.default.is_some());
                let absent = Absent::of(column, &names);
                if known { &mut required } else { &mut columns.absent }.push(absent);
            }
            columns.places.push(place);
        }
        if required.is_empty() {
            return Ok(columns);
        }
        let present = names.iter().map(|&name| name.to_owned()).collect();
        Err(SourceError::MissingColumns { file: file.to_owned(), missing: required, present })
    }

    /// The columns that fields name and the header does not.
    pub(super) fn absent(&self) -> &[Absent] {
        &self.absent
    }

    /// Puts the values of a row into the fields.
    pub(super) fn fill(&self, row: &Cells, convert: &Convert, filling: &mut Filling<'_>) -> Result<(), Wrong> {
        if row.len() != self.count {
            let message = format!("the row has {} cells and the header has {}", row.len(), self.count);
            return Err(Wrong::because(RecordFault::RaggedRow, message));
        }
        for (index, place) in self.places.iter().enumerate() {
            match place {
                Place::Column(column) => {
                    let cell = row.get(*column).unwrap_or_default();
                    filling.put(index, || cell, |field| convert.cell(cell, field));
                }
                Place::AnyOf(columns) => {
                    let filled = |&column: &usize| row.get(column).is_some_and(|cell| !cell.is_empty());
                    let present = if columns.iter().any(filled) { Value::Truth(true) } else { Value::Missing };
                    filling.put(index, || "", |_| Ok(present.clone()));
                }
                Place::Nowhere => {}
            }
        }
        Ok(())
    }
}

fn column_of(field: &Field) -> String {
    let keys: Vec<&str> = field.source.iter().map(|key| &**key).collect();
    keys.join(".")
}

fn single(file: &str, names: &[&str], column: &str) -> Result<Place, SourceError> {
    let mut found = names.iter().enumerate().filter(|(_, name)| **name == column.trim());
    match (found.next(), found.next()) {
        (Some(_), Some(_)) => Err(SourceError::DuplicateColumn { file: file.to_owned(), column: column.to_owned() }),
        (Some((index, _)), None) => Ok(Place::Column(index)),
        (None, _) => Ok(Place::Nowhere),
    }
}

fn nested(names: &[&str], record: &str) -> Place {
    let belongs = |name: &str| name.strip_prefix(record).is_some_and(|rest| rest.starts_with('.'));
    let columns: Vec<usize> = names.iter().enumerate().filter(|(_, name)| belongs(name)).map(|(at, _)| at).collect();
    if columns.is_empty() { Place::Nowhere } else { Place::AnyOf(columns) }
}
