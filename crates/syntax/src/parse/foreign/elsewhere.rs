//! Functions of spreadsheets that are conditions here, lists in square brackets, comments of programming languages.

use super::{Foreign, Words};
use crate::tokens::Token;

/// What stands in the place of what cannot be read before it is mended: nothing that the grammar knows.
const UNREADABLE: &str = "?";

impl Words<'_> {
    /// `AND(a, b)`, `OR(a, b)`, `NOT(a)`, `IF(c, a, b)`, `ISBLANK(a)`. In small letters all but the last can be right.
    pub(super) fn call(&self, place: usize) -> Option<Foreign> {
        let word = self.word(place);
        let name = word.to_uppercase();
        let is_written_otherwise = word != word.to_lowercase() || name == "ISBLANK";
        if !is_written_otherwise || self.word(place + 1) != "(" {
            return None;
        }
        if name == "NOT" {
            return self.instead(place..place + 1, "not");
        }
        let close = self.closing(place + 1)?;
        let given = self.separated(place + 2, close);
        let (expected, suggestion) = match (&*name, given.as_slice()) {
            ("AND", given) => ("`all of (…)`", format!("all of ({})", given.join(", "))),
            ("OR", given) => ("`any of (…)`", format!("any of ({})", given.join(", "))),
            ("IF", [condition, then, otherwise]) => {
                ("`if … then … else …`", format!("if {condition} then {then} else {otherwise}"))
            }
            ("IF", _) => ("`if … then … else …`", "if … then … else …".to_owned()),
            ("ISBLANK", [value]) => ("`… is blank`", format!("{value} is blank")),
            _ => return None,
        };
        let whole = self.instead(place..close + 1, UNREADABLE)?;
        Some(Foreign { found: format!("{word}(…)"), expected: expected.to_owned(), suggestion, ..whole })
    }

    /// `in ["DE", "AT"]` for `in ("DE", "AT")`.
    pub(super) fn square_list(&self, place: usize) -> Option<Foreign> {
        let before = place.checked_sub(1).map(|before| self.word(before))?;
        let takes_list = matches!(before, "in" | "of" | "is" | "=" | "contains" | "with" | "matches");
        if self.word(place) != "[" || !takes_list {
            return None;
        }
        let close = self.closing(place)?;
        let inner = self.between(place + 1, close)?;
        let list = format!("({inner})");
        let whole = self.instead(place..close + 1, &list)?;
        Some(Foreign { found: "[".to_owned(), expected: "a list in `( … )` or without brackets".to_owned(), ..whole })
    }

    /// `elif` and `elseif`: in a `decide` every line begins with `when`.
    pub(super) fn else_if(&self, place: usize) -> Option<Foreign> {
        if !matches!(self.word(place), "elif" | "elsif" | "elseif") {
            return None;
        }
        if self.word(0) == "decide" {
            return self.instead(place..place + 1, "when");
        }
        let word = self.instead(place..place + 1, UNREADABLE)?;
        Some(Foreign { expected: "`else if`".to_owned(), suggestion: "else if".to_owned(), ..word })
    }

    /// `// …` to the end of the line, and `/* … */`.
    pub(super) fn comment(&self, place: usize) -> Option<Foreign> {
        let (first, second) = (self.tokens.get(place)?, self.tokens.get(place + 1)?);
        if self.word(place) != "/" || first.end != second.start {
            return None;
        }
        let rest = self.text.get(first.start..)?;
        let length = match self.word(place + 1) {
            "/" => rest.find('\n').unwrap_or(rest.len()),
            "*" => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => return None,
        };
        let said = rest.get(..length)?.trim_end();
        let plain = said.trim_start_matches('/').trim_matches(['*', '/']);
        let (expected, suggestion) = match plain.contains('\n') {
            false => ("`#` before a comment", format!("# {}", plain.trim())),
            true => ("`#` before each line of a comment", "#".to_owned()),
        };
        Some(Foreign {
            place: first.start..first.start + said.len(),
            found: rest.get(..2)?.to_owned(),
            meant: String::new(),
            expected: expected.to_owned(),
            suggestion,
        })
    }

    /// The place of the bracket that closes one.
    fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for place in open..self.tokens.len() {
            match self.word(place) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0 {
                return Some(place);
            }
        }
        None
    }

    /// What stands between the commas of a call.
    fn separated(&self, start: usize, end: usize) -> Vec<&str> {
        let (mut depth, mut from, mut parts) = (0_usize, start, Vec::new());
        for place in start..end {
            match self.word(place) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                "," if depth == 0 => {
                    parts.extend(self.between(from, place));
                    from = place + 1;
                }
                _ => {}
            }
        }
        parts.extend(self.between(from, end));
        parts
    }

    /// The text of some tokens.
    fn between(&self, start: usize, end: usize) -> Option<&str> {
        let tokens: &[Token] = self.tokens.get(start..end)?;
        self.text.get(tokens.first()?.start..tokens.last()?.end)
    }
}
