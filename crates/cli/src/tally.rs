//! What is counted while records are decided. Its size depends on the rules, never on the records.

use std::collections::BTreeMap;

use records::{Broken, Rejected, Report};
use values::Text;
use vm::Verdict;
use vm::program::Decision;
use vm::verdict::Because;

use crate::report::Failure;

/// How many faults are kept to be shown.
const SHOWN: usize = 5;

/// The counts of a run.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Records that came in.
    pub(crate) records: u64,
    /// Records that were decided.
    pub(crate) verdicts: u64,
    /// Verdicts that were left out because no rule had fired.
    pub(crate) left_out: u64,
    /// Records on which no rule fired.
    pub(crate) undecided: u64,
    /// How often each rule fired, in the order of [`Decision::rules`].
    pub(crate) fired: Vec<u64>,
    /// On how many records a missing value settled whether the rule fired, in the same order.
    pub(crate) by_missing: Vec<u64>,
    /// On how many records no rule of the set fired, in the order of [`Decision::sets`].
    pub(crate) silent: Vec<u64>,
    /// How many effects were not performed.
    pub(crate) lost: u64,
    /// For how many records nobody of a team could be chosen, as all were away; team by team.
    pub(crate) away: BTreeMap<Text, u64>,
    /// How many texts were taken for a number or a truth.
    pub(crate) read_leniently: u64,
    /// The references whose links led nowhere.
    pub(crate) broken_links: Vec<Broken>,
    /// What the sources were found to hold that references lead to.
    pub(crate) sources: Vec<Report>,
    /// How many records could not be decided, by code.
    pub(crate) by_code: BTreeMap<&'static str, u64>,
    /// The first of those.
    pub(crate) first: Vec<Rejected>,
    /// Inputs that could not be read to their end, with the reason.
    pub(crate) broken: Vec<String>,
    /// Whether the run was stopped by a fault before all records were read.
    pub(crate) stopped: bool,
}

impl Tally {
    /// Nothing counted yet.
    pub(crate) fn new(decision: &Decision) -> Self {
        let (rules, sets) = (decision.rules.len(), decision.sets.len());
        Self { fired: vec![0; rules], by_missing: vec![0; rules], silent: vec![0; sets], ..Self::default() }
    }

    /// Nothing is counted any more.
    pub(crate) fn forget(&mut self, decision: &Decision) {
        let Self { fired, by_missing, silent, .. } = std::mem::take(self);
        let cleared = |mut counts: Vec<u64>, length: usize| {
            counts.clear();
            counts.resize(length, 0);
            counts
        };
        let (rules, sets) = (decision.rules.len(), decision.sets.len());
        self.fired = cleared(fired, rules);
        self.by_missing = cleared(by_missing, rules);
        self.silent = cleared(silent, sets);
    }

    /// Counts what was counted of later records too; faults are not among it.
    pub(crate) fn add(&mut self, later: &Self) {
        self.records += later.records;
        self.verdicts += later.verdicts;
        self.left_out += later.left_out;
        self.undecided += later.undecided;
        self.lost += later.lost;
        self.read_leniently += later.read_leniently;
        for (counts, more) in [
            (&mut self.fired, &later.fired),
            (&mut self.by_missing, &later.by_missing),
            (&mut self.silent, &later.silent),
        ] {
            counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
        }
        for (team, count) in &later.away {
            *self.away.entry(team.clone()).or_default() += count;
        }
        self.broken_links(later.broken_links.iter());
        self.broken.extend(later.broken.iter().cloned());
    }

    /// A record was decided.
    pub(crate) fn verdict(&mut self, decision: &Decision, verdict: &Verdict) {
        self.verdicts += 1;
        self.undecided += u64::from(verdict.fired.is_empty());
        self.lost += verdict.lost.len() as u64;
        for lost in &verdict.lost {
            if let Because::EverybodyAway(team) = &lost.because {
                *self.away.entry(team.clone()).or_default() += 1;
            }
        }
        count(&mut self.fired, &verdict.fired);
        count(&mut self.by_missing, &verdict.by_missing);
        for (silent, set) in self.silent.iter_mut().zip(&decision.sets) {
            *silent += u64::from(!verdict.fired.iter().any(|rule| set.rules.contains(rule)));
        }
    }

    /// A record could not be decided.
    pub(crate) fn fault(&mut self, rejected: Rejected) {
        *self.by_code.entry(rejected.code).or_default() += 1;
        if self.first.len() < SHOWN {
            self.first.push(rejected);
        }
    }

    /// Links of an input's records led nowhere.
    pub(crate) fn broken_links<'b>(&mut self, broken: impl Iterator<Item = &'b Broken>) {
        for broken in broken {
            let same = |known: &&mut Broken| known.reference == broken.reference && known.file == broken.file;
            match self.broken_links.iter_mut().find(same) {
                Some(known) => known.records += broken.records,
                None => self.broken_links.push(broken.clone()),
            }
        }
    }

    /// Whether anything went wrong: records that could not be decided, inputs and sources that could not be read.
    pub(crate) fn has_faults(&self) -> bool {
        self.faults() > 0 || !self.broken.is_empty() || self.sources.iter().any(|source| source.wrong > 0)
    }

    /// How many records could not be decided.
    pub(crate) fn faults(&self) -> u64 {
        self.by_code.values().sum()
    }

    /// Makes sure that nothing got lost: each record became a verdict or a fault.
    pub(crate) fn balance(&self) -> Result<(), Failure> {
        let Self { records, verdicts, .. } = self;
        let faults = self.faults();
        if verdicts + faults == *records {
            return Ok(());
        }
        Err(Failure::new(format!(
            "records got lost: {records} came in, {verdicts} verdicts and {faults} faults came out"
        ))
        .help("report it with the rules: this is a mistake in rulebook itself"))
    }
}

fn count(counts: &mut [u64], places: &[u32]) {
    for place in places {
        if let Some(count) = usize::try_from(*place).ok().and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
}
