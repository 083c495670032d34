//! What a verdict says, effect by effect and part by part, so that it can be held against what a test describes.

use semantics::typed::test::Verb;
use values::{Text, Value, text};
use vm::Verdict;
use vm::effect::{Effect, Recipient, Selection, TargetKind};
use vm::program::Program;
use vm::verdict::{Assignment, Outcome};

/// An effect that happened.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) verb: Verb,
    /// Its parts by the names that [`Detail::part`](semantics::typed::test::Detail::part) uses.
    pub(crate) parts: Vec<(String, Found)>,
}

/// A part of an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Who(Person),
    All(Vec<Person>),
    Value(Value),
    Word(Text),
}

/// A team, queue or user as a verdict names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) kind: Option<TargetKind>,
    pub(crate) name: Text,
    /// A declared user's address.
    pub(crate) address: Option<Text>,
}

impl Person {
    /// Whether two names mean the same.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let kinds = self.kind.is_none() || other.kind.is_none() || self.kind == other.kind;
        let same =
            |left: &Text, right: Option<&Text>| right.is_some_and(|right| text::equal_ignoring_case(left, right));
        kinds
            && (same(&self.name, Some(&other.name))
                || same(&self.name, other.address.as_ref())
                || same(&other.name, self.address.as_ref()))
    }

    /// A declared target by its place.
    pub(crate) fn declared(program: &Program, place: u32) -> Option<Self> {
        let target = program.targets.get(usize::try_from(place).ok()?)?;
        let user = target.members.first().filter(|_| target.kind == TargetKind::User);
        let address = user.map(|user| user.address.clone());
        Some(Self { kind: Some(target.kind), name: target.name.clone(), address })
    }

    /// Whoever a verdict assigns the record to.
    pub(crate) fn assignee(program: &Program, verdict: &Verdict) -> Option<Self> {
        match verdict.assignment.as_ref()? {
            Assignment::To { target: Recipient::Assignee, .. } | Assignment::Nobody | Assignment::KeepOwner => None,
            Assignment::To { member: Some(member), .. } => {
                Some(Self { kind: Some(TargetKind::User), name: member.clone(), address: None })
            }
            Assignment::To { target, .. } => Self::of(program, verdict, target),
        }
    }

    fn of(program: &Program, verdict: &Verdict, recipient: &Recipient<Value>) -> Option<Self> {
        match recipient {
            Recipient::Declared(place) => Self::declared(program, *place),
            Recipient::Undeclared { kind, name } => Some(Self { kind: *kind, name: name.clone(), address: None }),
            Recipient::Computed { kind, value: Value::Text(name), .. } => {
                Some(Self { kind: *kind, name: name.clone(), address: None })
            }
            Recipient::Computed { .. } => None,
            Recipient::Assignee => Self::assignee(program, verdict),
        }
    }
}

/// All that a verdict says, in its order.
pub(crate) fn facts(program: &Program, verdict: &Verdict) -> Vec<Fact> {
    let reader = Reading { program, verdict };
    let mut facts: Vec<Fact> = verdict.assignment.iter().map(|assignment| reader.assignment(assignment)).collect();
    facts.extend(verdict.set.iter().map(|(field, value)| change(Verb::Set, field, value)));
    match &verdict.outcome {
        None => {}
        Some(Outcome::Accept) => facts.push(Fact { verb: Verb::Accept, parts: Vec::new() }),
        Some(Outcome::Reject(reasons)) => facts.extend(reasons.iter().map(|reason| {
            let field = reason.field.iter().map(|field| part("field", Found::Word(field.clone())));
            let text = part("reason", Found::Value(Value::Text(reason.text.clone())));
            Fact { verb: Verb::Reject, parts: field.chain([text]).collect() }
        })),
    }
    facts.extend(verdict.effects.iter().filter_map(|effect| reader.effect(effect)));
    facts
}

fn part(name: &str, found: Found) -> (String, Found) {
    (name.to_owned(), found)
}

