//! The words of one item, written with the breaks, signs and spaces that its layout asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::keywords::{self, Class};
use crate::tokens::{Token, TokenKind, scan};

/// A line of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// How far it is indented.
    pub(super) indent: usize,
    /// Its words; empty for a line that is only a comment.
    pub(super) code: String,
    /// The comment behind them, with its `#`.
    pub(super) comment: Option<String>,
}

impl Line {
    /// The lines of an item that must stay as it is. Their indentation is part of what they say, and so is what only looks
    /// like a blank behind them: it may be the mistake.
    pub(super) fn verbatim(text: &str) -> Vec<Self> {
        let code = |line: &str| line.trim_end_matches([' ', '\t', '\r']).to_owned();
        let line = |line| Self { indent: 0, code: code(line), comment: None };
        text.lines().map(line).collect()
    }

    /// Lines as one text.
    pub(super) fn join(lines: &[Self]) -> String {
        lines.iter().map(|line| line.text(0) + "\n").collect()
    }

    /// The line with its comment at a column, or two spaces behind its words.
    pub(super) fn text(&self, column: usize) -> String {
        let mut text =
            if self.code.is_empty() && self.comment.is_none() { String::new() } else { " ".repeat(self.indent) };
        text.push_str(&self.code);
        if let Some(comment) = &self.comment {
            if !self.code.is_empty() {
                let width = self.indent + self.code.chars().count();
                text.push_str(&" ".repeat(column.saturating_sub(width).max(2)));
            }
            text.push_str(comment);
        }
        text
    }
}

/// An item and what its layout asks for, each at the first byte of the word that it concerns.
pub(super) struct Sheet<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// Words that begin a line, and its indentation.
    breaks: BTreeMap<usize, usize>,
    /// Signs behind which no space stands, although one usually does: `-` as a sign, the name of a function.
    glued: BTreeSet<usize>,
    /// Commas that are left out.
    dropped: BTreeSet<usize>,
    /// Signs that are added before, and after, a word.
    before: BTreeMap<usize, &'static str>,
    after: BTreeMap<usize, &'static str>,
    /// How many more spaces stand before a word.
    padding: BTreeMap<usize, usize>,
}

