//! Cuts a file into its items, in one pass over its tokens. Start at [`split`].
//!
//! An item begins where the first words of one stand ([`headers`]) at the start of a line, wherever the text before it
//! has got to: so an unclosed bracket or quote costs the item in which it stands and no other. Within a line an item
//! begins only where no bracket is open.
//!
//! ```text
//! rules "Routing" for lead {        RulesHeader 0
//!   # the big ones                  ┐
//!   rule "Hot"                      │ Rule 1, in set 0
//!     when lead.score > 70          │
//!     then assign sales             ┘
//!   otherwise assign triage         Otherwise 2, in set 0
//! }                                 Close 3, in set 0
//! ```

mod braces;
mod headers;

use std::cell::OnceCell;
use std::ops::Range;

use diagnostics::problems::SyntaxProblem;

use crate::characters;
use crate::chunk::{Chunk, ChunkKind, Split};
use crate::tokens::{Token, TokenKind, scan};
use headers::{Header, Line};

/// Cuts a file into its items. Every word and sign of the file lies in exactly one of them.
pub fn split(text: &str) -> Split {
    let mut splitter = Splitter::new(text);
    for place in 0..splitter.lines.tokens.len() {
        splitter.token(place);
    }
    splitter.finish()
}

struct Splitter<'t> {
    text: &'t str,
    /// The tokens without the comments.
    lines: Line<'t>,
    comments: Vec<Token>,
    open: Option<Open>,
    set: Option<Set>,
    /// For each token how many braces close behind it, once it was asked for.
    closing_behind: OnceCell<Vec<usize>>,
    /// For each token whether the end of a set stands behind it, once it was asked for.
    set_closes_behind: OnceCell<Vec<bool>>,
    split: Split,
}

/// The item that is being read.
struct Open {
    kind: ChunkKind,
    /// What it is read like: for an item word with a slip, the item that was meant.
    like: ChunkKind,
    key: String,
    start: usize,
    end: usize,
    /// Open brackets of all kinds, and of these the braces.
    brackets: usize,
    braces: usize,
    /// The clauses of a rule that were seen.
    when: bool,
    then: bool,
}

/// The rule set that is open.
struct Set {
    /// The place of its header among the chunks.
    header: usize,
    /// Its `{`, when there is one.
    brace: Option<usize>,
    /// How far its header is indented.
    indent: usize,
}

impl<'t> Splitter<'t> {
    fn new(text: &'t str) -> Self {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let blank = " ".repeat(start);
        let tokens = if start == 0 { scan(text) } else { scan(&(blank + text.get(start..).unwrap_or_default())) };
        let (comments, tokens) = tokens.into_iter().partition(|token| token.kind == TokenKind::Comment);
        Self {
            text,
            lines: Line { text, tokens },
            comments,
            open: None,
            set: None,
            closing_behind: OnceCell::new(),
            set_closes_behind: OnceCell::new(),
            split: Split::default(),
        }
    }

    fn token(&mut self, place: usize) {
        if self.open.is_some()
            && let Some(header) = self.cut(place)
        {
            self.close();
            self.begin(place, Some(header));
        } else if self.open.is_some() && self.ends_set(place) {
            self.close();
            self.begin(place, None);
        } else if self.open.is_none() {
            let header = self.lines.header(place).or_else(|| self.lines.misspelt(place));
            self.begin(place, header);
        }
        self.extend(place);
    }

    /// The header at `place`, if it ends the item that is open.
    fn cut(&self, place: usize) -> Option<Header> {
        let open = self.open.as_ref()?;
        let first = self.lines.is_first_on_line(place);
        if let Some(header) = self.lines.header(place) {
            return (self.may_begin(&header, open, place) && (first || open.ends_within_line(&header)))
                .then_some(header);
        }
        first.then(|| self.lines.misspelt(place)).flatten()
    }

