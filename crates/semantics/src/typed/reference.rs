//! Tables of reference data.

use std::sync::Arc;

use values::{Text, Value};

/// A table of which rules ask for one row by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its name.
    pub name: Text,
    /// Whether keys are compared to the letter.
    pub exact: bool,
    /// The place of the key among the columns. No key stands twice.
    pub key: usize,
    /// The columns, all of one length, as they are declared.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: Text,
    /// Its values, row by row.
    pub values: Arc<[Value]>,
}
