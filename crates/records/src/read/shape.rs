//! The fields of a program as a tree of keys, the way a JSON object is walked.

use values::Text;
use vm::program::Field;

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
}

impl Shape {
    /// The tree of all the fields' sources.
    pub(super) fn of(fields: &[Field]) -> Self {
        let mut shape = Self::default();
        for (index, field) in fields.iter().enumerate() {
            shape.add("", &field.source, index);
        }
        shape
    }

    /// Which of the keys a text is.
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.nodes.iter().position(|node| *node.key == *key)
    }

    fn add(&mut self, above: &str, source: &[Text], index: usize) {
        let Some((key, rest)) = source.split_first() else { return };
        let path = if above.is_empty() { key.to_string() } else { format!("{above}.{key}") };
        let place = self.place(key).unwrap_or(self.nodes.len());
        if place == self.nodes.len() {
            self.nodes.push(Node { key: key.clone(), path: path.clone(), fields: Vec::new(), inner: Self::default() });
        }
        if let Some(node) = self.nodes.get_mut(place) {
            if rest.is_empty() {
                node.fields.push(index);
            } else {
                node.inner.add(&path, rest, index);
            }
        }
    }
}
