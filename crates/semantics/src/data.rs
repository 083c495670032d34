//! Lists and holidays that come from a file: the first column, below its heading.

use std::collections::BTreeSet;

use syntax::ast::{self, CalendarLineKind};
use values::Value;

use crate::db::{Db, Workspace, all_items, parsed};

/// The files that rule files name, as they are written there, sorted.
#[salsa::tracked]
pub fn wanted_files(db: &dyn Db) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for item in all_items(db) {
        match &parsed(db, *item).item {
            ast::Item::Table(table) => files.extend(table.from.iter().map(|file| file.text.clone())),
            ast::Item::List(list) => files.extend(list.from.iter().map(|file| file.text.clone())),
            ast::Item::Reference(reference) => files.extend(reference.from.iter().map(|file| file.text.clone())),
            ast::Item::Calendar(calendar) => files.extend(calendar.lines.iter().filter_map(|line| match &line.kind {
                CalendarLineKind::HolidaysFrom(file) => Some(file.text.clone()),
                _ => None,
            })),
            _ => {}
        }
    }
    files
}

/// The files of records that tests are over, as they are written there, sorted.
#[salsa::tracked]
pub fn record_files(db: &dyn Db) -> BTreeSet<String> {
    let tests = all_items(db).iter().filter_map(|item| match &parsed(db, *item).item {
        ast::Item::Test(test) => test.over.as_ref(),
        _ => None,
    });
    tests.map(|file| file.text.clone()).collect()
}

/// The values of a list's file, or why there are none.
pub fn file_values(db: &dyn Db, name: &str) -> Result<Vec<Value>, String> {
    let cells = first_column(db, name, |_| true)?;
    Ok(cells.into_iter().map(|(_, cell)| Value::text(cell)).collect())
}

/// The cells of the first column that are not empty, each with its line; without that of the first line where it is a
/// heading. Or why there are none.
pub fn first_column(db: &dyn Db, name: &str, is_heading: impl Fn(&str) -> bool) -> Result<Vec<(u64, String)>, String> {
    let text = file_text(db, name)?;
    let mut values = Vec::new();
    let rows = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes()).into_records();
    for (index, row) in rows.enumerate() {
        let row = row.map_err(|error| format!("it is not a table of comma-separated values: {error}"))?;
        let cell = row.get(0).map(str::trim).unwrap_or_default();
        let heads = index == 0 && is_heading(cell);
        if !heads && !cell.is_empty() {
            values.push((row.position().map_or(0, csv::Position::line), cell.to_owned()));
        }
    }
    if values.is_empty() {
        return Err("it has no line below its heading".to_owned());
    }
    Ok(values)
}

/// The text of a file that rules name, or why there is none.
pub fn file_text<'db>(db: &'db dyn Db, name: &str) -> Result<&'db str, String> {
    match Workspace::get(db).data(db).iter().find(|(known, _)| **known == *name) {
        Some((_, Ok(text))) => Ok(text),
        Some((_, Err(reason))) => Err(reason.clone()),
        None => Err("it was not found beside the rule files".to_owned()),
    }
}
