//! The text of one item, with its words and signs at hand, made readable where a quote is missing.

use std::ops::Range;

use diagnostics::problems::SyntaxProblem;

use super::foreign::{Foreign, foreign};
use crate::ast::Span;
use crate::bounds::offset;
use crate::characters::is_invisible;
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
    /// Closes texts and patterns that are open at the end of their line, blanks unseen characters and puts what is meant
    /// in the place of what is foreign, so that one slip does not hide the rest of the item. Reports all of these but the
    /// unseen characters, which are reported anyway.
    pub(super) fn new(text: &str, tokens: Vec<Token>) -> (Self, Vec<(Span, SyntaxProblem)>) {
        let mut repaired = text.to_owned();
        let mut problems = Vec::new();
        for Foreign { place, found, meant, expected, suggestion } in foreign(text, &tokens) {
            let expected = vec![expected];
            replace(&mut repaired, place.clone(), &meant);
            let problem = SyntaxProblem::Unexpected { expected, found, suggestion: Some(suggestion) };
            problems.push((Span::new(offset(place.start), offset(place.end)), problem));
        }
        for token in &tokens {
            problems.extend(
                repair(&mut repaired, token)
                    .map(|(end, problem)| (Span::new(offset(token.start), offset(end)), problem)),
            );
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

    /// Whether a word stands among the bytes of a range.
    pub(super) fn says_within(&self, range: &Range<usize>, word: &str) -> bool {
        let first = self.tokens.partition_point(|token| token.start < range.start);
        let inside = self.tokens.iter().skip(first).take_while(|token| token.end <= range.end);
        inside.into_iter().any(|token| token.kind == TokenKind::Word && token.of(&self.original) == word)
    }

    /// Whether a line break stands before a place among the tokens.
    pub(super) fn begins_line(&self, place: usize) -> bool {
        let before = place.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(0, |token| token.end);
        let between = self.tokens.get(place).and_then(|token| self.original.get(before..token.start));
        between.is_some_and(|between| between.contains('\n'))
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

/// Makes a token readable that is not, and tells why it was not and where the reason ends.
fn repair(text: &mut String, token: &Token) -> Option<(usize, SyntaxProblem)> {
    let said = token.of(text).to_owned();
    if said.trim().is_empty() {
        return None; // It stood in something foreign, of which all has been told.
    }
    match token.kind {
        TokenKind::Text { closed: false } => {
            close(text, token, '"');
            Some((token.start + 1, SyntaxProblem::UnterminatedText))
        }
        TokenKind::Pattern { closed: false } => {
            close(text, token, '/');
            Some((token.start + 1, SyntaxProblem::UnterminatedPattern))
        }
        TokenKind::Text { closed: true } if !said.starts_with('"') => {
            let straight = straight(&said);
            let front = " ".repeat(said.len() - straight.len());
            replace(text, token.start..token.end, &(front + &straight));
            let expected = vec!["a text in straight double quotes".to_owned()];
            Some((token.end, SyntaxProblem::Unexpected { expected, found: said, suggestion: Some(straight) }))
        }
        TokenKind::Sign if said.chars().all(is_invisible) => {
            replace(text, token.start..token.end, "");
            None
        }
        _ => None,
    }
}

/// A text in quotes of another kind, in straight ones: not longer than before.
fn straight(said: &str) -> String {
    let inner: String = said.chars().skip(1).take(said.chars().count().saturating_sub(2)).collect();
    format!("\"{}\"", inner.replace(['"', '\\'], "'"))
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
