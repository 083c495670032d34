//! The record types of a rulebook, for those who compare them with data or tell other systems of them.

use values::Text;

use crate::db::Db;
use crate::rulebook::typed_field;
use crate::schema::{self, FieldInfo};
use crate::typed::{Field, Link};

/// A record type, whether rules decide it or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordType {
    /// Its name.
    pub name: Text,
    /// Every stored field that is declared or, where no `record` block declares the type, read by rules. Fields inside
    /// another record type are left to that, and so are those in the items of lists.
    pub fields: Vec<Field>,
    /// The references to records of other types, or of its own: each by the name that rules use, with where it leads. The
    /// field that holds the key is among `fields`.
    pub references: Vec<(Text, Link)>,
}

impl RecordType {
    fn empty(name: Text) -> Self {
        Self { name, fields: Vec::new(), references: Vec::new() }
    }
}

/// Every record type that is declared or that rules read, in name order; behind each the items of its lists that are
/// declared in place, as types that no name can have: `order.lines[]`.
pub fn record_types(db: &dyn Db) -> Vec<RecordType> {
    schema::record_types(db).into_iter().flat_map(|(name, infos)| with_items(db, &name, infos)).collect()
}

fn with_items(db: &dyn Db, record: &str, infos: Vec<FieldInfo>) -> Vec<RecordType> {
    let mut types = vec![RecordType::empty(Text::from(record))];
    for mut info in infos {
        let list = schema::list_of(&info.name).map(str::to_owned);
        let name = list.as_ref().map_or_else(|| Text::from(record), |list| Text::from(format!("{record}.{list}[]")));
        if let Some(list) = list {
            let inside = |name: &Text| Text::from(name.get(list.len() + "[].".len()..).unwrap_or_default());
            info.name = inside(&info.name);
            info.link.iter_mut().for_each(|link| link.by = inside(&link.by));
        }
        let place = types.iter().position(|known| known.name == name).unwrap_or_else(|| {
            types.push(RecordType::empty(name));
            types.len() - 1
        });
        let (Some(ty), Some(field)) = (types.get_mut(place), typed_field(db, info)) else { continue };
        match field.link {
            Some(link) => ty.references.push((field.name, (*link).clone())),
            None => ty.fields.push(field),
        }
    }
    types
}
