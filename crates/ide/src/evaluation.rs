//! Trying the rules while they are written: on samples of records, and by their tests.
//!
//! An [`Evaluation`] holds no snapshot, so that it can take its time on a thread of its own while edits go on. It never
//! takes longer than it is let: before each record it asks whether to stop, and no record takes more steps than the limits
//! allow.

use std::sync::{Arc, OnceLock};

use diagnostics::Place;
use limits::Limits;
use records::{Source, SourceError};
use semantics::typed::{Rulebook, test};
use testing::{Bench, Outcome, Sample, SampledCondition, SampledRule, Sampling};
use vm::Verified;

use crate::Snapshot;

/// Opens a file of records by the name that tests or settings give it, or tells why that cannot be.
pub type OpenFile<'a> = dyn Fn(&str) -> Result<Source, String> + Sync + 'a;

/// The rules as they were at one moment, ready to be tried.
#[derive(Clone)]
pub struct Evaluation {
    rulebook: Arc<Rulebook>,
    tests: Arc<Vec<test::Test>>,
    limits: Limits,
    texts: Arc<Vec<(Arc<str>, Arc<str>)>>,
    program: Arc<OnceLock<Option<Verified>>>,
}

/// Where records lie.
pub struct RecordFiles<'a> {
    /// The file that has the sample of a record type.
    pub samples: &'a [(String, String)],
    /// The file that has the records of a type, to which references lead.
    pub sources: &'a [(String, String)],
    /// Opens either.
    pub open: &'a OpenFile<'a>,
}

impl RecordFiles<'_> {
    /// The records of a type to which references lead.
    fn source(&self, record: &str) -> Result<Source, String> {
        match self.sources.iter().find(|(of, _)| of == record) {
            Some((_, file)) => (self.open)(file),
            None => Err(format!("there is no source of `{record}` records")),
        }
    }
}

/// What rules make of their samples.
#[derive(Clone, Debug, Default)]
pub struct Sampled {
    /// For each record type that has a sample, what its rules make of it, or why that cannot be said.
    pub samples: Vec<Result<Sample, String>>,
    /// The files as they were, with their names.
    texts: Arc<Vec<(Arc<str>, Arc<str>)>>,
}

impl Snapshot {
    /// The rules and tests as they are now, to be tried without holding up an edit; none while anything is an error.
    pub fn evaluation(&self) -> Option<Evaluation> {
        let text = |path: Arc<str>| Some((Arc::clone(&path), Arc::clone(self.text(&path)?)));
        Some(Evaluation {
            rulebook: self.project().rulebook()?,
            tests: self.project().tests()?,
            limits: self.project().limits(),
            texts: Arc::new(self.paths().into_iter().filter_map(text).collect()),
            program: Arc::default(),
        })
    }
}

impl Evaluation {
    /// Decides the samples, type by type; none if it was stopped.
    pub fn sample(&self, files: &RecordFiles<'_>, how: &Sampling<'_>) -> Option<Sampled> {
        let program = self.program()?;
        let mut samples = Vec::new();
        for (place, decision) in program.decisions.iter().enumerate() {
            let Some((_, file)) = files.samples.iter().find(|(record, _)| *record == *decision.record) else {
                continue;
            };
            let source = |record: &values::Text| files.source(record).map_err(Trouble);
            let sample = (files.open)(file).map_err(Trouble);
            let sample = sample.and_then(|sample| testing::sample((program, place), sample, source, how));
            samples.push(sample.map_err(|Trouble(reason)| format!("`{file}`: {reason}")).transpose()?);
        }
        Some(Sampled { samples, texts: Arc::clone(&self.texts) })
    }

    /// The tests, in the order in which they stand.
    pub fn tests(&self) -> &[test::Test] {
        &self.tests
    }

    /// Runs a test; none if there is no such.
    pub fn run_test(&self, test: usize, files: &RecordFiles<'_>) -> Option<Outcome> {
        let (test, program) = (self.tests.get(test)?, self.program()?.clone());
        let source = |record: &str| files.source(record);
        let mut bench = Bench::new(Arc::clone(&self.rulebook), program, files.open);
        bench.limits = self.limits;
        bench.sources = Some(&source);
        Some(bench.run(test))
    }

    /// The program, which can be traced. It is made when it is wanted first.
    fn program(&self) -> Option<&Verified> {
        let make = || vm::verify(compiler::compile_traceable(&self.rulebook)).ok();
        self.program.get_or_init(make).as_ref()
    }
}

/// Why records cannot be had.
struct Trouble(String);

impl From<SourceError> for Trouble {
    fn from(error: SourceError) -> Self {
        Self(error.to_string())
    }
}

impl Sampled {
    /// What a rule makes of its sample, by the names of its set and its own; those that have no name are called by their
    /// place.
    pub fn rule(&self, set: &str, rule: &str) -> Option<(&Sample, &SampledRule)> {
        let found = |sample| -> Option<(&Sample, &SampledRule)> {
            let sample: &Sample = sample;
            Some((sample, sample.rules.iter().find(|it| *it.set == *set && *it.name == *rule)?))
        };
        self.samples.iter().flatten().find_map(found)
    }

