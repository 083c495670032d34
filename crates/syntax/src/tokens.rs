//! The words, signs and comments of a text, in one pass over its bytes.
//!
//! This is no second grammar: it knows where a text, a comment or a number ends, and nothing of how they combine. It
//! serves what must not depend on a successful parse: cutting a file into items, cutting a broken item into clauses, and
//! moving words to new lines. Start at [`scan`].

use unicode_ident::{is_xid_continue, is_xid_start};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A bare word, keyword or name.
    Word,
    /// A name in backquotes.
    Quoted,
    /// A number, duration, date or time with all that is glued to it.
    Number,
    /// A text in double quotes, or in quotes of another kind that are closed; `closed` when its closing quote stands on
    /// its line.
    Text {
        /// Whether the closing quote is there.
        closed: bool,
    },
    /// A pattern between slashes; `closed` when its closing slash stands on its line.
    Pattern {
        /// Whether the closing slash is there.
        closed: bool,
    },
    /// `(`, `<=`, `..` or any other character.
    Sign,
    /// From `#` to the end of the line.
    Comment,
}

/// A word, sign or comment and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

impl Token {
    /// What it says, in the text that it was scanned from.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether it can name something: a bare word or a name in backquotes.
    pub fn is_name(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Quoted)
    }
}

/// All tokens of a text in order, comments included. Every byte that is not white lies in exactly one of them.
pub fn scan(text: &str) -> Vec<Token> {
    let mut scanner = Scanner { text, at: 0, patterns: false };
    let mut tokens = Vec::with_capacity(text.len() / 5);
    while let Some(token) = scanner.next() {
        scanner.patterns = scanner.pattern_may_follow(&token);
        tokens.push(token);
    }
    tokens
}

/// Some words of an item on one line, without comments. Within brackets there are no blanks at either end.
pub fn one_line(written: &str) -> String {
    let mut line = String::new();
    let mut end = 0;
    for token in scan(written).iter().filter(|token| token.kind != TokenKind::Comment) {
        let words = token.of(written);
        if token.start > end && !line.is_empty() && !line.ends_with(['(', '[']) && !matches!(words, ")" | "]") {
            line.push(' ');
        }
        line.push_str(words);
        end = token.end;
    }
    line
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Whether a slash would open a pattern here.
    patterns: bool,
}

impl Scanner<'_> {
    fn next(&mut self) -> Option<Token> {
        self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
        let start = self.at;
        let first = self.rest().chars().next()?;
        let kind = match first {
            '#' => self.comment(),
            '"' => TokenKind::Text { closed: self.enclosed('"') },
            '`' => self.backquoted(),
            '/' if self.patterns => self.pattern(),
            '0'..='9' => self.number(),
            '_' => self.word(),
            letter if is_xid_start(letter) => self.word(),
            _ => self.foreign_text(first).unwrap_or_else(|| self.sign(first)),
        };
        Some(Token { kind, start, end: self.at })
    }

    /// A pattern stands after `matches`, also behind `any of`, a bracket, and the comma after another pattern.
    fn pattern_may_follow(&self, token: &Token) -> bool {
        match token.kind {
            TokenKind::Word => match token.of(self.text) {
                "matches" | "match" => true,
                "any" | "all" | "of" => self.patterns,
                _ => false,
            },
            TokenKind::Sign => self.patterns && matches!(token.of(self.text), "(" | ","),
            TokenKind::Pattern { .. } | TokenKind::Comment => self.patterns,
            _ => false,
        }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, while_: impl Fn(u8) -> bool) {
        self.at += self.rest().bytes().take_while(|byte| while_(*byte)).count();
    }

    fn comment(&mut self) -> TokenKind {
        self.skip(|byte| byte != b'\n');
        while self.text.as_bytes().get(self.at - 1).is_some_and(u8::is_ascii_whitespace) {
            self.at -= 1;
        }
        TokenKind::Comment
    }

    /// Moves behind the closing `quote` on this line, or to the end of the line when there is none.
    fn enclosed(&mut self, quote: char) -> bool {
        let line = self.rest().lines().next().unwrap_or_default();
        let mut escaped = false;
        let close = line.char_indices().skip(1).find(|(_, character)| {
            let closes = *character == quote && !escaped;
            escaped = *character == '\\' && !escaped;
            closes
        });
        let length = close.map_or(line.trim_end().len(), |(at, _)| at + 1);
        self.at += length;
        close.is_some()
    }

    /// A text in the quotes of a word processor or of other languages, so that it is one thing in messages.
    fn foreign_text(&mut self, first: char) -> Option<TokenKind> {
        let closing = closing_quotes(first)?;
        let line = self.rest().lines().next().unwrap_or_default();
        let mut behind = line.char_indices().skip(1);
        let (close, quote) = behind.find(|(_, character)| closing.contains(character))?;
        self.at += close + quote.len_utf8();
        Some(TokenKind::Text { closed: true })
    }

    fn backquoted(&mut self) -> TokenKind {
        let line = self.rest().lines().next().unwrap_or_default();
        match line.bytes().skip(1).position(|byte| byte == b'`') {
            Some(length) => {
                self.at += length + 2;
                TokenKind::Quoted
            }
            None => self.sign('`'),
        }
    }

    fn pattern(&mut self) -> TokenKind {
        let closed = self.enclosed('/');
        if closed && self.rest().starts_with('i') {
            self.at += 1;
        }
        TokenKind::Pattern { closed }
    }

    fn word(&mut self) -> TokenKind {
        let rest = self.rest();
        self.at += rest.find(|character| !is_xid_continue(character)).unwrap_or(rest.len());
        TokenKind::Word
    }

    /// Digits and whatever is glued to them: `70_000`, `1.5`, `12%`, `2d`, `2026-01-31T09:00+01:00`, `09:00`.
    fn number(&mut self) -> TokenKind {
        let rest = self.rest();
        let length = date_length(rest).or_else(|| clock_length(rest)).unwrap_or_else(|| quantity_length(rest));
        self.at += length;
        TokenKind::Number
    }

    fn sign(&mut self, first: char) -> TokenKind {
        let rest = self.rest();
        let length =
            LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign)).map_or(first.len_utf8(), |sign| sign.len());
        self.at += length;
        TokenKind::Sign
    }
}

