//! The questions of a set, and what each is about.

use std::collections::HashMap;

use semantics::typed::{Comparison, Expr, ExprKind};
use values::{Duration, Type, Value};

use super::atoms::Atoms;
use super::condition::Asked;
use super::subject::{MISSING, Predicate, Subject, label};
use crate::traits::Trait;
use crate::tree::TestId;

/// A subject's place in [`Questions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SubjectId(u32);

impl SubjectId {
    pub(super) const fn place(self) -> usize {
        self.0 as usize
    }
}

/// All questions and their subjects.
pub(super) struct Questions {
    questions: Vec<Question>,
    subjects: Vec<Subject>,
}

/// A question as its answers see it.
pub(super) struct Question {
    /// What it is about.
    pub(super) subject: SubjectId,
    /// The subject's atoms for which it is true.
    pub(super) yes: Atoms,
    /// Other subjects that are computed for it and must be present for it to be true.
    pub(super) needs: Vec<SubjectId>,
    /// Whether it cannot fault.
    pub(super) safe: bool,
}

impl Questions {
    /// Sorts questions by what they are about.
    pub(super) fn new(asked: &[Asked], faults: &Trait) -> Self {
        let mut drafts = Drafts::default();
        let placed: Vec<_> = asked.iter().map(|asked| drafts.place(asked)).collect();
        let mut subjects: Vec<_> = drafts.list.iter().map(|draft| draft.subject(faults)).collect();
        let mut questions = Vec::with_capacity(asked.len());
        for (asked, (id, predicate)) in asked.iter().zip(placed) {
            let needs = drafts.needs(&asked.test, id, &subjects);
            for need in &needs {
                if let Some(subject) = subjects.get_mut(need.0 as usize) {
                    subject.last = subject.last.max(asked.last);
                    subject.last_missing = subject.last_missing.max(Some(asked.last));
                }
            }
            let yes = subjects.get(id.0 as usize).map(|subject| subject.atoms(&predicate));
            questions.push(Question {
                subject: id,
                yes: yes.unwrap_or_default(),
                needs,
                safe: !faults.is_in(&asked.test),
            });
        }
        Self { questions, subjects }
    }

    pub(super) fn get(&self, test: TestId) -> Option<&Question> {
        self.questions.get(test.0 as usize)
    }

    /// All subjects.
    pub(super) fn subjects(&self) -> impl Iterator<Item = (SubjectId, &Subject)> {
        (0..).map(SubjectId).zip(&self.subjects)
    }

    pub(super) fn subject(&self, id: SubjectId) -> Option<&Subject> {
        self.subjects.get(id.0 as usize)
    }
}

/// Subjects while their tests are being gathered.
#[derive(Default)]
struct Drafts<'a> {
    list: Vec<Draft<'a>>,
    places: HashMap<&'a Expr, SubjectId>,
}

struct Draft<'a> {
    operand: &'a Expr,
    /// Whether its texts are compared to the letter, once one is.
    exact: Option<bool>,
    tests: Vec<(Predicate, u32)>,
}

impl<'a> Drafts<'a> {
    /// Finds the subject of a question, and what it says about it.
    fn place(&mut self, asked: &'a Asked) -> (SubjectId, Predicate) {
        let aspect = aspect(&asked.test).unwrap_or_else(|| itself(&asked.test));
        let id = self.find(aspect.operand);
        // An operand whose texts are compared in both ways has one of them as its subject.
        let known = self.list.get(id.0 as usize).and_then(|draft| draft.exact);
        let fits = known.is_none() || aspect.exact.is_none() || known == aspect.exact;
        let (id, aspect) = if fits { (id, aspect) } else { (self.find(&asked.test), itself(&asked.test)) };
        if let Some(draft) = self.list.get_mut(id.0 as usize) {
            draft.exact = draft.exact.or(aspect.exact);
            draft.tests.push((aspect.predicate.clone(), asked.last));
        }
        (id, aspect.predicate)
    }

    fn find(&mut self, operand: &'a Expr) -> SubjectId {
        let next = SubjectId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        let id = *self.places.entry(operand).or_insert(next);
        if id == next {
            self.list.push(Draft { operand, exact: None, tests: Vec::new() });
        }
        id
    }

