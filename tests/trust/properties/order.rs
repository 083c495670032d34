//! Where order says nothing, another order changes nothing: declarations and derived values, the rows of tables whose
//! policy reckons with all of them, the rules of sets in which nothing can be settled twice.

use serde_json::Value;

use super::placeless;
use crate::decide::{How, checked, is_fault, verdicts, verified};
use crate::generate::Wish;
use crate::trial::{Given, Tried, holds, rulebook};

#[test]
fn order_changes_nothing_where_it_says_nothing() {
    holds("order changes nothing where it says nothing", Wish::default(), in_any_order);
}

fn in_any_order(given: &mut Given) -> Result<Tried, String> {
    let Ok(rulebook) = rulebook(given) else { return Ok(Tried::Refused) };
    let rules = given.book.reordered(&mut given.own);
    let other = checked(&given.book, &rules).map_err(|findings| format!("{findings:?}\n--- reordered\n{rules}"))?;
    let (program, other) = (verified(compiler::compile(&rulebook))?, verified(compiler::compile(&other))?);
    let lines = given.lines();
    let one = verdicts(&program, &given.book, &lines, How::default())?;
    let other = verdicts(&other, &given.book, &lines, How::default())?;
    for (one, other) in one.iter().zip(&other) {
        if unordered(one) != unordered(other) {
            return Err(format!("as written: {one}  reordered:  {other}--- reordered\n{rules}"));
        }
    }
    Ok(Tried::Holds(given.records.len()))
}

/// A verdict without the order of what it lists, and without the cause of a fault: which of several is met first is a
/// matter of order.
fn unordered(line: &str) -> Value {
    let mut verdict = placeless(line);
    if is_fault(&verdict) {
        return Value::from("fault");
    }
    for list in ["fired", "effects", "lost", "reasons"] {
        if let Some(list) = verdict.get_mut(list).and_then(Value::as_array_mut) {
            list.sort_by_key(Value::to_string);
        }
    }
    for value in verdict.get_mut("values").and_then(Value::as_object_mut).into_iter().flat_map(|it| it.values_mut()) {
        if value.get("fault").is_some() {
            *value = Value::from("fault");
        }
    }
    verdict
}
