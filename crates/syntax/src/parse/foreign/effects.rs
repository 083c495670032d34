//! What people write around effects: working time, who of a team is chosen, and what a test does not expect.

use super::{Foreign, Words};
use crate::keywords::{self, Class};
use crate::tokens::{Token, TokenKind};

impl Words<'_> {
    /// `4 busines hours`, `4 working hours`, `2 workdays` for `4 business hours` and `2 business days`.
    pub(super) fn business(&self, place: usize) -> Option<Foreign> {
        let amount = self.tokens.get(place).filter(|token| token.kind == TokenKind::Number)?.of(self.text);
        let word = self.word(place + 1);
        let (length, unit) = match (word, self.word(place + 2)) {
            ("workdays" | "workday" | "weekdays" | "businessdays", _) => (2, "days"),
            ("business", _) => return None,
            (word, unit @ ("hour" | "hours" | "day" | "days")) if is_business(word) => (3, unit),
            _ => return None,
        };
        // What is read is as long as what was written at most, and of the right kind.
        let short = format!("{amount}{}", unit.get(..1)?);
        let whole = self.instead(place..place + length, &short)?;
        let suggestion = format!("{amount} business {unit}");
        Some(Foreign { expected: "`business` before `hours` or `days`".to_owned(), suggestion, ..whole })
    }

    /// `assign central round robin` and `by roundrobin` for `by round robin`.
    pub(super) fn selection(&self, place: usize) -> Option<Foreign> {
        let by = self.word(place) == "by";
        let first = if by { place + 1 } else { place };
        let (length, meant) = match [0, 1, 2].map(|further| self.word(first + further)) {
            ["round", "robin", _] if !by => (2, "by round robin"),
            ["round", "-", "robin"] => (3, "by round robin"),
            ["roundrobin" | "round_robin" | "rotation", ..] => (1, "by round robin"),
            ["least", "loaded", _] if !by => (2, "by least loaded"),
            ["least", "-", "loaded"] => (3, "by least loaded"),
            ["leastloaded" | "least_loaded", ..] => (1, "by least loaded"),
            _ => return None,
        };
        let before = place.checked_sub(1).map_or("", |before| self.word(before));
        if !by && (before == "by" || !self.is_target(place)) {
            return None;
        }
        let nothing = self.instead(place..first + length, "")?;
        Some(Foreign { expected: format!("`{meant}`"), suggestion: meant.to_owned(), ..nothing })
    }

    /// Whether the name of a target that something is assigned to stands before a place.
    fn is_target(&self, place: usize) -> bool {
        let name = place.checked_sub(1).and_then(|name| self.tokens.get(name)).is_some_and(Token::is_name);
        let before = |back: usize| place.checked_sub(back).map_or("", |place| self.word(place));
        name && (before(2) == "assign" || matches!(before(2), "team" | "queue" | "user") && before(3) == "assign")
    }

    /// `expect not accept` for `expect no accept`.
    pub(super) fn expect_not(&self, place: usize) -> Option<Foreign> {
        let expected = place.checked_sub(1).is_some_and(|before| self.word(before) == "expect");
        if !expected || self.word(place) != "not" {
            return None;
        }
        let next = self.word(place + 1);
        let is_name = matches!(self.word(place + 2), "." | "(");
        let is_claim =
            keywords::class(next) == Some(Class::Effect) || matches!(next, "rule" | "rules" | "fault" | "lost");
        self.instead(place..place + 1, "no").filter(|_| is_claim && !is_name)
    }
}

/// A word that says that time counts only while somebody works.
fn is_business(word: &str) -> bool {
    matches!(word, "working" | "work" | "office") || keywords::nearest(word, ["business"]).is_some()
}
