//! Lists that come from a file: the first column, below its heading.

use std::collections::BTreeSet;

use syntax::ast;
use values::Value;

use crate::db::{Db, Workspace, all_items, parsed};

/// The files that rule files name, as they are written there, sorted.
#[salsa::tracked]
pub fn wanted_files(db: &dyn Db) -> BTreeSet<String> {
    let lists = all_items(db).iter().filter_map(|item| match &parsed(db, *item).item {
        ast::Item::List(list) => list.from.as_ref(),
        _ => None,
    });
    lists.map(|file| file.text.clone()).collect()
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
    let files = Workspace::get(db).data(db);
    let text = match files.iter().find(|(known, _)| **known == *name) {
        Some((_, Ok(text))) => text,
        Some((_, Err(reason))) => return Err(reason.clone()),
        None => return Err("it was not found beside the rule files".to_owned()),
    };
    let mut values = Vec::new();
    for row in csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes()).records() {
        let row = row.map_err(|error| format!("it is not a table of comma-separated values: {error}"))?;
        match row.get(0).map(str::trim) {
            Some("") | None => {}
            Some(cell) => values.push(Value::text(cell)),
        }
    }
    if values.is_empty() {
        return Err("it has no line below its heading".to_owned());
    }
    Ok(values)
}
