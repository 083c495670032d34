//! Where in a Parquet file each field lies, and how its values are taken from there.

use std::collections::BTreeSet;

use limits::{Limit, Limits};
use values::{Type, Value};
use vm::program::Field;

use super::Table;
use super::lines::Writer;
use super::rows::{RowReader, Rows};
use super::scalar::{Kind, Stored};
use super::schema::{Form, Node};
use crate::fault::{Raw, RecordFault, Wrong};
use crate::join::is_elsewhere;
use crate::read::{Absent, Asked, Convert, Filling};
use crate::source::SourceError;

/// Where the fields that are asked for lie.
#[derive(Clone)]
pub(crate) struct Mapping {
    /// The fields that are read from one column each.
    direct: Vec<(usize, Direct)>,
    /// The fields that are read from the JSON of their columns: lists, and what is no single value.
    by_text: BTreeSet<usize>,
    /// Writes the columns of these.
    texts: Writer,
    /// Writes all columns that are read.
    all: Writer,
    absent: Vec<Absent>,
    /// A value, or a row, as JSON; its memory is used again.
    text: Vec<u8>,
}

/// How a field is read from a column, which is counted as in [`Rows`].
#[derive(Clone, Copy, Debug)]
enum Direct {
    /// Its value.
    Value(usize, Kind),
    /// Whether the record is there that begins at a definition level.
    Presence(usize, i16),
}

/// Where a field was found.
enum Found {
    Leaf(usize, Kind),
    Presence(usize, i16),
    /// In a column, by its place.
    Text(usize),
    Nowhere,
}

impl Mapping {
    /// Finds the fields, and begins to read their columns. A column that a field must have and the file has not is an error,
    /// as it is in any table.
    pub(crate) fn find(file: &str, table: &Table, asked: Asked<'_>) -> Result<(Self, RowReader), SourceError> {
        let fields = || asked.fields.iter().enumerate().filter(|(_, field)| !is_elsewhere(field));
        let found: Vec<(usize, Found)> = fields().map(|(place, field)| (place, find(&table.columns, field))).collect();
        let absent = |(place, found): &(usize, Found)| match found {
            Found::Nowhere => asked.fields.get(*place).map(|field| (field, table.absent(field))),
            _ => None,
        };
        let is_required = |field: &Field| field.key || !(field.optional || field.default.is_some());
        let (missing, absent): (Vec<_>, Vec<_>) =
            found.iter().filter_map(absent).partition(|(field, _)| is_required(field));
        if !missing.is_empty() {
            let missing = missing.into_iter().map(|(_, absent)| absent).collect();
            return Err(SourceError::MissingColumns { file: file.to_owned(), missing, present: table.names() });
        }
        let leaves: BTreeSet<usize> = found.iter().flat_map(|(_, found)| table.leaves_of(found)).collect();
        let counted = |leaf: usize| leaves.range(..leaf).count();
        let direct = found.iter().filter_map(|(place, found)| match *found {
            Found::Leaf(leaf, kind) => Some((*place, Direct::Value(counted(leaf), kind))),
            Found::Presence(leaf, level) => Some((*place, Direct::Presence(counted(leaf), level))),
            Found::Text(_) | Found::Nowhere => None,
        });
        let columns_of_texts: BTreeSet<usize> = found.iter().filter_map(|(_, found)| found.column()).collect();
        let columns_of_texts = columns_of_texts.iter().filter_map(|column| table.columns.get(*column)?.pruned(&leaves));
        let mapping = Self {
            direct: direct.collect(),
            by_text: found.iter().filter(|(_, found)| found.column().is_some()).map(|(place, _)| *place).collect(),
            texts: Writer::new(columns_of_texts.collect()),
            all: Writer::new(table.columns.iter().filter_map(|column| column.pruned(&leaves)).collect()),
            absent: absent.into_iter().map(|(_, absent)| absent).collect(),
            text: Vec::new(),
        };
        Ok((mapping, RowReader::new(table, leaves.into_iter().collect())))
    }

    /// The fields with keys for those only that are to be read from [`text`](Self::text).
    pub(crate) fn texts(&self, fields: &[Field]) -> Vec<Field> {
        let without_keys = |field: &Field| Field { source: Vec::new(), ..field.clone() };
        let all = fields.iter().enumerate();
        all.map(|(place, field)| if self.by_text.contains(&place) { field.clone() } else { without_keys(field) })
            .collect()
    }

    /// The columns that fields name and the file does not have.
    pub(crate) fn absent(&self) -> &[Absent] {
        &self.absent
    }

    /// Puts the values of a row into the fields that are read from one column each.
    pub(crate) fn fill(&mut self, rows: &Rows, row: u64, convert: &Convert, filling: &mut Filling<'_>) {
        for &(place, direct) in &self.direct {
            match direct {
                Direct::Value(column, kind) => {
                    let level = rows.levels(column, row).start;
                    if let Some(stored) = rows.stored(column, level, kind) {
                        put(&mut self.text, filling, place, (kind, stored), convert);
                    }
                }
                Direct::Presence(column, there) => {
                    if rows.definition(column, rows.levels(column, row).start) >= there {
                        filling.set(place, Value::Truth(true));
                    }
                }
            }
        }
    }

