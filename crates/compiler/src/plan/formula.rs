//! Conditions as formulas over tests: what is left of a condition once some answers are known.
//!
//! A formula is read from left to right and stops early, like the condition it comes from. Negations stand at the tests
//! alone (`not (a and b)` is `not a or not b`: the same questions in the same order with the same early stops). Each
//! formula exists once, so that equal rests of conditions are one number.

use std::collections::HashMap;
use std::rc::Rc;

use super::facts::Knowledge;
use crate::tree::TestId;

/// A formula's place in [`Formulas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct FormulaId(u32);

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Formula {
    /// Known.
    Settled(bool),
    /// A test, or its opposite.
    Literal { test: TestId, positive: bool },
    /// `and` (`all`) or `or`: two parts or more. None is connected in the same way, none but the last is settled, and
    /// the last only so as to settle the whole: then the parts before it are asked for their faults alone.
    Connected { all: bool, parts: Rc<[FormulaId]> },
}

/// All formulas of a plan.
pub(super) struct Formulas {
    formulas: Vec<Formula>,
    places: HashMap<Formula, FormulaId>,
    /// How many formulas have been looked at: a measure of the work done.
    pub(super) visits: u64,
}

impl Formulas {
    pub(super) fn new() -> Self {
        let mut formulas = Self { formulas: Vec::new(), places: HashMap::new(), visits: 0 };
        formulas.intern(Formula::Settled(false));
        formulas.intern(Formula::Settled(true));
        formulas
    }

    pub(super) const fn settled(truth: bool) -> FormulaId {
        FormulaId(truth as u32)
    }

    pub(super) fn literal(&mut self, test: TestId, positive: bool) -> FormulaId {
        self.intern(Formula::Literal { test, positive })
    }

    /// `and` (`all`) or `or` of some parts.
    pub(super) fn connect(&mut self, all: bool, parts: &[FormulaId]) -> FormulaId {
        let mut kept = Vec::with_capacity(parts.len());
        for part in parts {
            match self.get(*part) {
                Formula::Settled(truth) if *truth == all => continue,
                Formula::Connected { all: same, parts } if *same == all => kept.extend_from_slice(parts),
                _ => kept.push(*part),
            }
            if kept.last() == Some(&Self::settled(!all)) {
                break;
            }
        }
        match kept.as_slice() {
            [] => Self::settled(all),
            [only] => *only,
            _ => self.intern(Formula::Connected { all, parts: kept.into() }),
        }
    }

    /// The test to ask next; none when the formula is settled.
    pub(super) fn first(&self, id: FormulaId) -> Option<TestId> {
        match self.get(id) {
            Formula::Settled(_) => None,
            Formula::Literal { test, .. } => Some(*test),
            Formula::Connected { parts, .. } => parts.first().and_then(|part| self.first(*part)),
        }
    }

    /// Shows all tests in a formula to `see`.
    pub(super) fn tests(&mut self, id: FormulaId, see: &mut impl FnMut(TestId)) {
        self.visits += 1;
        match self.get(id) {
            Formula::Settled(_) => {}
            Formula::Literal { test, .. } => see(*test),
            Formula::Connected { parts, .. } => Rc::clone(parts).iter().for_each(|part| self.tests(*part, see)),
        }
    }

    /// What is left of a formula by what is known.
    ///
    /// A test whose answer is known is left out where it cannot fault any more. Where a part settles the whole, the
    /// parts just before it that cannot fault are left out too: whatever they say, nothing follows.
    pub(super) fn simplify(&mut self, id: FormulaId, knowledge: &Knowledge<'_>) -> FormulaId {
        self.visits += 1;
        match self.get(id) {
            Formula::Settled(_) => id,
            Formula::Literal { test, positive } => match knowledge.answer(*test) {
                Some(answer) => Self::settled(answer == *positive),
                None => id,
            },
            Formula::Connected { all, parts } => {
                let (all, parts) = (*all, Rc::clone(parts));
                self.simplify_parts(all, &parts, knowledge)
            }
        }
    }

    fn simplify_parts(&mut self, all: bool, parts: &[FormulaId], knowledge: &Knowledge<'_>) -> FormulaId {
        let mut kept = Vec::with_capacity(parts.len());
        for part in parts {
            let part = self.simplify(*part, knowledge);
            if part == Self::settled(!all) {
                while kept.pop_if(|before| self.is_safe(*before, knowledge)).is_some() {}
                kept.push(part);
                break;
            }
            kept.push(part);
        }
        self.connect(all, &kept)
    }

    /// Whether nothing in a formula can fault by what is known.
    pub(super) fn is_safe(&self, id: FormulaId, knowledge: &Knowledge<'_>) -> bool {
        match self.get(id) {
            Formula::Settled(_) => true,
            Formula::Literal { test, .. } => knowledge.is_safe(*test),
            Formula::Connected { parts, .. } => parts.iter().all(|part| self.is_safe(*part, knowledge)),
        }
    }

    /// The parts all of which must hold, in order.
    pub(super) fn conjuncts(&self, id: FormulaId) -> Vec<FormulaId> {
        match self.get(id) {
            Formula::Connected { all: true, parts } => parts.to_vec(),
            _ => vec![id],
        }
    }

    /// The test that a formula is nothing but, unless it is the opposite of one.
    pub(super) fn positive_literal(&self, id: FormulaId) -> Option<TestId> {
        match self.get(id) {
            Formula::Literal { test, positive: true } => Some(*test),
            _ => None,
        }
    }

    fn intern(&mut self, formula: Formula) -> FormulaId {
        let next = FormulaId(u32::try_from(self.formulas.len()).unwrap_or(u32::MAX));
        let id = *self.places.entry(formula.clone()).or_insert(next);
        if id == next {
            self.formulas.push(formula);
        }
        id
    }

    pub(super) fn get(&self, id: FormulaId) -> &Formula {
        self.formulas.get(id.0 as usize).unwrap_or(&Formula::Settled(false))
    }
}
