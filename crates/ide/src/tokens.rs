//! What each word of a file is, for its colour.

use std::ops::Range;

use semantics::{ItemView, Kind, Mention, Role};
use syntax::{Token, TokenKind as Sign, keywords, scan};

use crate::Snapshot;

/// A word or sign and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColouredToken {
    /// Where: on one line.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it declares what it names.
    pub declares: bool,
    /// Whether it gives what it names another value.
    pub writes: bool,
}

/// What a word or sign can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of the language.
    Word,
    /// The name of something.
    Name(Kind),
    /// A text in quotes.
    Text,
    /// A number, duration, date or time.
    Number,
    /// A pattern.
    Pattern,
    /// A comment.
    Comment,
    /// A comparison or another operator.
    Operator,
}

impl Snapshot {
    /// What each word of a file is, in order.
    pub fn tokens(&self, path: &str) -> Vec<ColouredToken> {
        self.tokens_within(path, 0..usize::MAX)
    }

    /// The same for the items that a range of bytes touches.
    pub fn tokens_within(&self, path: &str, range: Range<usize>) -> Vec<ColouredToken> {
        let Some(text) = self.text(path) else { return Vec::new() };
        let items = self.project().items(path);
        let first = items.partition_point(|view| view.end() < range.start);
        let mut end = first.checked_sub(1).and_then(|before| items.get(before)).map_or(0, |before| before.end());
        let mut tokens = Vec::new();
        let mut stop = text.len();
        for view in items.into_iter().skip(first) {
            let start = view.start();
            if start >= range.end {
                stop = start;
                break;
            }
            comments(text, end..start, &mut tokens);
            of_item(view, start, &mut tokens);
            end = view.end();
        }
        comments(text, end..stop, &mut tokens);
        tokens.retain(|token| token.range.start < range.end && range.start < token.range.end);
        tokens
    }
}

/// What stands between items: comments and nothing else that has a colour.
fn comments(text: &str, between: Range<usize>, tokens: &mut Vec<ColouredToken>) {
    let written = text.get(between.clone()).unwrap_or_default();
    if written.trim().is_empty() {
        return;
    }
    for token in scan(written).into_iter().filter(|token| token.kind == Sign::Comment) {
        let range = between.start + token.start..between.start + token.end;
        tokens.push(ColouredToken { range, kind: TokenKind::Comment, declares: false, writes: false });
    }
}

fn of_item(view: ItemView<'_>, start: usize, out: &mut Vec<ColouredToken>) {
    let (text, mentions) = (view.text(), view.mentions());
    let tokens = scan(text);
    for (place, token) in tokens.iter().enumerate() {
        let inside = inside(mentions, token);
        match inside {
            [] => {
                let before =
                    place.checked_sub(1).and_then(|before| tokens.get(before)).map_or("", |before| before.of(text));
                let behind = tokens.get(place + 1).map_or("", |behind| behind.of(text));
                if let Some(kind) = plain(token, text, before, behind) {
                    put(out, start, token.start..token.end, kind, None);
                }
            }
            [whole] if whole.span.start as usize <= token.start && token.end <= whole.span.end as usize => {
                put(out, start, token.start..token.end, TokenKind::Name(whole.thing.kind), Some(whole));
            }
            names => with_names(token, names, start, out),
        }
    }
}

/// The names that a token holds, or that hold it.
fn inside<'m>(mentions: &'m [Mention], token: &Token) -> &'m [Mention] {
    let from = mentions.partition_point(|mention| mention.span.end as usize <= token.start);
    let to = mentions.partition_point(|mention| (mention.span.start as usize) < token.end);
    mentions.get(from..to).unwrap_or_default()
}

/// A text with names between its braces.
fn with_names(token: &Token, names: &[Mention], start: usize, out: &mut Vec<ColouredToken>) {
    let mut at = token.start;
    for name in names {
        let (from, to) = (name.span.start as usize, name.span.end as usize);
        put(out, start, at..from, TokenKind::Text, None);
        put(out, start, from..to, TokenKind::Name(name.thing.kind), Some(name));
        at = to;
    }
    put(out, start, at..token.end, TokenKind::Text, None);
}

fn put(out: &mut Vec<ColouredToken>, start: usize, range: Range<usize>, kind: TokenKind, name: Option<&Mention>) {
    if range.start < range.end {
        let role = name.map(|name| name.role);
        let (declares, writes) = (role == Some(Role::Declares), role == Some(Role::Writes));
        out.push(ColouredToken { range: start + range.start..start + range.end, kind, declares, writes });
    }
}

/// The types that are no words of the language elsewhere.
const TYPES: [&str; 4] = ["number", "date", "datetime", "duration"];

/// What a token is by itself; nothing for brackets and the like.
fn plain(token: &Token, text: &str, before: &str, behind: &str) -> Option<TokenKind> {
    Some(match token.kind {
        Sign::Comment => TokenKind::Comment,
        Sign::Text { .. } => TokenKind::Text,
        Sign::Number => TokenKind::Number,
        Sign::Pattern { .. } => TokenKind::Pattern,
        Sign::Quoted => return None,
        Sign::Word if before == "." || behind == ":" => return None,
        Sign::Word if matches!(before, ":" | "of") && TYPES.contains(&token.of(text)) => TokenKind::Word,
        Sign::Word => keywords::class(token.of(text)).map(|_| TokenKind::Word)?,
        Sign::Sign => match token.of(text) {
            "=" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%" | "=>" | ".." | "..<" => {
                TokenKind::Operator
            }
            _ => return None,
        },
    })
}
