//! The record types of a rulebook, for those who compare them with data or tell other systems of them.

use values::Text;

use crate::db::Db;
use crate::rulebook::typed_field;
use crate::schema;
use crate::typed::Field;

/// A record type, whether rules decide it or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordType {
    /// Its name.
    pub name: Text,
    /// Every stored field that is declared or, where no `record` block declares the type, read by rules. Fields inside
    /// another record type are left to that, and those in the items of lists are left out.
    pub fields: Vec<Field>,
}

/// Every record type that is declared or that rules read, in name order.
pub fn record_types(db: &dyn Db) -> Vec<RecordType> {
    let types = schema::record_types(db).into_iter();
    let own = |field: &schema::FieldInfo| schema::list_of(&field.name).is_none();
    let fields = |fields: Vec<schema::FieldInfo>| fields.into_iter().filter(own).filter_map(typed_field).collect();
    types.map(|(name, infos)| RecordType { name: Text::from(name), fields: fields(infos) }).collect()
}
