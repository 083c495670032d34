//! Who is meant: targets by name, addresses, and whoever gets the record.

use semantics::typed::{Recipient, Target, TargetKind};
use serde_json::{Value as Json, json};
use values::text::equal_ignoring_case;
use values::{FaultCode, Value};

use super::evaluate::Scope;

/// Who is meant.
#[derive(Clone)]
pub(super) enum Who {
    /// A declared team or queue, or one of which only the name is known.
    Place(TargetKind, String),
    /// A person, by the address, and what rules call him.
    Person(String, String),
    /// A name of which nobody says what it is.
    Name(String),
}

/// What became of looking for somebody.
#[derive(Clone)]
pub(super) enum Found {
    Who(Who),
    /// Whoever this verdict assigns the record to.
    Assignee,
    /// There is no value, said in a sentence.
    Missing(String),
    /// The name is declared nowhere and is no address, said in a sentence.
    Stranger(String),
}

impl Who {
    /// As an assignment shows it.
    pub(super) fn assigned(&self) -> Json {
        match self {
            Self::Place(kind, name) => json!({ word(*kind): name }),
            Self::Person(address, _) => json!({ "user": address }),
            Self::Name(name) => json!({ "target": name }),
        }
    }

    /// Whether both may be meant: people are known by their address, and a name of which nobody says what it is may be
    /// anybody's. Capitals do not count.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Person(one, _), Self::Person(other, _)) => equal_ignoring_case(one, other),
            (Self::Place(kind, one), Self::Place(of, other)) => kind == of && equal_ignoring_case(one, other),
            (Self::Name(name), who) | (who, Self::Name(name)) => equal_ignoring_case(name, who.called()),
            _ => false,
        }
    }

    /// As a message shows it.
    pub(super) fn told(&self) -> Json {
        match self {
            Self::Place(..) => self.assigned(),
            Self::Person(name, _) | Self::Name(name) => name.as_str().into(),
        }
    }

    /// As rules call it.
    pub(super) fn called(&self) -> &str {
        match self {
            Self::Place(_, name) | Self::Person(_, name) | Self::Name(name) => name,
        }
    }
}

fn word(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Team => "team",
        TargetKind::Queue => "queue",
        TargetKind::User => "user",
    }
}

/// Looks for a recipient.
pub(super) fn find(scope: Scope<'_>, recipient: &Recipient) -> Result<Found, FaultCode> {
    let targets = &scope.world.rulebook.targets;
    Ok(match recipient {
        Recipient::Assignee => Found::Assignee,
        Recipient::Declared(place) => {
            let target = targets.get(*place as usize);
            Found::Who(target.map_or_else(|| Who::Name(String::new()), declared))
        }
        Recipient::Undeclared { kind, name } => Found::Who(of_kind(*kind, name)),
        Recipient::Computed { kind, value, written } => match scope.value(value)? {
            Value::Text(name) if !name.trim().is_empty() => named(targets, *kind, &name),
            _ => Found::Missing(format!("`{written}` is missing")),
        },
    })
}

/// Who has a name that was computed. A declared name counts before all, capitals or not. A user need not be declared, and where
/// no kind is said an address will do.
fn named(targets: &[Target], kind: Option<TargetKind>, name: &str) -> Found {
    let fits =
        |target: &&Target| kind.is_none_or(|kind| kind == target.kind) && equal_ignoring_case(&target.name, name);
    let is_person = kind.map_or_else(|| name.contains('@'), |kind| kind == TargetKind::User);
    match targets.iter().find(fits) {
        Some(target) => Found::Who(declared(target)),
        None if is_person => Found::Who(of_kind(Some(TargetKind::User), name)),
        None if targets.is_empty() => Found::Who(of_kind(kind, name)),
        None => Found::Stranger(format!("`{name}` is not an address and names no team, queue or user")),
    }
}

fn declared(target: &Target) -> Who {
    match (target.kind, target.members.first()) {
        (TargetKind::User, Some(member)) => Who::Person(member.address.to_string(), target.name.to_string()),
        _ => of_kind(Some(target.kind), &target.name),
    }
}

fn of_kind(kind: Option<TargetKind>, name: &str) -> Who {
    match kind {
        Some(TargetKind::User) => Who::Person(name.to_owned(), name.to_owned()),
        Some(kind) => Who::Place(kind, name.to_owned()),
        None => Who::Name(name.to_owned()),
    }
}
