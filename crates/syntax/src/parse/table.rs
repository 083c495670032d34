//! Reads a table line by line and cell by cell: a row is exactly one line, and a broken cell costs no other.
//!
//! What a cell asks is written out as a condition on its column:
//!
//! ```text
//! | lead.country     | lead.employees    |          | lead.name           |
//! | "DE", "AT"       | >= 500, missing   |          | it starts with "A"  |
//!
//! lead.country in "DE", "AT"   lead.employees >= 500 or lead.employees is missing   lead.name starts with "A"
//! ```

use std::ops::Range;

use diagnostics::problems::SyntaxProblem;

use super::build::Build;
use super::grammar::{Failure, Rule};
use super::recover::{bytes, span};
use crate::ast::{Cell, CellKind, Column, Effective, Expr, Grid, Heading, Item, Row, Span};

/// The table that an item is.
pub(super) fn table(build: &mut Build<'_>) -> Item {
    let end = build.source.tokens().len();
    let brace = (0..end).find(|place| build.source.word(*place) == "{");
    let head = bytes(build, 0..brace.map_or(end, |brace| brace + 1));
    let mut table = match build.part(Rule::table_head_part, head, Build::table_head) {
        Ok(table) => table,
        Err((base, error)) => {
            build.unexpected(base, &error);
            return Item::Error;
        }
    };
    let Some(brace) = brace else { return Item::Table(table) };
    if build.source.word(end - 1) != "}" || end - 1 == brace {
        let problem = SyntaxProblem::UnbalancedBracket { bracket: '{' };
        build.report(span(build, brace..brace + 1), problem);
        return Item::Table(table);
    }
    table.grid = grid(build, brace + 1..end - 1);
    Item::Table(table)
}

/// The lines between the braces; the first has the headings.
fn grid(build: &mut Build<'_>, places: Range<usize>) -> Grid {
    let mut lines = lines(build, places.clone()).into_iter();
    let Some(first) = lines.next() else {
        super::recover::expected(
            build,
            places.end,
            "a line of headings such as `| lead.country | => lead.region |`",
            None,
        );
        return Grid::default();
    };
    let (headings, behind) = cell_places(build, first);
    let headings = with_last(build, headings, behind);
    let columns: Vec<Column> = headings.into_iter().map(|places| heading(build, places)).collect();
    let rows = lines.map(|line| row(build, &columns, line)).collect();
    Grid { columns, rows }
}

/// Cuts at each line break between two tokens.
fn lines(build: &Build<'_>, places: Range<usize>) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for place in places {
        match lines.last_mut() {
            Some(line) if !build.source.begins_line(place) => line.end = place + 1,
            _ => lines.push(place..place + 1),
        }
    }
    lines
}

/// The places of a line's cells, and what stands behind the last `|`. Says so when a line has no `|` at an end.
fn cell_places(build: &mut Build<'_>, line: Range<usize>) -> (Vec<Range<usize>>, Range<usize>) {
    let bars: Vec<usize> = line.clone().filter(|place| is_bar(build, *place)).collect();
    if bars.first() != Some(&line.start) {
        super::recover::expected(build, line.start, "`|`", None);
    }
    let mut cells = Vec::new();
    for (left, right) in bars.iter().zip(bars.iter().skip(1)) {
        if build.source.word(*left) == "||" {
            cells.push(*left..*left);
        }
        cells.push(left + 1..*right);
    }
    if bars.last().is_some_and(|last| build.source.word(*last) == "||") {
        cells.push(line.end..line.end);
    }
    let behind = bars.last().map_or(line.end, |last| last + 1)..line.end;
    (cells, behind)
}

/// The cells of a line with the last one too, behind which the `|` is missing.
fn with_last(build: &mut Build<'_>, mut cells: Vec<Range<usize>>, behind: Range<usize>) -> Vec<Range<usize>> {
    if !behind.is_empty() {
        let end = bytes(build, behind.clone()).end;
        let at = Span::new(crate::bounds::offset(end), crate::bounds::offset(end));
        let (expected, suggestion) = (vec!["`|` at the end of the row".to_owned()], Some("|".to_owned()));
        build.report(at, SyntaxProblem::Unexpected { expected, found: String::new(), suggestion });
        cells.push(behind);
    }
    cells
}

