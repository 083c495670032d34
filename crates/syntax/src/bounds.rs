//! How large and how deep an item may be. Beyond, it is not read at all: every later phase walks trees by recursion, and
//! with these limits none of them can run out of stack.

use diagnostics::problems::SyntaxProblem;
use limits::fixed::NESTING;

use crate::ast::Span;
use crate::keywords::{self, Class};
use crate::tokens::{Token, TokenKind};

/// The limit that an item of at most `size` words breaks, at the place where it does. A table, which is read row by row,
/// may be of any size.
pub(crate) fn check(text: &str, tokens: &[Token], size: usize) -> Option<(Span, SyntaxProblem)> {
    if let Some(token) = tokens.get(size) {
        return Some((span(token), SyntaxProblem::SizeLimit { limit: size }));
    }
    let mut nesting = Nesting::default();
    let deepest = tokens.iter().find(|token| nesting.after(text, token) > NESTING)?;
    Some((span(deepest), SyntaxProblem::NestingLimit { limit: NESTING }))
}

/// How deep the deepest place of an item is nested.
pub(crate) fn depth(text: &str, tokens: &[Token]) -> usize {
    let mut nesting = Nesting::default();
    tokens.iter().map(|token| nesting.after(text, token)).max().unwrap_or_default()
}

/// Each open bracket, with the forms that were begun in it and may reach up to its end.
#[derive(Default)]
struct Nesting {
    depth: usize,
    /// For each open bracket how many forms were open when it opened.
    outer: Vec<usize>,
    /// The forms begun since.
    forms: usize,
}

impl Nesting {
    fn after(&mut self, text: &str, token: &Token) -> usize {
        let word = token.of(text);
        match token.kind {
            TokenKind::Sign if matches!(word, "(" | "[" | "{") => {
                self.outer.push(self.forms);
                self.depth += 1 + self.forms;
                self.forms = 0;
            }
            TokenKind::Sign if matches!(word, ")" | "]" | "}") => {
                self.forms = self.outer.pop().unwrap_or_default();
                self.depth = self.depth.saturating_sub(1 + self.forms);
            }
            TokenKind::Sign if word == ":" => self.forms = 0,
            TokenKind::Word if matches!(word, "if" | "escalate" | "list") => self.forms += 1,
            TokenKind::Word if keywords::class(word) == Some(Class::Effect) => self.forms = 0,
            _ => {}
        }
        self.depth + self.forms
    }
}

fn span(token: &Token) -> Span {
    Span::new(offset(token.start), offset(token.end))
}

/// A place within an item. Items are far below the four gigabytes at which it would saturate.
pub(crate) fn offset(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
