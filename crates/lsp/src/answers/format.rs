//! The canonical layout.

use tower_lsp::ls_types::{Position, Range, TextEdit};

use crate::view::View;

/// The changes that lay out a file.
pub(crate) fn document(view: &View) -> Vec<TextEdit> {
    view.text_edits(view.snapshot.format(&view.file))
}

/// Those within a range.
pub(crate) fn range(view: &View, range: Range) -> Vec<TextEdit> {
    view.text_edits(view.snapshot.format_range(&view.file, view.bytes(range)))
}

/// Those around a place where something was just typed.
pub(crate) fn on_type(view: &View, position: Position) -> Vec<TextEdit> {
    view.text_edits(view.snapshot.format_on_type(&view.file, view.offset(position)))
}
