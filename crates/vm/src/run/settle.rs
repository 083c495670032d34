//! What follows from the effects of all rules: one assignment, one value for each field, one outcome, and the rest.
//!
//! Where there is room for one, the earliest rule wins and the verdict lists what it kept out. A rejection is stronger
//! than an acceptance, whichever came first, and all reasons for it are kept.

use values::{Instant, Text, Value};

use super::recipients::{self, Losses};
use crate::effect::{Effect, Escalation, Recipient, Selection};
use crate::program::Target;
use crate::verdict::{Assignment, Because, Fault, Lost, Outcome, Reason, Verdict};

/// A verdict in the making.
pub(crate) struct Settlement<'a> {
    /// The declared targets.
    pub(super) targets: &'a [Target],
    pub(super) verdict: &'a mut Verdict,
    /// The rule whose effects are being collected.
    rule: u32,
    marks: &'a mut Marks,
}

/// Who did what, so far as the verdict does not tell.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// The rule that set each of the verdict's fields.
    set_by: Vec<u32>,
    /// The rules that accepted the record while none had rejected it.
    accepted_by: Vec<u32>,
    /// The first rule that rejected the record.
    rejected_by: Option<u32>,
    /// The rule of each of the verdict's effects.
    effect_rules: Vec<u32>,
}

impl<'a> Settlement<'a> {
    pub(crate) fn new(targets: &'a [Target], verdict: &'a mut Verdict, marks: &'a mut Marks) -> Self {
        verdict.clear();
        marks.clear();
        Self { targets, verdict, rule: 0, marks }
    }

    /// A rule fires; the effects that follow are its own.
    pub(super) fn begin(&mut self, rule: u32) {
        self.rule = rule;
        self.verdict.fired.push(rule);
    }

    /// An effect of the rule that fired last with its recipients looked up; none if it cannot be performed. An effect without
    /// recipients is as it is.
    pub(super) fn resolve(&mut self, effect: Effect<Value>) -> Result<Option<Effect<Value>>, Fault> {
        let mut losses = Losses::new();
        let targets = self.targets;
        let find = |recipient| recipients::computed(targets, recipient);
        let effect = recipients::with_recipients(effect, find, &mut losses)?;
        if effect.as_ref().is_some_and(|effect| self.comes_too_late(effect)) {
            return Ok(None);
        }
        for (verb, because) in losses {
            self.lose(self.rule, verb, because);
        }
        Ok(effect)
    }

    /// Whether an effect of the rule that fired last assigns what an earlier rule has assigned; then it is lost.
    pub(super) fn comes_too_late(&mut self, effect: &Effect<Value>) -> bool {
        match (effect, self.verdict.assigned_by) {
            (Effect::Assign { .. }, Some(earlier)) => {
                self.lose(self.rule, "assign", Because::Earlier(earlier));
                true
            }
            _ => false,
        }
    }

    /// An effect of the rule that fired last is not performed because of a guard.
    pub(super) fn block(&mut self, effect: &Effect<Value>, guard: u32) {
        self.lose(self.rule, effect.verb(), Because::Never(guard));
    }

    /// Takes an effect of the rule that fired last; tells whether later sets may see what it writes.
    pub(super) fn settle(&mut self, effect: Effect<Value>) -> bool {
        match effect {
            Effect::Assign { target: Recipient::Assignee, .. } => {
                self.lose(self.rule, "assign", Because::NobodyAssigned);
            }
            Effect::Assign { target, by, due, escalations } => self.assign_to(target, by, due, escalations),
            Effect::LeaveUnassigned => self.assign(Assignment::Nobody, "leave unassigned"),
            Effect::KeepOwner => self.assign(Assignment::KeepOwner, "keep owner"),
            Effect::Set { field, value } => return self.set(field, value),
            Effect::Accept => self.accept(),
            Effect::Reject { field, reason } => self.reject(Reason { field, text: as_words(reason) }),
            Effect::Task { text, owner, due } => {
                if due.as_ref().is_some_and(Value::is_missing) {
                    self.lose(self.rule, "create task due", Because::TimeMissing);
                }
                self.list(Effect::Task { text, owner, due: due.filter(is_present) });
            }
            other => self.list(other),
        }
        true
    }

    /// The same with an effect that stays where it is.
    pub(super) fn settle_copy(&mut self, effect: &Effect<Value>) -> bool {
        match effect {
            Effect::Set { field, value } => self.set(field.clone(), value.clone()),
            other => self.settle(other.clone()),
        }
    }

    /// Takes an effect that writes a field in the record that a reference leads to, which no later set sees.
    pub(super) fn settle_elsewhere(&mut self, effect: Effect<Value>, (join, name): (u32, Text), key: Option<Value>) {
        let Some(key) = key else {
            return self.lose(self.rule, effect.verb(), Because::NoRecord(name));
        };
        if self.settle(effect) && self.verdict.set_in.iter().all(|(known, _)| *known != join) {
            self.verdict.set_in.push((join, key));
        }
    }

