//! What a cell of a file says, as a rule file would have it.
//!
//! A spreadsheet writes `DE, AT` where a rule file has `"DE", "AT"`. So a cell is taken as it is where it is something of
//! the language: `any`, `missing`, `true`, `false`, a number, an amount of money, a date, a duration or a range of such, a
//! comparison such as `>= 500`, a list after `in`, a condition about `it`, a text in quotes, a field of the record, the name of a constant or
//! (where it asks) list; and after `not`, likewise. Anything else is a text. Commas part the entries of an input's cell; in the cell of an
//! output they belong to the text. Below a field that is declared as a text, a number is a text too.

use std::collections::BTreeSet;

use values::{Currency, DurationUnit};

/// What a cell may refer to.
pub(super) struct Words<'a> {
    /// The record type.
    pub(super) record: &'a str,
    /// The constants.
    pub(super) constants: &'a BTreeSet<String>,
    /// The lists.
    pub(super) lists: &'a BTreeSet<String>,
}

impl Words<'_> {
    /// A cell that asks; `text` says that its column is declared as a text.
    pub(super) fn input(&self, cell: &str, text: bool) -> String {
        let cell = cell.trim();
        if cell.is_empty() || is_condition(cell) {
            return cell.to_owned();
        }
        let (not, entries) = match cell.strip_prefix("not ") {
            Some(entries) => ("not ", entries),
            None => ("", cell),
        };
        if entries.starts_with("in ") || entries.contains('"') {
            return cell.to_owned();
        }
        let list = |entry: &str| self.lists.contains(entry).then(|| entry.to_owned());
        let written = entries.split(',').map(str::trim);
        let written = written.map(|entry| list(entry).unwrap_or_else(|| self.entry(entry, text)));
        format!("{not}{}", written.collect::<Vec<_>>().join(", "))
    }

    /// A cell that gives a value.
    pub(super) fn value(&self, cell: &str) -> String {
        self.entry(cell.trim(), false)
    }

    fn entry(&self, entry: &str, text: bool) -> String {
        let known = match entry {
            "" | "any" | "missing" | "true" | "false" | "now" | "today" => true,
            _ => entry.starts_with(['<', '>', '=', '!', '"', '`']) || self.names_something(entry),
        };
        if known || (!text && is_quantity(entry)) { entry.to_owned() } else { quoted(entry) }
    }

    /// A field of the record, a constant or a call, perhaps with an operator and spaces around it behind.
    fn names_something(&self, entry: &str) -> bool {
        let name: String = entry.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        let behind = entry.get(name.len()..).unwrap_or_default();
        let is_field = name == self.record && behind.starts_with('.') && !behind.starts_with("..");
        let is_called = behind.starts_with('(') && values::builtins::names().any(|known| known == name);
        let is_constant = self.constants.contains(&name)
            && (behind.is_empty() || OPERATORS.iter().any(|sign| behind.starts_with(sign)));
        is_field || is_called || is_constant
    }
}

/// What can stand behind a constant.
const OPERATORS: [&str; 5] = [" + ", " - ", " * ", " / ", ".."];

/// Whether a cell is a whole condition: it says `it`.
fn is_condition(cell: &str) -> bool {
    cell.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).any(|word| word == "it")
        && cell.contains([' ', '(', '='])
}

/// Whether an entry is a number, an amount of money, a date, a duration or a range of such.
fn is_quantity(entry: &str) -> bool {
    let ends: Vec<&str> = entry.split("..").collect();
    let is_one = |end: &str| {
        let end = end.trim().trim_start_matches(['<', '-']);
        let digits = end.chars().take_while(char::is_ascii_digit).count();
        let rest = end.get(digits..).unwrap_or_default();
        let number = || rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '_'));
        let moment = || {
            rest.starts_with(['-', ':'])
                && rest.chars().all(|letter| letter.is_ascii_digit() || "-:T+Z.".contains(letter))
        };
        let amount = || {
            let code = number().trim_start_matches(['k', 'M']).strip_prefix(' ');
            code.is_some_and(|code| Currency::named(code).is_some())
        };
        digits > 0 && (matches!(number(), "" | "%" | "k" | "M") || is_unit(number()) || amount() || moment())
    };
    ends.len() <= 2 && ends.iter().all(|end| is_one(end))
}

/// Whether what stands behind a number makes it a duration: `h` or ` hours`. Working time has no exact length, so that
/// no cell can mean it.
fn is_unit(behind: &str) -> bool {
    match behind.strip_prefix(' ') {
        Some(word) => DurationUnit::named(word).is_some_and(|unit| unit.symbol() != word),
        None => DurationUnit::named(behind).is_some_and(|unit| unit.symbol() == behind),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '{' => quoted.push_str("{{"),
            '}' => quoted.push_str("}}"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => {}
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
