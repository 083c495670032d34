//! The record types of a rulebook, for those who compare them with data or tell other systems of them.

use values::Text;

use crate::db::Db;
use crate::rulebook::typed_field;
use crate::schema::{self, FieldInfo};
use crate::typed::Field;

/// A record type, whether rules decide it or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordType {
    /// Its name.
    pub name: Text,
    /// Every stored field that is declared or, where no `record` block declares the type, read by rules. Fields inside
    /// another record type are left to that, and so are those in the items of lists; a reference is left to the field that
    /// holds its key.
    pub fields: Vec<Field>,
}

/// Every record type that is declared or that rules read, in name order; behind each the items of its lists that are
/// declared in place, as types that no name can have: `order.lines[]`.
pub fn record_types(db: &dyn Db) -> Vec<RecordType> {
    schema::record_types(db).into_iter().flat_map(|(name, infos)| with_items(db, &name, infos)).collect()
}

fn with_items(db: &dyn Db, record: &str, infos: Vec<FieldInfo>) -> Vec<RecordType> {
    let mut types = vec![RecordType { name: Text::from(record), fields: Vec::new() }];
    for mut info in infos.into_iter().filter(|info| info.link.is_none()) {
        let list = schema::list_of(&info.name).map(str::to_owned);
        let name = list.as_ref().map_or_else(|| Text::from(record), |list| Text::from(format!("{record}.{list}[]")));
        if let Some(list) = list {
            info.name = Text::from(info.name.get(list.len() + "[].".len()..).unwrap_or_default());
        }
        let place = types.iter().position(|known| known.name == name).unwrap_or_else(|| {
            types.push(RecordType { name, fields: Vec::new() });
            types.len() - 1
        });
        types.get_mut(place).into_iter().for_each(|ty| ty.fields.extend(typed_field(db, info.clone())));
    }
    types
}
