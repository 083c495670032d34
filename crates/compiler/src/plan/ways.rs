//! Conditions as ways to hold: `country is "DE" and (score > 70 or vip)` holds in two ways, each of which wants something
//! of some subjects. That is the disjunctive normal form of a condition, as far as it stays small.

use vm::program::index::Missing;

use super::atoms::Atoms;
use super::facts::{Facts, Knowledge};
use super::formula::{Formula, FormulaId, Formulas};
use super::questions::{Questions, SubjectId};
use super::subject::MISSING;
use crate::tree::TestId;

/// The most ways of a condition that are told apart.
const MOST: usize = 8;

/// What a way to hold wants of a subject.
#[derive(Clone, Debug)]
pub(super) struct Want {
    /// The atoms that it may have.
    pub(super) atoms: Atoms,
    /// What a missing value, if it may be any, makes of it.
    pub(super) missing: Missing,
    /// Whether a choice is asked for before it.
    pub(super) late: bool,
}

/// A way to hold: what it wants of each subject, by their order.
pub(super) type Way = Vec<(SubjectId, Want)>;

/// What an index tells of a subject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Told {
    /// Nothing.
    #[default]
    Nothing,
    /// Whether its only test holds, where it has to.
    Truth,
    /// All that its tests tell apart.
    All,
}

/// How a condition can hold.
pub(super) struct Ways {
    /// Wherever it holds, one of these is possible.
    pub(super) ways: Vec<Way>,
    /// Whether it holds wherever one of them is possible.
    pub(super) whole: bool,
}

/// What ways are read from.
pub(super) struct Reading<'a> {
    pub(super) formulas: &'a Formulas,
    pub(super) questions: &'a Questions,
    /// The tests in which a value is chosen.
    pub(super) choosing: &'a [bool],
}

impl Reading<'_> {
    /// The parts of a condition all of which must hold, up to the first that may fault: with the others nothing is ruled
    /// out, since they are not asked where those before them are false.
    pub(super) fn safe_parts(&self, condition: FormulaId) -> Vec<FormulaId> {
        let nothing = Facts::default();
        let knowledge = Knowledge { questions: self.questions, facts: &nothing };
        let parts = self.formulas.conjuncts(condition).into_iter();
        parts.take_while(|part| self.formulas.is_safe(*part, &knowledge)).collect()
    }

    /// How a condition can hold, by what it wants of those subjects of which something is told.
    pub(super) fn ways(&self, condition: FormulaId, told: &[Told]) -> Ways {
        let parts = self.safe_parts(condition);
        let mut all = Ways { ways: vec![Way::new()], whole: parts.len() == self.formulas.conjuncts(condition).len() };
        let mut late = false;
        for part in parts {
            late |= self.chooses(part);
            let product = self.ways_of(part, told, late).map(|ways| product(&all.ways, &ways));
            match product.filter(|ways| ways.len() <= MOST) {
                Some(ways) => all.ways = ways,
                None => all.whole = false,
            }
        }
        all
    }

    /// The ways of a formula; none if it asks for other subjects or has too many.
    fn ways_of(&self, formula: FormulaId, told: &[Told], late: bool) -> Option<Vec<Way>> {
        match self.formulas.get(formula) {
            Formula::Settled(true) => Some(vec![Way::new()]),
            Formula::Settled(false) => Some(Vec::new()),
            Formula::Literal { test, positive } => self.literal(*test, *positive, told, late).map(|way| vec![way]),
            Formula::Connected { all: true, parts } => {
                let mut ways = vec![Way::new()];
                for part in parts.iter() {
                    ways = product(&ways, &self.ways_of(*part, told, late)?);
                    if ways.len() > MOST {
                        return None;
                    }
                }
                Some(ways)
            }
            Formula::Connected { all: false, parts } => {
                let mut ways = Vec::new();
                for part in parts.iter() {
                    ways.extend(self.ways_of(*part, told, late)?);
                }
                let ways = united(ways);
                (ways.len() <= MOST).then_some(ways)
            }
        }
    }

    /// A missing value may be any, but whether it is missing is known.
    fn literal(&self, test: TestId, positive: bool, told: &[Told], late: bool) -> Option<Way> {
        let question = self.questions.get(test)?;
        match told.get(question.subject.place()).copied().unwrap_or_default() {
            Told::All => {}
            Told::Truth if positive => {}
            Told::Truth | Told::Nothing => return None,
        }
        let missing = match question.yes.contains(MISSING) {
            false => Missing::Open,
            true if positive => Missing::Meets,
            true => Missing::Fails,
        };
        let atoms = if positive { question.yes.clone() } else { Atoms::all().without(&question.yes) };
        Some(vec![(question.subject, Want { atoms, missing, late })])
    }

    fn chooses(&self, formula: FormulaId) -> bool {
        match self.formulas.get(formula) {
            Formula::Settled(_) => false,
            Formula::Literal { test, .. } => self.choosing.get(test.0 as usize).copied().unwrap_or(true),
            Formula::Connected { parts, .. } => parts.iter().any(|part| self.chooses(*part)),
        }
    }
}

/// The ways in which both hold.
fn product(some: &[Way], others: &[Way]) -> Vec<Way> {
    some.iter().flat_map(|one| others.iter().map(move |other| both(one, other))).collect()
}

fn both(one: &Way, other: &Way) -> Way {
    let mut both = one.clone();
    for (subject, want) in other {
        match both.binary_search_by_key(subject, |(id, _)| *id) {
            Ok(place) => {
                if let Some((_, known)) = both.get_mut(place) {
                    known.atoms = known.atoms.intersection(&want.atoms);
                    known.missing = known.missing.min(want.missing);
                    known.late |= want.late;
                }
            }
            Err(place) => both.insert(place, (*subject, want.clone())),
        }
    }
    both
}

/// The ways of alternatives: what they want of one and the same subject alone is one way.
fn united(mut ways: Vec<Way>) -> Vec<Way> {
    let alone = |way: &Way| if let [(subject, _)] = way.as_slice() { Some(*subject) } else { None };
    ways.sort_by_key(alone);
    let mut out: Vec<Way> = Vec::new();
    for group in ways.chunk_by(|one, other| alone(one).is_some() && alone(one) == alone(other)) {
        let wants = || group.iter().flatten().map(|(_, want)| want);
        match group.first().and_then(alone) {
            None => out.extend_from_slice(group),
            Some(subject) => out.push(vec![(
                subject,
                Want {
                    atoms: Atoms::of_unsorted(wants().flat_map(|want| want.atoms.ranges().iter().copied())),
                    missing: wants().map(|want| want.missing).max().unwrap_or(Missing::Fails),
                    late: wants().any(|want| want.late),
                },
            )]),
        }
    }
    out
}
