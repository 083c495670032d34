//! Signs and turns of phrase from other languages, spreadsheets and everyday speech: each is reported with what is written
//! here instead, and read as that, so that it costs nothing else. Start at [`foreign`].

mod effects;
mod elsewhere;

use std::ops::Range;

use crate::keywords::{self, Class};
use crate::tokens::{Token, TokenKind};

/// Something that is written otherwise here.
pub(super) struct Foreign {
    /// Where it stands.
    pub(super) place: Range<usize>,
    /// As it is written, in one line.
    pub(super) found: String,
    /// What must stand there instead, no longer than what does; empty where nothing need stand there.
    pub(super) meant: String,
    /// The same for a message: "`in`".
    pub(super) expected: String,
    /// The whole text that must stand there; it may be longer.
    pub(super) suggestion: String,
}

/// All that is foreign in an item, given its tokens without comments.
pub(super) fn foreign(text: &str, tokens: &[Token]) -> Vec<Foreign> {
    let words = Words { text, tokens };
    let forms = [
        Words::sign,
        Words::order,
        Words::list,
        Words::assign_to,
        Words::call,
        Words::square_list,
        Words::else_if,
        Words::comment,
        Words::business,
        Words::selection,
        Words::expect_not,
    ];
    let mut all: Vec<Foreign> = Vec::new();
    for found in (0..tokens.len()).filter_map(|place| forms.iter().find_map(|form| form(&words, place))) {
        // What stands inside something foreign is read when that has been mended.
        if all.last().is_none_or(|before| before.place.end <= found.place.start) {
            all.push(found);
        }
    }
    all
}

/// Signs, the foreign one first.
const SIGNS: &[(&str, &str)] = &[
    ("==", "="),
    ("===", "="),
    ("!==", "!="),
    ("<>", "!="),
    ("=>", ">="),
    ("=<", "<="),
    ("≥", ">="),
    ("≤", "<="),
    ("≠", "!="),
];

struct Words<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl Words<'_> {
    /// The word or sign at a place; empty for texts, numbers and beyond the end.
    fn word(&self, place: usize) -> &str {
        let token = self.tokens.get(place).filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Sign));
        token.map_or("", |token| token.of(self.text))
    }

    fn sign(&self, place: usize) -> Option<Foreign> {
        let (_, meant) = SIGNS.iter().find(|(foreign, _)| *foreign == self.word(place))?;
        // `=> lead.territory` is the heading of an output.
        if self.word(place) == "=>" && place.checked_sub(1).is_some_and(|before| self.word(before).starts_with('|')) {
            return None;
        }
        self.instead(place..place + 1, meant)
    }

    /// `is greater than 5` for `> 5`, `is at most 5` for `<= 5`.
    fn order(&self, place: usize) -> Option<Foreign> {
        if self.word(place) != "is" {
            return None;
        }
        let phrase: Vec<_> = (place + 1..place + 6).map(|place| self.word(place)).collect();
        let (length, meant) = match &*phrase {
            ["greater" | "more" | "larger" | "higher", "than", "or", "equal", "to"] => (6, ">="),
            ["less" | "fewer" | "smaller" | "lower", "than", "or", "equal", "to"] => (6, "<="),
            ["greater" | "more" | "larger" | "higher", "than", ..] => (3, ">"),
            ["less" | "fewer" | "smaller" | "lower", "than", ..] => (3, "<"),
            ["at", "least", ..] => (3, ">="),
            ["at", "most", ..] => (3, "<="),
            ["equal", "to", ..] => (3, "="),
            _ => return None,
        };
        self.instead(place..place + length, meant)
    }

    /// `is one of "a", "b"` for `in "a", "b"`; `contains one of "a", "b"` for `contains any of "a", "b"`.
    ///
    /// `is any of ( … )` can be right, as a comparison with what conditions yield; with a literal first it cannot.
    fn list(&self, place: usize) -> Option<Foreign> {
        let begins = self.word(place);
        let quantifier = if self.word(place + 1) == "not" { place + 2 } else { place + 1 };
        if self.word(quantifier + 1) != "of" {
            return None;
        }
        let negated = begins == "!=" || quantifier > place + 1;
        let in_or_not = if negated { "not in" } else { "in" };
        let meant = match (begins, self.word(quantifier)) {
            ("is" | "=" | "!=", "one") => in_or_not,
            ("is" | "=" | "!=", "any") if self.literal_follows(quantifier + 2) => in_or_not,
            ("is" | "=", "none") if !negated && self.literal_follows(quantifier + 2) => "not in",
            ("contains" | "contain" | "word" | "with" | "matches" | "match", "one") if !negated => {
                return self.instead(quantifier..quantifier + 2, "any of");
            }
            _ => return None,
        };
        self.instead(place..quantifier + 2, meant)
    }

    /// `assign to sales` for `assign sales`.
    fn assign_to(&self, place: usize) -> Option<Foreign> {
        let to = place.checked_sub(1).is_some_and(|before| self.word(before) == "assign") && self.word(place) == "to";
        let next = self.tokens.get(place + 1).filter(|_| to)?;
        let names_target = match next.kind {
            TokenKind::Word => match keywords::class(next.of(self.text)) {
                None | Some(Class::Contextual) => next.of(self.text) != "by",
                Some(_) => matches!(next.of(self.text), "team" | "queue" | "user"),
            },
            TokenKind::Quoted | TokenKind::Text { .. } => true,
            _ => false,
        };
        let nothing = self.instead(place..place + 1, "").filter(|_| names_target)?;
        Some(Foreign { expected: "a team, queue or user".to_owned(), ..nothing })
    }

    /// Whether a text or number stands at a place, or first in brackets.
    fn literal_follows(&self, place: usize) -> bool {
        let literal = if self.word(place) == "(" { place + 1 } else { place };
        let token = self.tokens.get(literal);
        token.is_some_and(|token| matches!(token.kind, TokenKind::Text { .. } | TokenKind::Number))
    }

    fn instead(&self, places: Range<usize>, meant: &str) -> Option<Foreign> {
        let tokens = self.tokens.get(places)?;
        let place = tokens.first()?.start..tokens.last()?.end;
        let words: Vec<_> = tokens.iter().map(|token| token.of(self.text)).collect();
        let (meant, expected) = (meant.to_owned(), format!("`{meant}`"));
        Some(Foreign { place, found: words.join(" "), suggestion: meant.clone(), meant, expected })
    }
}
