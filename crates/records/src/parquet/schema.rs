//! The columns of a Parquet file as the tree that a record of JSON is.
//!
//! How deep a value stands is told by two numbers: its *definition level* counts the optional and repeated things above it
//! that are there, its *repetition level* the list in which it begins a new item (S. Melnik and others, *Dremel*, 2010).

use std::collections::BTreeSet;

use parquet::basic::{LogicalType, Repetition};
use parquet::schema::types::{SchemaDescriptor, Type};

use super::scalar::Kind;

/// A column, or something in it.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) name: String,
    /// The definition level from which on it is there.
    pub(super) there: i16,
    pub(super) form: Form,
}

/// What a column holds.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// Values; the number tells which of the columns that lie in the file.
    Leaf(usize, Kind),
    /// An object with these members.
    Record(Vec<Node>),
    /// An array.
    List {
        /// The definition level from which on it has an item.
        filled: i16,
        /// The repetition level at which a next item begins.
        again: i16,
        item: Box<Node>,
    },
}

impl Node {
    /// The columns of the file in it, in their order.
    pub(super) fn leaves(&self) -> Vec<usize> {
        match &self.form {
            Form::Leaf(leaf, _) => vec![*leaf],
            Form::Record(members) => members.iter().flat_map(Self::leaves).collect(),
            Form::List { item, .. } => item.leaves(),
        }
    }

    /// What of it lies in some columns of the file, which are counted anew.
    pub(super) fn pruned(&self, kept: &BTreeSet<usize>) -> Option<Self> {
        let form = match &self.form {
            Form::Leaf(leaf, kind) => kept.contains(leaf).then(|| Form::Leaf(kept.range(..leaf).count(), *kind))?,
            Form::Record(members) => {
                let members: Vec<Self> = members.iter().filter_map(|member| member.pruned(kept)).collect();
                if members.is_empty() { None } else { Some(Form::Record(members)) }?
            }
            Form::List { filled, again, item } => {
                Form::List { filled: *filled, again: *again, item: Box::new(item.pruned(kept)?) }
            }
        };
        Some(Self { name: self.name.clone(), there: self.there, form })
    }
}

/// The columns of a file.
pub(super) fn columns(schema: &SchemaDescriptor) -> Vec<Node> {
    let mut reader = Reader { schema, leaf: 0 };
    schema.root_schema().get_fields().iter().filter_map(|column| reader.node(column, 0, 0)).collect()
}

struct Reader<'s> {
    schema: &'s SchemaDescriptor,
    /// The next column of the file.
    leaf: usize,
}

impl Reader<'_> {
    /// A node under others that stand at these levels; none for a group without members.
    fn node(&mut self, ty: &Type, definition: i16, repetition: i16) -> Option<Node> {
        match repetition_of(ty) {
            Repetition::REPEATED => {
                let item = self.inner(ty, definition + 1, repetition + 1)?;
                Some(list(ty.name(), definition, item, (definition + 1, repetition + 1)))
            }
            Repetition::OPTIONAL => self.inner(ty, definition + 1, repetition),
            Repetition::REQUIRED => self.inner(ty, definition, repetition),
        }
    }

    /// A node that stands at these levels itself.
    fn inner(&mut self, ty: &Type, there: i16, repetition: i16) -> Option<Node> {
        let name = ty.name().to_owned();
        if ty.is_primitive() {
            let kind = Kind::of(&self.schema.column(self.leaf));
            self.leaf += 1;
            return Some(Node { name, there, form: Form::Leaf(self.leaf - 1, kind) });
        }
        match ty.get_fields() {
            [only] if is_list(ty) && repetition_of(only) == Repetition::REPEATED => {
                let levels = (there + 1, repetition + 1);
                let item = match item_of(only) {
                    Some(item) => self.node(item, levels.0, levels.1),
                    None => self.inner(only, levels.0, levels.1),
                };
                Some(list(&name, there, item?, levels))
            }
            members => {
                let members: Vec<Node> =
                    members.iter().filter_map(|member| self.node(member, there, repetition)).collect();
                (!members.is_empty()).then_some(Node { name, there, form: Form::Record(members) })
            }
        }
    }
}

fn list(name: &str, there: i16, item: Node, (filled, again): (i16, i16)) -> Node {
    Node { name: name.to_owned(), there, form: Form::List { filled, again, item: Box::new(item) } }
}

fn repetition_of(ty: &Type) -> Repetition {
    let info = ty.get_basic_info();
    if info.has_repetition() { info.repetition() } else { Repetition::REQUIRED }
}

fn is_list(ty: &Type) -> bool {
    use parquet::basic::ConvertedType::{LIST, MAP, MAP_KEY_VALUE};
    let info = ty.get_basic_info();
    matches!(info.logical_type_ref(), Some(LogicalType::List | LogicalType::Map))
        || matches!(info.converted_type(), LIST | MAP | MAP_KEY_VALUE)
}

/// The item inside the group that a list repeats; none if older writers made that group the item itself.
fn item_of(repeated: &Type) -> Option<&Type> {
    let is_item_itself = matches!(repeated.name(), "array") || repeated.name().ends_with("_tuple");
    match repeated {
        Type::GroupType { fields, .. } => match fields.as_slice() {
            [item] if !is_item_itself => Some(item),
            _ => None,
        },
        Type::PrimitiveType { .. } => None,
    }
}
