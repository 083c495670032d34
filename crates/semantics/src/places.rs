//! Where things are in their files: the only code that knows where an item begins.

use std::ops::Range;
use std::sync::Arc;

use diagnostics::problems::SyntaxProblem;
use diagnostics::{Finding, Place, Problem, Related};
use syntax::ast::{self, Span};

use crate::db::{Db, Item, ItemSpan, SourceFile, cut, parsed};
use crate::found::Found;
use crate::table_file::table_text;

/// The place of a range of an item in its file.
pub fn place<'db>(db: &'db dyn Db, place: ItemSpan<'db>) -> Place {
    let start = place.item.start(db);
    let file: Arc<str> = Arc::clone(place.item.file(db).path(db));
    let at = |offset: u32| (start.saturating_add(offset)) as usize;
    Place { file, start: at(place.span.start), end: at(place.span.end) }
}

/// The place in a table's file of a range of what it says.
fn in_file<'db>(db: &'db dyn Db, place: ItemSpan<'db>) -> Option<Place> {
    let file = table_text(db, place.item).as_ref()?.as_ref().ok()?;
    let range = file.in_file(place.span);
    Some(Place { file: Arc::from(file.file.as_str()), start: range.start, end: range.end })
}

/// A problem with its place in the file.
pub fn finding<'db>(db: &'db dyn Db, item: Item<'db>, found: &Found<'db>) -> Finding {
    let at = |place_of: ItemSpan<'db>| {
        in_file(db, place_of).filter(|_| found.in_file).unwrap_or_else(|| place(db, place_of))
    };
    let related = found.related.iter().map(|(place, label)| Related { place: at(*place), label: label.clone() });
    Finding {
        problem: found.problem.clone(),
        place: at(ItemSpan { item, span: found.span }),
        related: related.collect(),
    }
}

/// What is wrong between the items of a file.
pub fn split_findings(db: &dyn Db, file: SourceFile) -> Vec<Finding> {
    let at = |(range, problem): &(Range<usize>, SyntaxProblem)| Finding {
        problem: Problem::Syntax(problem.clone()),
        place: Place { file: Arc::clone(file.path(db)), start: range.start, end: range.end },
        related: Vec::new(),
    };
    cut(db, file).problems.iter().map(at).collect()
}

/// The last part of a file's path.
pub fn file_name(db: &dyn Db, file: SourceFile) -> &str {
    let path: &str = file.path(db);
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// File and line of a rule, where its first words stand: `routing.rules:31`.
pub fn line_of<'db>(db: &'db dyn Db, item: Item<'db>) -> String {
    let words = match &parsed(db, item).item {
        ast::Item::Rule(rule) => rule.span,
        ast::Item::Otherwise(otherwise) => otherwise.span,
        ast::Item::Rules(rules) => rules.name.span,
        ast::Item::Never(never) => never.span,
        _ => Span::default(),
    };
    line_at(db, ItemSpan { item, span: words })
}

/// File and line of a place in an item: `scoring.rules:12`.
pub fn line_at<'db>(db: &'db dyn Db, at: ItemSpan<'db>) -> String {
    let start = place(db, at).start;
    let file = at.item.file(db);
    let lines = line_starts(db, file);
    let line = lines.partition_point(|line_start| *line_start <= start);
    format!("{}:{line}", file.path(db))
}

/// Where the lines of a file begin.
#[salsa::tracked]
fn line_starts(db: &dyn Db, file: SourceFile) -> Vec<usize> {
    let breaks = file.text(db).bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    std::iter::once(0).chain(breaks.map(|(place, _)| place + 1)).collect()
}
