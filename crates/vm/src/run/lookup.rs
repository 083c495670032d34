//! Reference data: a row by its key, found by hash.

use std::collections::HashMap;

use values::Value;

use super::Run;
use super::membership::Member;
use crate::program::{Column, Decision, Program, Reference};

/// A table ready to be asked.
#[derive(Debug)]
pub(crate) struct Table {
    /// Where the row of each key stands. No order of it ever shows.
    rows: HashMap<Member, usize>,
    exact: bool,
}

impl Table {
    fn new(reference: &Reference) -> Self {
        let mut rows = HashMap::with_capacity(reference.keys.len());
        for (row, key) in reference.keys.iter().enumerate().filter(|(_, key)| !key.is_missing()) {
            rows.entry(Member::new(key, reference.exact)).or_insert(row);
        }
        Self { rows, exact: reference.exact }
    }

    fn row(&self, key: &Value) -> Option<usize> {
        self.rows.get(&Member::new(key, self.exact)).copied()
    }
}

/// Where the answer to each of a decision's lookups is found.
#[derive(Debug, Default)]
pub(crate) struct Lookups {
    tables: Vec<Table>,
    places: Vec<(usize, Option<Column>)>,
}

impl Lookups {
    /// Indexes the tables that the decision asks. A verified program has all of them.
    pub(crate) fn new(program: &Program, decision: &Decision) -> Self {
        let mut lookups = Self::default();
        let mut known: Vec<&Reference> = Vec::new();
        for lookup in &decision.lookups {
            let Some(reference) = program.references.iter().find(|it| it.name == lookup.reference) else { continue };
            let table = known.iter().position(|it| it.name == reference.name).unwrap_or_else(|| {
                known.push(reference);
                lookups.tables.push(Table::new(reference));
                known.len() - 1
            });
            let column = reference.columns.iter().find(|it| Some(&it.name) == lookup.column.as_ref());
            lookups.places.push((table, column.cloned()));
        }
        lookups
    }

    fn find(&self, lookup: u32, key: &Value) -> Value {
        let Some((table, column)) = self.places.get(lookup as usize) else { return Value::Missing };
        match (self.tables.get(*table).and_then(|table| table.row(key)), column) {
            (None, _) => Value::Missing,
            (Some(_), None) => Value::Truth(true),
            (Some(row), Some(column)) => column.values.get(row).cloned().unwrap_or_default(),
        }
    }
}

impl Run<'_> {
    pub(super) fn lookup(&mut self, index: u32) {
        let key = self.pop();
        let value = if key.is_missing() { Value::Missing } else { self.prepared.lookups.find(index, &key) };
        self.push(value);
    }
}
