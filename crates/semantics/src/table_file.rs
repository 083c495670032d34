//! A table whose columns and rows stand in a file of comma-separated values.
//!
//! The file is written out as the rows of a rule file and read like them, so that a cell means the same in both. A
//! spreadsheet has no quotes around texts, so what can be nothing else is taken for a text ([`cell`]). Findings have their
//! places in what was written out; [`TableText::in_file`] tells where that stands in the file.

mod cell;
mod fields;

use std::collections::BTreeSet;
use std::ops::Range;

use diagnostics::problems::SyntaxProblem;
use syntax::ast::{self, Grid, Span};
use syntax::{ChunkKind, parse};

use crate::db::{Db, Item, Workspace, all_items, parsed};
use crate::names::declared;
use cell::Words;
use fields::{Field, lines};

/// A table's file, written out as rule text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableText {
    /// The name of the file, as the rules have it.
    pub file: String,
    /// The rows as a rule file would have them.
    pub text: String,
    /// What they say.
    pub grid: Grid,
    /// What is wrong with how they are written.
    pub problems: Vec<(Span, SyntaxProblem)>,
    /// Where each cell stands in `text`, and where in the file.
    cells: Vec<(Range<usize>, Range<usize>)>,
    /// Where the lines of the file begin.
    starts: Vec<usize>,
}

/// The columns and rows of a table, wherever they stand; none for other items, and where the file cannot be read.
pub fn grid<'db>(db: &'db dyn Db, item: Item<'db>) -> Option<&'db Grid> {
    match &parsed(db, item).item {
        ast::Item::Table(ast::Table { from: None, grid, .. }) => Some(grid),
        ast::Item::Table(_) => table_text(db, item).as_ref()?.as_ref().ok().map(|file| &file.grid),
        _ => None,
    }
}

/// The record types of which something is unknown, because a table about them is in a file that cannot be read, or whose
/// headings cannot.
#[salsa::tracked]
pub fn unread_outputs(db: &dyn Db) -> BTreeSet<String> {
    let mut records = BTreeSet::new();
    for item in all_items(db) {
        let ast::Item::Table(table) = &parsed(db, *item).item else { continue };
        let unread = match table_text(db, *item) {
            Some(Ok(file)) => file.grid.columns.iter().any(|column| column.heading == ast::Heading::Error),
            Some(Err(_)) => true,
            None => table.from.is_some(),
        };
        if unread {
            records.insert(table.record.text.clone());
        }
    }
    records
}

/// The file of a table that has one, or why it cannot be read.
#[salsa::tracked]
pub fn table_text<'db>(db: &'db dyn Db, item: Item<'db>) -> Option<Result<TableText, String>> {
    let ast::Item::Table(table) = &parsed(db, item).item else { return None };
    let from = table.from.as_ref()?;
    let files = Workspace::get(db).data(db);
    Some(match files.iter().find(|(known, _)| **known == *from.text) {
        Some((_, Ok(text))) => Ok(written_out(db, table, &from.text, text)),
        Some((_, Err(reason))) => Err(reason.clone()),
        None => Err("it was not found beside the rule files".to_owned()),
    })
}

fn written_out(db: &dyn Db, table: &ast::Table, file: &str, csv: &str) -> TableText {
    let rows = lines(csv);
    let headings: Vec<Heading> = rows.first().map(|row| headings(db, table, row)).unwrap_or_default();
    let (constants, lists) = (&constants_and_lists(db).0, &constants_and_lists(db).1);
    let words = Words { record: &table.record.text, constants, lists };
    let mut out =
        Writer { text: format!("table {} for {} {{\n", table.name.text, table.record.text), cells: Vec::new() };
    for (place, row) in rows.iter().enumerate() {
        out.row(row, &headings, place == 0, &words);
    }
    out.text.push_str("}\n");
    let read = parse(ChunkKind::Table, &out.text);
    let grid = if let ast::Item::Table(table) = read.item { table.grid } else { Grid::default() };
    let starts = std::iter::once(0).chain(csv.match_indices('\n').map(|(at, _)| at + 1)).collect();
    TableText { file: file.to_owned(), text: out.text, grid, problems: read.problems, cells: out.cells, starts }
}

