//! The files that rules name.

use std::ops::Range;

use syntax::ast::{CalendarLineKind, Item, Quoted};

use crate::Snapshot;

/// The name of a file in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it stands, without its quotes.
    pub range: Range<usize>,
    /// The file, relative to the folder of the rulebook.
    pub file: String,
}

impl Snapshot {
    /// The files that a rule file names: lists, tables, reference data, holidays, the records of tests.
    pub fn links(&self, path: &str) -> Vec<Link> {
        let mut links = Vec::new();
        for view in self.project().items(path) {
            let start = view.start();
            links.extend(files(view.tree()).into_iter().map(|file| {
                let (from, to) = (file.span.start as usize, file.span.end as usize);
                // Quotes of another kind may be longer, and are a mistake.
                let quote = usize::from(view.text().get(from..to).is_some_and(|it| it.starts_with('"')));
                Link { range: start + from + quote..start + to - quote, file: file.text.clone() }
            }));
        }
        links
    }
}

fn files(item: &Item) -> Vec<&Quoted> {
    match item {
        Item::List(list) => list.from.iter().collect(),
        Item::Table(table) => table.from.iter().collect(),
        Item::Reference(reference) => reference.from.iter().collect(),
        Item::Test(test) => test.over.iter().collect(),
        Item::Calendar(calendar) => {
            let named = calendar.lines.iter().filter_map(|line| match &line.kind {
                CalendarLineKind::HolidaysFrom(file) => Some(file),
                _ => None,
            });
            named.collect()
        }
        _ => Vec::new(),
    }
}
