//! What the generator promises: well-typed rulebooks, in which every construct comes up.

use std::collections::{BTreeMap, BTreeSet};

use crate::decide::checked;
use crate::generate::book::Book;
use crate::generate::{Wish, book};
use crate::source::Source;

/// How many rulebooks tell.
const BOOKS: u64 = 400;

/// What the check may have against a rulebook that is well typed: its rules or rows contradict each other, or it is large.
const MAY_BE_FOUND: [&str; 4] = ["several-match", "overlapping-rows", "set-conflict", "size-limit"];

/// Words of the grammar that do not come up, and why.
const NOT_WRITTEN: [(&str, &[&str]); 2] = [
    ("a test decides nothing", &["test", "over", "given", "event", "expect", "share", "no", "fault", "lost"]),
    ("not in this version", &["every"]),
];

fn books() -> impl Iterator<Item = (u64, Book)> {
    (0..BOOKS).map(|seed| (seed, book(&mut Source::random(seed), Wish::default())))
}

#[test]
fn what_is_refused_is_refused_for_no_type() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut slips: Vec<String> = Vec::new();
    for (seed, book) in books() {
        for finding in checked(&book, &book.rules()).err().into_iter().flatten() {
            let name = finding.problem.code().name();
            *counts.entry(name).or_default() += 1;
            if !MAY_BE_FOUND.contains(&name) {
                let file = book.files.iter().find(|(name, _)| **name == *finding.place.file);
                let rules = file.map_or_else(|| book.rules(), |(_, text)| text.clone());
                let line = rules[..finding.place.start].rfind('\n').map_or(0, |end| end + 1);
                let rest = rules[finding.place.start..].lines().next().unwrap_or_default();
                let before = &rules[line..finding.place.start];
                slips.push(format!("seed {seed}: {before} ⟦{rest}⟧ {:?}", finding.problem));
            }
        }
    }
    println!("the check finds in {BOOKS} rulebooks: {counts:?}");
    assert!(slips.is_empty(), "{counts:?}\n{}", slips.join("\n"));
}

#[test]
fn every_word_of_the_grammar_comes_up() {
    let grammar = include_str!("../../../grammar/rulebook.pest");
    let words = grammar.lines().filter(|line| line.starts_with("kw_")).filter_map(|line| line.split('"').nth(1));
    let mut missing: BTreeSet<&str> = words.collect();
    missing.retain(|word| !NOT_WRITTEN.iter().any(|(_, words)| words.contains(word)));
    for (_, book) in books() {
        let rules = book.rules();
        let written: BTreeSet<&str> = rules.split(|sign: char| !sign.is_alphanumeric() && sign != '_').collect();
        missing.retain(|word| !written.contains(word));
    }
    assert!(missing.is_empty(), "no rulebook has {missing:?}");
}