    /// The other fields of a row as JSON, if there are any.
    pub(crate) fn text(&mut self, rows: &Rows, row: u64) -> Option<Result<&str, Wrong>> {
        if self.by_text.is_empty() {
            return None;
        }
        self.text.clear();
        self.texts.write(rows, row, &mut self.text);
        Some(std::str::from_utf8(&self.text).map_err(|_| Wrong::whole(RecordFault::InvalidUtf8)))
    }

    /// What is read of a row, for a report on it.
    pub(crate) fn raw(&self, rows: &Rows, row: u64, limits: &Limits) -> Raw {
        let mut text = Vec::new();
        self.all.clone().write(rows, row, &mut text);
        match String::from_utf8(text) {
            Ok(text) if text.len() <= limits.record_size => Raw::Json(text.into()),
            Ok(_) => Raw::Text(limits.told(Limit::RecordSize).into()),
            Err(error) => Raw::Text(String::from_utf8_lossy(error.as_bytes()).into()),
        }
    }
}

/// Puts a value into a field: as it is, or as its JSON says. `text` is memory for that.
fn put(
    text: &mut Vec<u8>,
    filling: &mut Filling<'_>,
    place: usize,
    (kind, stored): (Kind, Stored<'_>),
    convert: &Convert,
) {
    let Some(field) = filling.field(place) else { return };
    if let Some(value) = Some(()).filter(|()| field.sentinels.is_empty()).and_then(|()| kind.value(stored, &field.ty)) {
        match convert.within(value) {
            Ok(value) => return filling.set(place, value),
            Err(mismatch) => {
                let message = mismatch.sentence(&field.name);
                return filling.fail(Wrong::field(mismatch.fault, &field.name, None, message));
            }
        }
    }
    text.clear();
    kind.write(stored, text);
    match std::str::from_utf8(text) {
        Ok(text) => filling.put(place, || text, |field| convert.json(text, field)),
        Err(_) => {
            let message = format!("the text in `{}` is no UTF-8", field.name);
            filling.fail(Wrong::field(RecordFault::InvalidUtf8, &field.name, None, message));
        }
    }
}

impl Found {
    /// The column that is read as text.
    const fn column(&self) -> Option<usize> {
        match self {
            Self::Text(column) => Some(*column),
            _ => None,
        }
    }
}

/// Finds a field by its keys, or where they are one name: `company.employees`.
fn find(columns: &[Node], field: &Field) -> Found {
    let named = |nodes: &[Node], name: &str| nodes.iter().position(|node| node.name.trim() == name.trim());
    let Some((first, rest)) = field.source.split_first() else { return Found::Nowhere };
    let column = named(columns, first);
    let mut node = column.and_then(|column| columns.get(column));
    for key in rest {
        node = node.and_then(|node| match &node.form {
            Form::Record(members) => named(members, key).and_then(|place| members.get(place)),
            // What is asked of a text that holds JSON, or of a list, its text tells.
            Form::Leaf(_, Kind::Json) | Form::List { .. } => Some(node),
            Form::Leaf(..) => None,
        });
    }
    let flat = || named(columns, &joined(field)).and_then(|column| Some((column, columns.get(column)?)));
    let Some((column, node)) = column.zip(node).or_else(flat) else { return Found::Nowhere };
    match (&node.form, node.leaves().first()) {
        (Form::Leaf(leaf, kind), _) if *kind != Kind::Json => Found::Leaf(*leaf, *kind),
        (Form::Record(_), Some(leaf)) if matches!(field.ty, Type::Record(_)) => Found::Presence(*leaf, node.there),
        _ => Found::Text(column),
    }
}

fn joined(field: &Field) -> String {
    field.source.iter().map(|key| &**key).collect::<Vec<_>>().join(".")
}

impl Table {
    /// All columns of the file.
    pub(super) fn file_leaves(&self) -> Vec<usize> {
        self.columns.iter().flat_map(Node::leaves).collect()
    }

    fn leaves_of(&self, found: &Found) -> Vec<usize> {
        match found {
            Found::Leaf(leaf, _) | Found::Presence(leaf, _) => vec![*leaf],
            Found::Text(column) => self.columns.get(*column).map(Node::leaves).unwrap_or_default(),
            Found::Nowhere => Vec::new(),
        }
    }

    /// The names of the columns as fields have them.
    fn names(&self) -> Vec<String> {
        fn name(node: &Node, above: &str, names: &mut Vec<String>) {
            let path = format!("{above}{}", node.name);
            match &node.form {
                Form::Record(members) => members.iter().for_each(|member| name(member, &format!("{path}."), names)),
                _ => names.push(path),
            }
        }
        let mut names = Vec::new();
        self.columns.iter().for_each(|column| name(column, "", &mut names));
        names
    }

    fn absent(&self, field: &Field) -> Absent {
        let names = self.names();
        Absent::of(joined(field), &names.iter().map(String::as_str).collect::<Vec<_>>())
    }
}
