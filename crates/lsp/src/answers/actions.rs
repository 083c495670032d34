//! What can be done about what is selected.

use ide::{Action, ActionKind};
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Diagnostic, NumberOrString,
};

use super::rename::workspace_edit;
use crate::view::View;

/// The actions for a range, of the kinds that are asked for.
pub(crate) fn actions(view: &View, asked: &CodeActionParams) -> Vec<CodeActionOrCommand> {
    let wants = |action: &Action| match &asked.context.only {
        Some(kinds) => kinds.iter().any(|wanted| covers(wanted, &kind(action.kind))),
        None => true,
    };
    let offered = view.snapshot.actions(&view.file, view.bytes(asked.range)).into_iter().filter(wants);
    offered.map(|action| CodeActionOrCommand::CodeAction(shown(view, action, &asked.context.diagnostics))).collect()
}

/// Whether a kind is another or above it: `source` covers `source.fixAll`.
fn covers(wanted: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let (wanted, kind) = (wanted.as_str(), kind.as_str());
    kind.strip_prefix(wanted).is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

const fn kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::Fix => CodeActionKind::QUICKFIX,
        ActionKind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
        ActionKind::FixAll => CodeActionKind::SOURCE_FIX_ALL,
    }
}

fn shown(view: &View, action: Action, told: &[Diagnostic]) -> CodeAction {
    let cured = action.cures.map(|(code, place)| (NumberOrString::String(code.name().to_owned()), view.here(place)));
    let cures = |found: &&Diagnostic| {
        cured.as_ref().is_some_and(|(code, range)| found.code.as_ref() == Some(code) && found.range == *range)
    };
    let diagnostics: Vec<Diagnostic> = told.iter().filter(cures).cloned().collect();
    CodeAction {
        title: action.title,
        kind: Some(kind(action.kind)),
        diagnostics: (!diagnostics.is_empty()).then_some(diagnostics),
        edit: Some(workspace_edit(view, action.files)),
        is_preferred: action.preferred.then_some(true),
        ..CodeAction::default()
    }
}
