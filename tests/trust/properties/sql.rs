//! SQLite decides what the machine decides, where SQL has words for a rule: a second semantics, whose answers to what is
//! missing are others than ours unless one spells them out.

use std::collections::BTreeMap;

use rulebook_tests::{reference, sql};

use crate::decide::{How, checked, verdicts, verified};
use crate::generate::book::FILE;
use crate::generate::{self, Wish};
use crate::source::Source;
use crate::trial::{Given, Tried, holds};

/// Records that a table can hold, and rules about single values.
const WISH: Wish = Wish { flat: true, scalar: true };

#[test]
fn sql_says_the_same() {
    holds("SQL says the same", WISH, in_sql);
}

fn in_sql(given: &mut Given) -> Result<Tried, String> {
    let book = &given.book;
    let translated = sql::translate(&book.rules(), FILE, book.root, book.zone, book.now);
    let Ok(translation) = translated else { return Ok(Tried::Holds(0)) };
    let Ok(rulebook) = checked(book, &translation.rules) else { return Ok(Tried::Refused) };
    let program = verified(compiler::compile(&rulebook))?;
    let lines = given.lines();
    let decided = verdicts(&program, book, &lines, How::default())?;
    let records =
        lines.lines().map(reference::exact).collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
    let mut compared = 0;
    for ((said, decided), line) in sql::run(&translation, &records)?.iter().zip(&decided).zip(lines.lines()) {
        let Some(said) = said else { continue };
        compared += 1;
        let shown = reference::exact(decided).map_err(|error| error.to_string())?;
        sql::agrees(&translation, said, &shown).map_err(|reason| {
            format!(
                "of {line}\n  {reason}\n  {decided}--- left\n{}--- query\n{}\n",
                translation.rules, translation.query
            )
        })?;
    }
    Ok(Tried::Holds(compared))
}

/// How many rulebooks tell what SQL has words for.
const BOOKS: u64 = 200;

#[test]
fn sql_has_words_for_much() {
    let (mut all, mut kept) = (0, 0);
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..BOOKS {
        let book = generate::book(&mut Source::random(seed), WISH);
        if let Ok(translation) = sql::translate(&book.rules(), FILE, book.root, book.zone, book.now) {
            (all, kept) = (all + translation.items.0, kept + translation.items.1);
            translation.unsaid.iter().for_each(|reason| *reasons.entry(reason).or_default() += 1);
        }
    }
    println!("SQL has words for {kept} of {all} derived values, guards, sets and rules; not for {reasons:?}");
    assert!(kept * 5 > all * 3, "SQL has words for {kept} of {all}; not for {reasons:?}");
}
