//! What is known on a way through the tree.

use super::atoms::Atoms;
use super::questions::{Question, Questions, SubjectId};
use super::subject::MISSING;
use crate::tree::TestId;

/// What the answers so far have left of each subject. A subject that is listed has been computed on this way, so that
/// computing it again would not fault: it would yield the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Facts(Vec<(SubjectId, Atoms)>);

impl Facts {
    pub(super) fn get(&self, subject: SubjectId) -> Option<&Atoms> {
        let place = self.0.binary_search_by_key(&subject, |(id, _)| *id).ok()?;
        self.0.get(place).map(|(_, atoms)| atoms)
    }

    /// How large they are: a measure of the work of handling them.
    pub(super) fn size(&self) -> usize {
        self.0.iter().map(|(_, atoms)| 1 + atoms.ranges().len()).sum()
    }

    /// These facts and what follows from an answer.
    pub(super) fn learn(&self, questions: &Questions, test: TestId, answer: bool) -> Self {
        let mut facts = self.clone();
        let Some(question) = questions.get(test) else { return facts };
        facts.change(questions, question.subject, |atoms| {
            if answer { atoms.intersection(&question.yes) } else { atoms.without(&question.yes) }
        });
        for need in question.needs.iter().filter(|_| answer) {
            let missing = Atoms::of([(MISSING, MISSING)]);
            facts.change(questions, *need, |atoms| atoms.without(&missing));
        }
        facts
    }

    fn change(&mut self, questions: &Questions, id: SubjectId, change: impl FnOnce(&Atoms) -> Atoms) {
        match self.0.binary_search_by_key(&id, |(id, _)| *id) {
            Ok(place) => {
                if let Some((_, atoms)) = self.0.get_mut(place) {
                    *atoms = change(atoms);
                }
            }
            Err(place) => {
                if let Some(subject) = questions.subject(id) {
                    self.0.insert(place, (id, change(&subject.full)));
                }
            }
        }
    }

    /// Forgets what no question will ask about: those of the rules after `rule`, and `open` ones of the rule itself
    /// (given by their subjects, sorted). Ways that differ in nothing else have equal facts then.
    pub(super) fn forget(&mut self, questions: &Questions, rule: u32, open: &[SubjectId]) {
        self.0.retain_mut(|(id, atoms)| {
            let Some(subject) = questions.subject(*id) else { return false };
            let from = if open.binary_search(id).is_ok() { rule } else { rule.saturating_add(1) };
            if subject.last < from {
                return false;
            }
            *atoms = subject.forget(atoms, from);
            // That a subject has been computed is worth knowing only if it could have faulted.
            !(subject.safe && *atoms == subject.full)
        });
    }
}

/// Facts, and the questions that they may answer.
pub(super) struct Knowledge<'a> {
    pub(super) questions: &'a Questions,
    pub(super) facts: &'a Facts,
}

impl Knowledge<'_> {
    /// The answer to a test if the test need not be asked any more: it is known, and asking could not fault.
    pub(super) fn answer(&self, test: TestId) -> Option<bool> {
        self.known(test).filter(|_| self.is_safe(test))
    }

    /// The answer to a test if it is known.
    pub(super) fn known(&self, test: TestId) -> Option<bool> {
        let question = self.questions.get(test)?;
        let full = || self.questions.subject(question.subject).map(|subject| &subject.full);
        let atoms = self.facts.get(question.subject).or_else(full)?;
        if atoms.is_disjoint(&question.yes) || self.lacks_a_need(question) {
            Some(false)
        } else {
            atoms.is_subset(&question.yes).then_some(true)
        }
    }

    fn lacks_a_need(&self, question: &Question) -> bool {
        let mut needs = question.needs.iter().filter_map(|need| self.facts.get(*need));
        needs.any(|atoms| atoms.hull(MISSING + 1).is_none())
    }

    /// Whether asking a test cannot fault: nothing in it can, or its subject has been computed on this way.
    pub(super) fn is_safe(&self, test: TestId) -> bool {
        let question = self.questions.get(test);
        question.is_some_and(|question| question.safe || self.facts.get(question.subject).is_some())
    }
}
