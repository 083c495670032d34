//! A record as the machine sees it: just the fields that the program asks for, and what happened to it.

use values::{Instant, Text, Value};

/// The values of a record, one for each of [`Decision::fields`](crate::program::Decision::fields) and in their order.
///
/// Whoever fills it has already checked each value against its field: the type fits, a required field is present, a
/// sentinel has become [`Value::Missing`], a default has been put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The values.
    pub values: Vec<Value>,
    /// The values before the event, in the same order; none for a new record, and where nobody knows them.
    pub before: Option<Vec<Value>>,
    /// Who acts: one value for each of [`Decision::actor`](crate::program::Decision::actor); empty where nobody knows.
    pub actor: Vec<Value>,
    /// What happened: `created`, `updated`; none where the record is just looked at.
    pub event: Option<Text>,
    /// When it happened, if the record tells: it is *now* for this record.
    pub now: Option<Instant>,
}

impl Record {
    /// A record of which nothing but its values is known.
    pub fn of(values: Vec<Value>) -> Self {
        Self { values, ..Self::default() }
    }
}
