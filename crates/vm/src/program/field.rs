//! What is read of records: fields, those of the items of lists, and those of the records that references lead to.

use serde::{Deserialize, Serialize};
use values::{Text, Type, Value};

use crate::file::nested;

/// A field as it is read from a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// As rules write it, without the record type: `company.employees`.
    pub name: Text,
    /// The keys or the column under which the data holds it: `["company", "employees"]`, `["Lead Source"]`. Empty where
    /// only the presence of the record that a reference leads to is asked for.
    pub source: Vec<Text>,
    /// Its type. `Record` stands for mere presence, read as `true`: of a nested record, or of anything in an inferred field.
    #[serde(deserialize_with = "nested::one_type")]
    pub ty: Type,
    /// Whether it may be missing.
    pub optional: bool,
    /// What a missing value counts as.
    #[serde(deserialize_with = "nested::optional_value")]
    pub default: Option<Value>,
    /// The texts that mean missing, compared to the letter.
    pub sentinels: Vec<Text>,
    /// Whether it identifies the record.
    pub key: bool,
    /// Whether nothing but its uses tells its type: a number then stands for its text where it is only shown, and any
    /// value counts where only presence is asked for.
    pub inferred: bool,
    /// The reference in whose record it lies: a place in [`Decision::joins`](super::Decision::joins). It is missing where
    /// there is no such record, whatever `optional` and `default` say: they are about records that are there.
    pub through: Option<u32>,
}

/// A reference from the decided record, or from an item of its lists, to the one record that has a key. Whoever reads
/// records follows it; the machine finds the values in their places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// As rules write it, without the record type: `account`, `account.parent`; in an item of a list, `product`.
    pub name: Text,
    /// The type of the other record.
    pub record: Text,
    /// The field that holds the key of the other record. It may lie in the record of an earlier reference.
    pub by: FieldPlace,
    /// The key as it is read from the other record.
    pub key: Field,
}

impl super::Decision {
    /// The field at a place, if there is one.
    pub fn field(&self, place: FieldPlace) -> Option<&Field> {
        match place {
            FieldPlace::Field(field) => self.fields.get(field as usize),
            FieldPlace::Item { items, field } => self.items.get(items as usize)?.fields.get(field as usize),
        }
    }
}

/// The fields that are read of each item of a list of records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Items {
    /// The list of records.
    pub list: FieldPlace,
    /// The fields that the code asks for; none of them is a key.
    pub fields: Vec<Field>,
}

/// The place of a field: in the record, or in the items of a list of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldPlace {
    /// A place in [`Decision::fields`](super::Decision::fields).
    Field(u32),
    /// A field of the items of a list.
    Item {
        /// The items: a place in [`Decision::items`](super::Decision::items), earlier than that of items whose list this is.
        items: u32,
        /// A place in [`Items::fields`].
        field: u32,
    },
}
