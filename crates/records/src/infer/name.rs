//! Names for fields, made from columns and keys.

use std::collections::BTreeSet;

/// The name of a field in lower case with underscores: `Lead Source` and `LeadSource` become `lead_source`.
pub(crate) fn snake_case(column: &str) -> String {
    let mut name = String::new();
    let mut letters = column.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        if !is_letter(letter) {
            before = letter;
            continue;
        }
        // `leadSource` and `CRMLead` hold a new word at the capital letter.
        let ends_capitals = before.is_uppercase() && letters.peek().is_some_and(|next| next.is_lowercase());
        let begins_word = letter.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit() || ends_capitals);
        if !name.is_empty() && !name.ends_with('_') && (begins_word || !is_letter(before)) {
            name.push('_');
        }
        name.extend(letter.to_lowercase().filter(|&letter| is_letter(letter)));
        before = letter;
    }
    match name.chars().next() {
        None => "field".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("field_{name}"),
        Some(_) => name,
    }
}

/// The name, or the name with the first number that makes it another one than those taken.
pub(crate) fn unique(name: String, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2_u32..).map(|number| format!("{name}_{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(name);
    taken.insert(free.clone());
    free
}

/// Whether a field of that name is likely to identify its record.
pub(super) fn is_like_an_identity(column: &str) -> bool {
    let name = snake_case(column);
    let last = name.rsplit('_').next().unwrap_or(&name);
    matches!(last, "id" | "uuid" | "guid" | "key" | "number" | "no")
}

fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || letter.is_ascii_digit()
}
