//! What is said of a word, and what could be written.

use ide::{Kind, Suggestion, SuggestionKind};
use serde_json::json;
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Documentation, Hover, HoverContents,
    InsertTextFormat, MarkupContent, MarkupKind, ParameterInformation, ParameterLabel, Position, SignatureHelp,
    SignatureInformation, TextEdit,
};

use crate::view::View;

/// The most suggestions that are sent at once; when more is typed there are fewer, and they are asked for again.
const MOST: usize = 500;

/// What is to be said of a word, and of the condition in which it stands.
pub(crate) fn hover(view: &View, position: Position) -> Option<Hover> {
    let at = view.offset(position);
    let word = view.snapshot.hover(&view.file, at).map(|hover| (hover.text, hover.range));
    let share = view.snapshot.share(&view.file, at, &view.tried()).map(|share| (share.text, share.range));
    let (text, range) = match (word, share) {
        (Some((text, range)), Some((share, _))) => (format!("{}\n\n---\n{share}\n", text.trim_end()), range),
        (word, share) => word.or(share)?,
    };
    Some(Hover { contents: HoverContents::Markup(markdown(text)), range: Some(view.here(range)) })
}

/// What could be written.
pub(crate) fn completion(view: &View, position: Position) -> CompletionList {
    let found = view.snapshot.completion(&view.file, view.offset(position));
    let range = view.here(found.range);
    let is_incomplete = found.items.len() > MOST;
    let items = found.items.into_iter().take(MOST).enumerate();
    let items = items.map(|(place, suggestion)| item(view, place, suggestion, range)).collect();
    CompletionList { is_incomplete, items }
}

fn item(view: &View, place: usize, suggestion: Suggestion, range: tower_lsp::ls_types::Range) -> CompletionItem {
    let snippet = suggestion.snippet && view.client.snippets;
    let insert = if suggestion.snippet && !snippet { suggestion.label.clone() } else { suggestion.insert };
    let data = json!({ "key": suggestion.key, "uri": view.names.uri(&view.file) });
    CompletionItem {
        kind: Some(kind(suggestion.kind)),
        detail: Some(suggestion.detail).filter(|detail| !detail.is_empty()),
        // In our order, which knows what fits.
        sort_text: Some(format!("{place:05}")),
        insert_text_format: Some(if snippet { InsertTextFormat::SNIPPET } else { InsertTextFormat::PLAIN_TEXT }),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, insert))),
        data: (!suggestion.key.is_empty()).then_some(data),
        label: suggestion.label,
        ..CompletionItem::default()
    }
}

/// A suggestion with what is to be said of it.
pub(crate) fn resolve(view: &View, mut item: CompletionItem, key: &str) -> CompletionItem {
    item.documentation = view.snapshot.explain(key).map(|text| Documentation::MarkupContent(markdown(text)));
    item
}

const fn kind(kind: SuggestionKind) -> CompletionItemKind {
    match kind {
        SuggestionKind::Name(Kind::Field) => CompletionItemKind::FIELD,
        SuggestionKind::Name(Kind::Derived) => CompletionItemKind::PROPERTY,
        SuggestionKind::Name(Kind::Record) => CompletionItemKind::STRUCT,
        SuggestionKind::Name(Kind::Constant) => CompletionItemKind::CONSTANT,
        SuggestionKind::Name(Kind::Function) => CompletionItemKind::FUNCTION,
        SuggestionKind::Name(Kind::Target) => CompletionItemKind::CLASS,
        SuggestionKind::Name(Kind::Variable) => CompletionItemKind::VARIABLE,
        SuggestionKind::Name(Kind::Set) => CompletionItemKind::MODULE,
        SuggestionKind::Name(_) => CompletionItemKind::REFERENCE,
        SuggestionKind::Value => CompletionItemKind::VALUE,
        SuggestionKind::Word => CompletionItemKind::KEYWORD,
        SuggestionKind::Type => CompletionItemKind::TYPE_PARAMETER,
        SuggestionKind::Snippet => CompletionItemKind::SNIPPET,
        SuggestionKind::File => CompletionItemKind::FILE,
    }
}

/// How the function around a position is called.
pub(crate) fn signature(view: &View, position: Position) -> Option<SignatureHelp> {
    let help = view.snapshot.signature_help(&view.file, view.offset(position))?;
    let parameter = u32::try_from(help.parameter).ok();
    let units = |label: &str, end: usize| label.get(..end).map_or(0, |before| before.encode_utf16().count() as u32);
    let signatures = help.signatures.into_iter().map(|signature| SignatureInformation {
        parameters: Some(
            // The protocol counts these in UTF-16, whatever columns count.
            signature
                .parameters
                .iter()
                .map(|range| ParameterInformation {
                    label: ParameterLabel::LabelOffsets([
                        units(&signature.label, range.start),
                        units(&signature.label, range.end),
                    ]),
                    documentation: None,
                })
                .collect(),
        ),
        documentation: Some(Documentation::MarkupContent(markdown(signature.text))),
        label: signature.label,
        active_parameter: parameter,
    });
    Some(SignatureHelp { signatures: signatures.collect(), active_signature: Some(0), active_parameter: parameter })
}

fn markdown(value: String) -> MarkupContent {
    MarkupContent { kind: MarkupKind::Markdown, value }
}
