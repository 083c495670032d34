//! The pipes of a table, kept below each other while it is typed, also where it has mistakes.

use std::ops::Range;

use syntax::{ChunkKind, Token, TokenKind, scan};

use crate::Snapshot;
use crate::format::Edit;

/// A cell: its words, how wide they are, and the bar behind it.
struct Cell {
    words: Range<usize>,
    width: usize,
    bar: usize,
}

impl Snapshot {
    /// The changes that put the pipes of the table around a byte of a file below each other, when a `|` or a line break
    /// was typed there.
    pub fn format_on_type(&self, path: &str, offset: usize) -> Vec<Edit> {
        let Some(view) = self.project().item_at(path, offset).filter(|view| view.kind() == ChunkKind::Table) else {
            return Vec::new();
        };
        let (start, text) = (view.start(), view.text());
        let rows = rows(text);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut edits = Vec::new();
        for row in &rows {
            for (cell, width) in row.iter().zip(&widths) {
                let blanks = " ".repeat(1 + width.saturating_sub(cell.width));
                if text.get(cell.words.end..cell.bar) != Some(&blanks) {
                    let range = start + cell.words.end..start + cell.bar;
                    edits.push(Edit { range, replacement: blanks });
                }
            }
        }
        edits
    }
}

/// The cells of each line that begins with a bar.
fn rows(text: &str) -> Vec<Vec<Cell>> {
    let tokens: Vec<Token> = scan(text).into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    let is_bar = |token: &Token| token.kind == TokenKind::Sign && token.of(text) == "|";
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let (mut line_end, mut open) = (0, None::<Range<usize>>);
    for token in &tokens {
        let begins_line = text.get(line_end..token.start).is_some_and(|between| between.contains('\n'));
        line_end = token.end;
        if begins_line {
            open = None;
        }
        match (&mut open, is_bar(token)) {
            (None, true) if begins_line => {
                rows.push(Vec::new());
                open = Some(token.end..token.end);
            }
            (Some(words), true) => {
                let words = std::mem::replace(words, token.end..token.end);
                // An empty cell keeps the blank in front of it.
                let end = if words.start == words.end { (words.end + 1).min(token.start) } else { words.end };
                let width = text.get(words.start..end).map_or(0, |it| it.trim().chars().count());
                let cell = Cell { words: words.start..end, width, bar: token.start };
                if let Some(row) = rows.last_mut() {
                    row.push(cell);
                }
            }
            (Some(words), false) => {
                if words.start == words.end {
                    words.start = token.start;
                }
                words.end = token.end;
            }
            (None, _) => {}
        }
    }
    rows
}
