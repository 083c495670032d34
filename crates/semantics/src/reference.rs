//! Reference data: tables in files, of which rules ask for one row by its key.
//!
//! [`shape`] is the firewall between a table and its users: they see its columns, never its rows.

use std::collections::HashMap;
use std::sync::Arc;

use csv::StringRecord;
use diagnostics::problems::{DataProblem, NameProblem, TypeProblem};
use jiff::tz::TimeZone;
use syntax::ast::{self, Span};
use values::literal::of_type;
use values::{Text, Type, Value, text, zone_named};

use crate::data::file_text;
use crate::db::{Db, Item, Workspace, parsed};
use crate::found::Found;
use crate::loads::{is_count, load_columns};
use crate::names::nearest;
use crate::schema::{FieldInfo, schema};
use crate::typed::{Column, Reference};

/// What rules can ask of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The column by which a row is found.
    pub key: FieldInfo,
    /// All columns, the key among them.
    pub columns: Vec<FieldInfo>,
}

/// The columns of a table; none where something is wrong with them.
#[salsa::tracked]
pub fn shape<'db>(db: &'db dyn Db, item: Item<'db>) -> Option<Shape> {
    let ast::Item::Reference(reference) = &parsed(db, item).item else { return None };
    let columns = schema(db, item).fields.clone();
    let key = columns.iter().find(|column| reference.key.as_ref().is_some_and(|key| *column.name == *key.text))?;
    let usable = matches!(key.ty, Some(Type::Text | Type::ExactText | Type::Number | Type::User | Type::OneOf(_)));
    (usable && !key.optional).then(|| Shape { key: key.clone(), columns: columns.clone() })
}

/// Whether each row has a value in a column, as it is declared.
pub fn always_filled<'db>(db: &'db dyn Db, item: Item<'db>, column: &str) -> bool {
    let columns = shape(db, item).as_ref().map_or(&[][..], |shape| &shape.columns);
    columns.iter().any(|it| *it.name == *column && !it.optional)
}

/// The rows of a table and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, salsa::SalsaValue)]
pub struct Table<'db> {
    /// The rows; none where something is wrong.
    pub rows: Option<Arc<Reference>>,
    /// What is wrong.
    pub found: Vec<Found<'db>>,
}

/// Reads a table.
#[salsa::tracked]
pub fn table<'db>(db: &'db dyn Db, item: Item<'db>) -> Table<'db> {
    let ast::Item::Reference(reference) = &parsed(db, item).item else { return Table::default() };
    let Some(file) = &reference.from else { return Table::default() };
    let mut found = declaration(db, item, reference);
    if !found.is_empty() {
        return Table { rows: None, found };
    }
    let Some(shape) = shape(db, item) else { return Table::default() };
    let at = Place { file: &file.text, span: file.span, fields: &reference.fields };
    let zone = zone_named(Workspace::get(db).zone(db)).unwrap_or(TimeZone::UTC);
    match file_text(db, &file.text).and_then(rows).map_err(|reason| at.unreadable(reason)) {
        Ok((header, rows)) => {
            let loads = load_columns(db, &reference.name.text, shape);
            let (columns, problems) = read(shape, &loads, (&header, &rows), &zone, &at);
            found.extend(problems);
            let exact = shape.key.ty.as_ref().is_some_and(|ty| !ty.is_textual() || ty.is_exact());
            let key = shape.columns.iter().position(|column| column.name == shape.key.name).unwrap_or(0);
            let name = Text::from(reference.name.text.as_str());
            let rows = found.is_empty().then(|| Arc::new(Reference { name, exact, key, columns }));
            Table { rows, found }
        }
        Err(unreadable) => Table { rows: None, found: vec![unreadable] },
    }
}

/// What a column has instead of a text that none of its rows has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchText {
    /// The text that was probably meant.
    pub suggestion: Option<String>,
}

/// Tells when no row has a text in a column: a firewall, for who asks rests while that stays so.
#[salsa::tracked]
pub fn no_such_text<'db>(db: &'db dyn Db, item: Item<'db>, column: Text, wanted: Text) -> Option<NoSuchText> {
    let shape = shape(db, item).as_ref()?;
    let exact = shape.columns.iter().find(|it| it.name == column)?.ty.as_ref()?.is_exact();
    let rows = table(db, item).rows.as_ref()?;
    let values = &rows.columns.iter().find(|it| it.name == column)?.values;
    let texts = || values.iter().filter_map(|value| if let Value::Text(text) = value { Some(&**text) } else { None });
    let found = texts().any(|text| if exact { *text == *wanted } else { text::equal_ignoring_case(text, &wanted) });
    (!found).then(|| NoSuchText { suggestion: nearest(&wanted, texts()) })
}

