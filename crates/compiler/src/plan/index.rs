//! The index over a set's rules: which of them can hold, found without asking each; see `vm::program::index`.
//!
//! Each rule becomes the ways in which it can hold (`plan/ways.rs`), each subject that enough of them ask for becomes a
//! dimension, and its atoms become the dimension's parts, several atoms one part where there are too many (`plan/scale.rs`).
//! Tests of what stands in a field share a dimension (`plan/held.rs`).

use std::collections::HashMap;

use semantics::typed::{Decision, Expr, ExprKind};
use vm::program::Index;
use vm::program::index::{DIMENSIONS, Demand, Dimension, FIRST, Label, PARTS, Row, Scale};

use super::condition::Asked;
use super::formula::{Formula, FormulaId, Formulas};
use super::held::{Held, held};
use super::number;
use super::questions::{Questions, SubjectId};
use super::scale::Parting;
use super::ways::{Reading, Told, Want, Way, Ways};
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
    let axes = axes(&reading, conditions);
    if axes.is_empty() {
        return None;
    }
    let mut draft = Draft::new(questions, &axes, &choice);
    for (rule, condition) in (0..).zip(conditions) {
        let ways = reading.ways(*condition, &draft.told);
        let (whole, certain) = draft.tells(&ways);
        for way in ways.ways {
            let row = number(draft.index.rows.len());
            draft.index.rows.push(Row { rule, whole, certain });
            way.iter().for_each(|(subject, want)| draft.demand(row, *subject, want));
        }
    }
    let operand = |axis: &Axis| match axis {
        Axis::Subject(id) => questions.subject(*id).map(|subject| subject.operand.clone()),
        Axis::Held(held) => Some(held.field.clone()),
    };
    Some(tree::Index { operands: axes.iter().filter_map(operand).collect(), index: draft.index })
}

/// What becomes a dimension.
enum Axis {
    /// What is told apart of a subject.
    Subject(SubjectId),
    /// What stands in a field.
    Held(Held),
}

/// What most rules ask for.
fn axes(reading: &Reading<'_>, conditions: &[FormulaId]) -> Vec<Axis> {
    let (mut all, mut places) = (Vec::new(), HashMap::new());
    for held in held(reading.questions) {
        places.extend(held.needles.iter().flat_map(|(_, subjects)| subjects).map(|id| (*id, all.len())));
        all.push((Axis::Held(held), 0));
    }
    for condition in conditions {
        let mut asked = Vec::new();
        reading.safe_parts(*condition).into_iter().for_each(|part| subjects_in(reading, part, &mut asked));
        let place = |id: SubjectId| {
            let place = *places.entry(id).or_insert(all.len());
            if place == all.len() {
                all.push((Axis::Subject(id), 0));
            }
            place
        };
        let mut asked: Vec<usize> = asked.into_iter().map(place).collect();
        asked.sort_unstable();
        asked.dedup();
        for place in asked {
            all.get_mut(place).into_iter().for_each(|(_, count)| *count += 1);
        }
    }
    let is_field = |operand: &Expr| matches!(operand.kind, ExprKind::Field(_));
    let worth = |(axis, count): &(Axis, usize)| {
        let is_common = count * RARE >= conditions.len();
        match axis {
            Axis::Held(_) => *count > 0 && is_common,
            Axis::Subject(id) => {
                let subject = reading.questions.subject(*id);
                subject.is_some_and(|subject| subject.safe && (is_field(&subject.operand) || is_common))
            }
        }
    };
    all.retain(worth);
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all.into_iter().map(|(axis, _)| axis).take(DIMENSIONS).collect()
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
    /// What it tells of each subject.
    told: Vec<Told>,
    /// What it knows each of those by.
    places: HashMap<SubjectId, Place>,
    /// For each dimension the places of its demands.
    demands: Vec<HashMap<Demand, u32>>,
}

/// Where something is told of a subject.
struct Place {
    dimension: usize,
    known: Known,
}

/// How a subject is known in a dimension.
enum Known {
    /// It is the dimension's own: its atoms become parts.
    Own(Parting),
    /// It is true where a value falls into this part.
    Part(u32),
}

