//! The first words of items: what begins one, and what only looks like it.

use crate::ast::TargetKind;
use crate::chunk::ChunkKind;
use crate::keywords::{self, Class};
use crate::tokens::{Token, TokenKind};

/// What the first words at some place tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// What the chunk becomes.
    pub(super) kind: ChunkKind,
    /// What it is cut like: for a misspelt item word, the item that was meant.
    pub(super) like: ChunkKind,
}

impl Header {
    /// No item begins like this.
    pub(super) const UNKNOWN: Self = Self::of(ChunkKind::Unknown);
    /// The end of a rule set.
    pub(super) const CLOSE: Self = Self::of(ChunkKind::Close);

    const fn of(kind: ChunkKind) -> Self {
        Self { kind, like: kind }
    }

    /// An item whose first word should be another.
    const fn meant(like: ChunkKind) -> Self {
        Self { kind: ChunkKind::Unknown, like }
    }

    /// Whether the same words can also be a target inside an effect: `assign queue triage`.
    pub(super) fn names_target(&self) -> bool {
        matches!(self.like, ChunkKind::Target(_))
    }
}

/// The tokens of a file without its comments, and where they stand on their lines.
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token>,
}

impl<'t> Line<'t> {
    /// The bare word or sign at `place`; empty for anything else.
    pub(super) fn word(&self, place: usize) -> &'t str {
        match self.tokens.get(place) {
            Some(token) if matches!(token.kind, TokenKind::Word | TokenKind::Sign) => token.of(self.text),
            _ => "",
        }
    }

    /// Whether only white space stands before it on its line.
    pub(super) fn is_first_on_line(&self, place: usize) -> bool {
        let Some(token) = self.tokens.get(place) else { return false };
        let previous = place.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(0, |token| token.end);
        previous == 0 || self.text.get(previous..token.start).is_some_and(|between| between.contains('\n'))
    }

    /// How many bytes stand before it on its line.
    pub(super) fn indent(&self, place: usize) -> usize {
        self.tokens.get(place).map_or(0, |token| self.indent_at(token.start))
    }

    /// How many bytes stand before this one on its line.
    pub(super) fn indent_at(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.len() - before.rfind('\n').map_or(0, |line| line + 1)
    }

    /// The item that begins with the words at `place`.
    pub(super) fn header(&self, place: usize) -> Option<Header> {
        let word = self.word(place);
        let before = place.checked_sub(1).map_or("", |before| self.word(before));
        if before == "." || self.word(place + 1) == ":" {
            return None;
        }
        let header = self.kind_of(word, place).or_else(|| self.shapeless(word, place)).map(Header::of);
        header.or_else(|| self.foreign(word, place).map(Header::meant))
    }

    /// `else` and `if` as other languages have them for `otherwise` and `when`: told by the effect behind them, for no
    /// value begins with the verb of an effect.
    fn foreign(&self, word: &str, place: usize) -> Option<ChunkKind> {
        let is_verb = |place| keywords::class(self.word(place)) == Some(Class::Effect);
        let then = || {
            let mut clauses = (place + 1..self.tokens.len())
                .filter(|place| matches!(self.word(*place), "when" | "then" | "otherwise" | "if" | "else"));
            clauses.next().filter(|clause| self.word(*clause) == "then")
        };
        match word {
            "else" => is_verb(place + 1).then_some(ChunkKind::Otherwise),
            "if" if self.is_first_on_line(place) && !self.is_unfinished_before(place) => {
                then().filter(|then| is_verb(then + 1)).map(|_| ChunkKind::Rule)
            }
            _ => None,
        }
    }

    /// An item word at the start of a line with something else behind it than belongs there: `list emea "DE"`. Where the
    /// line before is complete, such a word can begin nothing else.
    fn shapeless(&self, word: &str, place: usize) -> Option<ChunkKind> {
        let kind = match word {
            "list" => ChunkKind::List,
            "team" => ChunkKind::Target(TargetKind::Team),
            "user" => ChunkKind::Target(TargetKind::User),
            "rule" => ChunkKind::Rule,
            "rules" => ChunkKind::RulesHeader,
            _ => return None,
        };
        let named = self.name_follows(place) || self.text_follows(place) || self.word(place + 1) == "when";
        let begins = self.is_first_on_line(place) && !self.is_unfinished_before(place) && !self.is_target(place);
        (named && begins).then_some(kind)
    }

    /// What begins with `word`, provided that the words behind it have the shape of that item.
    fn kind_of(&self, word: &str, place: usize) -> Option<ChunkKind> {
        let sign = || self.word(place + 2);
        let name = || self.name_follows(place);
        let kind = match word {
            "when" => ChunkKind::Rule,
            "otherwise" => ChunkKind::Otherwise,
            "rule" if self.text_follows(place) => ChunkKind::Rule,
            "rules" if self.text_follows(place) => ChunkKind::RulesHeader,
            "never" if self.is_first_on_line(place) && keywords::class(self.word(place + 1)) == Some(Class::Effect) => {
                ChunkKind::Never
            }
            "test" if self.text_follows(place) => ChunkKind::Test,
            "record" if self.any_name_follows(place) => ChunkKind::Record,
            "let" if self.any_name_follows(place) => ChunkKind::Let,
            "define" if self.any_name_follows(place) => ChunkKind::Define,
            "decide" if name() && sign() == "." => ChunkKind::Decide,
            "score" if name() && sign() == "." => ChunkKind::Score,
            "table" if name() && sign() == "for" => ChunkKind::Table,
            "list" if name() && matches!(sign(), "=" | "from") => ChunkKind::List,
            "calendar" if name() && sign() == "{" => ChunkKind::Calendar,
            "reference" if name() && sign() == "from" => ChunkKind::Reference,
            "team" if name() && sign() == "{" => ChunkKind::Target(TargetKind::Team),
            "queue" if name() => ChunkKind::Target(TargetKind::Queue),
            "user" if name() && sign() == "=" => ChunkKind::Target(TargetKind::User),
            _ => return self.later(word, place),
        };
        Some(kind)
    }

    /// Items of later versions, by the same kind of shape.
    fn later(&self, word: &str, place: usize) -> Option<ChunkKind> {
        let sign = || self.word(place + 2);
        let name = || self.name_follows(place);
        let first = || self.is_first_on_line(place);
        let known = match word {
            "lifecycle" => name() && sign() == ".",
            "workflow" => name() && sign() == "for",
            "every" => first() && self.tokens.get(place + 1).is_some_and(Token::is_name),
            "if" => first() && name() && sign() == "fails",
            _ => false,
        };
        // The same word, as the table has it.
        let keyword = known.then(|| keywords::all().find(|keyword| keyword.word == word)).flatten()?;
        Some(ChunkKind::NotYet(keyword.word))
    }

    /// An item word with a slip, in the shape of that item. What precedes must be complete, and no two plain names stand
    /// side by side anywhere in the language, so nothing that is right is cut here.
    pub(super) fn misspelt(&self, place: usize) -> Option<Header> {
        let word = self.word(place);
        if !self.tokens.get(place).is_some_and(|token| token.kind == TokenKind::Word)
            || !(self.any_name_follows(place) || self.text_follows(place))
            || keywords::class(word).is_some()
            || self.is_unfinished_before(place)
            || self.is_target(place)
        {
            return None;
        }
        let nearest = keywords::nearest(word, keywords::all().map(|keyword| keyword.word))?;
        let like = match (nearest, self.tokens.get(place + 1)?) {
            ("when", next) if next.is_name() && !self.is_operator(place + 1) => ChunkKind::Rule,
            ("otherwise", next) if keywords::class(next.of(self.text)) == Some(Class::Effect) => ChunkKind::Otherwise,
            ("when" | "otherwise", _) => return None,
            _ => self.kind_of(nearest, place)?,
        };
        Some(Header::meant(like))
    }

    /// Whether the word at `place` is the kind of a target inside an effect, not the beginning of a declaration.
    pub(super) fn is_target(&self, place: usize) -> bool {
        let before = place.checked_sub(1).map_or("", |before| self.word(before));
        matches!(before, "assign" | "to" | "for" | "notify" | "ask" | "from" | "cc" | ",")
    }

    /// The name by which an item is known again: what stands behind its first word.
    pub(super) fn key(&self, place: usize, kind: ChunkKind) -> String {
        let Some(token) = self.tokens.get(place + 1) else { return String::new() };
        let named = !matches!(kind, ChunkKind::Otherwise | ChunkKind::Close);
        match token.kind {
            TokenKind::Text { .. } if named => token.of(self.text).trim_matches(['"', '\'', '“', '”']).to_owned(),
            TokenKind::Word | TokenKind::Quoted
                if named && self.word(place) != "when" && self.has_plain_name(place) =>
            {
                let field = self.tokens.get(place + 3).filter(|field| field.is_name() && self.word(place + 2) == ".");
                let field = field.map(|field| format!(".{}", field.of(self.text))).unwrap_or_default();
                format!("{}{field}", token.of(self.text))
            }
            _ => String::new(),
        }
    }

    fn has_plain_name(&self, place: usize) -> bool {
        !matches!(self.word(place), "never" | "every" | "if") && self.word(place) != "otherwise"
    }

    fn name_follows(&self, place: usize) -> bool {
        self.any_name_follows(place) && !self.is_operator(place + 1)
    }

    /// Also a word of the language, which is no good name and is told so.
    fn any_name_follows(&self, place: usize) -> bool {
        self.tokens.get(place + 1).is_some_and(Token::is_name)
    }

    fn text_follows(&self, place: usize) -> bool {
        self.tokens.get(place + 1).is_some_and(|token| matches!(token.kind, TokenKind::Text { .. }))
    }

    /// Whether a word can only join or test what stands before it.
    fn is_operator(&self, place: usize) -> bool {
        let class = keywords::class(self.word(place));
        matches!(class, Some(Class::Operator | Class::Connective | Class::Clause)) && self.word(place) != "not"
    }

    /// Whether what stands before `place` cannot be the end of anything.
    fn is_unfinished_before(&self, place: usize) -> bool {
        let Some(before) = place.checked_sub(1).and_then(|before| self.tokens.get(before)) else { return false };
        match before.kind {
            TokenKind::Sign => !matches!(before.of(self.text), ")" | "}" | "]" | "?" | "{"),
            TokenKind::Word => {
                self.is_operator(place - 1) || matches!(before.of(self.text), "to" | "for" | "of" | "by")
            }
            _ => false,
        }
    }
}