fn change(verb: Verb, field: &Text, value: &Value) -> Fact {
    let parts = vec![part("field", Found::Word(field.clone())), part("value", Found::Value(value.clone()))];
    Fact { verb, parts }
}

struct Reading<'a> {
    program: &'a Program,
    verdict: &'a Verdict,
}

impl Reading<'_> {
    fn assignment(&self, assignment: &Assignment) -> Fact {
        match assignment {
            Assignment::Nobody => Fact { verb: Verb::LeaveUnassigned, parts: Vec::new() },
            Assignment::KeepOwner => Fact { verb: Verb::KeepOwner, parts: Vec::new() },
            Assignment::To { target, by, due, escalations, .. } => {
                let mut parts: Vec<_> = self.who("target", target).into_iter().collect();
                parts.extend(by.as_ref().map(|by| part("by", Found::Word(Text::from(by_word(by))))));
                parts.extend(due.map(|due| part("due", Found::Value(Value::DateTime(due)))));
                let mut name = "escalate to".to_owned();
                for escalation in escalations {
                    parts.extend(self.who(&name, &escalation.target));
                    let due = escalation.due.clone().filter(|due| !due.is_missing());
                    parts.extend(due.map(|due| part(&format!("{name} due"), Found::Value(due))));
                    name += ", then to";
                }
                Fact { verb: Verb::Assign, parts }
            }
        }
    }

    fn who(&self, name: &str, recipient: &Recipient<Value>) -> Option<(String, Found)> {
        Person::of(self.program, self.verdict, recipient).map(|person| part(name, Found::Who(person)))
    }

    fn all(&self, name: &str, recipients: &[Recipient<Value>]) -> (String, Found) {
        let people = recipients.iter().filter_map(|recipient| Person::of(self.program, self.verdict, recipient));
        part(name, Found::All(people.collect()))
    }

    fn effect(&self, effect: &Effect<Value>) -> Option<Fact> {
        let (verb, parts) = match effect {
            Effect::Task { text, owner, due } => {
                let mut parts = vec![part("text", Found::Value(text.clone()))];
                parts.extend(owner.as_ref().and_then(|owner| self.who("for", owner)));
                parts.extend(due.clone().map(|due| part("due", Found::Value(due))));
                (Verb::Task, parts)
            }
            Effect::Notify { to, text } => {
                (Verb::Notify, vec![self.all("to", to), part("text", Found::Value(text.clone()))])
            }
            Effect::Email { template, to, cc, from, reply_to, with } => {
                let mut parts = vec![part("template", Found::Value(template.clone())), self.all("to", to)];
                parts.push(self.all("cc", cc));
                parts.extend(from.as_ref().and_then(|from| self.who("from", from)));
                parts.extend(reply_to.as_ref().and_then(|reply_to| self.who("reply to", reply_to)));
                parts.extend(arguments(with));
                (Verb::Email, parts)
            }
            Effect::Call { integration, with } => {
                let name = part("name", Found::Word(integration.clone()));
                (Verb::Call, std::iter::once(name).chain(arguments(with)).collect())
            }
            Effect::Start { workflow } => (Verb::Start, vec![part("name", Found::Word(workflow.clone()))]),
            Effect::Add { field, value } => return Some(change(Verb::Add, field, value)),
            Effect::Remove { field, value } => return Some(change(Verb::Remove, field, value)),
            // These are settled elsewhere in a verdict.
            Effect::Set { .. }
            | Effect::Assign { .. }
            | Effect::LeaveUnassigned
            | Effect::KeepOwner
            | Effect::Accept
            | Effect::Reject { .. } => return None,
        };
        Some(Fact { verb, parts })
    }
}

fn arguments(with: &[(Text, Value)]) -> impl Iterator<Item = (String, Found)> {
    with.iter().map(|(name, value)| part(&format!("with {name}"), Found::Value(value.clone())))
}

const fn by_word(by: &Selection<Value>) -> &'static str {
    match by {
        Selection::RoundRobin => "round robin",
        Selection::LeastLoaded(_) => "least loaded",
        Selection::HashOf(_) => "hash",
    }
}
