//! Trying the rules while they are written: on samples of records, and by their tests.
//!
//! An [`Evaluation`] holds no snapshot, so that it can take its time on a thread of its own while edits go on. It never
//! takes longer than it is let: before each record it asks whether to stop, and no record takes more steps than the limits
//! allow.

use std::io::Read;
use std::sync::{Arc, OnceLock};

use diagnostics::Place;
use limits::Limits;
use records::{Source, SourceError};
use semantics::typed::{Rulebook, test};
use testing::{Bench, Outcome, Sample, SampledCondition, SampledRule, Sampling};
use values::Instant;
use vm::Verified;

use crate::Snapshot;

/// Opens a file of records by the name that tests or settings give it, or tells why that cannot be.
pub type OpenFile<'a> = dyn Fn(&str) -> Result<Box<dyn Read + Send>, String> + Sync + 'a;

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
    /// The file that has the sample of a record type. Of one that stands in none of them, the first file that a test is over.
    pub samples: &'a [(String, String)],
    /// The file that has the records of a type, to which references lead.
    pub sources: &'a [(String, String)],
    /// Opens either.
    pub open: &'a OpenFile<'a>,
}

impl RecordFiles<'_> {
    fn records(&self, file: &str) -> Result<Source, String> {
        Source::read(file, (self.open)(file)?, None).map_err(|error| error.to_string())
    }

    /// The records of a type to which references lead.
    fn source(&self, record: &str) -> Result<Source, String> {
        match self.sources.iter().find(|(of, _)| of == record) {
            Some((_, file)) => self.records(file),
            None => Err(format!("there is no source of `{record}` records")),
        }
    }
}

