//! What is wrong: pushed by the checker, or asked for.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use diagnostics::Severity;
use folder::Trouble;
use ide::Diagnostic;
use tower_lsp::ls_types::{self as lsp};
use tower_lsp::ls_types::{
    CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, NumberOrString, PreviousResultId,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
    Uri, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::view::View;

/// Who says so.
const SOURCE: &str = "rulebook";

/// What is known to be wrong with a file without a look at all rules: what its items tell, and what was found the last
/// time that all were looked at.
pub(crate) fn known(view: &View, file: &str) -> Vec<Diagnostic> {
    let mut all = view.snapshot.item_diagnostics(file);
    all.retain(|found| *found.place.file == *file);
    all.extend(view.carried.now(view.number, file, &view.snapshot));
    all.sort_by_key(|found| (found.place.start, found.place.end));
    all
}

/// What is wrong with a file, if that is something else than the client knows.
pub(crate) fn document(view: &View, known_as: Option<&str>) -> DocumentDiagnosticReportResult {
    let items: Vec<lsp::Diagnostic> = known(view, &view.file).iter().map(|found| shown(view, found)).collect();
    let result_id = result_id(&items);
    let report = if known_as == Some(&result_id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
        })
    };
    DocumentDiagnosticReportResult::Report(report)
}

/// What is wrong with all files, without what the client knows.
pub(crate) fn workspace(views: &[View], known: &[PreviousResultId]) -> WorkspaceDiagnosticReportResult {
    let mut items = Vec::new();
    for view in views {
        let mut all = by_file(view, &view.snapshot.diagnostics());
        for uri in view.snapshot.paths().iter().filter_map(|file| view.names.uri(file)) {
            all.entry(uri).or_default();
        }
        items.extend(all.into_iter().map(|(uri, found)| report(view, uri, found, known)));
    }
    WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items })
}

fn report(
    view: &View,
    uri: Uri,
    items: Vec<lsp::Diagnostic>,
    known: &[PreviousResultId],
) -> WorkspaceDocumentDiagnosticReport {
    let result_id = result_id(&items);
    let file = view.names.open.iter().find(|(_, open)| **open == uri).map(|(file, _)| file);
    let version = file.and_then(|file| view.versions.get(file)).map(|version| i64::from(*version));
    if known.iter().any(|known| known.uri == uri && known.value == result_id) {
        let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
        return WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version,
            unchanged_document_diagnostic_report,
        });
    }
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(result_id), items };
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report,
    })
}

fn result_id(items: &[lsp::Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Findings for the client, by the files that it shows them in.
pub(crate) fn by_file(view: &View, found: &[Diagnostic]) -> BTreeMap<Uri, Vec<lsp::Diagnostic>> {
    let mut all: BTreeMap<Uri, Vec<lsp::Diagnostic>> = BTreeMap::new();
    let mut last: Option<(&str, Uri)> = None;
    for diagnostic in found {
        let file = &*diagnostic.place.file;
        if last.as_ref().is_none_or(|(known, _)| *known != file) {
            last = view.names.uri(file).map(|uri| (file, uri));
        }
        if let Some((_, uri)) = last.as_ref().filter(|(known, _)| *known == file) {
            all.entry(uri.clone()).or_default().push(shown(view, diagnostic));
        }
    }
    all
}

/// A finding for the client.
pub(crate) fn shown(view: &View, found: &Diagnostic) -> lsp::Diagnostic {
    let related = found.related.iter().filter_map(|related| {
        let location = view.location(&related.place.file, related.place.start..related.place.end)?;
        Some(DiagnosticRelatedInformation { location, message: related.label.clone() })
    });
    let related: Vec<DiagnosticRelatedInformation> = related.collect();
    let pages = view.configuration.pages.as_ref();
    let page = pages.and_then(|pages| format!("{pages}{}", found.code.name()).parse().ok());
    lsp::Diagnostic {
        range: view.range(&found.place.file, found.place.start..found.place.end),
        severity: Some(match found.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Hint => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(found.code.name().to_owned())),
        code_description: page.map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: found.message.clone(),
        related_information: (!related.is_empty()).then_some(related),
        tags: found.unnecessary.then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: None,
    }
}

/// Why a file cannot be read, at its beginning.
pub(crate) fn trouble(reason: &Trouble) -> lsp::Diagnostic {
    let help = reason.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    lsp::Diagnostic {
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: format!("{}{help}", reason.sentence),
        ..lsp::Diagnostic::default()
    }
}
