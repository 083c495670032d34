//! Reads what can be read of an item that cannot be read as a whole. Start at [`item`].

use diagnostics::problems::SyntaxProblem;

use super::build::Build;
use super::grammar::Failure;
use crate::ast::{Item, Name, Span};
use crate::chunk::ChunkKind;
use crate::keywords;
use crate::limits::offset;

/// Items that no rule of the grammar reads: the end of a set, those of later versions, and what is no item at all.
pub(super) fn unreadable(build: &mut Build<'_>, kind: ChunkKind) -> Item {
    let Some(first) = build.source.tokens().first() else { return Item::Error };
    let span = Span::new(offset(first.start), offset(first.end));
    let found = build.source.written(span).to_owned();
    match (kind, found.as_str()) {
        (ChunkKind::Close, _) => return Item::Close(span),
        (ChunkKind::NotYet(word), _) => {
            let construct = not_yet(word).to_owned();
            build.report(span, SyntaxProblem::NotYet { construct });
            return Item::NotYet(Name { text: word.to_owned(), span });
        }
        (_, "}") => build.report(span, SyntaxProblem::UnbalancedBracket { bracket: '}' }),
        _ => {
            let suggestion = keywords::nearest(&found, keywords::item_words()).map(str::to_owned);
            build.report(span, SyntaxProblem::UnknownItem { found, suggestion });
        }
    }
    Item::Error
}

/// What an item of a later version is called.
fn not_yet(word: &str) -> &'static str {
    match word {
        "score" => "`score` items",
        "decide" => "`decide` items",
        "table" => "decision tables",
        "calendar" => "calendars",
        "reference" => "reference data",
        "workflow" => "workflows",
        "lifecycle" => "lifecycles",
        "test" => "tests inside rule files",
        "never" => "`never` guards",
        "every" => "rules that run on a schedule",
        _ => "workflows",
    }
}

/// The item, clause by clause.
pub(super) fn item(build: &mut Build<'_>, _kind: ChunkKind, error: &Failure) -> Item {
    build.unexpected(0, error);
    Item::Error
}
