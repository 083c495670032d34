//! What rules make of a sample of records: on how many each fires, of how many each of its conditions is true, and the
//! verdict on the first record that it fires on.

use std::ops::Range;
use std::sync::Arc;

use records::{Joined, Reader, Source, SourceError, write};
use values::{Clock, Instant, Text};
use vm::choose::Standings;
use vm::program::{Decision, Rule};
use vm::{Chooser, Machine, Options, Verified};

use crate::seen::{Seen, SeenRule};

/// How a sample is decided.
pub struct Sampling<'a> {
    /// The instant that rules call `now`.
    pub now: Instant,
    /// How far records and computations may go.
    pub limits: limits::Limits,
    /// The most records that are looked at.
    pub most: usize,
    /// Asked before each record: whether nobody wants the answer any more.
    pub stop: &'a dyn Fn() -> bool,
    /// Asked before each record: whether the records so far have to do.
    pub enough: &'a dyn Fn() -> bool,
}

/// What the rules that decide one type of records make of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The type of the records.
    pub record: Text,
    /// The file, as the user named it.
    pub file: String,
    /// How many records were decided.
    pub decided: usize,
    /// How many could not be read or decided.
    pub rejected: usize,
    /// Why the first of those could not: `leads.ndjson:7: …`.
    pub first_rejected: Option<String>,
    /// Whether the file has more records than were looked at.
    pub is_part: bool,
    /// The rules, in the order in which they run.
    pub rules: Vec<SampledRule>,
}

/// What a rule makes of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampledRule {
    /// The name of its set.
    pub set: Text,
    /// Its name.
    pub name: Text,
    /// File and line: `routing.rules:31`.
    pub at: Text,
    /// On how many records it fires.
    pub fired: usize,
    /// Its single conditions.
    pub conditions: Vec<SampledCondition>,
    /// The first record that it fires on.
    pub example: Option<Example>,
}

/// What a single condition makes of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampledCondition {
    /// As it is written.
    pub written: Text,
    /// The bytes in the rule's file where it stands.
    pub place: Range<u32>,
    /// For how many records it was true, also where the rule did not have to ask it.
    pub was_true: usize,
    /// For how many it was false.
    pub was_false: usize,
}

/// A record and its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What verdicts call the record.
    pub label: Text,
    /// Its verdict with its trace, as a line of JSON.
    pub verdict: String,
}

/// Decides a sample of records of the type of a decision, given by its place; the program must be one that can be traced.
/// `open_source` opens the records of a type to which references lead. None if there is no such decision, or if it was
/// stopped.
///
/// # Errors
///
/// What is wrong with the file as a whole, or with a source.
pub fn sample<E: From<SourceError>>(
    (program, place): (&Verified, usize),
    source: Source,
    open_source: impl FnMut(&Text) -> Result<Source, E>,
    how: &Sampling<'_>,
) -> Result<Option<Sample>, E> {
    let clock = Clock { limits: how.limits, ..program.clock(how.now) };
    let options = Options { values: true, by_missing: false, trace: true };
    let (Some(decision), Some(mut machine)) =
        (program.decisions.get(place), Machine::new(program, place, clock.clone(), options))
    else {
        return Ok(None);
    };
    let mut reading = records::Options { zone: clock.zone.clone(), limits: how.limits, ..records::Options::default() };
    if !decision.joins.is_empty() {
        reading.joined = Some(Arc::new(Joined::read(decision.into(), open_source, &reading)?));
    }
    let mut sample = Sample::of(decision, source.name());
    let mut reader = Reader::new(source, decision, reading)?;
    let (run, mut chooser) = (write::Run::new(program, decision, &clock), Chooser::new(program, Standings::default()));
    let mut seen = Seen::default();
    while let Some(read) = reader.next() {
        if (how.stop)() {
            return Ok(None);
        }
        if sample.decided + sample.rejected == how.most || (how.enough)() {
            sample.is_part = true;
            break;
        }
        let decided = read?.and_then(|input| match machine.run(&input.record) {
            Ok(verdict) => Ok((reader.label(&input), verdict)),
            Err(fault) => Err(Box::new(reader.undecided(&input, decision, &fault))),
        });
        match decided {
            Ok((label, mut verdict)) => {
                chooser.choose(&program.targets, &clock, &mut verdict);
                seen.record(&verdict);
                sample.add(&label, &verdict.fired, |out| write::ndjson(out, &run, &label, &verdict));
            }
            Err(rejected) => sample.reject(&rejected),
        }
    }
    sample.count(&seen);
    Ok(Some(sample))
}

impl Sample {
    /// Before the first record.
    fn of(decision: &Decision, file: &str) -> Self {
        let rule = |rule: &Rule| SampledRule {
            set: decision.sets.get(rule.set as usize).map(|set| set.name.clone()).unwrap_or_default(),
            name: rule.name.clone(),
            at: rule.at.clone(),
            fired: 0,
            conditions: Vec::new(),
            example: None,
        };
        let condition = |leaf: &vm::program::Leaf| SampledCondition {
            written: leaf.written.clone(),
            place: leaf.place.clone(),
            was_true: 0,
            was_false: 0,
        };
        let rules = decision
            .rules
            .iter()
            .map(|it| SampledRule { conditions: it.leaves.iter().map(condition).collect(), ..rule(it) });
        Self {
            record: decision.record.clone(),
            file: file.to_owned(),
            decided: 0,
            rejected: 0,
            first_rejected: None,
            is_part: false,
            rules: rules.collect(),
        }
    }

    /// Adds a record that was decided. It is an example of those rules that had none.
    fn add(&mut self, label: &Text, fired: &[u32], write: impl FnOnce(&mut String)) {
        self.decided += 1;
        let lacks =
            |rules: &[SampledRule], place: u32| rules.get(place as usize).is_some_and(|it| it.example.is_none());
        if !fired.iter().any(|place| lacks(&self.rules, *place)) {
            return;
        }
        let mut verdict = String::new();
        write(&mut verdict);
        verdict.truncate(verdict.trim_end().len());
        for place in fired {
            if let Some(rule) = self.rules.get_mut(*place as usize) {
                rule.example.get_or_insert_with(|| Example { label: label.clone(), verdict: verdict.clone() });
            }
        }
    }

    fn reject(&mut self, rejected: &records::Rejected) {
        self.rejected += 1;
        self.first_rejected.get_or_insert_with(|| format!("{}:{}: {}", rejected.file, rejected.line, rejected.message));
    }

    /// Takes over what all records together have seen.
    fn count(&mut self, seen: &Seen) {
        let nothing = SeenRule::default();
        for (place, rule) in (0..).zip(&mut self.rules) {
            let seen = seen.rules.get(&place).unwrap_or(&nothing);
            rule.fired = seen.fired;
            for (condition, leaf) in rule.conditions.iter_mut().zip(&seen.leaves) {
                (condition.was_true, condition.was_false) = (leaf.was_true, leaf.was_false);
            }
        }
    }
}