impl Draft {
    fn new(questions: &Questions, axes: &[Axis], choice: &Trait) -> Self {
        let size = |axis: &Axis| match axis {
            Axis::Subject(id) => questions.subject(*id).map_or(0, |subject| subject.top() as usize + 1),
            Axis::Held(held) => held.needles.len() + FIRST as usize,
        };
        let most = Parting::most(axes.iter().map(size), PARTS);
        let mut draft = Self {
            index: Index { rows: Vec::new(), dimensions: Vec::new() },
            told: Vec::new(),
            places: HashMap::new(),
            demands: vec![HashMap::new(); axes.len()],
        };
        for (dimension, axis) in axes.iter().enumerate() {
            match axis {
                Axis::Held(held) => draft.hold(dimension, held, most),
                Axis::Subject(id) => {
                    if let Some(subject) = questions.subject(*id) {
                        let parting = Parting::new(subject, most);
                        draft.index.dimensions.push(unasked(parting.scale(subject), !choice.is_in(&subject.operand)));
                        draft.tell(*id, Told::All, Place { dimension, known: Known::Own(parting) });
                    }
                }
            }
        }
        draft
    }

    /// A dimension for what stands in a field. Needles for which there is no room are asked for rule by rule.
    fn hold(&mut self, dimension: usize, held: &Held, most: usize) {
        let room = most.saturating_sub(FIRST as usize);
        let needles = || (FIRST..).zip(&held.needles).take(room);
        let labels = needles().map(|(part, (value, _))| Label { value: value.clone(), part });
        self.index.dimensions.push(unasked(Scale::Holding { needles: labels.collect(), exact: held.exact }, true));
        for (part, id) in needles().flat_map(|(part, (_, subjects))| subjects.iter().map(move |id| (part, id))) {
            self.tell(*id, Told::Truth, Place { dimension, known: Known::Part(part) });
        }
    }

    fn tell(&mut self, id: SubjectId, told: Told, place: Place) {
        self.told.resize(self.told.len().max(id.place() + 1), Told::Nothing);
        self.told.get_mut(id.place()).into_iter().for_each(|of| *of = told);
        self.places.insert(id, place);
    }

    /// Whether ways to hold tell all of a rule, and whether they do so where missing values may be any.
    fn tells(&self, ways: &Ways) -> (bool, bool) {
        let is_exact = |place: &Place| match &place.known {
            Known::Own(parting) => parting.is_exact(),
            Known::Part(_) => true,
        };
        let tells_all = |way: &Way| {
            let mut dimensions = Vec::new();
            way.iter().all(|(subject, _)| {
                let place = self.places.get(subject).filter(|place| !dimensions.contains(&place.dimension));
                dimensions.extend(place.map(|place| place.dimension));
                place.is_some_and(is_exact)
            })
        };
        let whole = ways.whole && ways.ways.iter().all(tells_all);
        let certain = |(subject, want): &(SubjectId, Want)| {
            let dimension = self.places.get(subject).and_then(|place| self.index.dimensions.get(place.dimension));
            !want.late && dimension.is_some_and(|dimension| dimension.certain)
        };
        (whole, whole && ways.ways.iter().flatten().all(certain))
    }

    /// A row demands one thing at most of a dimension.
    fn demand(&mut self, row: u32, subject: SubjectId, want: &Want) {
        let Some(place) = self.places.get(&subject) else { return };
        let parts = match &place.known {
            Known::Own(parting) => parting.parts(&want.atoms),
            Known::Part(part) => vec![(*part, *part)],
        };
        let demand = Demand { parts, missing: want.missing, late: want.late };
        let dimension = self.index.dimensions.get_mut(place.dimension);
        let (Some(dimension), Some(known)) = (dimension, self.demands.get_mut(place.dimension)) else { return };
        if dimension.made_by.last().is_some_and(|(last, _)| *last == row) {
            return;
        }
        let next = number(dimension.demands.len());
        let made = *known.entry(demand.clone()).or_insert(next);
        if made == next {
            dimension.demands.push(demand);
        }
        dimension.made_by.push((row, made));
    }
}

/// A dimension of which nothing is demanded yet. Where its code begins is filled in when that is written.
fn unasked(scale: Scale, certain: bool) -> Dimension {
    Dimension { entry: 0, certain, scale, demands: Vec::new(), made_by: Vec::new() }
}
