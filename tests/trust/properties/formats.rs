//! The same data decide the same, whether they stand in a table or in JSON, in whichever order the columns are.

use records::Format;
use serde_json::Value;

use crate::decide::{How, is_fault, parsed, verdicts, verified};
use crate::generate::Wish;
use crate::generate::json::Json;
use crate::generate::record::{Leaf, leaves};
use crate::generate::schema::Ty;
use crate::trial::{Given, Tried, holds, rulebook};

#[test]
fn a_table_decides_like_json() {
    holds("a table decides like JSON", Wish { flat: true, ..Wish::default() }, table_or_json);
}

fn table_or_json(given: &mut Given) -> Result<Tried, String> {
    let Ok(rulebook) = rulebook(given) else { return Ok(Tried::Refused) };
    let program = verified(compiler::compile(&rulebook))?;
    let leaves = leaves(&given.book.fields);
    let leaves: Vec<Leaf> = given.own.shuffled(leaves.len()).into_iter().map(|place| leaves[place].clone()).collect();
    let names: Vec<String> = leaves.iter().map(|leaf| Json::text(leaf.path.join(".")).cell()).collect();
    if names.is_empty() {
        return Ok(Tried::Refused);
    }
    let (mut lines, mut table) = (String::new(), names.join(",") + "\n");
    for record in &given.records {
        let mut record = record.fields.clone();
        for leaf in &leaves {
            record = record.with(&leaf.path, tabular(record.at(&leaf.path), &leaf.ty));
        }
        let cells: Vec<String> = leaves.iter().map(|leaf| record.at(&leaf.path).cell()).collect();
        table.push_str(&(cells.join(",") + "\n"));
        lines.push_str(&(record.written() + "\n"));
    }
    let json = verdicts(&program, &given.book, &lines, How::default())?;
    let csv = verdicts(&program, &given.book, &table, How { format: Format::Csv, ..How::default() })?;
    for ((one, other), line) in json.iter().zip(&csv).zip(lines.lines()) {
        if dataless(one) != dataless(other) {
            return Err(format!("of {line}\n  as JSON:  {one}  as table: {other}--- table\n{table}"));
        }
    }
    Ok(Tried::Holds(given.records.len()))
}

/// A value that a cell can hold: no blank text, no list without members or with separators in them.
fn tabular(value: &Json, ty: &Ty) -> Json {
    match (value, ty) {
        (Json::Text(text), _) if text.trim() != text || text.is_empty() => Json::text("x"),
        (Json::List(members), _) if members.is_empty() => Json::List(vec![member(ty)]),
        (Json::List(members), Ty::List(ty)) => Json::List(members.iter().map(|it| tabular(it, ty)).collect()),
        // A table has no empty cell where one is required, and money no currency of its own.
        (Json::Object(members), Ty::Money(_)) => {
            let words: Vec<String> = members.iter().map(|(_, value)| value.words()).collect();
            Json::text(words.join(" "))
        }
        (other, _) => other.clone(),
    }
}

fn member(ty: &Ty) -> Json {
    match ty {
        Ty::List(member) if **member == Ty::Number => Json::Plain("5".to_owned()),
        Ty::List(member) if **member == Ty::Date => Json::text("2026-01-31"),
        _ => Json::text("x"),
    }
}

/// What is told of a record without where it stood and how it was written.
fn dataless(line: &str) -> Value {
    let told = parsed(line);
    if is_fault(&told) {
        return Value::from(vec![told["code"].clone(), told["field"].clone()]);
    }
    let mut told = told;
    if let Some(members) = told.as_object_mut() {
        members.remove("record");
    }
    told
}
