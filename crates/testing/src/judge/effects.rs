//! Effects: the one that a test describes, and the one that happened and is most like it.

use semantics::typed::test::{Detail, Expected, Sketch, Verb};
use semantics::typed::{Recipient, TargetKind};
use values::{Type, Value};
use vm::effect;

use super::Judge;
use crate::fact::{Fact, Found, Person};
use crate::outcome::Failure;
use crate::show;

impl Judge<'_> {
    pub(super) fn effect(&self, sketch: &Sketch) -> Option<Failure> {
        let alike: Vec<&Fact> = self.decided.facts.iter().filter(|fact| self.is_alike(sketch, fact)).collect();
        let differences = |fact: &&Fact| {
            let differing: Vec<&Detail> = sketch.details.iter().filter(|detail| !self.agrees(detail, fact)).collect();
            differing
        };
        let met = alike.iter().find(|fact| differences(fact).is_empty());
        match (met, self.expected.negated) {
            (Some(_), false) | (None, true) => None,
            (Some(fact), true) => {
                let mut failure = self.failed(format!("{} was expected, and there is one", self.written()), "happens");
                failure.notes.insert(0, format!("found: {}", self.words(fact)));
                Some(failure)
            }
            (None, false) => Some(match alike.into_iter().min_by_key(|fact| differences(fact).len()) {
                None => self.nothing_alike(sketch),
                Some(fact) => self.differs(fact, &differences(&fact)),
            }),
        }
    }

    /// Whether an effect is of the kind that is described: a `set` of the same field.
    fn is_alike(&self, sketch: &Sketch, fact: &Fact) -> bool {
        let is_of_field = matches!(sketch.verb, Verb::Set | Verb::Add | Verb::Remove);
        let field = sketch.details.iter().find(|detail| is_of_field && &*detail.part == "field");
        fact.verb == sketch.verb && field.is_none_or(|field| self.agrees(field, fact))
    }

    fn agrees(&self, detail: &Detail, fact: &Fact) -> bool {
        let found = fact.parts.iter().find(|(part, _)| **part == *detail.part).map(|(_, found)| found);
        match (&detail.is, found) {
            (Expected::Who(who), Some(Found::Who(person))) => self.person(who).is_some_and(|who| who.is(person)),
            (Expected::All(all), Some(Found::All(people))) => {
                let wanted: Option<Vec<Person>> = all.iter().map(|who| self.person(who)).collect();
                wanted.is_some_and(|wanted| {
                    wanted.len() == people.len() && wanted.iter().all(|who| people.iter().any(|person| who.is(person)))
                })
            }
            (Expected::Value(value), found) => match (self.value(&value.kind), found) {
                (Ok(wanted), Some(Found::Value(found))) => wanted == found,
                (Ok(wanted), None) => wanted.is_missing(),
                _ => false,
            },
            (Expected::Word(word), Some(Found::Word(found))) => word == found,
            _ => false,
        }
    }

    fn differs(&self, fact: &Fact, differing: &[&Detail]) -> Failure {
        let place = |detail: &Detail| self.session.test.place(detail.span);
        let labels = differing.iter().map(|detail| (place(detail), self.found_instead(detail, fact))).collect();
        let sentence = format!("{} was expected, and another one happens", self.written());
        let found = format!("found: {}", self.words(fact));
        let moment =
            differing.iter().any(|detail| matches!(&detail.is, Expected::Value(value) if value.ty == Type::DateTime));
        let notes = std::iter::once(found).chain(self.fired()).chain(self.now().filter(|_| moment));
        Failure { sentence, labels, notes: notes.collect() }
    }

    fn found_instead(&self, detail: &Detail, fact: &Fact) -> String {
        if let Expected::Value(value) = &detail.is
            && let Err(fault) = self.value(&value.kind)
        {
            return format!("cannot be computed: {}", fault.sentence());
        }
        let found = fact.parts.iter().find(|(part, _)| **part == *detail.part).map(|(_, found)| self.found(found));
        let wanted = match &detail.is {
            Expected::Value(value) => self.value(&value.kind).ok().filter(|value| matches!(value, Value::DateTime(_))),
            _ => None,
        };
        let found = found.unwrap_or_else(|| "nothing".to_owned());
        match wanted {
            Some(instant) => format!("this is {}, found {found}", show::value(instant, &self.session.clock)),
            None => format!("found {found}"),
        }
    }

    fn nothing_alike(&self, sketch: &Sketch) -> Failure {
        let field = sketch.details.iter().find_map(|detail| match &detail.is {
            Expected::Word(word) if &*detail.part == "field" => Some(format!("`{word}`")),
            _ => None,
        });
        let field = field.unwrap_or_else(|| "nothing".to_owned());
        let is_not = if field == "nothing" { "is" } else { "is not" };
        let found = match sketch.verb {
            Verb::Assign => "nobody is assigned".to_owned(),
            Verb::LeaveUnassigned | Verb::KeepOwner => "no rule says so".to_owned(),
            Verb::Set | Verb::Clear => format!("{field} {is_not} set"),
            Verb::Add => format!("nothing is added to {}", field.replace("nothing", "any list")),
            Verb::Remove => format!("nothing is removed from {}", field.replace("nothing", "any list")),
            Verb::Task => "no task is created".to_owned(),
            Verb::Notify => "nobody is notified".to_owned(),
            Verb::Email => "no email is sent".to_owned(),
            Verb::Call => "nothing is called".to_owned(),
            Verb::Accept => "the record is not accepted".to_owned(),
            Verb::Reject => "the record is not rejected".to_owned(),
            Verb::Start => "no workflow is started".to_owned(),
        };
        self.failed(format!("{} was expected, and {found}", self.written()), found.clone())
    }

    /// Whom a recipient of the test means.
    fn person(&self, recipient: &Recipient) -> Option<Person> {
        match recipient {
            Recipient::Declared(place) => Person::declared(self.session.program(), *place),
            Recipient::Undeclared { kind, name } => {
                Some(Person { kind: kind.map(machine_kind), name: name.clone(), address: None })
            }
            Recipient::Assignee => {
                self.decided.verdict.as_ref().ok().and_then(|verdict| Person::assignee(self.session.program(), verdict))
            }
            Recipient::Computed { kind, value, .. } => match self.value(&value.kind) {
                Ok(Value::Text(name)) => {
                    Some(Person { kind: kind.map(machine_kind), name: name.clone(), address: None })
                }
                _ => None,
            },
        }
    }

    /// An effect as a rule would write it, near enough.
    fn words(&self, fact: &Fact) -> String {
        let mut words = fact.verb.words().to_owned();
        for (part, found) in &fact.parts {
            let shown = self.found(found);
            let piece = match part.as_str() {
                "target" | "text" | "reason" | "template" | "name" => format!(" {shown}"),
                "field" => format!(" {}.{shown}", self.session.test.says.record),
                "value" if fact.verb == Verb::Set => format!(" = {shown}"),
                "cc" if shown.is_empty() => String::new(),
                "to" if fact.verb == Verb::Notify => format!(" {shown}"),
                part => format!(", {part} {shown}"),
            };
            words.push_str(&piece);
        }
        words
    }

    fn found(&self, found: &Found) -> String {
        let person = |person: &Person| match person.kind {
            Some(kind) => format!("{} {}", show::kind(kind), person.name),
            None => format!("`{}`", person.name),
        };
        match found {
            Found::Who(who) => person(who),
            Found::All(people) => people.iter().map(person).collect::<Vec<_>>().join(", "),
            Found::Value(value) => show::value(value, &self.session.clock),
            Found::Word(word) => word.to_string(),
        }
    }
}

const fn machine_kind(kind: TargetKind) -> effect::TargetKind {
    match kind {
        TargetKind::Team => effect::TargetKind::Team,
        TargetKind::Queue => effect::TargetKind::Queue,
        TargetKind::User => effect::TargetKind::User,
    }
}
