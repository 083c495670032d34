//! Items below each other, with the comments and empty lines between them.

use crate::chunk::{Chunk, ChunkKind};
use crate::tokens::{Token, TokenKind, scan};

use super::WIDTH;
use super::sheet::Line;

/// The page that is being written.
pub(super) struct Page<'t> {
    text: &'t str,
    lines: Vec<Line>,
    /// How far the text has been written.
    end: usize,
    /// The kind of the last item.
    last: Option<ChunkKind>,
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let end = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, lines: Vec::new(), end, last: None }
    }

    /// An item, after what stands between it and the one before.
    pub(super) fn item(&mut self, chunk: &Chunk, mut lines: Vec<Line>) {
        let indent = if chunk.set.is_some() { 2 } else { 0 };
        self.between(chunk.range.start, indent);
        self.separate(chunk.kind);
        // A line that stays as it is stands where it stood, as far as it began a line.
        if let Some(first) = lines.first_mut().filter(|first| first.indent == 0 && chunk.kind != ChunkKind::Close) {
            first.indent = indent;
        }
        self.lines.append(&mut lines);
        self.end = chunk.range.end;
        self.last = Some(chunk.kind);
    }

    /// The comments up to `start`, and one empty line where there are some.
    fn between(&mut self, start: usize, indent: usize) {
        let text = self.text.get(self.end..start).unwrap_or_default();
        let mut end = 0;
        let after_item = self.last.is_some();
        for comment in scan(text).iter().filter(|token| token.kind == TokenKind::Comment) {
            self.comment(text, comment, end, after_item, indent);
            end = comment.end;
        }
        if breaks(text.get(end..).unwrap_or_default()) > 1 {
            self.empty_line();
        }
    }

    fn comment(&mut self, text: &str, comment: &Token, end: usize, after_item: bool, indent: usize) {
        let gap = breaks(text.get(end..comment.start).unwrap_or_default());
        let said = Some(comment.of(text).to_owned());
        match self.lines.last_mut() {
            Some(last) if gap == 0 && end == 0 && after_item && last.comment.is_none() => last.comment = said,
            _ => {
                if gap > 1 {
                    self.empty_line();
                }
                self.lines.push(Line { indent, code: String::new(), comment: said });
            }
        }
    }

    /// Rule sets stand apart; nothing stands apart from the braces of its set.
    fn separate(&mut self, kind: ChunkKind) {
        let Some(last) = self.last else { return };
        let comments =
            self.lines.iter().rev().take_while(|line| line.code.is_empty() && line.comment.is_some()).count();
        let above = self.lines.len().saturating_sub(comments);
        if kind == ChunkKind::Close {
            while self.lines.last().is_some_and(|line| *line == Line::default()) {
                self.lines.pop();
            }
        } else if (kind == ChunkKind::RulesHeader || last == ChunkKind::Close)
            && above > 0
            && self.lines.last().is_some_and(|line| *line != Line::default())
            && (comments == 0
                || above.checked_sub(1).and_then(|before| self.lines.get(before)) != Some(&Line::default()))
        {
            self.lines.insert(above, Line::default());
        }
    }

    /// One empty line, unless there is one, or nothing to stand apart from.
    fn empty_line(&mut self) {
        let header =
            self.last == Some(ChunkKind::RulesHeader) && self.lines.last().is_some_and(|line| !line.code.is_empty());
        if !header && self.lines.last().is_some_and(|line| *line != Line::default()) {
            self.lines.push(Line::default());
        }
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> String {
        self.between(self.text.len(), 0);
        while self.lines.last().is_some_and(|line| *line == Line::default()) {
            self.lines.pop();
        }
        let line_end = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let mark = if self.text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
        let columns = comment_columns(&self.lines);
        let lines = self.lines.iter().zip(columns).map(|(line, column)| line.text(column) + line_end);
        mark.chars().map(String::from).chain(lines).collect()
    }
}

/// The comments behind the lines of one block stand below each other, as far as the page is wide.
fn comment_columns(lines: &[Line]) -> Vec<usize> {
    let is_behind = |line: &Line| line.comment.is_some() && !line.code.is_empty();
    let mut columns = Vec::with_capacity(lines.len());
    for block in lines.chunk_by(|left, right| is_behind(left) && is_behind(right)) {
        let width = |line: &Line| line.indent + line.code.chars().count() + 2;
        let column = block.iter().map(width).filter(|width| *width <= WIDTH).max().unwrap_or_default();
        columns.extend(block.iter().map(|_| column));
    }
    columns
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}
