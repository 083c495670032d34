//! The index over a set's rules: which of them can hold, found without asking each; see `vm::program::index`.
//!
//! Each rule becomes the ways in which it can hold (`plan/ways.rs`), each subject that enough of them ask for becomes a
//! dimension, and its atoms become the dimension's parts, several atoms one part where there are too many (`plan/scale.rs`).

use std::collections::HashMap;

use semantics::typed::{Decision, ExprKind};
use vm::program::Index;
use vm::program::index::{DIMENSIONS, Demand, Dimension, PARTS, Row};

use super::condition::Asked;
use super::formula::{Formula, FormulaId, Formulas};
use super::number;
use super::questions::{Questions, SubjectId};
use super::scale::Parting;
use super::subject::Subject;
use super::ways::{Reading, Want, Ways};
use crate::traits::Trait;
use crate::tree;

/// Of how many rules one, at least, must ask for a value that is computed: it is computed for every record.
const RARE: usize = 64;

/// An index over rules with these conditions; none if nothing can be told from it.
pub(super) fn index(
    decision: &Decision,
    conditions: &[FormulaId],
    (formulas, questions): (&Formulas, &Questions),
    asked: &[Asked],
) -> Option<tree::Index> {
    let choice = Trait::choice(&decision.definitions);
    let choosing: Vec<bool> = asked.iter().map(|asked| choice.is_in(&asked.test)).collect();
    let reading = Reading { formulas, questions, choosing: &choosing };
    let subjects = dimensions(&reading, conditions);
    if subjects.is_empty() {
        return None;
    }
    let mut draft = Draft::new(questions, &subjects, &choice);
    for (rule, condition) in (0..).zip(conditions) {
        let ways = reading.ways(*condition, &draft.chosen);
        let (whole, certain) = draft.tells(&ways);
        for way in ways.ways {
            let row = number(draft.index.rows.len());
            draft.index.rows.push(Row { rule, whole, certain });
            way.iter().for_each(|(subject, want)| draft.demand(row, *subject, want));
        }
    }
    let operand = |id: &SubjectId| questions.subject(*id).map(|subject| subject.operand.clone());
    Some(tree::Index { operands: subjects.iter().filter_map(operand).collect(), index: draft.index })
}

/// The subjects that most rules ask for.
fn dimensions(reading: &Reading<'_>, conditions: &[FormulaId]) -> Vec<SubjectId> {
    let mut counts: HashMap<SubjectId, usize> = HashMap::new();
    for condition in conditions {
        let mut asked = Vec::new();
        reading.safe_parts(*condition).into_iter().for_each(|part| subjects_in(reading, part, &mut asked));
        asked.sort_unstable();
        asked.dedup();
        asked.into_iter().for_each(|subject| *counts.entry(subject).or_default() += 1);
    }
    let worth = |(id, count): &(SubjectId, usize)| {
        let subject = reading.questions.subject(*id);
        let is_field = subject.is_some_and(|it| matches!(it.operand.kind, ExprKind::Field(_)));
        subject.is_some_and(|subject| subject.safe) && (is_field || count * RARE >= conditions.len())
    };
    let mut counts: Vec<_> = counts.into_iter().filter(worth).collect();
    counts.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    counts.into_iter().map(|(id, _)| id).take(DIMENSIONS).collect()
}

fn subjects_in(reading: &Reading<'_>, formula: FormulaId, found: &mut Vec<SubjectId>) {
    match reading.formulas.get(formula) {
        Formula::Settled(_) => {}
        Formula::Literal { test, .. } => found.extend(reading.questions.get(*test).map(|question| question.subject)),
        Formula::Connected { parts, .. } => parts.iter().for_each(|part| subjects_in(reading, *part, found)),
    }
}

/// An index being made.
struct Draft {
    index: Index,
    /// For each subject whether it is a dimension.
    chosen: Vec<bool>,
    /// The place of each dimension, and how its subject's atoms become parts.
    places: HashMap<SubjectId, (usize, Parting)>,
    /// For each dimension the places of its demands.
    demands: Vec<HashMap<Demand, u32>>,
}

impl Draft {
    fn new(questions: &Questions, subjects: &[SubjectId], choice: &Trait) -> Self {
        let known = || subjects.iter().filter_map(|id| Some((*id, questions.subject(*id)?)));
        let most = Parting::most(known().map(|(_, subject)| subject.top() as usize + 1), PARTS);
        let mut draft = Self {
            index: Index { rows: Vec::new(), dimensions: Vec::new() },
            chosen: Vec::new(),
            places: HashMap::new(),
            demands: vec![HashMap::new(); subjects.len()],
        };
        for (place, (id, subject)) in known().enumerate() {
            let parting = Parting::new(subject, most);
            draft.index.dimensions.push(dimension(subject, &parting, choice));
            draft.places.insert(id, (place, parting));
            draft.chosen.resize(draft.chosen.len().max(id.place() + 1), false);
            draft.chosen.get_mut(id.place()).into_iter().for_each(|chosen| *chosen = true);
        }
        draft
    }

    /// Whether ways to hold tell all of a rule, and whether they do so where missing values may be any.
    fn tells(&self, ways: &Ways) -> (bool, bool) {
        let mut wants = ways.ways.iter().flatten();
        let exact = |(subject, _): &(SubjectId, Want)| self.places.get(subject).is_some_and(|(_, it)| it.is_exact());
        let whole = ways.whole && wants.clone().all(exact);
        let certain = |(subject, want): &(SubjectId, Want)| {
            let place = self.places.get(subject).map(|(place, _)| *place);
            let dimension = place.and_then(|place| self.index.dimensions.get(place));
            !want.late && dimension.is_some_and(|dimension| dimension.certain)
        };
        (whole, whole && wants.all(certain))
    }

    fn demand(&mut self, row: u32, subject: SubjectId, want: &Want) {
        let Some((place, parting)) = self.places.get(&subject) else { return };
        let demand = Demand { parts: parting.parts(&want.atoms), missing: want.missing, late: want.late };
        let (Some(dimension), Some(known)) = (self.index.dimensions.get_mut(*place), self.demands.get_mut(*place))
        else {
            return;
        };
        let next = number(dimension.demands.len());
        let made = *known.entry(demand.clone()).or_insert(next);
        if made == next {
            dimension.demands.push(demand);
        }
        dimension.made_by.push((row, made));
    }
}

/// A dimension of which nothing is demanded yet. Where its code begins is filled in when that is written.
fn dimension(subject: &Subject, parting: &Parting, choice: &Trait) -> Dimension {
    Dimension {
        entry: 0,
        certain: !choice.is_in(&subject.operand),
        scale: parting.scale(subject),
        demands: Vec::new(),
        made_by: Vec::new(),
    }
}
