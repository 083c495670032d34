//! Where order says nothing, another order changes nothing: declarations and derived values, the rows of tables whose
//! policy reckons with all of them, the rules of sets in which nothing can be settled twice; the lines of lists and tables
//! in files; the records, as long as nobody takes turns, and the keys of each.

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
    let book = given.book.with_reordered_files(&mut given.own);
    let other = checked(&book, &rules).map_err(|findings| format!("{findings:?}\n--- reordered\n{rules}"))?;
    let (program, other) = (verified(compiler::compile(&rulebook))?, verified(compiler::compile(&other))?);
    let order = given.own.shuffled(given.records.len());
    let lines: Vec<String> =
        order.iter().map(|place| given.records[*place].reordered_line(&mut given.own) + "\n").collect();
    let how = How { chooses: false, ..How::default() };
    let one = verdicts(&program, &given.book, &given.lines(), how)?;
    let other = verdicts(&other, &book, &lines.concat(), how)?;
    for (place, other) in order.iter().zip(&other) {
        let one = &one[*place];
        if unordered(one) != unordered(other) {
            return Err(format!("as written: {one}  reordered:  {other}--- reordered\n{rules}"));
        }
    }
    Ok(Tried::Holds(given.records.len()))
}

/// A verdict without the order of what it lists, without the place of a record that has no key, and without the cause of a
/// fault: which of several is met first is a matter of order.
fn unordered(line: &str) -> Value {
    let mut verdict = placeless(line);
    if is_fault(&verdict) {
        return Value::from("fault");
    }
    if verdict["record"].as_str().is_some_and(|label| label.starts_with("records:")) {
        verdict["record"] = Value::Null;
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
