//! Texts: escapes, braces, and the values between them.

use diagnostics::problems::SyntaxProblem;

use super::{Build, Pair, Rule};
use crate::ast::{Expr, ExprKind, Piece, Quoted, Span};
use crate::bounds::offset;

impl<'s> Build<'s> {
    /// A text that may hold values in braces.
    pub(super) fn text(&mut self, pair: &Pair<'s>) -> Expr {
        let span = self.span(pair);
        let mut reader = Reader::new(pair.as_str(), span.start as usize);
        let mut pieces = Vec::new();
        let mut plain = String::new();
        while let Some(next) = reader.next() {
            match next {
                Next::Letters(letters) => plain.push_str(&letters),
                Next::Meaningless { at, text } => self.invalid(at, text),
                Next::Value { start, end } => {
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    }
                    pieces.push(Piece::Expr(self.interpolated(start, end)));
                }
            }
        }
        if !plain.is_empty() || pieces.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Expr { kind: ExprKind::Text(pieces), span }
    }

    /// A text in a place where it is a name or a fixed value, without values in braces.
    pub(in super::super) fn quoted(&mut self, pair: &Pair<'s>) -> Quoted {
        let span = self.span(pair);
        self.quoted_text(pair.as_str(), span)
    }

    /// The same for a text that was found among the tokens.
    pub(in super::super) fn quoted_text(&mut self, written: &str, span: Span) -> Quoted {
        let mut reader = Reader::new(written, span.start as usize);
        let mut text = String::new();
        while let Some(next) = reader.next() {
            match next {
                Next::Letters(letters) => text.push_str(&letters),
                Next::Meaningless { at, text } => self.invalid(at, text),
                Next::Value { start, end } => {
                    let inner = written.get(start - span.start as usize..end - span.start as usize).unwrap_or_default();
                    self.invalid(start - 1, format!("{{{inner}}}"));
                }
            }
        }
        Quoted { text, span }
    }

    fn invalid(&mut self, at: usize, text: String) {
        let span = Span::new(offset(at), offset(at + text.len()));
        self.report(span, SyntaxProblem::InvalidEscape { text });
    }

    /// The value between two braces, which is read by a call of its own.
    fn interpolated(&mut self, start: usize, end: usize) -> Expr {
        let span = Span::new(offset(start), offset(end));
        self.below(1, span, |build| {
            let read =
                build.part_of(build.source.slice_of_text(start..end), Rule::interpolation, start, Self::condition);
            read.unwrap_or_else(|(base, error)| {
                build.unexpected_in_text(base, span, &error);
                Expr::error(span)
            })
        })
    }

    /// Tokens do not reach into texts, so what was found is told from the letters alone.
    fn unexpected_in_text(&mut self, base: usize, span: Span, error: &super::Failure) {
        let (mut place, mut problem) = super::expected::problem(self.source, base, error);
        if let SyntaxProblem::Unexpected { found, suggestion, .. } = &mut problem {
            let at = base + super::expected::position(error);
            // With the brace that closes the value, in case that it is what was found.
            let rest = self.source.slice(at..span.end as usize + 1);
            let word: String =
                rest.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            *found = if word.is_empty() { rest.trim_start().chars().take(1).collect() } else { word };
            *suggestion = None;
            place = Span::new(offset(at), offset(at + found.len()));
        }
        self.report(place, problem);
    }
}

/// What comes next in a text.
enum Next {
    /// Letters as they are meant.
    Letters(String),
    /// An escape or brace that means nothing, at its place in the item.
    Meaningless { at: usize, text: String },
    /// What stands between two braces, as a range of the item.
    Value { start: usize, end: usize },
}

/// Steps through what stands between the quotes.
struct Reader<'t> {
    rest: &'t str,
    /// Where `rest` begins in the item.
    at: usize,
}

impl<'t> Reader<'t> {
    fn new(written: &'t str, start: usize) -> Self {
        let rest = written.strip_prefix('"').unwrap_or(written);
        Self { rest: rest.strip_suffix('"').unwrap_or(rest), at: start + 1 }
    }

    fn next(&mut self) -> Option<Next> {
        let first = self.rest.chars().next()?;
        Some(match first {
            '\\' => self.escape(),
            '{' | '}' => self.brace(first),
            _ => {
                let length = self.rest.find(['\\', '{', '}']).unwrap_or(self.rest.len());
                Next::Letters(self.step(length).to_owned())
            }
        })
    }

    fn step(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.at += taken.len();
        taken
    }

    fn escape(&mut self) -> Next {
        let at = self.at;
        let escaped = self.rest.chars().nth(1);
        let plain = match escaped {
            Some('"') => "\"",
            Some('\\') => "\\",
            Some('n') => "\n",
            Some('t') => "\t",
            Some('u') => return self.code_point(),
            _ => {
                let text = self.step(1 + escaped.map_or(0, char::len_utf8)).to_owned();
                return Next::Meaningless { at, text };
            }
        };
        self.step(2);
        Next::Letters(plain.to_owned())
    }

    /// `\u{1F600}`
    fn code_point(&mut self) -> Next {
        let at = self.at;
        let digits = self.rest.strip_prefix("\\u{").and_then(|rest| rest.split_once('}')).map(|(digits, _)| digits);
        let character = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        match (digits, character) {
            (Some(digits), Some(character)) => {
                self.step(4 + digits.len());
                Next::Letters(character.to_string())
            }
            (digits, _) => {
                Next::Meaningless { at, text: self.step(digits.map_or(2, |digits| 4 + digits.len())).to_owned() }
            }
        }
    }

    fn brace(&mut self, brace: char) -> Next {
        let at = self.at;
        if self.rest.chars().nth(1) == Some(brace) {
            self.step(2);
            return Next::Letters(brace.to_string());
        }
        let length = self.rest.find('}').filter(|_| brace == '{');
        match length {
            Some(length) => {
                self.step(length + 1);
                Next::Value { start: at + 1, end: at + length }
            }
            None => Next::Meaningless { at, text: self.step(1).to_owned() },
        }
    }
}
