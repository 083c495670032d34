//! Reference data of which a test gives the rows: they take the place of those in the table's file.

use std::sync::Arc;

use semantics::typed::test::{Datum, GivenTable, Test};
use semantics::typed::{Column, Field, Reference};
use values::{FaultCode, Value};
use vm::verify::VerifyError;
use vm::{Program, Verified};

use crate::calculator::{Calculator, Values};
use crate::outcome::Failure;

/// The tables of the rulebook, with the rows that a test gives.
///
/// # Errors
///
/// When a value of a row cannot be computed, or has come out missing where one is needed.
pub(crate) fn given(
    tables: &[Arc<Reference>],
    test: &Test,
    calculator: &Calculator,
) -> Result<Vec<Arc<Reference>>, Failure> {
    let computed = calculator.values_without_record();
    let table = |table: &Arc<Reference>| match calculator.says.tables.iter().find(|given| given.name == table.name) {
        Some(given) => filled(table, given, test, &computed).map(Arc::new),
        None => Ok(Arc::clone(table)),
    };
    tables.iter().map(table).collect()
}

/// A program that looks things up in these tables instead of its own.
///
/// # Errors
///
/// When the rows are none that it can work with.
pub(crate) fn put(program: &Program, tables: &[Arc<Reference>]) -> Result<Verified, VerifyError> {
    let mut program = program.clone();
    for reference in &mut program.references {
        let Some(table) = tables.iter().find(|table| table.name == reference.name) else { continue };
        reference.keys = table.columns.get(table.key).map(|key| Arc::clone(&key.values)).unwrap_or_default();
        for column in &mut reference.columns {
            let known = table.columns.iter().find(|known| known.name == column.name);
            column.values = known.map(|known| Arc::clone(&known.values)).unwrap_or_default();
        }
    }
    vm::verify(program)
}

fn filled(table: &Reference, given: &GivenTable, test: &Test, computed: &Values) -> Result<Reference, Failure> {
    let mut columns = Vec::with_capacity(given.columns.len());
    for column in &given.columns {
        let mut values = Vec::with_capacity(given.rows.len());
        for row in &given.rows {
            let value = cell(&row.data, column, computed).and_then(|value| needed(value, column));
            values.push(value.map_err(|reason| Failure {
                sentence: format!("`{}` of this row of `{}` has no value: {reason}", column.name, table.name),
                labels: vec![(test.place(row.span), "cannot be read".to_owned())],
                notes: Vec::new(),
            })?);
        }
        columns.push(Column { name: column.name.clone(), values: values.into() });
    }
    Ok(Reference { columns, ..table.clone() })
}

/// The value in a column as the file would have given it: sentinels are missing, and what is missing has its default.
fn cell(row: &Datum, column: &Field, computed: &Values) -> Result<Value, String> {
    let Datum::Record(members) = row else { return Ok(Value::Missing) };
    let value = match members.iter().find(|(name, _)| column.source.last() == Some(name)) {
        Some((_, Datum::Value(expr))) => computed.of(&expr.kind).cloned().map_err(reason)?,
        _ => Value::Missing,
    };
    let is_sentinel = matches!(&value, Value::Text(text) if column.sentinels.contains(text));
    let value = if is_sentinel { Value::Missing } else { value };
    Ok(if value.is_missing() { column.default.clone().unwrap_or_default() } else { value })
}

fn reason(fault: FaultCode) -> String {
    fault.sentence().to_owned()
}

fn needed(value: Value, column: &Field) -> Result<Value, String> {
    if value.is_missing() && !column.optional && column.default.is_none() {
        return Err("what it is computed from is missing".to_owned());
    }
    Ok(value)
}
