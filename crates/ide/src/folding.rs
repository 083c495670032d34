//! What an editor can fold away, and what a selection grows to.

use std::ops::Range;

use syntax::{ChunkKind, TokenKind, scan, spans_around};

use crate::Snapshot;

/// Lines that can be folded into their first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// From the first byte of the first line's words to the last byte of the last line.
    pub range: Range<usize>,
    /// Whether it is a comment.
    pub comment: bool,
}

impl Snapshot {
    /// What can be folded in a file: items, what stands in braces, comments.
    pub fn folds(&self, path: &str) -> Vec<Fold> {
        let Some(text) = self.text(path) else { return Vec::new() };
        let mut folds = comment_folds(text);
        let tokens = scan(text);
        let mut open = Vec::new();
        for token in &tokens {
            match token.of(text) {
                "{" | "(" | "[" if token.kind == TokenKind::Sign => open.push(token.start),
                "}" | ")" | "]" if token.kind == TokenKind::Sign => {
                    folds.extend(open.pop().map(|start| Fold { range: start..token.end, comment: false }));
                }
                _ => {}
            }
        }
        for view in self.project().items(path) {
            if !matches!(view.kind(), ChunkKind::RulesHeader | ChunkKind::Close) {
                let start = view.start() + crate::titles::code_start(view.text());
                folds.push(Fold { range: start..view.end(), comment: false });
            }
        }
        folds.retain(|fold| text.get(fold.range.clone()).is_some_and(|lines| lines.contains('\n')));
        folds.sort_by_key(|fold| (line_start(text, fold.range.start), std::cmp::Reverse(fold.range.end)));
        folds.dedup_by_key(|fold| line_start(text, fold.range.start));
        folds
    }

    /// What a selection at a byte of a file grows to, step by step: from the word to the whole file.
    pub fn selection_ranges(&self, path: &str, offset: usize) -> Vec<Range<usize>> {
        let Some(text) = self.text(path) else { return Vec::new() };
        let mut ranges = Vec::new();
        if let Some(view) = self.project().item_at(path, offset).filter(|view| offset <= view.end()) {
            let start = view.start();
            let at = offset - start;
            let token = scan(view.text()).into_iter().rfind(|token| token.start <= at && at <= token.end);
            ranges.extend(token.map(|token| start + token.start..start + token.end));
            let around = u32::try_from(at).map(|at| spans_around(view.tree(), at)).unwrap_or_default();
            ranges.extend(around.into_iter().map(|span| start + span.start as usize..start + span.end as usize));
            ranges.push(start + crate::titles::code_start(view.text())..view.end());
            ranges.push(start..view.end());
            if let Some(set) = view.set() {
                let last = self
                    .project()
                    .items(path)
                    .into_iter()
                    .filter(|item| item.set().is_some_and(|of| of.start() == set.start()));
                ranges.extend(last.last().map(|last| set.start()..last.end()));
            }
        }
        ranges.push(0..text.len());
        let mut grown: Vec<Range<usize>> = Vec::new();
        for range in ranges {
            let holds = |last: &Range<usize>| range.start <= last.start && last.end <= range.end && range != *last;
            if grown.last().is_none_or(holds) {
                grown.push(range);
            }
        }
        grown
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// Comment lines directly below each other.
fn comment_folds(text: &str) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Vec::new();
    let mut at = 0;
    let mut open: Option<Range<usize>> = None;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        if words.trim_start().starts_with('#') {
            let start = at + (words.len() - words.trim_start().len());
            open = Some(open.map_or(start, |open| open.start)..at + words.len());
        } else {
            folds.extend(open.take().map(|range| Fold { range, comment: true }));
        }
        at += line.len();
    }
    folds.extend(open.map(|range| Fold { range, comment: true }));
    folds
}
