//! Texts: searching and taking apart. All letters are ASCII, so `lower` is what ignoring capitals means.

use syntax::ast::{Expr, TextTest};

use super::Unsaid;
use super::column::{Kind, Sql};
use super::scope::Scope;

/// Whether a text, or a list of texts, holds a part; NULL where one is missing.
pub(super) fn found(test: TextTest, value: &Sql, part: &Sql) -> Result<String, Unsaid> {
    let (exact, in_list) = match (&value.kind, &part.kind) {
        (Kind::Text(exact), Kind::Text(_)) => (*exact, false),
        (Kind::Texts(exact), Kind::Text(_)) => (*exact, true),
        _ => return Err(Unsaid("something else than text to be found")),
    };
    let (text, sought) = (value.folded(exact), part.folded(exact));
    Ok(match test {
        TextTest::Contains if in_list => {
            let member = if exact { "value" } else { "lower(value)" };
            format!("EXISTS (SELECT 1 FROM json_each({}) WHERE {member} = {sought})", value.text)
        }
        _ if in_list => return Err(Unsaid("a list that is searched otherwise")),
        TextTest::Contains => format!("(instr({text}, {sought}) > 0)"),
        TextTest::StartsWith => format!("(substr({text}, 1, length({sought})) = {sought})"),
        TextTest::EndsWith => format!(
            "(length({text}) >= length({sought}) AND substr({text}, 1 + length({text}) - length({sought})) = {sought})"
        ),
        TextTest::ContainsWord => word(&text, part, exact)?,
        TextTest::Matches => return Err(Unsaid("a pattern")),
    })
}

/// Whole words by `GLOB`: between signs that stand in no word. Only what is written down and has no sign of its own.
fn word(text: &str, part: &Sql, exact: bool) -> Result<String, Unsaid> {
    let written = part.text.trim_start_matches("('").trim_end_matches("')");
    let is_plain = written.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == ' ');
    if !part.literal || written.is_empty() || !is_plain || written.trim() != written {
        return Err(Unsaid("a word with signs in it"));
    }
    let word = if exact { written.to_owned() } else { written.to_ascii_lowercase() };
    Ok(format!("((' ' || {text} || ' ') GLOB '*[^A-Za-z0-9_]{word}[^A-Za-z0-9_]*')"))
}

impl Scope<'_> {
    /// A function of a text.
    pub(super) fn of_text(&mut self, function: &str, arguments: &[Expr]) -> Result<Sql, Unsaid> {
        let mut given = arguments.iter().map(|argument| self.value(argument)).collect::<Result<Vec<_>, _>>()?;
        let is_text = |sql: &Sql| matches!(sql.kind, Kind::Text(_));
        let same = |text: String, of: &Sql| Sql { literal: false, text, ..of.clone() };
        match (function, given.as_mut_slice()) {
            // Of a text to the letter it is not said how what is made of it compares.
            (_, [first, ..]) if first.kind == Kind::Text(true) => Err(Unsaid("a function of a text to the letter")),
            ("lower" | "upper" | "trim", [text]) if is_text(text) => {
                Ok(same(format!("{function}({})", text.text), text))
            }
            ("length", [text]) if is_text(text) => {
                Sql::of(format!("length({})", text.text), Kind::Number(0), (0, 1_000_000_000))
            }
            ("left", [text, count]) if is_text(text) => {
                Ok(same(format!("substr({}, 1, {})", text.text, whole(count)?), text))
            }
            ("right", [text, count]) if is_text(text) => match whole(count)? {
                0 => Ok(same(format!("substr({}, 1, 0)", text.text), text)),
                count => Ok(same(format!("substr({}, -{count})", text.text), text)),
            },
            ("mid", [text, start, count]) if is_text(text) && whole(start)? > 0 => {
                Ok(same(format!("substr({}, {}, {})", text.text, whole(start)?, whole(count)?), text))
            }
            ("find", [part, text]) if is_text(part) && is_text(text) => {
                let place = format!("nullif(instr({}, {}), 0)", text.folded(false), part.folded(false));
                Sql::of(place, Kind::Number(0), (1, 1_000_000_000))
            }
            ("text", [text]) if is_text(text) => Ok(text.clone()),
            _ => Err(Unsaid("a function that has no like in SQL")),
        }
    }
}

/// A number of letters that is written down.
fn whole(count: &Sql) -> Result<i128, Unsaid> {
    match count {
        Sql { literal: true, kind: Kind::Number(0), bounds: (count, _), .. } if (0..1_000).contains(count) => {
            Ok(*count)
        }
        _ => Err(Unsaid("a number of letters that is computed")),
    }
}