impl<'t> Sheet<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let tokens = scan(text);
        let mut sheet = Self {
            text,
            tokens,
            breaks: BTreeMap::new(),
            glued: BTreeSet::new(),
            dropped: BTreeSet::new(),
            before: BTreeMap::new(),
            after: BTreeMap::new(),
            padding: BTreeMap::new(),
        };
        sheet.drop_last_commas();
        sheet.glue();
        sheet
    }

    /// A comma before a closing bracket says nothing.
    fn drop_last_commas(&mut self) {
        let code: Vec<_> = self.code().copied().collect();
        let ends = |token: Option<&Token>| token.is_none_or(|token| matches!(token.of(self.text), ")" | "}" | "]"));
        let last =
            code.iter().enumerate().filter(|(place, token)| token.of(self.text) == "," && ends(code.get(place + 1)));
        self.dropped = last.map(|(_, token)| token.start).collect();
    }

    /// No space stands behind the name of a function or of reference data, and none behind the sign of a number.
    fn glue(&mut self) {
        let code: Vec<_> = self.code().copied().collect();
        let nothing = Token { kind: TokenKind::Sign, start: 0, end: 0 };
        let before = [&nothing, &nothing].into_iter().chain(&code);
        let pairs = before.clone().zip(before.skip(1)).zip(code.iter().zip(code.iter().skip(1)));
        let glued = pairs.filter(|((second, first), (token, next))| match token.of(self.text) {
            "-" => !self.is_value(first, second.of(self.text) == "."),
            name => match next.of(self.text) {
                "(" => token.is_name() && is_called(name),
                "[" => token.is_name() && !keywords::is_reserved(name) && first.of(self.text) != "given",
                _ => false,
            },
        });
        self.glued = glued.map(|(_, (token, _))| token.start).collect();
    }

    /// Whether a word is the end of a value; behind a dot it is a name, whatever it is elsewhere.
    fn is_value(&self, token: &Token, field: bool) -> bool {
        let said = token.of(self.text);
        match token.kind {
            TokenKind::Sign => matches!(said, ")" | "]" | "}"),
            TokenKind::Word => field || matches!(keywords::class(said), None | Some(Class::Value)),
            _ => true,
        }
    }

    /// Puts so many more spaces before the next word behind a byte.
    pub(super) fn pad_before_next(&mut self, byte: usize, spaces: usize) {
        if let Some(next) = self.at(byte).filter(|_| spaces > 0) {
            self.padding.insert(next.start, spaces);
        }
    }

    pub(super) fn break_before(&mut self, at: usize, indent: usize) {
        self.breaks.insert(at, indent);
    }

    /// Writes some words without spaces between them.
    pub(super) fn join(&mut self, range: Range<usize>) {
        let starts: Vec<usize> = self.inside(&range).map(|token| token.start).collect();
        let all_but_last = starts.len().saturating_sub(1);
        self.glued.extend(starts.into_iter().take(all_but_last));
    }

    /// Puts brackets around some words.
    pub(super) fn enclose(&mut self, range: Range<usize>) {
        if let (Some(first), Some(last)) = (self.at(range.start), self.last_before(range.end)) {
            self.before.insert(first.start, "(");
            self.after.insert(last.start, ")");
        }
    }

    /// Sees to it that a comma stands behind the word that ends at `end`, or that none does. The last call counts.
    pub(super) fn set_comma(&mut self, end: usize, wanted: bool) {
        let comma = self.at(end).filter(|token| token.of(self.text) == ",");
        match (comma, self.last_before(end), wanted) {
            (Some(comma), _, true) => drop(self.dropped.remove(&comma.start)),
            (Some(comma), _, false) => drop(self.dropped.insert(comma.start)),
            (None, Some(last), true) => drop(self.after.insert(last.start, ",")),
            (None, Some(last), false) => drop(self.after.remove(&last.start)),
            (None, None, _) => {}
        }
    }

    fn code(&self) -> impl DoubleEndedIterator<Item = &Token> {
        self.tokens.iter().filter(|token| token.kind != TokenKind::Comment)
    }

    /// The first word at or behind a byte.
    pub(super) fn at(&self, byte: usize) -> Option<Token> {
        let place = self.tokens.partition_point(|token| token.start < byte);
        self.tokens.iter().skip(place).find(|token| token.kind != TokenKind::Comment).copied()
    }

    /// The last word that ends at or before a byte.
    pub(super) fn last_before(&self, byte: usize) -> Option<Token> {
        let place = self.tokens.partition_point(|token| token.end <= byte);
        self.tokens.iter().take(place).rfind(|token| token.kind != TokenKind::Comment).copied()
    }

    pub(super) fn says(&self, token: &Token) -> &'t str {
        token.of(self.text)
    }

    /// Whether a comment stands among the words of a range.
    pub(super) fn has_comment(&self, range: &Range<usize>) -> bool {
        self.inside(range).any(|token| token.kind == TokenKind::Comment)
    }

    /// The words and comments that begin in a range.
    fn inside(&self, range: &Range<usize>) -> impl Iterator<Item = &Token> {
        let first = self.tokens.partition_point(|token| token.start < range.start);
        self.tokens.iter().skip(first).take_while(|token| token.start < range.end)
    }

    /// Whether the author wrote a range on one line.
    pub(super) fn is_one_line(&self, range: &Range<usize>) -> bool {
        self.text.get(range.clone()).is_some_and(|written| !written.contains('\n'))
    }

    /// How wide the words of a range are on one line.
    pub(super) fn width(&self, range: Range<usize>) -> usize {
        self.measured(range, |word| word.chars().count())
    }

    /// The same on a screen, where a letter may take two places or none.
    pub(super) fn screen_width(&self, range: Range<usize>) -> usize {
        self.measured(range, UnicodeWidthStr::width)
    }

    fn measured(&self, range: Range<usize>, measure: impl Fn(&str) -> usize) -> usize {
        let mut width = 0;
        let mut previous: Option<&Token> = None;
        for token in self.inside(&range).filter(|token| !self.dropped.contains(&token.start)) {
            if token.kind == TokenKind::Comment {
                continue;
            }
            width += usize::from(previous.is_some_and(|previous| self.is_spaced(previous, token)));
            width += measure(&self.written(token));
            previous = Some(token);
        }
        width
    }

    /// A word with the signs that are added to it.
    fn written(&self, token: &Token) -> String {
        let before = self.before.get(&token.start).copied().unwrap_or_default();
        let after = self.after.get(&token.start).copied().unwrap_or_default();
        format!("{before}{}{after}", token.of(self.text))
    }

    /// Whether a space stands between two words of one line.
    fn is_spaced(&self, left: &Token, right: &Token) -> bool {
        let (before, after) = (left.of(self.text), right.of(self.text));
        let sign = |token: &Token| token.kind == TokenKind::Sign;
        let closes = sign(right) && matches!(after, "," | ")" | "]" | "?" | ":" | "." | ".." | "..<");
        let opens = sign(left) && matches!(before, "(" | "[" | "." | ".." | "..<");
        let empty = sign(left) && sign(right) && before == "{" && after == "}";
        !(closes || opens || empty || self.glued.contains(&left.start))
    }

    /// The item's lines.
    pub(super) fn lines(&self, base: usize) -> Vec<Line> {
        let mut writer = Writer { sheet: self, lines: Vec::new(), line: None, indent: base, must_break: false };
        let mut end = 0;
        for token in &self.tokens {
            let own_line = end == 0 || self.text.get(end..token.start).is_some_and(|between| between.contains('\n'));
            match token.kind {
                TokenKind::Comment => writer.comment(token, own_line),
                _ if self.dropped.contains(&token.start) => {}
                _ => writer.word(token),
            }
            end = token.end;
        }
        writer.end_line();
        writer.lines
    }

    /// The indentation of a comment before the first word behind a byte, if a line begins with that: a comment before the `}`
    /// of a block belongs into the block.
    fn next_indent(&self, byte: usize) -> Option<usize> {
        let word = self.at(byte)?;
        let inside = if word.of(self.text) == "}" { 2 } else { 0 };
        self.breaks.get(&word.start).map(|indent| indent + inside)
    }
}

