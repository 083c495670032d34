//! What was decided about one record.

use std::sync::Arc;

use records::write::{self, Parts, Run};
use values::{Clock, FaultCode, Text, Value};
use vm::program::{Decision, Rule};
use vm::{Chooser, Verdict, Verified};

/// A verdict while its decider holds it: until the next record. [`verdict`](Self::verdict) has all of it as data.
pub struct Decided<'d> {
    pub(crate) program: &'d Verified,
    pub(crate) place: usize,
    pub(crate) clock: &'d Clock,
    pub(crate) parts: &'d Arc<Parts>,
    pub(crate) record: Text,
    pub(crate) verdict: &'d mut Verdict,
    pub(crate) json: &'d mut String,
}

impl Decided<'_> {
    /// The key of the record, or what the settings call one without a key.
    pub fn record(&self) -> &str {
        &self.record
    }

    /// The verdict. Rules, derived values and targets stand in it by their places; the other functions here name them.
    pub const fn verdict(&self) -> &Verdict {
        self.verdict
    }

    /// The rules that fired, in order, each with its name and where it stands.
    pub fn fired(&self) -> impl Iterator<Item = &Rule> {
        self.verdict.fired.iter().filter_map(|&place| self.decision()?.rules.get(place as usize))
    }

    /// Who gets the record: the name of a team, a queue or a user, or of the member who was [chosen](Self::choose). None
    /// where nobody gets it or it keeps its owner: [`Verdict::assignment`] tells which.
    pub fn assignee(&self) -> Option<&str> {
        self.run()?.assignee(self.verdict).map(Text::as_str)
    }

    /// What a field is set to, by its name without the type: `priority`. [`Value::Missing`] where it is cleared; none where
    /// it is left alone.
    pub fn set(&self, field: &str) -> Option<&Value> {
        self.verdict.set.iter().find(|(name, _)| **name == *field).map(|(_, value)| value)
    }

    /// A derived value by its name without the type; the fault where it could not be computed and no rule needed it.
    pub fn value(&self, name: &str) -> Option<Result<&Value, FaultCode>> {
        let place = self.decision()?.definitions.iter().position(|definition| *definition.name == *name)?;
        self.verdict.values.get(place).map(|value| value.as_ref().map_err(|fault| *fault))
    }

    /// Has the member chosen, where the record goes to a team and rules say how one of it is found.
    pub fn choose(&mut self, chooser: &mut Chooser) {
        chooser.choose(&self.program.targets, self.clock, self.verdict);
    }

    /// The verdict as the command line writes it: a line of JSON, with its line ending.
    pub fn to_json(&mut self) -> &str {
        self.json.clear();
        if let Some(run) = Self::run_of(self.program, self.place, self.clock, self.parts) {
            write::ndjson(self.json, &run, &self.record, self.verdict);
        }
        self.json
    }

    fn decision(&self) -> Option<&Decision> {
        self.program.decisions.get(self.place)
    }

    fn run(&self) -> Option<Run<'_>> {
        Self::run_of(self.program, self.place, self.clock, self.parts)
    }

    fn run_of<'r>(program: &'r Verified, place: usize, clock: &'r Clock, parts: &Arc<Parts>) -> Option<Run<'r>> {
        Some(Run::again(program, program.decisions.get(place)?, clock, Arc::clone(parts)))
    }
}
