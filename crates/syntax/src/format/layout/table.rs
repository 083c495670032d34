//! Tables: a row is a line, and its cells stand below those of the row before.

use std::ops::Range;

use super::Layout;
use super::blocks::bytes;
use crate::ast::{Span, Table};

impl Layout<'_> {
    pub(super) fn table(&mut self, table: &Table, whole: &Range<usize>) {
        if table.grid.columns.is_empty() {
            return;
        }
        let headings: Vec<Span> = table.grid.columns.iter().map(|column| column.span).collect();
        let rows = table.grid.rows.iter().map(|row| row.cells.iter().map(|cell| cell.span).collect());
        let lines: Vec<Vec<Span>> = std::iter::once(headings).chain(rows).collect();
        let widths = self.widths(&lines);
        for line in &lines {
            self.row(line, &widths);
        }
        if let Some(brace) = self.sheet.last_before(whole.end) {
            self.sheet.break_before(brace.start, self.base);
        }
    }

    /// How wide each column is on a screen.
    fn widths(&self, lines: &[Vec<Span>]) -> Vec<usize> {
        let mut widths = Vec::new();
        for line in lines {
            widths.resize(line.len().max(widths.len()), 0);
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = (*width).max(self.sheet.screen_width(bytes(*cell)));
            }
        }
        widths
    }

    fn row(&mut self, cells: &[Span], widths: &[usize]) {
        let first = cells.first().and_then(|first| self.sheet.last_before(bytes(*first).start));
        if let Some(bar) = first {
            self.sheet.break_before(bar.start, self.base + 2);
        }
        for (cell, width) in cells.iter().zip(widths) {
            let range = bytes(*cell);
            let lacking = width.saturating_sub(self.sheet.screen_width(range.clone()));
            self.sheet.pad_before_next(range.end, lacking);
        }
    }
}
