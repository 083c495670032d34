//! What can be done about what is wrong.

use std::collections::HashMap;

use ide::Diagnostic;
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, TextEdit, Uri, WorkspaceEdit,
};

use super::diagnostics::{known, shown};
use crate::view::View;

/// The actions for a range, of the kinds that are asked for.
pub(crate) fn actions(view: &View, asked: &CodeActionParams) -> Vec<CodeActionOrCommand> {
    let wants = |kind: &CodeActionKind| match &asked.context.only {
        Some(kinds) => kinds.iter().any(|wanted| covers(wanted, kind)),
        None => true,
    };
    let range = view.bytes(asked.range);
    let found = known(view, &view.file);
    let mut actions = Vec::new();
    if wants(&CodeActionKind::QUICKFIX) {
        let touched = found.iter().filter(|found| found.place.start <= range.end && range.start <= found.place.end);
        actions.extend(touched.flat_map(|found| fixes(view, found)));
    }
    if wants(&CodeActionKind::SOURCE_FIX_ALL) {
        actions.extend(fix_all(view, &found));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Whether a kind is another or above it: `source` covers `source.fixAll`.
fn covers(wanted: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let (wanted, kind) = (wanted.as_str(), kind.as_str());
    kind.strip_prefix(wanted).is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

fn fixes(view: &View, found: &Diagnostic) -> Vec<CodeAction> {
    let only = found.fixes.len() == 1;
    let fix = |fix: &diagnostics::Fix| {
        let range = view.range(&fix.place.file, fix.place.start..fix.place.end);
        let uri = view.names.uri(&fix.place.file)?;
        Some(CodeAction {
            title: fix.title.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![shown(view, found)]),
            edit: Some(edit(uri, vec![TextEdit::new(range, fix.replacement.clone())])),
            is_preferred: only.then_some(true),
            ..CodeAction::default()
        })
    };
    found.fixes.iter().filter_map(fix).collect()
}

/// Everything at once of which there is no doubt how: where there is one way alone.
fn fix_all(view: &View, found: &[Diagnostic]) -> Option<CodeAction> {
    let mut edits = Vec::new();
    let mut end = 0;
    for diagnostic in found {
        let [fix] = &diagnostic.fixes[..] else { continue };
        if fix.place.start >= end && *fix.place.file == *view.file {
            edits.push(TextEdit::new(view.here(fix.place.start..fix.place.end), fix.replacement.clone()));
            end = fix.place.end.max(fix.place.start + 1);
        }
    }
    let uri = view.names.uri(&view.file)?;
    (!edits.is_empty()).then(|| CodeAction {
        title: "Fix all that is certain".to_owned(),
        kind: Some(CodeActionKind::SOURCE_FIX_ALL),
        edit: Some(edit(uri, edits)),
        ..CodeAction::default()
    })
}

fn edit(uri: Uri, edits: Vec<TextEdit>) -> WorkspaceEdit {
    WorkspaceEdit { changes: Some(HashMap::from([(uri, edits)])), ..WorkspaceEdit::default() }
}
