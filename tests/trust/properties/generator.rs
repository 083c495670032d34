//! What the generator promises: well-typed rulebooks, in which every construct comes up.

use std::collections::BTreeMap;

use crate::decide::checked;
use crate::generate::book::Book;
use crate::generate::{Wish, book};
use crate::source::Source;

/// How many rulebooks tell.
const BOOKS: u64 = 400;

/// What the check may have against a rulebook that is well typed: its rules or rows contradict each other, or it is large.
const MAY_BE_FOUND: [&str; 4] = ["several-match", "overlapping-rows", "set-conflict", "size-limit"];

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
                let rules = book.rules();
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
