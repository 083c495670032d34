//! How names, lists and types are put into words.

/// The longest that a user's word may be inside a sentence, in characters.
const LONGEST: usize = 60;

/// The most names that a help line lists.
const MOST_LISTED: usize = 12;

/// The user's words in backquotes: shortened where they are very long, with nothing in them that a terminal would obey.
pub(super) fn quote(words: &str) -> String {
    let mut shown: String = words.chars().take(LONGEST).map(visible).collect();
    if words.chars().nth(LONGEST).is_some() {
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

/// A type in a sentence: `a number`, `text`, `one of "a", "b"`, `a list of text`.
pub(super) fn a(ty: &str) -> String {
    match ty.split(' ').next().unwrap_or_default() {
        "number" | "date" | "datetime" | "duration" | "time" | "list" | "record" | "user" | "team" | "queue" => {
            format!("a {ty}")
        }
        _ => ty.to_owned(),
    }
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

/// Control characters and those that cannot be seen as a sign that can.
fn visible(character: char) -> char {
    let unseen =
        matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    if character.is_control() || unseen { '\u{fffd}' } else { character }
}
