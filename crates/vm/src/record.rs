//! A record as the machine sees it: just the fields that the program asks for.

use values::Value;

/// The values of a record, one for each of [`Decision::fields`](crate::program::Decision::fields) and in their order.
///
/// Whoever fills it has already checked each value against its field: the type fits, a required field is present, a
/// sentinel has become [`Value::Missing`], a default has been put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The values.
    pub values: Vec<Value>,
}