/// What is wrong with the columns as they are declared, besides their types.
fn declaration<'db>(db: &'db dyn Db, item: Item<'db>, reference: &ast::Reference) -> Vec<Found<'db>> {
    let fields = &schema(db, item).fields;
    let mut found = Vec::new();
    let unfit =
        |what: &str, reason: &str| TypeProblem::Declaration { what: what.to_owned(), reason: reason.to_owned() };
    for (declared, field) in reference.fields.iter().filter_map(|declared| {
        fields.iter().find(|field| *field.name == *declared.name.text).map(|field| (declared, field))
    }) {
        if let Some(Type::List(_) | Type::Record(_)) = field.ty {
            found.push(Found::new(unfit("a column", "a cell of a table cannot hold it"), declared.ty.span));
        }
    }
    let Some(key) = &reference.key else { return found };
    match fields.iter().find(|field| *field.name == *key.text) {
        None => {
            let known: Vec<String> = fields.iter().map(|field| field.name.to_string()).collect();
            let by_heading = fields.iter().find(|field| field.source.last().is_some_and(|it| **it == *key.text));
            let by_heading = by_heading.map(|field| field.name.to_string());
            let suggestion = by_heading.or_else(|| nearest(&key.text, known.iter().map(String::as_str)));
            let (record, field) = (reference.name.text.clone(), key.text.clone());
            found.push(Found::new(NameProblem::UnknownField { record, field, suggestion, known }, key.span));
        }
        Some(FieldInfo { optional: true, .. }) => {
            found.push(Found::new(
                unfit("the key of a table", "it may be missing, and a key names every row"),
                key.span,
            ));
        }
        Some(FieldInfo { ty: Some(ty), .. }) if !(ty.is_textual() || *ty == Type::Number) => {
            found.push(Found::new(unfit("the key of a table", "only a text or a number can name a row"), key.span));
        }
        Some(_) => {}
    }
    found
}

/// Where a table is named.
struct Place<'a> {
    file: &'a str,
    span: Span,
    /// The columns as they are declared.
    fields: &'a [ast::Field],
}

impl Place<'_> {
    fn unreadable<'db>(&self, reason: String) -> Found<'db> {
        Found::new(NameProblem::UnreadableFile { file: self.file.to_owned(), reason }, self.span)
    }
}

/// The heading and the rows, each with its line.
fn rows(text: &str) -> Result<(StringRecord, Vec<(u64, StringRecord)>), String> {
    let text = text.trim_start_matches('\u{feff}');
    let heading = text.lines().next().unwrap_or_default();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|sign| heading.bytes().filter(|it| it == sign).count());
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.delimiter(separator.unwrap_or(b',')).from_reader(text.as_bytes());
    let wrong = |error: csv::Error| match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!("line {line} has {len} cells and the heading has {expected_len}")
        }
        _ => format!("it is not a table of comma-separated values: {error}"),
    };
    let header = reader.headers().map_err(wrong)?.clone();
    let mut rows = Vec::new();
    for row in reader.into_records() {
        let row = row.map_err(wrong)?;
        rows.push((row.position().map_or(0, csv::Position::line), row));
    }
    Ok((header, rows))
}

