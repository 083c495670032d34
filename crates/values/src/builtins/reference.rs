//! The functions as people look them up: a page of all, and what there is to say about one. It is all made of the table.

use super::row::{Form, Row};
use super::{business, conversions, lists, money, number, text, time};

/// The subjects in the order of the page.
const SUBJECTS: [(&str, &[Row]); 7] = [
    ("Text", text::ROWS),
    ("Numbers", number::ROWS),
    ("Dates and moments", time::ROWS),
    ("Working time", business::ROWS),
    ("Lists", lists::ROWS),
    ("Money", money::ROWS),
    ("From one type to another", conversions::ROWS),
];

/// All functions by subject, in Markdown.
pub fn page() -> String {
    let mut page = String::from(
        "# All functions\n\n\
         Each function with what it takes and gives, and an example. `rulebook explain round` shows one of them in the\n\
         terminal. What a function is given may be missing: unless its entry says otherwise, its result then is missing too.\n\
         Positions count from 1. Numbers are exact decimals.\n",
    );
    for (subject, rows) in SUBJECTS {
        let functions: Vec<&Row> = distinct(rows.iter());
        if !functions.is_empty() {
            page.push_str(&format!("\n## {subject}\n"));
        }
        let mut before = "";
        for row in functions {
            if row.name != before {
                page.push_str(&format!("\n### {}\n", row.name));
            }
            before = row.name;
            page.push_str(&format!("\n{}", described(row)));
        }
    }
    page
}

/// What there is to say about the functions of a name: usually one, several where the types of what they take decide.
pub fn entry(name: &str) -> Option<String> {
    let rows = distinct(SUBJECTS.iter().flat_map(|(_, rows)| rows.iter()).filter(|row| row.name == name));
    let described: Vec<String> = rows.into_iter().map(described).collect();
    (!described.is_empty()).then(|| format!("# The function `{name}`\n\n{}", described.join("\n")))
}

/// The functions among some rows; those that differ only in how letters are compared are one to their readers.
fn distinct(rows: impl Iterator<Item = &'static Row>) -> Vec<&'static Row> {
    let mut distinct: Vec<&Row> = Vec::new();
    for row in rows.filter(|row| row.form == Form::Function) {
        let is_same = |known: &Row| known.signature() == row.signature() && known.example == row.example;
        match distinct.iter_mut().find(|known| is_same(known)) {
            // The row for `text exact` comes first, and says less than the other.
            Some(known) => *known = row,
            None => distinct.push(row),
        }
    }
    distinct
}

fn described(row: &Row) -> String {
    let parameters = row.parameters.iter().map(|it| format!("`{}`: {}", it.name, it.kind.words()));
    let parameters: Vec<String> = parameters.collect();
    let mut text = format!("`{}` gives {}.\n", row.signature(), row.doc);
    text.push_str(&format!("It takes {}.", parameters.join("; ")));
    if !row.propagates() {
        text.push_str(" What is missing is left out.");
    }
    if row.may_fault {
        text.push_str(" A result that no value can hold is a fault of the record.");
    }
    text.push_str(&format!("\n\n```text\n{}\n```\n", row.example));
    text
}
