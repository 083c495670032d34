//! Rows as JSON: values are put together again that lie column by column.

use std::io::{self, Read};

use super::Table;
use super::rows::{RowReader, Rows};
use super::schema::{Form, Node};

/// How many rows become text at a time.
const ROWS: usize = 256;

/// A Parquet file as NDJSON, with all its columns.
pub(super) struct Lines {
    reader: RowReader,
    writer: Writer,
    rows: Rows,
    text: Vec<u8>,
    taken: usize,
}

impl Lines {
    pub(super) fn new(table: &Table) -> Self {
        let leaves = table.file_leaves();
        Self {
            reader: RowReader::new(table, leaves),
            writer: Writer::new(table.columns.to_vec()),
            rows: Rows::default(),
            text: Vec::new(),
            taken: 0,
        }
    }
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.text.len() {
            self.text.clear();
            self.taken = 0;
            if !self.reader.fill(&mut self.rows, ROWS)? {
                return Ok(0);
            }
            for row in self.rows.numbers() {
                self.writer.write(&self.rows, row, &mut self.text);
                self.text.push(b'\n');
            }
        }
        let mut rest = self.text.get(self.taken..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.taken += count;
        Ok(count)
    }
}

/// Writes rows as JSON.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    /// The columns, as far as they are read, with their leaves as they are counted in [`Rows`].
    columns: Vec<Node>,
    /// For each leaf, the place of its next level.
    next: Vec<usize>,
}

impl Writer {
    pub(super) fn new(columns: Vec<Node>) -> Self {
        Self { columns, next: Vec::new() }
    }

    /// Writes a row as an object.
    pub(super) fn write(&mut self, rows: &Rows, row: u64, out: &mut Vec<u8>) {
        let leaves = self.columns.iter().flat_map(Node::leaves).max().map_or(0, |last| last + 1);
        self.next.clear();
        self.next.extend((0..leaves).map(|leaf| rows.levels(leaf, row).start));
        Walk { rows, row, next: &mut self.next, out }.members(&self.columns);
    }
}

/// A row while it is written.
struct Walk<'w> {
    rows: &'w Rows,
    row: u64,
    next: &'w mut [usize],
    out: &'w mut Vec<u8>,
}

impl Walk<'_> {
    fn members(&mut self, members: &[Node]) {
        self.out.push(b'{');
        for (place, member) in members.iter().enumerate() {
            if place > 0 {
                self.out.push(b',');
            }
            // Writing into memory does not fail.
            let _ = serde_json::to_writer(&mut *self.out, &member.name);
            self.out.push(b':');
            self.node(member);
        }
        self.out.push(b'}');
    }

    fn node(&mut self, node: &Node) {
        let level = self.level(node);
        match &node.form {
            Form::Leaf(leaf, kind) => {
                match self.next.get(*leaf).and_then(|place| self.rows.stored(*leaf, *place, *kind)) {
                    Some(stored) => kind.write(stored, self.out),
                    None => self.out.extend_from_slice(b"null"),
                }
                self.pass(node);
            }
            _ if level < node.there => {
                self.out.extend_from_slice(b"null");
                self.pass(node);
            }
            Form::Record(members) => self.members(members),
            Form::List { filled, .. } if level < *filled => {
                self.out.extend_from_slice(b"[]");
                self.pass(node);
            }
            Form::List { again, item, .. } => {
                self.out.push(b'[');
                self.node(item);
                while self.goes_on(item, *again) {
                    self.out.push(b',');
                    self.node(item);
                }
                self.out.push(b']');
            }
        }
    }

    /// The definition level at hand of the first leaf in a node, which tells how much of it is there.
    fn level(&self, node: &Node) -> i16 {
        let Some(leaf) = first_leaf(node) else { return 0 };
        self.next.get(leaf).map_or(0, |place| self.rows.definition(leaf, *place))
    }

    /// Whether a list has a next item.
    fn goes_on(&self, item: &Node, again: i16) -> bool {
        let Some(leaf) = first_leaf(item) else { return false };
        let place = self.next.get(leaf).copied().unwrap_or(usize::MAX);
        place < self.rows.levels(leaf, self.row).end && self.rows.repetition(leaf, place) == again
    }

    /// Goes over a level of each leaf in a node.
    fn pass(&mut self, node: &Node) {
        match &node.form {
            Form::Leaf(leaf, _) => self.next.get_mut(*leaf).into_iter().for_each(|place| *place += 1),
            Form::Record(members) => members.iter().for_each(|member| self.pass(member)),
            Form::List { item, .. } => self.pass(item),
        }
    }
}

fn first_leaf(node: &Node) -> Option<usize> {
    match &node.form {
        Form::Leaf(leaf, _) => Some(*leaf),
        Form::Record(members) => members.first().and_then(first_leaf),
        Form::List { item, .. } => first_leaf(item),
    }
}
