//! Checking after an edit finds what checking from scratch finds, whatever the edit has broken.

use crate::decide::{hand_in, project};
use crate::generate::Wish;
use crate::generate::book::FILE;
use crate::source::Source;
use crate::trial::{Given, Tried, holds};

/// How many edits are made of each rulebook.
const EDITS: usize = 12;

#[test]
fn an_edit_is_checked_like_a_new_file() {
    holds("an edit is checked like a new file", Wish::default(), edited);
}

fn edited(given: &mut Given) -> Result<Tried, String> {
    let mut rules = given.book.rules();
    let mut project = project(&given.book, &rules);
    for _ in 0..EDITS {
        rules = edit(&mut given.own, &rules);
        project.set_file(FILE, &rules);
        hand_in(&mut project, &given.book);
        let fresh = self::project(&given.book, &rules);
        let (found, expected) = (project.findings(), fresh.findings());
        if found != expected {
            return Err(format!("after an edit: {found:?}\nfrom scratch:  {expected:?}\n--- edited\n{rules}"));
        }
        if project.rulebook() != fresh.rulebook() {
            return Err(format!("after an edit it means something else than from scratch\n--- edited\n{rules}"));
        }
    }
    Ok(Tried::Holds(EDITS))
}

/// The text with a word or line that is gone, doubled, replaced or moved.
fn edit(source: &mut Source, text: &str) -> String {
    if source.once_in(2) {
        return changed(source, text.split_inclusive('\n').collect());
    }
    let words: Vec<&str> = text.split_inclusive([' ', '\n', '.', '(', '"']).collect();
    changed(source, words)
}

fn changed(source: &mut Source, mut parts: Vec<&str>) -> String {
    if parts.is_empty() {
        return "when lead.score > 70 then accept\n".to_owned();
    }
    let (place, other) = (source.below(parts.len()), source.below(parts.len()));
    match source.below(6) {
        0 => drop(parts.remove(place)),
        1 => parts.insert(place, parts[place]),
        2 => parts.swap(place, other),
        3 => parts[place] = parts[other],
        4 => parts.insert(place, parts[other]),
        _ => parts.insert(place, source.one(&["\"", "(", "}", "{", "# ", "\n", "missing ", "lead", "7", "|"])),
    }
    parts.concat()
}