    /// What the condition at a place makes of its sample, with the rule that it stands in; none where the file has another
    /// text by now.
    pub fn condition(&self, snapshot: &Snapshot, place: &Place) -> Option<(&Sample, &SampledRule, &SampledCondition)> {
        let (path, text) = self.texts.iter().find(|(path, _)| **path == *place.file)?;
        if snapshot.text(path) != Some(text) {
            return None;
        }
        let holds = |condition: &&SampledCondition| {
            condition.place.start as usize <= place.start && place.end <= condition.place.end as usize
        };
        let rules =
            self.samples.iter().flatten().flat_map(|sample| sample.rules.iter().map(move |rule| (sample, rule)));
        let here = rules.filter(|(_, rule)| rule.at.rsplit_once(':').is_some_and(|(file, _)| *file == **path));
        let conditions = here
            .flat_map(|(sample, rule)| rule.conditions.iter().filter(holds).map(move |found| (sample, rule, found)));
        conditions.min_by_key(|(.., condition)| condition.place.len())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::{Tried, Workspace};

    pub(crate) const RULES: &str = "rules \"Routing\" for lead, first match {
  rule \"Hot\" when lead.score > 70 and lead.country = \"DE\" then assign queue sales
  otherwise assign queue triage
}
queue sales
queue triage
test \"a hot lead\" { given lead { score: 71, country: \"DE\" } expect assign sales }
test \"a cold lead\" { given lead { score: 7, country: \"DE\" } expect assign sales }
";
    const LEADS: &str = "{\"score\": 80, \"country\": \"DE\"}\n{\"score\": 90, \"country\": \"FR\"}\n\
                         {\"score\": 10, \"country\": \"DE\"}\n{\"score\": \"high\"}\n";

    fn open(name: &str) -> Result<Source, String> {
        match name {
            "leads.ndjson" => Source::read(name, Cursor::new(LEADS), None).map_err(|error| error.to_string()),
            _ => Err("there is no such file".to_owned()),
        }
    }

    fn sampled(file: &str, how: (usize, bool)) -> Option<Sampled> {
        let evaluation = workspace(RULES).snapshot().evaluation().unwrap();
        let samples = [("lead".to_owned(), file.to_owned())];
        let files = RecordFiles { samples: &samples, sources: &[], open: &open };
        let (most, stopped) = how;
        let stop = || stopped;
        let now = values::Instant::from_second(1_800_000_000).unwrap();
        evaluation.sample(&files, &Sampling { now, limits: Limits::default(), most, stop: &stop })
    }

    /// A rulebook, and what came of all that it can be tried by.
    pub(crate) fn evaluated(text: &str) -> (Workspace, Tried) {
        let workspace = workspace(text);
        let evaluation = workspace.snapshot().evaluation().unwrap();
        let files = RecordFiles { samples: &[], sources: &[], open: &open };
        let outcomes = (0..evaluation.tests().len()).filter_map(|test| evaluation.run_test(test, &files));
        let outcomes = outcomes.map(|outcome| (outcome.name.to_string(), outcome)).collect();
        (workspace, Tried { sampled: sampled("leads.ndjson", (100, false)), outcomes })
    }

    fn workspace(text: &str) -> Workspace {
        let mut workspace = Workspace::new();
        workspace.set_file("a.rules", text);
        workspace
    }

    #[test]
    fn each_rule_knows_its_records_and_each_condition_its_share() {
        let sampled = sampled("leads.ndjson", (100, false)).unwrap();
        let (sample, hot) = sampled.rule("Routing", "Hot").unwrap();
        assert_eq!((sample.decided, sample.rejected, sample.is_part), (3, 1, false));
        assert!(sample.first_rejected.as_ref().unwrap().starts_with("leads.ndjson:4: "), "{sample:?}");
        assert_eq!((hot.fired, &*hot.example.as_ref().unwrap().label), (1, "leads.ndjson:1"));
        let shares: Vec<_> = hot.conditions.iter().map(|it| (&*it.written, it.was_true, it.was_false)).collect();
        assert_eq!(shares, [("lead.score > 70", 2, 1), ("lead.country = \"DE\"", 2, 1)]);
        assert_eq!(sampled.rule("Routing", "otherwise").unwrap().1.fired, 2);
    }

    #[test]
    fn a_condition_is_found_at_its_place_until_the_text_is_another() {
        let sampled = sampled("leads.ndjson", (100, false)).unwrap();
        let at = RULES.find("country").unwrap();
        let place = Place { file: Arc::from("a.rules"), start: at, end: at };
        let found = sampled.condition(&workspace(RULES).snapshot(), &place).unwrap();
        assert_eq!((&*found.1.name, &*found.2.written), ("Hot", "lead.country = \"DE\""));
        assert_eq!(sampled.condition(&workspace(&format!("{RULES} ")).snapshot(), &place), None);
    }

    #[test]
    fn a_sample_ends_where_it_is_told_and_says_what_it_lacks() {
        assert!(sampled("leads.ndjson", (100, true)).is_none());
        let part = sampled("leads.ndjson", (2, false)).unwrap();
        assert!(part.samples[0].as_ref().unwrap().is_part);
        assert_eq!(sampled("gone.csv", (2, false)).unwrap().samples, [Err("`gone.csv`: there is no such file".into())]);
    }

    #[test]
    fn tests_run_one_by_one() {
        let evaluation = workspace(RULES).snapshot().evaluation().unwrap();
        let files = RecordFiles { samples: &[], sources: &[], open: &open };
        let outcomes: Vec<_> = (0..3).map(|place| evaluation.run_test(place, &files)).collect();
        assert!(outcomes[0].as_ref().unwrap().passed());
        assert!(outcomes[1].as_ref().unwrap().failures[0].sentence.contains("sales"));
        assert_eq!(outcomes[2], None);
    }
}