struct Writer<'s> {
    sheet: &'s Sheet<'s>,
    lines: Vec<Line>,
    /// The line that is being written, and the word at its end.
    line: Option<(Line, Token)>,
    /// The indentation of the last line that the layout asked for.
    indent: usize,
    /// Whether a comment has ended the line.
    must_break: bool,
}

impl Writer<'_> {
    fn word(&mut self, token: &Token) {
        let written = self.sheet.written(token);
        if let Some(indent) = self.sheet.breaks.get(&token.start) {
            self.end_line();
            self.indent = *indent;
        }
        match &mut self.line {
            Some((line, last)) => {
                let spaced = usize::from(self.sheet.is_spaced(last, token));
                let padding = self.sheet.padding.get(&token.start).copied().unwrap_or_default();
                line.code.push_str(&" ".repeat(spaced + padding));
                line.code.push_str(&written);
                *last = *token;
            }
            None => {
                // A comment within what belongs on one line: what is behind it stands a little deeper.
                let broken = self.must_break && !self.sheet.breaks.contains_key(&token.start);
                let indent = self.indent + if broken { 2 } else { 0 };
                self.line = Some((Line { indent, code: written, comment: None }, *token));
            }
        }
    }

    fn comment(&mut self, token: &Token, own_line: bool) {
        let comment = Some(token.of(self.sheet.text).to_owned());
        match self.line.take() {
            Some((line, _)) if !own_line => self.lines.push(Line { comment, ..line }),
            unfinished => {
                self.lines.extend(unfinished.map(|(line, _)| line));
                let continued =
                    if self.lines.iter().any(|line| !line.code.is_empty()) { self.indent + 2 } else { self.indent };
                let indent = self.sheet.next_indent(token.end).unwrap_or(continued);
                self.lines.push(Line { indent, code: String::new(), comment });
            }
        }
        self.must_break = self.lines.iter().any(|line| !line.code.is_empty());
    }

    fn end_line(&mut self) {
        self.lines.extend(self.line.take().map(|(line, _)| line));
        self.must_break = false;
    }
}

/// Whether a bracket behind a word holds what a function is given. Functions may have the names of words that mean
/// something only elsewhere, such as `round`.
fn is_called(word: &str) -> bool {
    const BEFORE_VALUES: &[&str] =
        &["of", "word", "to", "for", "from", "cc", "last", "next", "than", "with", "on", "at"];
    !keywords::is_reserved(word) && !BEFORE_VALUES.contains(&word)
}
