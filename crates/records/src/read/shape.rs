//! The fields of a program as a tree of keys, the way a JSON object is walked.

use values::Text;
use vm::program::{Field, FieldPlace, Items};

use super::marks::Marks;
use super::scan::{Cursor, NoJson, Written};
use crate::join::is_elsewhere;

/// The keys that count in a JSON object.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    nodes: Vec<Node>,
    /// The places of the nodes by the length of their keys: nearly every key that does not count is told from them at once.
    by_length: Vec<Vec<usize>>,
    /// All keys, counting or not, in the order in which they were met.
    order: Vec<Met>,
    /// Memory for the marks of a text.
    pub(super) marks: Marks,
}

/// A key that was met in the text of some record.
#[derive(Clone, Debug)]
struct Met {
    /// With its quotes, the colon and blanks, as it is written.
    written: Written,
    /// The place among those that count, if it is one.
    place: Option<usize>,
}

/// How many keys are remembered in their order.
const MOST_KEYS: usize = 256;

/// How far a key may lie behind the one that was expected to be found without reading it.
const LOOK_AHEAD: usize = 8;

/// One key that counts.
#[derive(Clone, Debug)]
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

impl Node {
    /// The fields that a list of records in its value is put into.
    pub(super) fn lists(&self) -> impl Iterator<Item = &usize> {
        self.items.iter().map(|(field, _)| field)
    }
}

/// What is read of each item of a list of records.
#[derive(Clone, Debug)]
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

    /// Whether no key counts.
    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The place of a key, if it counts.
    fn find(&self, key: &str) -> Option<usize> {
        let is_it = |place: &&usize| self.nodes.get(**place).is_some_and(|node| *node.key == *key);
        self.by_length.get(key.len())?.iter().find(is_it).copied()
    }

    /// Goes over the next key; tells which it is, if it counts. Objects of one source have their keys in the same order
    /// nearly always: so the one that followed last time is looked for first, at `next`, and need not be read. Members before
    /// it that do not count are gone over with it.
    #[inline]
    pub(super) fn next_key(&mut self, cursor: &mut Cursor<'_>, next: &mut usize) -> Result<Option<usize>, NoJson> {
        let others = self.order.get(*next..).unwrap_or_default().iter().take_while(|met| met.place.is_none());
        *next += cursor.pass_strings(others.map(|met| &met.written));
        match self.order.get(*next) {
            Some(met) if cursor.pass(&met.written) => {
                *next += 1;
                Ok(met.place)
            }
            _ => self.other_key(cursor, next),
        }
    }

    #[inline(never)]
    fn other_key(&mut self, cursor: &mut Cursor<'_>, next: &mut usize) -> Result<Option<usize>, NoJson> {
        let ahead = self.order.get(*next + 1..).unwrap_or_default().iter().take(LOOK_AHEAD);
        if let Some((skipped, met)) = ahead.enumerate().find(|(_, met)| cursor.pass(&met.written)) {
            *next += skipped + 2;
            return Ok(met.place);
        }
        let (written, key) = cursor.walked(Cursor::key)?;
        let place = self.find(&key.decoded()?);
        if self.order.len() < MOST_KEYS && *next <= self.order.len() {
            self.order.insert(*next, Met { written: Written::new(written.written()), place });
            *next += 1;
        }
        Ok(place)
    }

    /// A key that counts, by its place.
    pub(super) fn node(&mut self, place: usize) -> Option<&mut Node> {
        self.nodes.get_mut(place)
    }

    fn add(&mut self, above: &str, source: &[Text], index: usize, items: Option<ItemShape>) {
        let Some((key, rest)) = source.split_first() else { return };
        let path = if above.is_empty() { key.to_string() } else { format!("{above}.{key}") };
        let place = self.find(key).unwrap_or(self.nodes.len());
        if place == self.nodes.len() {
            let (fields, inner) = (Vec::new(), Self::default());
            self.nodes.push(Node { key: key.clone(), path: path.clone(), fields, inner, items: Vec::new() });
            let lengths = self.by_length.len().max(key.len() + 1);
            self.by_length.resize_with(lengths, Vec::new);
            self.by_length.get_mut(key.len()).into_iter().for_each(|places| places.push(place));
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
