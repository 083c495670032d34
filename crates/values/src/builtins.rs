//! The built-in functions, operators and tests: one table that checker and machine both read.
//!
//! ```text
//!   checker:  name + argument types ──lookup──▶ Builtin + result type
//!   machine:  Builtin ──call──▶ value
//! ```
//!
//! A new built-in is a row in the file of its subject and a function below that. See [`Row`] for what a row says.

// The table.
mod kind;
mod lookup;
pub mod reference;
mod row;
mod table;

// Its rows, by subject.
mod business;
mod conversions;
mod derived;
mod lists;
mod money;
mod number;
mod operators;
mod tests;
mod text;
mod time;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Clock, FaultCode, Value};

pub use kind::{Kind, ResultType};
pub use lookup::{
    Mismatch, calendar_place, function, names, operator, parameter_hint, result_hint, takes_alike, takes_any_list,
};
pub use row::{Call, Form, Parameter, Row, WhenMissing};
pub use table::rows;

/// A built-in, by its place in the table. Written down, it is its [key](Row::key), so that a program file outlives a change
/// of the table.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Builtin(u16);

impl Builtin {
    /// The built-in with a [key](Row::key).
    pub fn keyed(key: &str) -> Option<Self> {
        Self::all().find(|builtin| builtin.row().key == key)
    }

    /// Everything that is known of it.
    #[expect(clippy::indexing_slicing, reason = "a built-in is only made of a place in the table")]
    pub fn row(self) -> &'static Row {
        &table::ROWS[usize::from(self.0)]
    }

    /// Computes it. An argument that is missing makes the result missing, unless the row says that it looks at missing
    /// values itself. Arguments of other types than the row's parameters, which the checker never lets pass, give a missing
    /// value.
    pub fn call(self, clock: &Clock, arguments: &[Value]) -> Result<Value, FaultCode> {
        let row = self.row();
        if row.propagates() && arguments.iter().any(Value::is_missing) {
            return Ok(Value::Missing);
        }
        (row.call)(clock, arguments)
    }

    /// Whether a call with present arguments of the right types can fault. One that cannot may be computed early, late or
    /// not at all.
    pub fn may_fault(self) -> bool {
        self.row().may_fault
    }

    /// All built-ins in the order of the table.
    fn all() -> impl Iterator<Item = Self> {
        (0u16..).zip(&table::ROWS).map(|(place, _)| Self(place))
    }
}

impl fmt::Debug for Builtin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Builtin({})", self.row().key)
    }
}

impl Serialize for Builtin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.row().key)
    }
}

impl<'de> Deserialize<'de> for Builtin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Key;
        impl de::Visitor<'_> for Key {
            type Value = Builtin;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("the key of a built-in")
            }

            fn visit_str<E: de::Error>(self, key: &str) -> Result<Builtin, E> {
                Builtin::keyed(key).ok_or_else(|| E::custom(format_args!("no built-in has the key `{key}`")))
            }
        }
        deserializer.deserialize_str(Key)
    }
}