    fn list(&mut self, effect: Effect<Value>) {
        self.verdict.effects.push(effect);
        self.marks.effect_rules.push(self.rule);
    }

    /// An assignment to somebody. A deadline without a value is none, and nobody can be told that it has passed.
    fn assign_to(
        &mut self,
        target: Recipient<Value>,
        by: Option<Selection<Value>>,
        due: Option<Value>,
        mut escalations: Vec<Escalation<Value>>,
    ) {
        let dues = [due.as_ref()].into_iter().chain(escalations.iter().map(|escalation| escalation.due.as_ref()));
        let missing = dues.enumerate().find(|(_, due)| due.is_some_and(Value::is_missing)).map(|(place, _)| place);
        if let Some(place) = missing {
            self.lose(self.rule, "within", Because::TimeMissing);
            for _ in escalations.drain(place..).collect::<Vec<_>>() {
                self.lose(self.rule, "escalate", Because::NoDeadline);
            }
            if let Some(last) = escalations.last_mut() {
                last.due = last.due.take().filter(is_present);
            }
        }
        let due = due.and_then(as_instant);
        self.assign(Assignment::To { target, member: None, by, due, escalations }, "assign");
    }

    fn assign(&mut self, assignment: Assignment, verb: &str) {
        match self.verdict.assigned_by {
            Some(earlier) => self.lose(self.rule, verb, Because::Earlier(earlier)),
            None => {
                self.verdict.assignment = Some(assignment);
                self.verdict.assigned_by = Some(self.rule);
            }
        }
    }

    /// Setting a field to what it was set to already says nothing new. Tells whether the field has the value now.
    fn set(&mut self, field: Text, value: Value) -> bool {
        let known = self.verdict.set.iter().zip(&self.marks.set_by).find(|((name, _), _)| *name == field);
        match known {
            Some(((_, known), _)) if *known == value => true,
            Some((_, earlier)) => {
                self.lose(self.rule, format!("set {field}"), Because::Earlier(*earlier));
                false
            }
            None => {
                self.verdict.set.push((field, value));
                self.marks.set_by.push(self.rule);
                true
            }
        }
    }

    fn accept(&mut self) {
        match self.marks.rejected_by {
            Some(rejecting) => self.lose(self.rule, "accept", Because::Rejected(rejecting)),
            None => {
                self.verdict.outcome = Some(Outcome::Accept);
                self.marks.accepted_by.push(self.rule);
            }
        }
    }

    fn reject(&mut self, reason: Reason) {
        self.marks.rejected_by.get_or_insert(self.rule);
        for accepting in std::mem::take(&mut self.marks.accepted_by) {
            self.lose(accepting, "accept", Because::Rejected(self.rule));
        }
        match &mut self.verdict.outcome {
            Some(Outcome::Reject(reasons)) => reasons.push(reason),
            outcome => *outcome = Some(Outcome::Reject(vec![reason])),
        }
    }

    /// Sees to it that every `assignee` is somebody. Where the owner is kept, nobody here knows who that is: it counts as
    /// nobody. Of a team a member may yet be chosen, so that effects go on naming the assignee.
    pub(super) fn name_assignee(&mut self) {
        let is_assignee = |recipient: &Recipient<Value>| *recipient == Recipient::Assignee;
        if let Some(Assignment::To { target, escalations, .. }) = &mut self.verdict.assignment {
            let unnamed = escalations.iter_mut().filter(|it| is_assignee(&it.target));
            unnamed.for_each(|escalation| escalation.target.clone_from(target));
            return;
        }
        if self.verdict.effects.iter().any(|effect| effect.recipients().into_iter().any(is_assignee)) {
            self.lose_assignees();
        }
    }

    fn lose_assignees(&mut self) {
        let effects = std::mem::take(&mut self.verdict.effects);
        for (effect, rule) in effects.into_iter().zip(std::mem::take(&mut self.marks.effect_rules)) {
            let mut losses = Losses::new();
            if let Ok(Some(effect)) = recipients::with_recipients(effect, recipients::without_assignee, &mut losses) {
                self.verdict.effects.push(effect);
            }
            for (verb, because) in losses {
                self.lose(rule, verb, because);
            }
        }
    }

    fn lose(&mut self, rule: u32, effect: impl Into<String>, because: Because) {
        self.verdict.lost.push(Lost { rule, effect: effect.into(), because });
    }
}

impl Marks {
    fn clear(&mut self) {
        self.set_by.clear();
        self.accepted_by.clear();
        self.rejected_by = None;
        self.effect_rules.clear();
    }
}

fn is_present(value: &Value) -> bool {
    !value.is_missing()
}

fn as_instant(value: Value) -> Option<Instant> {
    match value {
        Value::DateTime(instant) => Some(instant),
        _ => None,
    }
}

/// The words of a reason; a missing reason has none.
fn as_words(reason: Value) -> Text {
    match reason {
        Value::Text(text) => text,
        _ => Text::from(""),
    }
}
