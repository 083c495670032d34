//! Damage: one character of a rule file replaced, inserted or removed. Whatever it is, the checker answers, and the items
//! around it are read as before.

#![expect(clippy::print_stdout, reason = "if a case panics, the output ends with it")]

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};
use semantics::Project;
use syntax::ast::Item;
use syntax::{ChunkKind, equal_ignoring_spans, parse, split};

use super::{Text, rule_files};

/// Another seed damages other places.
const SEED: u64 = 20_261_121;

/// How many times a file is damaged.
const CASES: usize = 300;

/// How many items beside the damaged one may be read differently, and in how many cases of a hundred it may be more.
const LOST: usize = 2;
const PER_HUNDRED: usize = 2;

/// What happens to a character.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Replaced(char),
    Preceded(char),
    Removed,
}

fn any_damage() -> impl Strategy<Value = (Index, Index, Damage)> {
    let character = prop_oneof![4 => proptest::char::range('\0', '\u{7f}'), 1 => any::<char>()];
    let damage = prop_oneof![
        character.clone().prop_map(Damage::Replaced),
        character.prop_map(Damage::Preceded),
        Just(Damage::Removed)
    ];
    (any::<Index>(), any::<Index>(), damage)
}

#[test]
fn damage_is_survived_and_costs_few_items() {
    let mut files: Vec<_> = rule_files().into_iter().map(|file| (project(&file), file)).collect();
    let seeded = ProptestConfig { rng_seed: RngSeed::Fixed(SEED), ..ProptestConfig::default() };
    let mut runner = TestRunner::new(seeded);
    let mut costly = Vec::new();
    println!("seed {SEED}");
    for case in 0..CASES {
        let (which, place, damage) = any_damage().new_tree(&mut runner).unwrap().current();
        let which = which.index(files.len());
        let (project, file) = &mut files[which];
        let place = character_at(&file.rules, place);
        let case = format!("case {case}: {}, byte {}: {damage:?}", file.name, place.start);
        println!("{case}");
        let text = damaged(&file.rules, &place, damage);
        project.set_file(&file.name, &text);
        drop(project.findings());
        let lost = lost(&file.rules, &text, &place);
        costly.extend((lost > LOST).then(|| format!("{case}: {lost} items")));
    }
    assert!(costly.len() * 100 <= CASES * PER_HUNDRED, "of {CASES} cases\n{}", costly.join("\n"));
}

fn project(file: &Text) -> Project {
    let mut project = Project::new();
    project.set_file(&file.name, &file.rules);
    project
}

/// The bytes of some character.
fn character_at(text: &str, place: Index) -> Range<usize> {
    let start = text.floor_char_boundary(place.index(text.len()));
    start..text.ceil_char_boundary(start + 1)
}

fn damaged(text: &str, place: &Range<usize>, damage: Damage) -> String {
    let (before, character, behind) = (&text[..place.start], &text[place.clone()], &text[place.end..]);
    match damage {
        Damage::Replaced(by) => format!("{before}{by}{behind}"),
        Damage::Preceded(by) => format!("{before}{by}{character}{behind}"),
        Damage::Removed => format!("{before}{behind}"),
    }
}

/// How many items that the damage does not touch are not read as before. The same text is read the same, so only items
/// with another text are read at all.
fn lost(before: &str, after: &str, damage: &Range<usize>) -> usize {
    let (old, new) = (pieces(before), pieces(after));
    let is_touched = |place: &Range<usize>| place.start <= damage.end && damage.start <= place.end;
    let gone = old.iter().filter(|piece| !is_touched(&piece.place) && !new.iter().any(|new| new.is(piece)));
    let come: Vec<Item> = new.iter().filter(|piece| !old.iter().any(|old| old.is(piece))).map(Piece::read).collect();
    gone.filter(|piece| !come.iter().any(|item| equal_ignoring_spans(item, &piece.read()))).count()
}

/// An item of a file.
struct Piece<'t> {
    kind: ChunkKind,
    place: Range<usize>,
    text: &'t str,
}

impl Piece<'_> {
    fn is(&self, other: &Piece<'_>) -> bool {
        self.kind == other.kind && self.text == other.text
    }

    fn read(&self) -> Item {
        parse(self.kind, self.text).item
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let chunks = split(text).chunks.into_iter();
    chunks.map(|chunk| Piece { kind: chunk.kind, text: &text[chunk.range.clone()], place: chunk.range }).collect()
}
