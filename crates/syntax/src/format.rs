//! One canonical layout for a whole file. Start at [`format`](fn@format).
//!
//! Words, signs and comments stay as they are and in their order; only the white space between them changes. The
//! [`layout`] of an item says where its lines break, taken from its tree; the [`sheet`] writes its words; the [`page`]
//! puts the items together. What has a mistake in it is left as it is. What would mean something else afterwards, too:
//! every item is read again and compared.

mod layout;
mod page;
mod sheet;

use std::ops::Range;

use diagnostics::problems::SyntaxProblem;
use limits::Limits;

use crate::ast::{Item, Span};
use crate::chunk::{Chunk, ChunkKind};
use crate::parse::{Parsed, parse_within};
use crate::spans::equal_ignoring_spans;
use crate::split::split;
use crate::tokens::{TokenKind, scan};
use page::Page;
use sheet::Line;

/// No line is longer than this, unless it cannot be broken.
pub(crate) const WIDTH: usize = 100;

/// A file in its canonical layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The whole text.
    pub text: String,
    /// The items that were left as they are, because they have mistakes or this version cannot read them yet; as bytes
    /// of the text before.
    pub unchanged: Vec<Range<usize>>,
}

/// Lays out a file. What has been laid out once stays as it is.
pub fn format(text: &str) -> Formatted {
    format_within(text, Limits::default().tokens)
}

/// Lays out a file. Items of more than `longest` words and signs are not read and stay as they are.
pub fn format_within(text: &str, longest: usize) -> Formatted {
    let split = split(text);
    let mut page = Page::new(text);
    let mut unchanged = Vec::new();
    for chunk in &split.chunks {
        let item = text.get(chunk.range.clone()).unwrap_or_default();
        let lines = lay_out(chunk, item, longest).unwrap_or_else(|| {
            unchanged.push(chunk.range.clone());
            Line::verbatim(item)
        });
        page.item(chunk, lines);
    }
    let laid_out = page.finish();
    if outline(&laid_out) == outline(text) {
        Formatted { text: laid_out, unchanged }
    } else {
        Formatted { text: text.to_owned(), unchanged: split.chunks.into_iter().map(|chunk| chunk.range).collect() }
    }
}

/// What a file is cut into, which a broken item may depend on the lines for.
fn outline(text: &str) -> Vec<(ChunkKind, String, Option<usize>)> {
    split(text).chunks.into_iter().map(|chunk| (chunk.kind, chunk.key, chunk.set)).collect()
}

/// The lines of an item, or `None` when it must stay as it is.
fn lay_out(chunk: &Chunk, text: &str, longest: usize) -> Option<Vec<Line>> {
    let parsed = parse_within(chunk.kind, text, longest);
    if matches!(chunk.kind, ChunkKind::NotYet(_)) || parsed.problems.iter().any(is_mistake) {
        return None;
    }
    let base = match chunk.kind {
        ChunkKind::Close => 0,
        _ if chunk.set.is_some() => 2,
        _ => 0,
    };
    let lines = layout::lines(text, &parsed.item, base);
    means_the_same(chunk.kind, text, &parsed, &lines, longest).then_some(lines)
}

/// What this version does not decide yet, and characters in texts and comments, are no reason not to lay out an item.
fn is_mistake((_, problem): &(Span, SyntaxProblem)) -> bool {
    !matches!(
        problem,
        SyntaxProblem::NotYet { .. }
            | SyntaxProblem::InvisibleCharacter { in_text: true, .. }
            | SyntaxProblem::ConfusableCharacter { in_text: true, .. }
    )
}

/// Reads the lines again: the same tree, and no comment lost.
fn means_the_same(kind: ChunkKind, text: &str, parsed: &Parsed, lines: &[Line], longest: usize) -> bool {
    let after = Line::join(lines);
    let comments = |text: &str| scan(text).iter().filter(|token| token.kind == TokenKind::Comment).count();
    let again = parse_within(kind, &after, longest);
    let same = match (&parsed.item, &again.item) {
        (Item::Close(_), Item::Close(_)) => true,
        (before, after) => equal_ignoring_spans(before, after),
    };
    same && comments(text) == comments(&after) && again.problems.len() == parsed.problems.len()
}
