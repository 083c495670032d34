//! The text of one item, with its words and signs at hand, made readable where a quote is missing.

use std::ops::Range;

use diagnostics::problems::SyntaxProblem;

use crate::ast::Span;
use crate::limits::offset;
use crate::tokens::{Token, TokenKind};

/// An item's text and tokens. The text is as long as what the author wrote, byte for byte, so places are the same.
pub(super) struct Source {
    text: String,
    original: String,
    /// The text in which quotes inside texts are plain ones.
    inner: String,
    tokens: Vec<Token>,
}

impl Source {
    /// Closes texts and patterns that are open at the end of their line and blanks unseen characters, so that one slip
    /// does not hide the rest of the item; each open one is reported at its opening.
    pub(super) fn new(text: &str, tokens: Vec<Token>) -> (Self, Vec<(Span, SyntaxProblem)>) {
        let mut repaired = text.to_owned();
        let mut problems = Vec::new();
        for token in &tokens {
            let (quote, problem) = match token.kind {
                TokenKind::Text { closed: false } => ('"', SyntaxProblem::UnterminatedText),
                TokenKind::Pattern { closed: false } => ('/', SyntaxProblem::UnterminatedPattern),
                TokenKind::Sign if !token.of(text).is_ascii() => {
                    replace(&mut repaired, token.start..token.end, "");
                    continue;
                }
                _ => continue,
            };
            problems.push((Span::new(offset(token.start), offset(token.start + 1)), problem));
            close(&mut repaired, token, quote);
        }
        let inner = with_plain_quotes(&repaired, &tokens);
        (Self { text: repaired, original: text.to_owned(), inner, tokens }, problems)
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The part of the readable text in `range`.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The part of a text in `range`, as the value that it is between braces: `lead.name default \"there\"`.
    pub(super) fn slice_of_text(&self, range: Range<usize>) -> &str {
        self.inner.get(range).unwrap_or_default()
    }

    /// What the author wrote in `span`.
    pub(super) fn written(&self, span: Span) -> &str {
        self.original.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// What the author wrote above the first word: the comment lines that document the item, without `#`.
    pub(super) fn doc(&self) -> Option<String> {
        let above = self.original.get(..self.tokens.first()?.start)?;
        let lines: Vec<_> = above
            .lines()
            .filter_map(|line| line.trim().strip_prefix('#'))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The word or sign at a place among the tokens; empty for texts, numbers and beyond the end.
    pub(super) fn word(&self, place: usize) -> &str {
        match self.tokens.get(place) {
            Some(token) if matches!(token.kind, TokenKind::Word | TokenKind::Sign) => token.of(&self.original),
            _ => "",
        }
    }

    /// The token that holds the byte, or else the next one.
    pub(super) fn token_at(&self, byte: usize) -> Option<(usize, &Token)> {
        let place = self.tokens.partition_point(|token| token.end <= byte);
        self.tokens.get(place).map(|token| (place, token))
    }

    /// From `start` to the end of the last token that ends by `end`: without the white space and comments behind it.
    pub(super) fn trimmed(&self, start: usize, end: usize) -> Span {
        let before = self.tokens.partition_point(|token| token.end <= end);
        let last = before.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end);
        // Inside a text there are no tokens: what is read there is trimmed already.
        Span::new(offset(start), offset(if last > start { last } else { end }))
    }
}

/// Inside a text a quote is written `\"`; as long as that, and a quote to the grammar, are ` "` and `" `.
fn with_plain_quotes(text: &str, tokens: &[Token]) -> String {
    let mut plain = text.to_owned();
    for token in tokens.iter().filter(|token| matches!(token.kind, TokenKind::Text { .. })) {
        let quotes = token.of(text).match_indices("\\\"").map(|(at, _)| token.start + at);
        for (at, opening) in quotes.zip([true, false].into_iter().cycle()) {
            plain.replace_range(at..at + 2, if opening { " \"" } else { "\" " });
        }
    }
    plain
}

/// Puts the missing quote over the last character of its line, or over the line break when nothing else is there.
fn close(text: &mut String, token: &Token, quote: char) {
    let said = token.of(text);
    let last = said.char_indices().skip(1).last().map(|(at, _)| token.start + at);
    match last {
        // A backslash before the quote would make it part of the text again, so both places are taken.
        Some(last) if text.get(..last).is_some_and(|before| before.ends_with('\\')) && last > token.start + 1 => {
            replace(text, last - 1..token.end, &format!("{quote}"));
        }
        Some(last) => replace(text, last..token.end, &format!("{quote}")),
        None if token.end == text.len() => text.push(quote),
        None => replace(text, token.end..token.end + 1, &format!("{quote}")),
    }
}

/// Writes `with` over the range and fills what remains with spaces.
fn replace(text: &mut String, range: Range<usize>, with: &str) {
    if text.get(range.clone()).is_some() {
        let blank = " ".repeat(range.len().saturating_sub(with.len()));
        text.replace_range(range, &format!("{with}{blank}"));
    }
}
