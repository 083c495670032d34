//! What `semantics` finds in files that rules name.

use super::wording::{a, names, quote};

/// A problem with a table of reference data.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DataProblem {
    /// A column that is declared and not in the table.
    MissingColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// A column that it nearly is.
        similar: Option<String>,
        /// The columns that are there.
        present: Vec<String>,
        /// Whether its heading is written out, with `from`.
        from: bool,
    },
    /// A cell that does not hold a value of its column's type.
    UnfitCell {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The column.
        column: String,
        /// What it holds; empty when that is nothing and something must be there.
        value: String,
        /// The type that it must have.
        expected: String,
        /// How many other cells do not fit.
        more: usize,
    },
    /// Two rows with one key.
    DuplicateKey {
        /// The file.
        file: String,
        /// The key.
        key: String,
        /// The line of the first.
        first: u64,
        /// The line of the second.
        second: u64,
        /// How many other rows repeat a key.
        more: usize,
    },
}

impl DataProblem {
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::MissingColumn { file, column, .. } => format!("{} has no column {}", quote(file), quote(column)),
            Self::UnfitCell { file, line, column, value, expected, more } => {
                let held = if value.is_empty() { "is empty".to_owned() } else { format!("is {}", quote(value)) };
                let expected = a(expected);
                format!(
                    "{} in line {line} of {} {held} and must be {expected}{}",
                    quote(column),
                    quote(file),
                    and(*more)
                )
            }
            Self::DuplicateKey { file, key, first, second, more } => {
                let lines = format!("lines {first} and {second}");
                format!("the key {} stands in {lines} of {}{}", quote(key), quote(file), and(*more))
            }
        }
    }

    pub(super) fn label(&self) -> String {
        match self {
            Self::MissingColumn { similar: Some(similar), .. } => format!("did you mean {}?", quote(similar)),
            Self::MissingColumn { .. } => "no such column".into(),
            Self::UnfitCell { .. } => "a cell does not fit".into(),
            Self::DuplicateKey { .. } => "a key stands twice".into(),
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::MissingColumn { similar: Some(similar), from: true, .. } => format!("write `\"{similar}\"`"),
            Self::MissingColumn { similar: Some(similar), .. } => format!("write `from \"{similar}\"` behind its type"),
            Self::MissingColumn { present, .. } => format!("name one of its columns: {}", names(present)),
            Self::UnfitCell { value, .. } if value.is_empty() => "fill it in, or put `?` behind the type".into(),
            Self::UnfitCell { .. } => "correct the cell, or the type of the column".into(),
            Self::DuplicateKey { .. } => "keep one of the rows: nobody can tell which of them is meant".into(),
        })
    }
}

fn and(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => ", and there is another one".to_owned(),
        more => format!(", and there are {more} others"),
    }
}
