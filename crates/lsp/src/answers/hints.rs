//! Words between the words.

use ide::HintKind;
use tower_lsp::ls_types::{InlayHint, InlayHintKind, InlayHintLabel, Range};

use crate::clock::now;
use crate::view::View;

/// The hints in a range, of the kinds that the client wants.
pub(crate) fn hints(view: &View, range: Range) -> Vec<InlayHint> {
    let wanted = view.configuration.hints();
    let hints = view.snapshot.hints(&view.file, view.bytes(range), wanted, now()).into_iter();
    let lines = view.lines(&view.file);
    let text = view.text(&view.file);
    let shown = hints.map(|hint| InlayHint {
        position: lines.position(&text, hint.offset),
        label: InlayHintLabel::String(hint.label),
        kind: matches!(hint.kind, HintKind::Type).then_some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    });
    shown.collect()
}
