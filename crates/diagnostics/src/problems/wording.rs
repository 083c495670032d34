//! How names, lists and types are put into words.

use crate::unseen::is_unseen;

/// The longest that a user's word may be inside a sentence, in characters.
const LONGEST_WORD: usize = 60;

/// The longest piece of a rule inside a help line, in characters.
const LONGEST_CODE: usize = 400;

/// The most names that a help line lists.
const MOST_LISTED: usize = 12;

/// The user's words in backquotes: shortened where they are very long, with nothing in them that a terminal would obey.
pub(super) fn quote(words: &str) -> String {
    shown(words, LONGEST_WORD)
}

/// A piece of a rule in backquotes, on one line.
pub(super) fn code(words: &str) -> String {
    shown(&words.split_whitespace().collect::<Vec<_>>().join(" "), LONGEST_CODE)
}

fn shown(words: &str, longest: usize) -> String {
    let mut shown: String = words.chars().take(longest).map(visible).collect();
    if words.chars().nth(longest).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// A text as it is written in a rule file, in double quotes.
pub(super) fn text(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"").replace('{', "{{").replace('}', "}}"))
}

/// `a, b or c`.
pub(super) fn any_of(phrases: &[String]) -> String {
    join(phrases, "or")
}

/// `a, b and c`.
pub(super) fn all_of(phrases: &[String]) -> String {
    join(phrases, "and")
}

/// Names in backquotes, `and` before the last; of very many only the first.
pub(super) fn names(names: &[String]) -> String {
    let mut listed: Vec<String> = names.iter().take(MOST_LISTED).map(|name| quote(name)).collect();
    if names.len() > MOST_LISTED {
        listed.push(format!("{} more", names.len() - MOST_LISTED));
    }
    all_of(&listed)
}

/// What somebody said already in words, or else a name: only the name is put into backquotes.
pub(super) fn quote_unless_words(words: &str) -> String {
    if words.contains('`') || words.starts_with("the ") || words.starts_with("a ") {
        words.into()
    } else {
        quote(words)
    }
}

/// A type in a sentence: `a number`, `a text`, `one of "a", "b"`, `a list of text`.
pub(super) fn a(ty: &str) -> String {
    const WITH_ARTICLE: [&str; 11] =
        ["number", "text", "date", "datetime", "duration", "time", "list", "record", "user", "team", "queue"];
    let first = ty.split(' ').next().unwrap_or_default();
    if WITH_ARTICLE.contains(&first) { format!("a {ty}") } else { ty.to_owned() }
}

/// The word at the underline when a name is near.
pub(super) fn did_you_mean(suggestion: Option<&String>) -> Option<String> {
    suggestion.map(|name| format!("did you mean {}?", quote(name)))
}

fn join(phrases: &[String], word: &str) -> String {
    match phrases {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

fn visible(character: char) -> char {
    if is_unseen(character) || character.is_control() { '\u{fffd}' } else { character }
}