    /// The subjects that a test needs present, besides its own.
    fn needs(&self, test: &Expr, own: SubjectId, subjects: &[Subject]) -> Vec<SubjectId> {
        let mut needs = Vec::new();
        see_needed(test, &mut |operand| {
            let id = self.places.get(operand).copied().filter(|id| *id != own);
            let can_miss =
                |id: &SubjectId| subjects.get(id.0 as usize).is_some_and(|subject| subject.full.contains(MISSING));
            needs.extend(id.filter(can_miss));
        });
        needs.sort_unstable();
        needs.dedup();
        needs
    }
}

impl Draft<'_> {
    fn subject(&self, faults: &Trait) -> Subject {
        Subject::new(self.operand, self.exact.unwrap_or(true), !faults.is_in(self.operand), &self.tests)
    }
}

/// A test taken apart.
struct Aspect<'a> {
    operand: &'a Expr,
    exact: Option<bool>,
    predicate: Predicate,
}

/// A test as its own subject: it is true or it is not.
fn itself(test: &Expr) -> Aspect<'_> {
    Aspect { operand: test, exact: None, predicate: Predicate::OneOf(vec![Value::Truth(true)]) }
}

/// A test of an operand by constants alone, taken apart.
fn aspect(test: &Expr) -> Option<Aspect<'_>> {
    match &test.kind {
        ExprKind::IsMissing(operand) => Some(Aspect { operand, exact: None, predicate: Predicate::Missing }),
        ExprKind::Holds(operand) => Some(Aspect { operand, ..itself(operand) }),
        ExprKind::In { value, constants, exact } => relation(Comparison::Equal, value, constants, *exact),
        ExprKind::Compare { operator, exact, left, right } => match &right.kind {
            ExprKind::Constant(constant) => relation(*operator, left, std::slice::from_ref(constant), *exact),
            _ => None,
        },
        _ => None,
    }
}

/// "The operand stands so to one of the constants", if all of them are of its kind.
fn relation<'a>(operator: Comparison, operand: &'a Expr, constants: &[Value], exact: bool) -> Option<Aspect<'a>> {
    if !constants.iter().all(|constant| is_of(constant, &operand.ty)) {
        return None;
    }
    let ordered = || constants.iter().map(|constant| (operator, constant.clone())).collect();
    let labels = || constants.iter().map(|constant| label(constant, exact)).collect();
    match operator {
        _ if operand.ty.is_ordered() => Some(Aspect { operand, exact: None, predicate: Predicate::Ordered(ordered()) }),
        Comparison::Equal => {
            let exact = operand.ty.is_textual().then_some(exact);
            Some(Aspect { operand, exact, predicate: Predicate::OneOf(labels()) })
        }
        _ => None,
    }
}

/// Whether a constant is of a type whose values atoms can tell apart.
fn is_of(constant: &Value, ty: &Type) -> bool {
    match constant {
        Value::Truth(_) => *ty == Type::Truth,
        Value::Text(_) => ty.is_textual(),
        Value::Number(_) => *ty == Type::Number,
        // Amounts of unknown currency cannot be told apart by a threshold: comparing them may fault.
        Value::Money(money) => *ty == Type::Money(Some(money.currency())),
        Value::Date(_) => *ty == Type::Date,
        Value::DateTime(_) => *ty == Type::DateTime,
        Value::Duration(duration) => *ty == Type::Duration && matches!(duration, Duration::Exact(_)),
        Value::Missing | Value::List(_) | Value::Record(_) => false,
    }
}

/// Shows the parts of a test to `see` that are always computed and without which it is false.
fn see_needed<'a>(test: &'a Expr, see: &mut impl FnMut(&'a Expr)) {
    match &test.kind {
        ExprKind::Compare { left, right, .. } => {
            see_propagating(left, see);
            see_propagating(right, see);
        }
        ExprKind::In { value, .. } | ExprKind::Matches { value, .. } | ExprKind::Holds(value) => {
            see_propagating(value, see);
        }
        ExprKind::Call { .. } => see_propagating(test, see),
        _ => {}
    }
}

/// Shows an operand and the parts of it that are always computed and without which it is missing.
fn see_propagating<'a>(operand: &'a Expr, see: &mut impl FnMut(&'a Expr)) {
    see(operand);
    if let ExprKind::Call { builtin, arguments } = &operand.kind
        && builtin.row().propagates()
    {
        arguments.iter().for_each(|argument| see_propagating(argument, see));
    }
}
