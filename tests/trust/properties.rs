//! The properties.

mod edits;
mod formats;
mod generator;
mod layout;
mod order;
mod plan;
mod saved;
mod second_opinion;
mod sql;
mod threads;
mod types;

use crate::decide::parsed;
use serde_json::Value;

/// That two runs told the same of each record; else the first of which they did not.
fn same(what: [&str; 2], lines: &str, one: &[String], other: &[String]) -> Result<(), String> {
    if one.len() != other.len() {
        return Err(format!("{} records {}, and {} {}", one.len(), what[0], other.len(), what[1]));
    }
    let told = one.iter().zip(other).zip(lines.lines());
    for ((one, other), line) in told {
        if one != other {
            return Err(format!("of {line}\n  {}: {one}  {}: {other}", what[0], what[1]));
        }
    }
    Ok(())
}

/// The same without what tells the place in the input and the rules.
fn placeless(line: &str) -> Value {
    let at = regex::Regex::new(&format!("{}:[0-9]+", regex::escape(crate::generate::book::FILE))).unwrap();
    parsed(&at.replace_all(line, "rules"))
}