/// Reads column by column, those with the loads of members as counts, then looks for keys that stand twice. Of each kind of mistake the first is told, with the
/// number of the others.
fn read<'db>(
    shape: &Shape,
    loads: &[&Text],
    (header, rows): (&StringRecord, &[(u64, StringRecord)]),
    zone: &TimeZone,
    at: &Place<'_>,
) -> (Vec<Column>, Vec<Found<'db>>) {
    let mut found = Vec::new();
    let mut columns = Vec::new();
    let mut unfit: Vec<DataProblem> = Vec::new();
    for field in &shape.columns {
        let name = field.source.last().unwrap_or(&field.name);
        let Some(place) = header.iter().position(|known| known.trim() == name.trim()) else {
            found.push(missing_column(field, at, name, header));
            continue;
        };
        let is_load = loads.contains(&&field.name);
        let mut values = Vec::with_capacity(rows.len());
        for (line, row) in rows {
            let cell = row.get(place).unwrap_or_default();
            let value = cell_value(field, cell, zone).filter(|value| !is_load || is_count(value));
            if value.is_none() && unfit.len() < MOST_COUNTED {
                unfit.push(DataProblem::UnfitCell {
                    file: at.file.to_owned(),
                    line: *line,
                    column: name.to_string(),
                    value: cell.trim().to_owned(),
                    expected: match &field.ty {
                        _ if is_load => "a whole number from 0 on".to_owned(),
                        ty => ty.as_ref().map(Type::with_article).unwrap_or_default(),
                    },
                    more: 0,
                });
            }
            values.push(value.unwrap_or_default());
        }
        columns.push(Column { name: field.name.clone(), values: values.into() });
    }
    let more_unfit = unfit.len().saturating_sub(1);
    found.extend(unfit.into_iter().next().map(|first| Found::new(with_more(first, more_unfit), at.span)));
    if found.is_empty() {
        found.extend(duplicates(shape, &columns, rows, at));
    }
    (columns, found)
}

/// More mistakes than this are not counted.
const MOST_COUNTED: usize = 10_000;

fn with_more(problem: DataProblem, others: usize) -> DataProblem {
    match problem {
        DataProblem::UnfitCell { file, line, column, value, expected, .. } => {
            DataProblem::UnfitCell { file, line, column, value, expected, more: others }
        }
        other => other,
    }
}

/// A column that the file lacks, where its heading is written, or else its name.
fn missing_column<'db>(field: &FieldInfo, at: &Place<'_>, name: &str, header: &StringRecord) -> Found<'db> {
    let declared = at.fields.iter().find(|it| *it.name.text == *field.name);
    let heading = declared.and_then(|it| it.from.as_ref());
    let span = heading.map_or_else(|| declared.map_or(at.span, |it| it.name.span), |heading| heading.span);
    Found::new(missing(at.file, name, header, heading.is_some()), span)
}

fn missing(file: &str, column: &str, header: &StringRecord, from: bool) -> DataProblem {
    let letters = |name: &str| -> String {
        name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let present: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    let same = present.iter().find(|name| letters(name) == letters(column)).cloned();
    let similar = same.or_else(|| nearest(column, present.iter().map(String::as_str)));
    DataProblem::MissingColumn { file: file.to_owned(), column: column.to_owned(), similar, present, from }
}

/// The value of a cell; none if it does not fit.
fn cell_value(field: &FieldInfo, cell: &str, zone: &TimeZone) -> Option<Value> {
    let ty = field.ty.as_ref()?;
    let cell = cell.trim();
    if cell.is_empty() || field.sentinels.iter().any(|sentinel| **sentinel == *cell) {
        let default = field.default.clone();
        return default.or_else(|| field.optional.then_some(Value::Missing));
    }
    of_type(cell, ty, zone).ok()
}

fn duplicates<'db>(
    shape: &Shape,
    columns: &[Column],
    rows: &[(u64, StringRecord)],
    at: &Place<'_>,
) -> Option<Found<'db>> {
    let keys = &columns.iter().find(|column| column.name == shape.key.name)?.values;
    let exact = shape.key.ty.as_ref().is_some_and(Type::is_exact);
    let mut lines: HashMap<String, u64> = HashMap::with_capacity(keys.len());
    let mut twice: Vec<(String, u64, u64)> = Vec::new();
    for (key, (line, _)) in keys.iter().zip(rows) {
        let shown = match key {
            Value::Text(text) => text.to_string(),
            Value::Number(number) => number.to_string(),
            _ => continue,
        };
        let folded = if exact { shown.clone() } else { text::fold(&shown).to_string() };
        match lines.get(&folded) {
            Some(first) => twice.push((shown, *first, *line)),
            None => drop(lines.insert(folded, *line)),
        }
    }
    let more = twice.len().saturating_sub(1);
    let (key, first, second) = twice.into_iter().next()?;
    let file = at.file.to_owned();
    Some(Found::new(DataProblem::DuplicateKey { file, key, first, second, more }, at.span))
}
