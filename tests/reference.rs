//! A second opinion on every verdict: what the guide says of rules and records, as plainly as it can be written down.
//!
//! It walks over the checked rules and computes what they say, one after the other, without a plan, a program or a machine. It
//! was written from the guide and the pages of `language/`, and knows nothing of the crates that decide records in earnest;
//! only the arithmetic of `values` is the same. Where both agree, two readings of the guide agree.
//!
//! ```text
//! JSON ──read──▶ fields ──rules──▶ steps ──verdict──▶ JSON
//!                   └─────evaluate────┘
//! ```
//!
//! [`read`] says what a record holds, [`evaluate`] what an expression comes to, [`rules`] which rules fire and what each set
//! sees, [`effects`] with [`recipients`] what rules do and to whom, [`choose`] who of a team gets it, [`verdict`] what stands in
//! the end.

mod agree;
mod choose;
mod effects;
mod envelope;
mod evaluate;
mod json;
mod links;
mod read;
mod recipients;
mod rules;
mod verdict;
mod written;

use std::collections::BTreeMap;

use semantics::typed::Rulebook;
use serde_json::Value as Json;
use values::{Clock, FaultCode, Instant};

pub use agree::{agrees, is_of_the_reader};
pub use choose::Turns;
pub use envelope::opened;
pub use json::exact;

use evaluate::{Scope, View, World};

/// What is known beside the rules and the record.
#[derive(Clone, Debug)]
pub struct Situation {
    /// The moment that rules call `now`.
    pub now: Instant,
    /// What happened to the record, if it was anything.
    pub event: Option<String>,
    /// The record before the event.
    pub before: Option<Json>,
    /// Who acts.
    pub actor: Option<Json>,
    /// The records to which references lead, by type.
    pub others: BTreeMap<String, Vec<Json>>,
}

impl Situation {
    /// A moment in which nothing happens.
    pub fn at(now: Instant) -> Self {
        Self { now, event: None, before: None, actor: None, others: BTreeMap::new() }
    }
}

/// What becomes of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The verdict, as `rulebook run` writes it, without `record`. Numbers are [exact].
    Verdict(Json),
    /// It cannot be decided. Of several fields at fault the first that is declared is told, for JSON that has been read has lost
    /// the order of its keys.
    Fault {
        /// The code, as `rulebook explain` explains it; `unknown-record` where the rulebook decides no such records.
        code: String,
        /// The field at fault, where one is.
        field: Option<String>,
    },
}

/// Decides one record as the guide says, as the first of a run.
pub fn decide(rulebook: &Rulebook, record_type: &str, record: &Json, situation: &Situation) -> Outcome {
    decide_next(rulebook, record_type, record, situation, &mut Turns::default())
}

/// The same for a record of a run, in which others have been given to members of teams before.
pub fn decide_next(
    rulebook: &Rulebook,
    record_type: &str,
    record: &Json,
    situation: &Situation,
    turns: &mut Turns,
) -> Outcome {
    let decided = with(rulebook, record_type, record, situation, |world, came| {
        let events = rules::run(world, came)?;
        Ok(verdict::verdict(Scope { world, view: came, items: &[] }, events, turns))
    });
    match decided {
        Ok(verdict) => Outcome::Verdict(verdict),
        Err(Stop { code, field }) => Outcome::Fault { code, field },
    }
}

/// Whether the condition of each rule holds, by itself and on the record as it came, or the code of its fault: set, rule and
/// outcome, in the order of the sets. Nothing where the record cannot be read.
pub fn holds(
    rulebook: &Rulebook,
    record_type: &str,
    record: &Json,
    situation: &Situation,
) -> Vec<(String, String, Result<bool, String>)> {
    let asked = with(rulebook, record_type, record, situation, |world, came| {
        let scope = Scope { world, view: came, items: &[] };
        let rules = world.decision.sets.iter().flat_map(|set| set.rules.iter().map(move |rule| (set, rule)));
        let holds = rules.map(|(set, rule)| {
            let holds = scope.holds(&rule.condition).map_err(|fault| fault.code().to_owned());
            (set.name.to_string(), rule.name.to_string(), holds)
        });
        Ok(holds.collect())
    });
    asked.unwrap_or_default()
}

/// Why a record cannot be decided.
struct Stop {
    code: String,
    field: Option<String>,
}

impl Stop {
    fn of(code: &str, field: &str) -> Self {
        Self { code: code.to_owned(), field: Some(field.to_owned()) }
    }

    /// The same, of a field in something that is told beside the record.
    fn within(self, place: &str) -> Self {
        Self { field: self.field.map(|field| format!("{place}.{field}")), ..self }
    }
}

impl From<FaultCode> for Stop {
    fn from(fault: FaultCode) -> Self {
        Self { code: fault.code().to_owned(), field: None }
    }
}

/// Reads a record and all that belongs to it, and does something with it.
fn with<T>(
    rulebook: &Rulebook,
    record_type: &str,
    record: &Json,
    situation: &Situation,
    does: impl FnOnce(&World<'_>, &View) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let decision = rulebook.decisions.iter().find(|decision| decision.record == record_type);
    let decision = decision.ok_or_else(|| Stop { code: "unknown-record".to_owned(), field: None })?;
    let clock = Clock::of(situation.now, &rulebook.zone, &rulebook.calendars);
    let zone = &clock.zone;
    let read = |fields, record| read::read(fields, record, &situation.others, zone);
    let came = View::new(decision, read(&decision.fields, record)?);
    let before = match &situation.before {
        Some(before) => {
            let fields = read(&decision.fields, before)
                .map_err(|stop| Stop { field: stop.field.map(|field| format!("before.{field}")), ..stop })?;
            Some(View::before(decision, fields))
        }
        None => None,
    };
    let nobody = Json::Object(serde_json::Map::new());
    let actor =
        read(&decision.actor, situation.actor.as_ref().unwrap_or(&nobody)).map_err(|stop| stop.within("actor"))?;
    let world = World { rulebook, decision, clock, event: situation.event.as_deref(), actor, before };
    does(&world, &came)
}
