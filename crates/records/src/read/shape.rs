//! The fields of a program as a tree of keys, the way a JSON object is walked.

use values::Text;
use vm::program::{Field, FieldPlace, Items};

use crate::join::is_elsewhere;

/// The keys that count in a JSON object.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) nodes: Vec<Node>,
}

/// One key that counts.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) key: Text,
    /// The keys from the record down to this one, for messages: `company.employees`.
    pub(super) path: String,
    /// The fields that are read from its value: places among the program's fields.
    pub(super) fields: Vec<usize>,
    /// The keys that count in its value.
    pub(super) inner: Shape,
    /// What is read of the items in its value, with the place of the field that they are put into: several times where those
    /// who ask want different fields of them.
    pub(super) items: Vec<(usize, ItemShape)>,
}

/// What is read of each item of a list of records.
#[derive(Debug)]
pub(super) struct ItemShape {
    pub(super) fields: Vec<Field>,
    pub(super) shape: Shape,
}

impl Shape {
    /// The tree of all the fields' sources.
    pub(super) fn of(fields: &[Field], items: &[Items]) -> Self {
        Self::below(fields, items, |list| match list {
            FieldPlace::Field(field) => Some(field),
            FieldPlace::Item { .. } => None,
        })
    }

    /// The tree of some fields; `own` tells which of them a list is, if it is one of them.
    fn below(fields: &[Field], items: &[Items], own: impl Fn(FieldPlace) -> Option<u32>) -> Self {
        let mut shape = Self::default();
        for (index, field) in fields.iter().enumerate().filter(|(_, field)| !is_elsewhere(field)) {
            let list = |items: &&Items| own(items.list).is_some_and(|list| list as usize == index);
            let inner = items.iter().position(|it| list(&it)).and_then(|place| ItemShape::of(items, place));
            shape.add("", &field.source, index, inner);
        }
        shape
    }

    /// Which of the keys a text is.
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.nodes.iter().position(|node| *node.key == *key)
    }

    fn add(&mut self, above: &str, source: &[Text], index: usize, items: Option<ItemShape>) {
        let Some((key, rest)) = source.split_first() else { return };
        let path = if above.is_empty() { key.to_string() } else { format!("{above}.{key}") };
        let place = self.place(key).unwrap_or(self.nodes.len());
        if place == self.nodes.len() {
            let (fields, inner) = (Vec::new(), Self::default());
            self.nodes.push(Node { key: key.clone(), path: path.clone(), fields, inner, items: Vec::new() });
        }
        if let Some(node) = self.nodes.get_mut(place) {
            match (rest, items) {
                ([], Some(items)) => node.items.push((index, items)),
                ([], None) => node.fields.push(index),
                (rest, items) => node.inner.add(&path, rest, index, items),
            }
        }
    }
}

impl ItemShape {
    /// The fields of some items. A list in them comes later in the table, so this ends.
    fn of(all: &[Items], place: usize) -> Option<Self> {
        let fields = all.get(place)?.fields.clone();
        let place = u32::try_from(place).ok()?;
        let shape = Shape::below(&fields, all, |list| match list {
            FieldPlace::Item { items, field } if items == place => Some(field),
            _ => None,
        });
        Some(Self { fields, shape })
    }
}