/// How rules are tried.
pub struct Trying<'a> {
    /// The instant that rules call `now`; tests have their own.
    pub now: Instant,
    /// The most records of a sample that are looked at.
    pub most: usize,
    /// Asked before each record: whether nobody wants the answer any more.
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Asked before each record: whether it has taken too long. A sample ends with the records so far, a test fails.
    pub late: &'a (dyn Fn() -> bool + Sync),
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
    pub fn sample(&self, files: &RecordFiles<'_>, trying: &Trying<'_>) -> Option<Sampled> {
        let program = self.program()?;
        let Trying { now, most, stop, late } = *trying;
        let how = Sampling { now, limits: self.limits, most, stop, enough: late };
        let unknown = files.samples.iter().filter(|(of, _)| !program.decisions.iter().any(|it| *it.record == **of));
        let mut samples: Vec<_> =
            unknown.map(|(of, _)| Err(format!("`[samples]` names `{of}`, and no rule decides such records"))).collect();
        for (place, decision) in program.decisions.iter().enumerate() {
            let Some(file) = self.sample_of(&decision.record, files) else { continue };
            let source = |record: &values::Text| files.source(record).map_err(Trouble);
            let sample = files.records(file).map_err(Trouble);
            let sample = sample.and_then(|sample| testing::sample((program, place), sample, source, &how));
            samples.push(sample.map_err(|Trouble(reason)| format!("`{file}`: {reason}")).transpose()?);
        }
        Some(Sampled { samples, texts: Arc::clone(&self.texts) })
    }

    /// The file that has the sample of a record type, if any has.
    fn sample_of<'s>(&'s self, record: &str, files: &RecordFiles<'s>) -> Option<&'s str> {
        let settled = files.samples.iter().find(|(of, _)| of == record).map(|(_, file)| file.as_str());
        let mut tests = self.tests.iter().filter(|test| *test.says.record == *record);
        settled.or_else(|| {
            tests.find_map(
                |test| if let test::Subject::File(name, _) = &test.says.subject { Some(&**name) } else { None },
            )
        })
    }

    /// The tests, in the order in which they stand.
    pub fn tests(&self) -> &[test::Test] {
        &self.tests
    }

    /// Runs the test of a name; none if there is no such.
    pub fn run_test(&self, name: &str, files: &RecordFiles<'_>, trying: &Trying<'_>) -> Option<Outcome> {
        let test = self.tests.iter().find(|test| *test.says.name == *name)?;
        let program = self.program()?.clone();
        let source = |record: &str| files.source(record);
        let open = |file: &str| files.records(file);
        let stop = || (trying.stop)() || (trying.late)();
        let mut bench = Bench::new(Arc::clone(&self.rulebook), program, &open);
        bench.stop = Some(&stop);
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

    fn open(name: &str) -> Result<Box<dyn Read + Send>, String> {
        match name {
            "leads.ndjson" => Ok(Box::new(Cursor::new(LEADS))),
            _ => Err("there is no such file".to_owned()),
        }
    }

    fn sampled(file: &str, how: (usize, bool)) -> Option<Sampled> {
        let evaluation = workspace(RULES).snapshot().evaluation().unwrap();
        let samples = [("lead".to_owned(), file.to_owned())];
        let files = RecordFiles { samples: &samples, sources: &[], open: &open };
        let (most, stopped) = how;
        evaluation.sample(&files, &Trying { stop: &|| stopped, ..trying(most) })
    }

    /// A rulebook, and what came of all that it can be tried by.
    pub(crate) fn evaluated(text: &str) -> (Workspace, Tried) {
        let workspace = workspace(text);
        let evaluation = workspace.snapshot().evaluation().unwrap();
        let files = RecordFiles { samples: &[], sources: &[], open: &open };
        let names = evaluation.tests().iter().map(|test| test.says.name.to_string());
        let outcomes = names.filter_map(|name| evaluation.run_test(&name, &files, &trying(0)));
        let outcomes = outcomes.map(|outcome| (outcome.name.to_string(), outcome)).collect();
        (workspace, Tried { sampled: sampled("leads.ndjson", (100, false)), outcomes })
    }

    fn trying(most: usize) -> Trying<'static> {
        Trying { now: Instant::UNIX_EPOCH, most, stop: &|| false, late: &|| false }
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
    fn what_takes_too_long_tells_what_it_has_and_a_type_that_is_not_there_is_told() {
        let evaluation = workspace(RULES).snapshot().evaluation().unwrap();
        let samples = ["lead", "leed"].map(|of| (of.to_owned(), "leads.ndjson".to_owned()));
        let files = RecordFiles { samples: &samples, sources: &[], open: &open };
        let sampled = evaluation.sample(&files, &Trying { late: &|| true, ..trying(9) }).unwrap();
        assert_eq!(sampled.samples[0], Err("`[samples]` names `leed`, and no rule decides such records".to_owned()));
        let sample = sampled.samples[1].as_ref().unwrap();
        assert_eq!((sample.decided, sample.is_part), (0, true));
    }

    #[test]
    fn tests_run_one_by_one() {
        let (_, tried) = evaluated(RULES);
        assert!(tried.outcomes["a hot lead"].passed());
        assert!(tried.outcomes["a cold lead"].failures[0].sentence.contains("sales"));
        let evaluation = workspace(RULES).snapshot().evaluation().unwrap();
        let files = RecordFiles { samples: &[], sources: &[], open: &open };
        assert_eq!(evaluation.run_test("another", &files, &trying(0)), None);
    }

    #[test]
    fn a_file_that_a_test_is_over_is_a_sample_and_what_is_stopped_says_so() {
        let rules = format!("{RULES}test \"all leads\" over \"leads.ndjson\" {{ expect no fault }}\n");
        let evaluation = workspace(&rules).snapshot().evaluation();
        let Some(evaluation) = evaluation else { panic!("{:?}", workspace(&rules).snapshot().diagnostics()) };
        let files = RecordFiles { samples: &[], sources: &[], open: &open };
        let sampled = evaluation.sample(&files, &trying(9)).unwrap();
        assert_eq!(sampled.rule("Routing", "Hot").unwrap().1.fired, 1);
        let outcome = evaluation.run_test("all leads", &files, &Trying { late: &|| true, ..trying(9) }).unwrap();
        assert!(outcome.failures[0].sentence.contains("stopped"), "{outcome:?}");
    }
}
