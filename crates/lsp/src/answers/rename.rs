//! Other names.

use std::collections::HashMap;

use ide::FileEdits;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::ls_types::{LinkedEditingRanges, Position, PrepareRenameResponse, TextEdit, WorkspaceEdit};

use crate::view::View;

/// The protocol's number for a request that cannot be done, for a reason to be shown.
const FAILED: i64 = -32803;

/// The name at a position.
pub(crate) fn prepare(view: &View, position: Position) -> Result<PrepareRenameResponse, Error> {
    let found = view.snapshot.prepare_rename(&view.file, view.offset(position)).map_err(refused)?;
    Ok(PrepareRenameResponse::RangeWithPlaceholder { range: view.here(found.range), placeholder: found.name })
}

/// The changes in all files that give it another one.
pub(crate) fn rename(view: &View, position: Position, name: &str) -> Result<WorkspaceEdit, Error> {
    let edits = view.snapshot.rename(&view.file, view.offset(position), name).map_err(refused)?;
    Ok(workspace_edit(view, edits))
}

/// Changes of several files.
pub(crate) fn workspace_edit(view: &View, edits: Vec<FileEdits>) -> WorkspaceEdit {
    let mut changes = HashMap::new();
    for file in edits {
        if let Some(uri) = view.names.uri(&file.path) {
            let edits = file.edits.into_iter();
            let edits = edits.map(|edit| TextEdit::new(view.range(&file.path, edit.range), edit.replacement));
            changes.insert(uri, edits.collect());
        }
    }
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}

/// The places that change while one of them is typed.
pub(crate) fn linked(view: &View, position: Position) -> Option<LinkedEditingRanges> {
    let ranges = view.snapshot.linked_ranges(&view.file, view.offset(position));
    let ranges: Vec<_> = ranges.into_iter().map(|range| view.here(range)).collect();
    (!ranges.is_empty()).then_some(LinkedEditingRanges { ranges, word_pattern: None })
}

fn refused(reason: String) -> Error {
    Error { code: ErrorCode::ServerError(FAILED), message: reason.into(), data: None }
}
