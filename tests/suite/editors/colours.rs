//! The queries that come with the grammar for tree-sitter: that they fit it, that every word is coloured, and that
//! Helix and Zed get the same.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::ops::Range;

use super::root;
use super::tree::{captures, kinds};
use syntax::keywords::{Class, all};

/// The files of queries, which must fit the grammar.
const QUERIES: [&str; 3] =
    ["editors/tree-sitter/queries", "editors/helix/queries/rulebook", "editors/zed/languages/rulebook"];

/// What Helix calls the captures that Neovim knows under other names.
const HELIX: [(&str, &str); 11] = [
    ("@keyword.conditional", "@keyword.control"),
    ("@keyword.modifier", "@keyword.storage"),
    ("@variable.member", "@variable.other.member"),
    ("@function.call", "@function"),
    ("@string.escape", "@constant.character.escape"),
    ("@string.regexp", "@string.regexp"),
    ("@number", "@constant.numeric"),
    ("@keyword.operator", "@keyword.operator"),
    ("@constant.builtin", "@constant.builtin"),
    ("@function.builtin", "@function.builtin"),
    ("@punctuation.special", "@punctuation.special"),
];

/// What Zed calls them.
const ZED: [(&str, &str); 9] = [
    ("@keyword.conditional", "@keyword"),
    ("@keyword.modifier", "@keyword"),
    ("@keyword.operator", "@keyword"),
    ("@variable.member", "@property"),
    ("@variable.parameter", "@variable.special"),
    ("@function.call", "@function"),
    ("@function.builtin", "@function.builtin"),
    ("@string.regexp", "@string.regex"),
    ("@namespace", "@constant"),
];

fn highlights() -> String {
    fs::read_to_string(root().join("editors/tree-sitter/queries/highlights.scm")).unwrap()
}

/// The highlights with the names of another editor.
fn renamed(names: &[(&str, &str)]) -> String {
    let mut text =
        String::from("; Written from editors/tree-sitter/queries/highlights.scm by tests/suite/editors/colours.rs.\n");
    for line in highlights().lines().skip_while(|line| !line.is_empty()) {
        let end = |at: usize, name: &str| {
            !line[at + name.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '.')
        };
        let found = names.iter().find(|(ours, _)| line.match_indices(ours).any(|(at, name)| end(at, name)));
        let line = found.map_or_else(|| line.to_owned(), |(ours, theirs)| line.replace(ours, theirs));
        text.push_str(&line);
        text.push('\n');
    }
    text
}

#[test]
fn helix_and_zed_have_the_same_colours() {
    for (file, names) in [
        ("editors/helix/queries/rulebook/highlights.scm", &HELIX[..]),
        ("editors/zed/languages/rulebook/highlights.scm", &ZED),
    ] {
        let meant = renamed(names);
        if env::var_os("BLESS").is_some() {
            fs::write(root().join(file), meant).unwrap();
        } else {
            let text = fs::read_to_string(root().join(file)).unwrap();
            assert!(text == meant, "{file} is not what the grammar's highlights make of it: BLESS=1 writes it");
        }
    }
}

#[test]
fn every_query_fits_the_grammar() {
    for folder in QUERIES {
        let mut files: Vec<_> =
            fs::read_dir(root().join(folder)).unwrap().flatten().map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "scm"));
        assert!(!files.is_empty(), "{folder} has no queries");
        for file in files {
            captures(&file, "let hot = 70");
        }
    }
}

/// The capture of each coloured stretch of a text; the last pattern that fits counts.
fn coloured(text: &str) -> Vec<(String, String)> {
    let mut found = captures(&root().join("editors/tree-sitter/queries/highlights.scm"), text);
    found.sort();
    let mut kept: Vec<(Range<usize>, String)> = Vec::new();
    for (start, end, _, name) in found {
        match kept.last_mut() {
            Some((last, kind)) if *last == (start..end) => *kind = name,
            _ => kept.push((start..end, name)),
        }
    }
    kept.into_iter().map(|(range, name)| (text[range].to_owned(), name)).collect()
}

#[test]
fn every_word_of_the_table_is_a_word_of_the_grammar() {
    let kinds = kinds();
    let is_word = |kind: &str| kind.len() > 1 && kind.chars().all(|letter| letter.is_ascii_lowercase());
    let words: BTreeSet<_> =
        kinds.iter().filter(|(is_named, kind)| !is_named && is_word(kind)).map(|(_, word)| word.as_str()).collect();
    let table: BTreeSet<_> =
        all().filter(|keyword| keyword.class != Class::LaterItem).map(|keyword| keyword.word).collect();
    let missing: Vec<_> = table.difference(&words).collect();
    assert!(missing.is_empty(), "words that editors/tree-sitter does not know: {missing:?}");
    let strange: Vec<_> = words.iter().filter(|word| syntax::keywords::class(word).is_none()).collect();
    assert!(strange.is_empty(), "words that the table does not know: {strange:?}");
}

#[test]
fn words_are_coloured_by_what_they_do() {
    let text = "record lead { id: text key, first: number default 5k, when: date? }\n\
                rules \"R {{\" for lead, first match {\n\
                  rule \"Hot\" when lead.when within last 7 days and lead.first > 70 # late\n\
                    then assign team sales else escalate to lead.owner\n\
                         notify assignee \"Call {lead.name}\"\n\
                }\n";
    let coloured = coloured(text);
    let of = |word: &str| -> Vec<&str> {
        coloured.iter().filter(|(written, _)| written == word).map(|(_, name)| name.as_str()).collect()
    };
    assert_eq!(of("record"), ["keyword"]);
    assert_eq!(of("lead"), ["type", "type", "variable", "variable", "variable", "variable"]);
    assert_eq!(of("first"), ["variable.member", "keyword.modifier", "variable.member"]);
    assert_eq!(of("when"), ["variable.member", "keyword.conditional", "variable.member"]);
    assert_eq!(of("key"), ["keyword.modifier"]);
    assert_eq!(of("text"), ["type"]);
    assert_eq!(of("5k"), ["number"]);
    assert_eq!(of("days"), ["number"]);
    assert_eq!(of("within"), ["keyword.operator"]);
    assert_eq!(of("assign"), ["function.builtin"]);
    assert_eq!(of("team"), ["keyword.modifier"]);
    assert_eq!(of("\"Hot\""), ["function"]);
    assert_eq!(of("{{"), ["string.escape"]);
    assert_eq!(of("# late"), ["comment"]);
    assert_eq!(of("name"), ["variable.member"]);
}
