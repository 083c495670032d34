//! An item whose first word has a slip, or that has not the shape which its first word promises: it is read as it was
//! meant, so that what it declares is known and its uses are not reported as well.

use diagnostics::problems::SyntaxProblem;

use super::{Parsed, parse_tokens};
use crate::ast::{Span, TargetKind};
use crate::bounds::offset;
use crate::chunk::ChunkKind;
use crate::keywords;
use crate::spans::Spans;
use crate::tokens::{Token, TokenKind, scan};

/// The word that stands there, and the item that was meant.
pub(super) struct Slip {
    first: Token,
    word: &'static str,
    kind: ChunkKind,
}

/// What an unknown item was meant to be.
pub(super) fn meant(kind: ChunkKind, text: &str, tokens: &[Token]) -> Option<Slip> {
    let first = *tokens.iter().find(|token| token.kind != TokenKind::Comment).filter(|_| kind == ChunkKind::Unknown)?;
    let word = match first.of(text) {
        "if" => "when",
        "else" => "otherwise",
        written => {
            let exact = keywords::item_words().find(|word| *word == written);
            exact.or_else(|| keywords::nearest(written, keywords::item_words()))?
        }
    };
    let kind = match word {
        "record" => ChunkKind::Record,
        "let" => ChunkKind::Let,
        "list" => ChunkKind::List,
        "define" => ChunkKind::Define,
        "decide" => ChunkKind::Decide,
        "score" => ChunkKind::Score,
        "table" => ChunkKind::Table,
        "reference" => ChunkKind::Reference,
        "never" => ChunkKind::Never,
        "test" => ChunkKind::Test,
        "calendar" => ChunkKind::Calendar,
        "team" => ChunkKind::Target(TargetKind::Team),
        "queue" => ChunkKind::Target(TargetKind::Queue),
        "user" => ChunkKind::Target(TargetKind::User),
        "rules" => ChunkKind::RulesHeader,
        "rule" | "when" => ChunkKind::Rule,
        "otherwise" => ChunkKind::Otherwise,
        _ => return None,
    };
    Some(Slip { first, word, kind })
}

impl Slip {
    /// The item with its first word corrected, and every place as it is in what was written.
    pub(super) fn parse(&self, text: &str, longest: usize) -> Parsed {
        if self.first.of(text) == self.word {
            return parse_tokens(self.kind, text, scan(text), longest);
        }
        let (before, behind) = (text.get(..self.first.start), text.get(self.first.end..));
        let corrected = [before.unwrap_or_default(), self.word, behind.unwrap_or_default()].concat();
        let mut parsed = parse_tokens(self.kind, &corrected, scan(&corrected), longest);
        let place = Span::new(offset(self.first.start), offset(self.first.end));
        parsed.item.each_span(&mut |span| self.move_back(span));
        parsed.problems.iter_mut().for_each(|(span, _)| self.move_back(span));
        let found = self.first.of(text).to_owned();
        let problem = SyntaxProblem::UnknownItem { found, suggestion: Some(self.word.to_owned()) };
        parsed.problems.insert(0, (place, problem));
        parsed
    }

    fn move_back(&self, span: &mut Span) {
        let corrected_end = offset(self.first.start + self.word.len());
        let back = |at: u32| match at.checked_sub(corrected_end) {
            Some(behind) => offset(self.first.end) + behind,
            None => at.min(offset(self.first.end)),
        };
        *span = Span::new(back(span.start), back(span.end));
    }
}
