//! Reads what can be read of an item that cannot be read as a whole. Start at [`item`].
//!
//! Words are found again among the tokens, and each part between them is read by its own entry point of the grammar:
//!
//! ```text
//! rule "Hot"   when lead.score >  and lead.email is present   then asign sales   set lead.stage = "won"
//! head_part         condition_part    condition_part               effect_part   effect_part
//!    ok                 Error             ok                          Error          ok
//! ```
//!
//! Each part that cannot be read gives one message and an `Error`, of which later phases say nothing.

mod brackets;
mod calendar;
mod condition;
mod declarations;
mod derived;
mod rule;
mod test;

use std::ops::Range;

use diagnostics::problems::SyntaxProblem;

use super::build::Build;
use super::grammar::Failure;
use crate::ast::{Item, Name, Span};
use crate::bounds::offset;
use crate::chunk::ChunkKind;
use crate::keywords;

/// The item, clause by clause, after reading it as a whole failed with `error`.
pub(super) fn item(build: &mut Build<'_>, kind: ChunkKind, error: &Failure) -> Item {
    match kind {
        ChunkKind::Rule => rule::rule(build, error),
        ChunkKind::Otherwise => rule::otherwise(build),
        ChunkKind::Record => declarations::record(build, error),
        ChunkKind::Reference => declarations::reference(build, error),
        ChunkKind::Let => declarations::let_declaration(build, error),
        ChunkKind::Define => declarations::define_declaration(build, error),
        ChunkKind::Decide => derived::decide(build, error),
        ChunkKind::Score => derived::score(build, error),
        ChunkKind::List => declarations::list_declaration(build, error),
        ChunkKind::Calendar => calendar::calendar(build, error),
        ChunkKind::Target(kind) => declarations::target_declaration(build, kind, error),
        ChunkKind::Test => test::test(build, error),
        ChunkKind::Never => declarations::never(build, error),
        ChunkKind::RulesHeader => declarations::rules_header(build, error),
        ChunkKind::Table | ChunkKind::Close | ChunkKind::NotYet(_) | ChunkKind::Unknown => unreadable(build, kind),
    }
}

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
        "lifecycle" => "lifecycles",
        "every" => "rules that run on a schedule",
        _ => "workflows",
    }
}

/// Reports why a part could not be read: a bracket without its other half, or else what was expected.
fn report(build: &mut Build<'_>, places: Range<usize>, base: usize, error: &Failure) {
    match brackets::unbalanced(build.source, places) {
        Some((span, bracket)) => build.report(span, SyntaxProblem::UnbalancedBracket { bracket }),
        None => build.unexpected(base, error),
    }
}

/// The same for a whole item.
fn report_item(build: &mut Build<'_>, error: &Failure) {
    report(build, 0..build.source.tokens().len(), 0, error);
}

/// Reports that something else must stand at a place among the tokens.
pub(super) fn expected(build: &mut Build<'_>, place: usize, phrase: &str, suggestion: Option<&str>) {
    let source = build.source;
    let end = source.tokens().last().map_or(0, |token| token.end);
    let (start, end) = source.tokens().get(place).map_or((end, end), |token| (token.start, token.end));
    let span = Span::new(offset(start), offset(end));
    let found = source.written(span).to_owned();
    let suggestion = suggestion.map(str::to_owned);
    build.report(span, SyntaxProblem::Unexpected { expected: vec![phrase.to_owned()], found, suggestion });
}

/// The bytes of some tokens; empty, at the end of what precedes, when there are none.
pub(super) fn bytes(build: &Build<'_>, places: Range<usize>) -> Range<usize> {
    let tokens = build.source.tokens();
    let before = places.start.checked_sub(1).and_then(|before| tokens.get(before)).map_or(0, |token| token.end);
    match tokens.get(places).unwrap_or_default() {
        [] => before..before,
        [first, .., last] => first.start..last.end,
        [only] => only.start..only.end,
    }
}

/// The place of some tokens as a span.
pub(super) fn span(build: &Build<'_>, places: Range<usize>) -> Span {
    let bytes = bytes(build, places);
    Span::new(offset(bytes.start), offset(bytes.end))
}