    /// Whether the header is the beginning of another item, not a part of the open one.
    fn may_begin(&self, header: &Header, open: &Open, place: usize) -> bool {
        let nested_block = matches!(
            open.like,
            ChunkKind::NotYet(_) | ChunkKind::Calendar | ChunkKind::Decide | ChunkKind::Score | ChunkKind::Table
        ) && open.braces > 0;
        let before = place.checked_sub(1).map_or("", |before| self.lines.word(before));
        if matches!(before, "let" | "record" | "define" | "list" | "team" | "queue" | "user") {
            return false;
        }
        match self.lines.word(place) {
            "when" => {
                let completes = open.like == ChunkKind::Rule && !open.when && !open.then;
                let completes_later = matches!(open.kind, ChunkKind::Never | ChunkKind::NotYet("every")) && !open.when;
                let belongs_to_word = match open.like {
                    ChunkKind::Record => before == "missing",
                    ChunkKind::RulesHeader => before == "only",
                    _ => false,
                };
                !(completes || completes_later || nested_block || belongs_to_word)
            }
            "otherwise" | "else" | "if" => !nested_block,
            "rule" | "rules" => !(open.like == ChunkKind::Test && matches!(before, "expect" | "no" | "of")),
            _ => !header.names_target() || !self.lines.is_target(place),
        }
    }

    /// Whether the `}` at `place` is the end of the rule set, or of nothing, and not a part of the item that is open.
    fn ends_set(&self, place: usize) -> bool {
        let Some(open) = self.open.as_ref().filter(|_| self.lines.word(place) == "}") else { return false };
        let first = self.lines.is_first_on_line(place);
        match &self.set {
            None => open.braces == 0 && first && open.like != ChunkKind::Unknown,
            Some(_) if open.braces == 0 => self.ends_line(place) || first && self.is_as_deep_as_set(place),
            // An unclosed brace in a rule shall not swallow the end of its set.
            Some(_) => first && self.is_as_deep_as_set(place) && self.closing_behind(place) < open.braces,
        }
    }

    /// Whether something else than a rule stands between the rules of a set: then the `}` of the set is still to come.
    fn stands_in_set(&self, header: &Header, place: usize) -> bool {
        let is_single = header.like.is_outside_sets() && header.like != ChunkKind::RulesHeader;
        is_single && self.set.is_some() && self.set_closes_behind(place)
    }

    /// Whether the end of the set may stand here, which is no deeper than its header.
    fn is_as_deep_as_set(&self, place: usize) -> bool {
        self.set.as_ref().is_some_and(|set| self.lines.indent(place) <= set.indent)
    }

    /// How many braces behind a place close what stands before it.
    fn closing_behind(&self, place: usize) -> usize {
        let behind = self.closing_behind.get_or_init(|| braces::closing_behind(&self.lines));
        behind.get(place).copied().unwrap_or_default()
    }

    fn set_closes_behind(&self, place: usize) -> bool {
        let behind = self.set_closes_behind.get_or_init(|| braces::set_closes_behind(&self.lines));
        behind.get(place).copied().unwrap_or_default()
    }

    /// Whether nothing stands behind the `}` that it could cut in two: a stray brace within a line ends nothing.
    fn ends_line(&self, place: usize) -> bool {
        let next = place + 1;
        self.lines.tokens.get(next).is_none()
            || self.lines.is_first_on_line(next)
            || self.lines.word(next) == "}"
            || self.lines.header(next).is_some()
    }

    fn begin(&mut self, place: usize, header: Option<Header>) {
        let Some(token) = self.lines.tokens.get(place).copied() else { return };
        let mut header = header.unwrap_or(Header::UNKNOWN);
        if self.set.is_some() && self.lines.word(place) == "}" {
            header = Header::CLOSE;
        } else if self.stands_in_set(&header, place) {
            let word = token.of(self.text).to_owned();
            self.split.problems.push((token.start..token.end, SyntaxProblem::InsideSet { word }));
        } else if header.like.is_outside_sets() {
            self.leave_set();
        }
        // A comment above the end of a set belongs to nothing.
        let start = if header.like == ChunkKind::Close { token.start } else { self.doc_start(place, token) };
        let key = self.lines.key(place, header.like);
        self.open = Some(Open {
            kind: header.kind,
            like: header.like,
            key,
            start,
            end: token.end,
            brackets: 0,
            braces: 0,
            when: false,
            then: false,
        });
    }

