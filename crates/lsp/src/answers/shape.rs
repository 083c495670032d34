//! The shape of a file: what folds, what a selection grows to, where links lead.

use tower_lsp::ls_types::{DocumentLink, FoldingRange, FoldingRangeKind, Position, SelectionRange};

use crate::view::View;

/// What can be folded.
pub(crate) fn folds(view: &View) -> Vec<FoldingRange> {
    let folds = view.snapshot.folds(&view.file).into_iter();
    let shown = folds.map(|fold| {
        let range = view.here(fold.range);
        FoldingRange {
            start_line: range.start.line,
            start_character: Some(range.start.character),
            end_line: range.end.line,
            end_character: Some(range.end.character),
            kind: fold.comment.then_some(FoldingRangeKind::Comment),
            collapsed_text: None,
        }
    });
    shown.filter(|fold| fold.start_line < fold.end_line).collect()
}

/// What selections at some positions grow to, step by step.
pub(crate) fn selections(view: &View, positions: &[Position]) -> Vec<SelectionRange> {
    let grown = |position: &Position| {
        let ranges = view.snapshot.selection_ranges(&view.file, view.offset(*position));
        // The innermost comes first; each holds the one before it.
        let outermost_first = ranges.into_iter().rev().map(|range| view.here(range));
        let grown = outermost_first.fold(None, |parent: Option<SelectionRange>, range| {
            Some(SelectionRange { range, parent: parent.map(Box::new) })
        });
        grown.unwrap_or_else(|| {
            let offset = view.offset(*position);
            SelectionRange { range: view.here(offset..offset), parent: None }
        })
    };
    positions.iter().map(grown).collect()
}

/// The names of files, and where they lead.
pub(crate) fn links(view: &View) -> Vec<DocumentLink> {
    let links = view.snapshot.links(&view.file).into_iter();
    let shown = links.map(|link| DocumentLink {
        range: view.here(link.range),
        target: view.names.uri(&link.file),
        tooltip: None,
        data: None,
    });
    shown.collect()
}
