//! Makes a syntax tree of one item. Start at [`parse`].
//!
//! One call of pest reads the whole item; [`build`] turns its pairs into the tree. Where that fails, [`recover`] cuts the
//! item at its clauses and reads them one by one, so that a rule with a broken condition keeps its effects.

mod build;
mod continuations;
mod expected;
mod foreign;
mod grammar;
mod recover;
mod slip;
mod source;
mod table;

use diagnostics::problems::SyntaxProblem;
use limits::Limits;

use crate::ast::{Item, Span};
use crate::bounds;
use crate::characters;
use crate::chunk::ChunkKind;
use crate::tokens::{Token, TokenKind, scan};
use build::Build;
pub use continuations::{Continuations, Wanted, continuations};
use source::Source;

/// What an item says, as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The tree, with `Error` where nothing could be read.
    pub item: Item,
    /// What is wrong, in the order of the text, with places relative to the item's first byte.
    pub problems: Vec<(Span, SyntaxProblem)>,
}

/// Reads the text of one chunk. Always gives a tree; where there is an `Error` in it, there is a problem too.
///
/// A chunk of kind `Unknown` whose first word is an item word with a slip gives the item that was meant.
pub fn parse(kind: ChunkKind, text: &str) -> Parsed {
    parse_within(kind, text, Limits::default().tokens)
}

/// Reads the text of one chunk that may have at most `longest` words and signs; a table, which is read row by row, may
/// have any number.
pub fn parse_within(kind: ChunkKind, text: &str, longest: usize) -> Parsed {
    let tokens = scan(text);
    match slip::meant(kind, text, &tokens) {
        Some(slip) => slip.parse(text, longest),
        None => parse_tokens(kind, text, tokens, longest),
    }
}

fn parse_tokens(kind: ChunkKind, text: &str, tokens: Vec<Token>, longest: usize) -> Parsed {
    let mut problems: Vec<_> = tokens.iter().flat_map(|token| treacherous(text, token)).collect();
    let code: Vec<_> = tokens.into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    let size = if kind == ChunkKind::Table { usize::MAX } else { longest };
    if let Some(problem) = bounds::check(text, &code, size) {
        problems.push(problem);
        return Parsed { item: Item::Error, problems };
    }
    let nesting = bounds::depth(text, &code);
    let (source, open) = Source::new(text, code);
    let (item, mut found) = with_stack(nesting, || read(kind, &source));
    found.retain(|(span, problem)| !is_echo(text, *span, problem, &open));
    drop_behind_braces(text, &mut found);
    problems.extend(open);
    let spoilt = problems.iter().filter_map(|(span, problem)| spoilt_from(text, *span, problem)).min();
    let is_consequence = |span: &Span, problem: &SyntaxProblem| {
        matches!(
            problem,
            SyntaxProblem::Unexpected { .. }
                | SyntaxProblem::UnbalancedBracket { .. }
                | SyntaxProblem::InvalidEscape { .. }
        ) && spoilt.is_some_and(|spoilt| span.start >= spoilt)
    };
    problems.extend(found.into_iter().filter(|(span, problem)| !is_consequence(span, problem)));
    problems.sort_by_key(|(span, _)| (span.start, span.end));
    problems.dedup();
    Parsed { item, problems }
}

fn treacherous(text: &str, token: &Token) -> impl Iterator<Item = (Span, SyntaxProblem)> {
    characters::check(text, token)
        .map(|(range, problem)| (Span::new(bounds::offset(range.start), bounds::offset(range.end)), problem))
}

fn read(kind: ChunkKind, source: &Source) -> (Item, Vec<(Span, SyntaxProblem)>) {
    let mut build = Build::new(source);
    let item = match grammar::entry(kind) {
        None if kind == ChunkKind::Table => table::table(&mut build),
        None => recover::unreadable(&mut build, kind),
        Some(whole) => match grammar::read(whole, source.text()) {
            Ok(pair) => build.item(pair),
            Err(error) => recover::item(&mut build, kind, &error),
        },
    };
    (item, build.into_problems())
}

/// Whether something is only unexpected where it has been told already what must stand there.
fn is_echo(text: &str, span: Span, problem: &SyntaxProblem, told: &[(Span, SyntaxProblem)]) -> bool {
    let is_unexpected = matches!(problem, SyntaxProblem::Unexpected { .. } | SyntaxProblem::UnknownItem { .. });
    let is_empty = |told: &Span| text.get(told.start as usize..told.end as usize).is_some_and(str::is_empty);
    is_unexpected && told.iter().any(|(told, _)| !is_empty(told) && told.start <= span.start && span.start < told.end)
}

/// Where a brace in a text is never closed, quotes inside it may be the reason: then the rest of the line is no text.
fn drop_behind_braces(text: &str, found: &mut Vec<(Span, SyntaxProblem)>) {
    let open_brace =
        |(_, problem): &&(Span, SyntaxProblem)| matches!(problem, SyntaxProblem::InvalidEscape { text } if text == "{");
    let braces: Vec<Span> = found.iter().filter(open_brace).map(|(span, _)| *span).collect();
    let behind = |brace: &Span, span: Span| {
        let between = text.get(brace.end as usize..span.start as usize);
        between.is_some_and(|between| !between.contains('\n') && between.contains('"'))
    };
    found.retain(|(span, problem)| {
        !matches!(problem, SyntaxProblem::Unexpected { .. }) || !braces.iter().any(|brace| behind(brace, *span))
    });
}

/// From where on an item is not what the author sees, so that only the reason for it is reported: an unseen character,
/// or the line with a quote too few, in which every quote may be the one at fault.
fn spoilt_from(text: &str, span: Span, problem: &SyntaxProblem) -> Option<u32> {
    match problem {
        SyntaxProblem::UnterminatedText | SyntaxProblem::UnterminatedPattern => {
            let before = text.get(..span.start as usize).unwrap_or_default();
            Some(bounds::offset(before.rfind('\n').map_or(0, |line| line + 1)))
        }
        SyntaxProblem::InvisibleCharacter { in_text: false, .. } => Some(span.start),
        _ => None,
    }
}

/// Levels of nesting that fit on any stack, also that of a test thread.
const SHALLOW: usize = 16;
/// Enough for the deepest item that the limits allow, without optimisation.
const DEEP_STACK: usize = 32 << 20;

/// pest's recursion takes several frames for each level of the grammar, some kilobytes for each bracket, so a deep item
/// is read on a stack of its own.
pub(crate) fn with_stack<T>(nesting: usize, read: impl FnOnce() -> T) -> T {
    if nesting <= SHALLOW { read() } else { stacker::grow(DEEP_STACK, read) }
}
