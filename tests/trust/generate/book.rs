//! A rulebook as it was written, in parts that can be put into another order.

use super::json::Json;
use super::literal::Seen;
use super::schema::Field;
use crate::source::Source;

/// The file that the rules stand in.
pub(crate) const FILE: &str = "book.rules";

/// A rulebook and all that belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) items: Vec<Item>,
    /// Files that the rules name, with their text.
    pub(crate) files: Vec<(String, String)>,
    /// The records to which references lead, by their type.
    pub(crate) others: Vec<(&'static str, Vec<Json>)>,
    pub(crate) zone: &'static str,
    /// The calendar that is meant where none is named, if the settings say so.
    pub(crate) calendar: Option<&'static str>,
    /// The type of the records that are decided.
    pub(crate) root: &'static str,
    pub(crate) fields: Vec<Field>,
    /// Whether records come in envelopes.
    pub(crate) events: bool,
    /// The moment at which records are decided.
    pub(crate) now: &'static str,
    pub(crate) seen: Seen,
}

impl Book {
    /// The rule file.
    pub(crate) fn rules(&self) -> String {
        self.items.iter().map(Item::text).collect()
    }

    /// The records of a type to which references lead, a line each.
    pub(crate) fn source(&self, record: &str) -> String {
        let others = self.others.iter().filter(|(name, _)| *name == record).flat_map(|(_, records)| records);
        others.map(|record| record.written() + "\n").collect()
    }

    /// The same with the lines of the files that it names, and of those with other records, in another order, where that
    /// says nothing.
    pub(crate) fn with_reordered_files(&self, source: &mut Source) -> Self {
        let mut book = self.clone();
        for (name, text) in &mut book.files {
            if SETS.iter().any(|set| name.ends_with(set)) {
                let lines: Vec<&str> = text.split_inclusive('\n').collect();
                let order = source.shuffled(lines.len() - 1).into_iter().map(|place| lines[place + 1]);
                *text = lines[..1].iter().copied().chain(order).collect();
            }
        }
        for (_, records) in &mut book.others {
            let order = source.shuffled(records.len());
            *records = order.into_iter().map(|place| records[place].reordered(source)).collect();
        }
        book
    }

    /// The rule file in another order, where the order does not matter: declarations and derived values, rows and rules.
    pub(crate) fn reordered(&self, source: &mut Source) -> String {
        let mut items: Vec<Item> = self.items.iter().map(|item| item.reordered(source)).collect();
        let places: Vec<usize> = (0..items.len()).filter(|place| items[*place].part == Part::Anywhere).collect();
        let order = source.shuffled(places.len());
        let moved: Vec<Item> = order.into_iter().map(|place| items[places[place]].clone()).collect();
        for (place, item) in places.into_iter().zip(moved) {
            items[place] = item;
        }
        items.iter().map(Item::text).collect()
    }
}

/// The files whose lines may stand in any order, but for the heading: they hold sets, or rows that are found by a key.
const SETS: [&str; 3] = ["inventory.csv", "partners.csv", "holidays.csv"];

/// Whether an item may stand elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A declaration or derived value.
    Anywhere,
    /// A rule set, rule or guard, whose effects come in the order in which they are written.
    InOrder,
}

/// An item of a rule file.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    part: Part,
    head: String,
    /// The heading of a table.
    heading: Option<String>,
    /// What stands between its braces, if it has any: lines, rows or rules.
    lines: Option<Vec<String>>,
    /// Whether the lines may stand in any order; `otherwise` is last in every order.
    free: bool,
}

impl Item {
    pub(crate) fn declaration(text: impl Into<String>) -> Self {
        Self { part: Part::Anywhere, head: text.into(), heading: None, lines: None, free: false }
    }

    pub(crate) fn derived(text: impl Into<String>) -> Self {
        Self::declaration(text)
    }

    pub(crate) fn guard(text: impl Into<String>) -> Self {
        Self { part: Part::InOrder, ..Self::declaration(text) }
    }

    /// A rule outside of any set.
    pub(crate) fn bare(text: impl Into<String>) -> Self {
        Self::guard(text)
    }

    pub(crate) fn block(head: impl Into<String>, lines: Vec<String>) -> Self {
        Self { lines: Some(lines), ..Self::declaration(head) }
    }

    pub(crate) fn table(head: String, heading: String, rows: Vec<String>, free: bool) -> Self {
        Self { heading: Some(heading), free, ..Self::block(head, rows) }
    }

    pub(crate) fn set(head: String, rules: Vec<String>, free: bool) -> Self {
        Self { part: Part::InOrder, free, ..Self::block(head, rules) }
    }

    fn reordered(&self, source: &mut Source) -> Self {
        let Some(lines) = self.lines.as_ref().filter(|_| self.free) else { return self.clone() };
        let moving = lines.iter().filter(|line| !line.starts_with("otherwise")).count();
        let order = source.shuffled(moving);
        let moved = order.into_iter().map(|place| lines[place].clone());
        Self { lines: Some(moved.chain(lines[moving..].iter().cloned()).collect()), ..self.clone() }
    }

    pub(crate) fn text(&self) -> String {
        let Some(lines) = &self.lines else { return format!("{}\n", self.head) };
        let lines = self.heading.iter().chain(lines).map(|line| format!("  {line}\n"));
        format!("{} {{\n{}}}\n", self.head, lines.collect::<String>())
    }
}