/// Signs of more than one character, also those of other languages, so that they are named whole in messages.
const LONG_SIGNS: &[&str] = &["..<", "===", "!==", "..", "<=", ">=", "!=", "==", "<>", "=>", "=<", "->", "&&", "||"];

/// The quotes that close a text which a quote of another kind than `"` opens.
pub(crate) fn closing_quotes(opening: char) -> Option<&'static [char]> {
    match opening {
        '\'' => Some(&['\'']),
        '‘' | '‚' => Some(&['’', '‘']),
        '“' | '”' | '„' => Some(&['”', '“']),
        '«' => Some(&['»']),
        '»' => Some(&['«', '»']),
        _ => None,
    }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The length of `2026-01-31`, `31.01.2026`, and a time glued to it.
fn date_length(text: &str) -> Option<usize> {
    let (separator, widths) = match digits(text) {
        4 => ('-', [4..=4, 1..=2, 1..=2]),
        1 | 2 => ('.', [1..=2, 1..=2, 4..=4]),
        _ => return None,
    };
    let mut length = 0;
    for (place, width) in widths.iter().enumerate() {
        if place > 0 {
            length += text.get(length..)?.strip_prefix(separator).map(|_| 1)?;
        }
        let found = digits(text.get(length..)?);
        if !width.contains(&found) {
            return None;
        }
        length += found;
    }
    let rest = text.get(length..)?;
    Some(length + rest.strip_prefix('T').map_or(0, |time| 1 + day_time_length(time)))
}

/// The length of `09:00:30.5+01:00`, as it is glued to a date.
fn day_time_length(text: &str) -> usize {
    let time = text.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.')).count();
    let rest = text.get(time..).unwrap_or_default();
    let zone = match rest.strip_prefix(['+', '-']) {
        Some(offset) if digits(offset) == 2 => {
            let minutes = offset.get(2..).and_then(|rest| rest.strip_prefix(':')).is_some_and(|rest| digits(rest) == 2);
            if minutes { 6 } else { 3 }
        }
        _ => usize::from(rest.starts_with('Z')),
    };
    time + zone
}

/// The length of `09:00` or `09:00:30`.
fn clock_length(text: &str) -> Option<usize> {
    let hours = digits(text);
    let part = |text: &str| text.strip_prefix(':').is_some_and(|rest| digits(rest) == 2);
    let minutes = text.get(hours..)?;
    if hours > 2 || !part(minutes) {
        return None;
    }
    let seconds = minutes.get(3..).is_some_and(part);
    Some(hours + if seconds { 6 } else { 3 })
}

fn quantity_length(text: &str) -> usize {
    let whole = |text: &str| text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'_').count();
    let mut length = whole(text);
    let fraction = text.get(length..).and_then(|rest| rest.strip_prefix('.')).map_or(0, digits);
    if fraction > 0 {
        length += 1 + text.get(length + 1..).map_or(0, whole);
    }
    let rest = text.get(length..).unwrap_or_default();
    if rest.starts_with('%') {
        return length + 1;
    }
    length + rest.find(|character| !is_xid_continue(character)).unwrap_or(rest.len())
}