/// What a column of the file is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heading {
    /// What its cells ask about; whether that is declared as a text.
    Input { text: bool },
    /// What its cells give.
    Output,
    /// `from` or `until`: a day of its effective dates.
    Day { word: &'static str },
}

fn headings(db: &dyn Db, table: &ast::Table, row: &[Field]) -> Vec<Heading> {
    let heading = |field: &Field| match field.text.trim() {
        "from" => Heading::Day { word: "from" },
        "until" => Heading::Day { word: "until" },
        output if output.starts_with("=>") => Heading::Output,
        input => Heading::Input { text: is_text(db, &table.record.text, input) },
    };
    row.iter().map(heading).collect()
}

/// Whether a path is a field that a `record` block declares as a text. Looks at the blocks themselves, for what is known of
/// derived values depends on tables.
fn is_text(db: &dyn Db, record: &str, path: &str) -> bool {
    let Some(path) = path.strip_prefix(record).and_then(|path| path.strip_prefix('.')) else { return false };
    let records = all_items(db).iter().filter_map(|item| match &parsed(db, *item).item {
        ast::Item::Record(declared) if declared.name.text == record => Some(&declared.fields),
        _ => None,
    });
    let Some(mut fields) = records.into_iter().next() else { return false };
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        let Some(field) = fields.iter().find(|field| field.name.text == name) else { return false };
        match &field.ty.kind {
            ast::TypeKind::Nested(inner) => fields = inner,
            ast::TypeKind::ExactText | ast::TypeKind::OneOf(_) => return names.peek().is_none(),
            ast::TypeKind::Named(ty) => {
                let textual = matches!(ty.text.as_str(), "text" | "user" | "team" | "queue");
                return textual && names.peek().is_none();
            }
            _ => return false,
        }
    }
    false
}

/// The names of constants and those of lists, which a cell may say.
#[salsa::tracked]
fn constants_and_lists(db: &dyn Db) -> (BTreeSet<String>, BTreeSet<String>) {
    let named = |what: &str| {
        let declared = all_items(db).iter().filter_map(|item| declared(db, *item).as_ref());
        declared.filter(|declared| declared.what == what).map(|declared| declared.name.clone()).collect()
    };
    (named("constant"), named("list"))
}

/// The rule text so far.
struct Writer {
    text: String,
    cells: Vec<(Range<usize>, Range<usize>)>,
}

impl Writer {
    fn row(&mut self, row: &[Field], headings: &[Heading], first: bool, words: &Words<'_>) {
        self.text.push('|');
        let columns = || row.iter().zip(headings.iter().copied().map(Some).chain(std::iter::repeat(None)));
        for (field, heading) in columns() {
            let written = match heading {
                Some(Heading::Day { .. }) => continue,
                _ if first => field.text.trim().to_owned(),
                Some(Heading::Input { text }) => words.input(&field.text, text),
                _ => words.value(&field.text),
            };
            self.cell(&written, field);
            self.text.push_str(" |");
        }
        for (field, heading) in columns().filter(|(field, _)| !first && !field.text.trim().is_empty()) {
            if let Some(Heading::Day { word }) = heading {
                self.cell(word, field);
                self.cell(field.text.trim(), field);
            }
        }
        self.text.push('\n');
    }

    fn cell(&mut self, written: &str, field: &Field) {
        self.text.push(' ');
        let start = self.text.len();
        // A cell of several lines is one line here.
        self.text.push_str(&written.replace(['\n', '\r'], " "));
        self.cells.push((start..self.text.len(), field.place.clone()));
    }
}

impl TableText {
    /// Where a place in the text stands in the file: the cell, or from the first to the last of a row.
    pub fn in_file(&self, span: Span) -> Range<usize> {
        let (start, end) = (span.start as usize, span.end as usize);
        let first = self.cells.partition_point(|(cell, _)| cell.end < start);
        let behind = self.cells.partition_point(|(cell, _)| cell.start < end.max(start + 1));
        let cells = self.cells.get(first..behind.max(first + 1)).unwrap_or_default();
        match (cells.first(), cells.last()) {
            (Some((_, first)), Some((_, last))) => first.start..last.end.max(first.start),
            _ => 0..0,
        }
    }

    /// The line of the file on which a place in the text stands, counted from 1.
    pub fn line(&self, span: Span) -> usize {
        let at = self.in_file(span).start;
        self.starts.partition_point(|start| *start <= at)
    }
}