/// `||` is an empty cell between two bars.
fn is_bar(build: &Build<'_>, place: usize) -> bool {
    matches!(build.source.word(place), "|" | "||")
}

fn heading(build: &mut Build<'_>, places: Range<usize>) -> Column {
    let at = cell_span(build, &places);
    if places.is_empty() {
        build.report(at, SyntaxProblem::EmptyCell { heading: true });
        return Column { heading: Heading::Error, span: at };
    }
    let range = bytes(build, places);
    let read = build.part(Rule::heading_part, range, Build::heading);
    let heading = read.unwrap_or_else(|(base, error)| {
        build.unexpected(base, &error);
        Heading::Error
    });
    Column { heading, span: at }
}

/// A row. Of one with another number of cells than the table has columns nothing is known.
fn row(build: &mut Build<'_>, columns: &[Column], line: Range<usize>) -> Row {
    let at = span(build, line.clone());
    let first = line.start;
    let (mut places, mut behind) = cell_places(build, line);
    let is_dates = matches!(build.source.word(behind.start), "from" | "until");
    if places.len() + 1 == columns.len() && !is_dates {
        (places, behind) = (with_last(build, places, behind.clone()), behind.end..behind.end);
    }
    let effective = effective(build, behind);
    if places.len() != columns.len() {
        if is_bar(build, first) && !places.is_empty() {
            build.report(at, SyntaxProblem::RaggedRow { cells: places.len(), columns: columns.len() });
        }
        let cells = columns.iter().map(|_| Cell { kind: CellKind::Error, span: at }).collect();
        return Row { cells, effective, span: at };
    }
    let cells = places.into_iter().zip(columns).map(|(places, column)| cell(build, places, column)).collect();
    Row { cells, effective, span: at }
}

/// `from 2026-01-01 until 2026-06-30` behind the last cell.
fn effective(build: &mut Build<'_>, places: Range<usize>) -> Option<Effective> {
    if places.is_empty() {
        return None;
    }
    let is_dates = matches!(build.source.word(places.start), "from" | "until");
    let range = bytes(build, places.clone());
    match build.part(Rule::effective_part, range, Build::effective) {
        Ok(effective) => Some(effective),
        Err((base, error)) if is_dates => {
            build.unexpected(base, &error);
            None
        }
        Err(_) => {
            super::recover::expected(build, places.start, "`|` at the end of the row", None);
            None
        }
    }
}

fn cell(build: &mut Build<'_>, places: Range<usize>, column: &Column) -> Cell {
    let at = cell_span(build, &places);
    if places.is_empty() {
        build.report(at, SyntaxProblem::EmptyCell { heading: false });
        return Cell { kind: CellKind::Error, span: at };
    }
    let range = bytes(build, places.clone());
    let read = match &column.heading {
        Heading::Error => Ok(CellKind::Error),
        Heading::Output(_) => build.part(Rule::condition_part, range, Build::condition).map(CellKind::Value),
        Heading::Input(_) if build.source.word(places.start) == "any" && places.len() == 1 => Ok(CellKind::Any),
        Heading::Input(column) => input(build, range, column, at),
    };
    let kind = read.unwrap_or_else(|(base, error)| {
        build.unexpected(base, &error);
        CellKind::Error
    });
    Cell { kind, span: at }
}

/// The condition that the cell in `range` stands for, on the value of its column.
fn input(build: &mut Build<'_>, range: Range<usize>, column: &Expr, at: Span) -> Result<CellKind, (usize, Failure)> {
    build.subject = Some(column.clone());
    let read = if build.source.says_within(&range, "it") {
        build.part(Rule::condition_part, range, Build::condition)
    } else {
        build.part(Rule::cell_part, range, |build, pair| build.cell(pair, column, at))
    };
    build.subject = None;
    read.map(CellKind::Condition)
}

/// The words of a cell; of an empty one the bars around it.
fn cell_span(build: &Build<'_>, places: &Range<usize>) -> Span {
    if places.is_empty() {
        let (before, behind) =
            (places.start.saturating_sub(1), places.start + usize::from(is_bar(build, places.start)));
        return span(build, before..behind);
    }
    span(build, places.clone())
}

impl Column {
    /// The expression that the cells below ask about.
    pub fn input(&self) -> Option<&Expr> {
        match &self.heading {
            Heading::Input(expr) => Some(expr),
            _ => None,
        }
    }
}
