//! What a run writes: verdicts as NDJSON ([`ndjson`]) or CSV ([`CsvTable`]), and the rejects file ([`rejected`]).

mod csv;
mod effects;
mod json;
mod ndjson;
mod rejected;
mod trace;
mod value;

use std::sync::Arc;

use values::{Clock, Text, Value};
use vm::Verdict;
use vm::effect::{Recipient, TargetKind};
use vm::program::{Decision, Program, Rule};
use vm::verdict::Assignment;

use json::Json;

pub use csv::{CsvRows, CsvTable};
pub use ndjson::ndjson;
pub use rejected::rejected;

/// What all verdicts of a run have in common: where their names are looked up and how their instants are written.
#[derive(Clone, Debug)]
pub struct Run<'p> {
    /// The program that decided.
    pub program: &'p Program,
    /// The part of it that decides the records at hand.
    pub decision: &'p Decision,
    /// *Now*, and the zone that instants are written in.
    pub clock: &'p Clock,
    parts: Arc<Parts>,
}

/// What stands in many verdicts, as JSON.
#[derive(Debug)]
pub struct Parts {
    /// The type of the records.
    record: String,
    /// *Now* for records that do not tell theirs.
    now: String,
    /// Each rule, as one that fired.
    rules: Vec<String>,
}

impl Parts {
    fn new(decision: &Decision, clock: &Clock) -> Self {
        let rule = |rule: &Rule| {
            let set = decision.sets.get(rule.set as usize).map_or("", |set| &set.name);
            Json::value(|json| {
                json.write_object(|json| {
                    json.text("set", set);
                    json.text("rule", &rule.name);
                    json.text("at", &rule.at);
                });
            })
        };
        Self {
            record: Json::value(|json| json.write_text(&decision.record)),
            now: Json::value(|json| json.write_instant(clock.now, &clock.zone)),
            rules: decision.rules.iter().map(rule).collect(),
        }
    }
}

impl<'p> Run<'p> {
    /// What verdicts of a decision of a program have in common.
    pub fn new(program: &'p Program, decision: &'p Decision, clock: &'p Clock) -> Self {
        Self { program, decision, clock, parts: Arc::new(Parts::new(decision, clock)) }
    }

    /// What has been worked out for all verdicts of the run, for whoever cannot keep what it borrows.
    pub fn parts(&self) -> &Arc<Parts> {
        &self.parts
    }

    /// The same run again, of the same program, decision and clock.
    pub const fn again(program: &'p Program, decision: &'p Decision, clock: &'p Clock, parts: Arc<Parts>) -> Self {
        Self { program, decision, clock, parts }
    }

    /// The name of the one who gets a record: of a team, a queue, or a user, or of the member of the team who was chosen.
    pub fn assignee<'v>(&self, verdict: &'v Verdict) -> Option<&'v Text>
    where
        'p: 'v,
    {
        self.name(&Recipient::Assignee, verdict.assignment.as_ref()).map(|named| named.name)
    }

    fn rule(&self, place: u32) -> Option<&'p Rule> {
        self.decision.rules.get(usize::try_from(place).ok()?)
    }

    fn rule_name(&self, place: u32) -> &'p str {
        self.rule(place).map_or("", |rule| &rule.name)
    }

    /// A recipient by kind and name. A declared user goes by its address.
    fn name<'v>(&self, recipient: &'v Recipient<Value>, assignment: Option<&'v Assignment>) -> Option<Named<'v>>
    where
        'p: 'v,
    {
        match recipient {
            Recipient::Declared(place) => {
                let target = self.program.targets.get(usize::try_from(*place).ok()?)?;
                let address = target.members.first().filter(|_| target.kind == TargetKind::User);
                Some(Named { kind: Some(target.kind), name: address.map_or(&target.name, |user| &user.address) })
            }
            Recipient::Undeclared { kind, name } => Some(Named { kind: *kind, name }),
            Recipient::Computed { kind, value: Value::Text(name), .. } => Some(Named { kind: *kind, name }),
            Recipient::Computed { .. } => None,
            Recipient::Assignee => match assignment? {
                Assignment::To { target: Recipient::Assignee, .. } | Assignment::Nobody | Assignment::KeepOwner => None,
                Assignment::To { member: Some(member), .. } => {
                    Some(Named { kind: Some(TargetKind::User), name: member })
                }
                Assignment::To { target, .. } => self.name(target, None),
            },
        }
    }
}

/// A recipient as it is written.
#[derive(Clone, Copy, Debug)]
struct Named<'v> {
    kind: Option<TargetKind>,
    name: &'v Text,
}

impl Named<'_> {
    /// `team`, `queue` or `user`; `target` for a name that could be any of them.
    const fn kind(&self) -> &'static str {
        match self.kind {
            Some(TargetKind::Team) => "team",
            Some(TargetKind::Queue) => "queue",
            Some(TargetKind::User) => "user",
            None => "target",
        }
    }
}

/// The JSON Schema (draft 2020-12) of what [`ndjson`] writes. It names every key, so that nothing else is allowed.
pub const VERDICT_SCHEMA: &str = include_str!("../verdict.schema.json");

/// The JSON Schema of what [`rejected`] writes.
pub const REJECTS_SCHEMA: &str = include_str!("../rejects.schema.json");

#[cfg(test)]
mod tests;