    /// Takes the token into the open item and ends the item where its last brace says so.
    fn extend(&mut self, place: usize) {
        let ends_line = self.ends_line(place);
        let begins_row = self.lines.word(place) == "|" && self.lines.is_first_on_line(place);
        let (Some(token), Some(open)) = (self.lines.tokens.get(place), &mut self.open) else { return };
        open.end = token.end;
        if begins_row && open.like == ChunkKind::Table {
            // What a row leaves open is its own affair.
            (open.brackets, open.braces) = (open.brackets.min(1), open.braces.min(1));
        }
        let word = token.of(self.text);
        match (token.kind, word) {
            (TokenKind::Sign, "(" | "[") => open.brackets += 1,
            (TokenKind::Sign, ")" | "]") => open.brackets = open.brackets.saturating_sub(1),
            (TokenKind::Sign, "{") => (open.brackets, open.braces) = (open.brackets + 1, open.braces + 1),
            (TokenKind::Sign, "}") => {
                open.brackets = open.brackets.saturating_sub(1);
                open.braces = open.braces.saturating_sub(1);
            }
            (TokenKind::Word, "when") => open.when = true,
            (TokenKind::Word, "then") => open.then = true,
            _ => {}
        }
        let ended = match (open.like, word) {
            (ChunkKind::RulesHeader, "{") => true,
            (ChunkKind::Close, _) => true,
            (kind, "}") if kind.is_braced() && !ends_line => {
                open.braces = open.braces.max(1);
                false
            }
            (kind, "}") if kind.is_braced() => open.braces == 0,
            _ => false,
        };
        if ended {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let header = self.split.chunks.len();
        let brace = open.end.checked_sub(1).filter(|_| open.braces > 0);
        let set = match open.like {
            ChunkKind::RulesHeader => None,
            _ => self.set.as_ref().map(|set| set.header),
        };
        match open.like {
            ChunkKind::RulesHeader => self.set = Some(Set { header, brace, indent: self.lines.indent_at(open.start) }),
            ChunkKind::Close => self.set = None,
            _ => {}
        }
        self.split.chunks.push(Chunk { kind: open.kind, range: open.start..open.end, key: open.key, set });
    }

    /// Another kind of item, or the end of the file, ends a set whose `}` is missing.
    fn leave_set(&mut self) {
        if let Some(brace) = self.set.take().and_then(|set| set.brace) {
            self.split.problems.push((brace..brace + 1, SyntaxProblem::UnbalancedBracket { bracket: '{' }));
        }
    }

    /// Where the comment lines directly above the item begin, or else the item itself.
    fn doc_start(&self, place: usize, token: Token) -> usize {
        if !self.lines.is_first_on_line(place) {
            return token.start;
        }
        let previous =
            place.checked_sub(1).and_then(|before| self.lines.tokens.get(before)).map_or(0, |token| token.end);
        let above = self.comments.partition_point(|comment| comment.start < token.start);
        let mut start = token.start;
        for comment in self.comments.iter().take(above).rev().take_while(|comment| comment.start >= previous) {
            let own_line = comment.start == 0 || self.line_breaks(previous..comment.start) > 0 || previous == 0;
            if !own_line || self.line_breaks(comment.end..start) != 1 {
                break;
            }
            start = comment.start;
        }
        start
    }

    fn line_breaks(&self, range: Range<usize>) -> usize {
        self.text.get(range).unwrap_or_default().bytes().filter(|byte| *byte == b'\n').count()
    }

    fn finish(mut self) -> Split {
        self.close();
        self.leave_set();
        let chunks = &self.split.chunks;
        for comment in &self.comments {
            let before = chunks.partition_point(|chunk| chunk.range.end <= comment.start);
            if chunks.get(before).is_none_or(|chunk| chunk.range.start > comment.start) {
                self.split.problems.extend(characters::check(self.text, comment));
            }
        }
        self.split.problems.sort_by_key(|(range, _)| (range.start, range.end));
        self.split
    }
}

impl Open {
    /// Whether an item may begin behind this one on the same line: only where this one can be complete.
    fn ends_within_line(&self, header: &Header) -> bool {
        let complete = match self.like {
            ChunkKind::Rule => self.then,
            ChunkKind::NotYet(_)
            | ChunkKind::Calendar
            | ChunkKind::Decide
            | ChunkKind::Score
            | ChunkKind::Test
            | ChunkKind::Unknown => false,
            ChunkKind::Table => self.braces == 0,
            _ => true,
        };
        self.brackets == 0 && complete && !header.names_target()
    }
}

impl ChunkKind {
    /// Whether such an item is its first words and what stands in braces behind them.
    fn is_braced(self) -> bool {
        matches!(
            self,
            Self::Record
                | Self::Reference
                | Self::Calendar
                | Self::Decide
                | Self::Score
                | Self::Table
                | Self::Test
                | Self::Target(_)
                | Self::NotYet(_)
        )
    }

    /// Whether such an item never stands inside a rule set.
    fn is_outside_sets(self) -> bool {
        !matches!(self, Self::Rule | Self::Otherwise | Self::Close | Self::Unknown)
    }
}

#[cfg(test)]
mod tests;
