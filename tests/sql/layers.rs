//! The query, built layer by layer: each is a SELECT over the one before it, so that what is named there is computed once.

use std::fmt::Write as _;

use super::column::{Sql, named};

/// Common table expressions, each with all columns of the one before it and some more.
pub(super) struct Layers {
    text: String,
    count: usize,
    /// The columns that tell that SQL cannot say what becomes of the record.
    doubts: Vec<String>,
    names: usize,
}

impl Layers {
    /// Over a table.
    pub(super) fn over(table: &str) -> Self {
        let text = format!("WITH layer0 AS (SELECT * FROM {table})");
        Self { text, count: 0, doubts: Vec::new(), names: 0 }
    }

    /// Adds a layer of columns, none of which looks at another of them.
    pub(super) fn add(&mut self, columns: &[(String, String)]) {
        if columns.is_empty() {
            return;
        }
        let selected: Vec<String> = columns.iter().map(|(name, text)| format!("{text} AS {name}")).collect();
        let (before, next) = (self.count, self.count + 1);
        let _ =
            write!(self.text, ",\nlayer{next} AS MATERIALIZED (SELECT *, {} FROM layer{before})", selected.join(", "));
        self.count = next;
    }

    /// Adds a column, and gives what reads it.
    pub(super) fn column(&mut self, value: &Sql) -> Sql {
        let name = self.name();
        self.add(&[(name.clone(), value.text.clone())]);
        Sql { text: name, literal: false, ..value.clone() }
    }

    /// Notes under which conditions nothing is known.
    pub(super) fn doubt(&mut self, doubts: Vec<String>) {
        if doubts.is_empty() {
            return;
        }
        let name = self.name();
        let any: Vec<String> = doubts.iter().map(|doubt| format!("coalesce({doubt}, 0)")).collect();
        self.add(&[(name.clone(), any.join(" OR "))]);
        self.doubts.push(name);
    }

    /// A name that no other column has.
    pub(super) fn name(&mut self) -> String {
        self.names += 1;
        named(&format!("#{}", self.names))
    }

    /// The query: the row, whether anything is in doubt, and the columns.
    pub(super) fn select(&self, columns: &[String]) -> String {
        let doubts = if self.doubts.is_empty() { "0".to_owned() } else { self.doubts.join(" OR ") };
        let columns: Vec<&str> =
            ["\"#\"", doubts.as_str()].into_iter().chain(columns.iter().map(String::as_str)).collect();
        format!("{}\nSELECT {} FROM layer{} ORDER BY \"#\"", self.text, columns.join(", "), self.count)
    }
}
