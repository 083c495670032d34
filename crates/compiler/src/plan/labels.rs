//! Atoms of values that are equal or not, nothing between: texts and truths.
//!
//! Atom 1 stands for all values that no test names. Values that always stand in the same tests share an atom, so a long
//! list is one atom until a test takes it apart. Atoms are numbered by the last rule that asks for them: those that no
//! later rule asks for are the first ones.

use std::collections::HashMap;

use values::Value;

use super::atoms::Atoms;
use super::subject::Predicate;

/// The first atom that stands for named values.
const FIRST: u32 = 2;

/// Named values, and which atom each belongs to.
pub(super) struct Labels {
    atoms: HashMap<Value, u32>,
    /// The same in the order of the atoms.
    named: Vec<(Value, u32)>,
    /// For each atom from `FIRST` on the last rule that asks for it, ascending.
    lasts: Vec<u32>,
    complete: bool,
}

impl Labels {
    /// The atoms that tests need; `all` values of the type, if they are few.
    pub(super) fn new(tests: &[(Predicate, u32)], all: &[Value]) -> Self {
        let groups = groups(tests);
        let last_of = |group: &Group| group.tests.iter().filter_map(|test| tests.get(*test)).map(|it| it.1).max();
        let mut groups: Vec<_> = groups.into_iter().map(|group| (last_of(&group).unwrap_or(0), group)).collect();
        groups.sort_by_key(|(last, _)| *last);
        let named = (FIRST..)
            .zip(&groups)
            .flat_map(|(atom, (_, group))| group.values.iter().map(move |value| ((*value).clone(), atom)));
        let named: Vec<_> = named.collect();
        let atoms: HashMap<_, _> = named.iter().cloned().collect();
        let complete = !all.is_empty() && all.iter().all(|value| atoms.contains_key(value));
        Self { atoms, named, lasts: groups.iter().map(|(last, _)| *last).collect(), complete }
    }

    /// Whether the named values are all there are.
    pub(super) fn is_complete(&self) -> bool {
        self.complete
    }

    /// The named values, each with its atom.
    pub(super) fn named(&self) -> &[(Value, u32)] {
        &self.named
    }

    /// The greatest atom.
    pub(super) fn top(&self) -> u32 {
        FIRST - 1 + u32::try_from(self.lasts.len()).unwrap_or(u32::MAX - FIRST)
    }

    /// The atoms of some values.
    pub(super) fn atoms(&self, values: &[Value]) -> Atoms {
        Atoms::of_unsorted(values.iter().filter_map(|value| self.atoms.get(value)).map(|atom| (*atom, *atom)))
    }

    /// The last atom that no rule from `rule` on asks for; atom 1 and all up to it are alike from there on.
    pub(super) fn last_dead(&self, rule: u32) -> u32 {
        let dead = self.lasts.partition_point(|last| *last < rule);
        FIRST - 1 + u32::try_from(dead).unwrap_or(0)
    }
}

/// Values that stand in the same tests.
struct Group<'a> {
    values: Vec<&'a Value>,
    tests: Vec<usize>,
}

/// Values by the tests that name them, in the order in which they come up.
fn groups(tests: &[(Predicate, u32)]) -> Vec<Group<'_>> {
    let mut places = HashMap::new();
    let mut named: Vec<(&Value, Vec<usize>)> = Vec::new();
    for (test, (predicate, _)) in tests.iter().enumerate() {
        let Predicate::OneOf(values) = predicate else { continue };
        for value in values {
            let place = *places.entry(value).or_insert(named.len());
            match named.get_mut(place) {
                Some((_, naming)) if naming.last() == Some(&test) => {}
                Some((_, naming)) => naming.push(test),
                None => named.push((value, vec![test])),
            }
        }
    }
    let mut places = HashMap::new();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (value, naming) in named {
        let place = *places.entry(naming.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.values.push(value),
            None => groups.push(Group { values: vec![value], tests: naming }),
        }
    }
    groups
}
