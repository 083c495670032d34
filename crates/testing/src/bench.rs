//! Where tests are run: made once for a rulebook.

use std::io::Cursor;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use jiff::tz::TimeZone;
use limits::Limits;
use records::{Asked, Format, Joined, Reader, Rejected, Source};
use semantics::typed::test::{Expectation, Given, Span, Subject, Test};
use semantics::typed::{Reference, Rulebook, test::Datum};
use values::{Clock, Instant, Type, Value};
use vm::choose::Standings;
use vm::program::{Decision, Field, FieldPlace, Items, Join};
use vm::{Chooser, Machine, Options, Record, Verified};

use crate::calculator::Calculator;
use crate::crowd;
use crate::given;
use crate::joins;
use crate::judge::Decided;
use crate::outcome::{Failure, Outcome};
use crate::seen::Seen;
use crate::tables;

/// Opens a file of records by the name that a test gives it, or tells why that cannot be.
pub type Files<'a> = dyn Fn(&str) -> Result<Source, String> + Sync + 'a;

/// Rules may nest deeply, and what works on them calls itself as deeply.
const STACK: usize = 64 * 1024 * 1024;

/// Runs the tests of one rulebook.
pub struct Bench<'a> {
    rulebook: Arc<Rulebook>,
    program: Verified,
    zone: TimeZone,
    files: &'a Files<'a>,
    /// Opens the source of the records of a type, to which references lead in tests over files.
    pub sources: Option<&'a Files<'a>>,
    /// How far records and computations may go.
    pub limits: Limits,
    /// Whether tests over files tell what they have seen of the rules; it takes its time.
    pub covers_files: bool,
    /// Asked before each record of a file: whether to stop, so that the test fails.
    pub stop: Option<&'a (dyn Fn() -> bool + Sync)>,
}

impl<'a> Bench<'a> {
    /// A bench for a rulebook and the program that was made of it.
    pub fn new(rulebook: Arc<Rulebook>, program: Verified, files: &'a Files<'a>) -> Self {
        let zone = values::zone_named(&rulebook.zone).unwrap_or(TimeZone::UTC);
        Self {
            rulebook,
            program,
            zone,
            files,
            sources: None,
            limits: Limits::default(),
            covers_files: false,
            stop: None,
        }
    }

    /// The records of a type to which references lead.
    pub(crate) fn source(&self, record: &str) -> Result<Source, String> {
        match self.sources {
            Some(sources) => sources(record),
            None => Err(format!("there is no source of `{record}` records")),
        }
    }

    /// Runs tests, several at a time; the outcomes stand in the order of the tests.
    pub fn run_all(&self, tests: &[&Test], jobs: NonZero<usize>) -> Vec<Outcome> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(test) = tests.get(place) else { return done };
                done.push((place, self.run(test)));
            }
        };
        let mut outcomes = thread::scope(|scope| {
            let workers: Vec<_> = (0..jobs.get().min(tests.len()))
                .filter_map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok())
                .collect();
            let done = workers.into_iter().filter_map(|worker| worker.join().ok());
            let mut outcomes: Vec<(usize, Outcome)> = done.flatten().collect();
            // What no thread could be had for, and what remained of one that broke off.
            for (place, test) in tests.iter().enumerate() {
                if outcomes.iter().all(|(done, _)| *done != place) {
                    outcomes.push((place, self.run(test)));
                }
            }
            outcomes
        });
        outcomes.sort_by_key(|(place, _)| *place);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    /// Runs one test.
    pub fn run(&self, test: &Test) -> Outcome {
        let now = test.says.now.unwrap_or_else(|| default_now(&self.zone));
        let clock = Clock { limits: self.limits, ..self.program.clock(now) };
        let mut outcome = Outcome {
            name: test.says.name.clone(),
            file: Arc::clone(&test.file),
            at: test.at.clone(),
            record: test.says.record.clone(),
            seen: Seen::default(),
            records: 0,
            failures: Vec::new(),
        };
        let session = match Session::new(self, test, clock) {
            Ok(session) => session,
            Err(failure) => {
                outcome.failures.push(failure);
                return outcome;
            }
        };
        match &session.calculator.says.subject {
            Subject::Records(records) => session.records(records, &mut outcome),
            Subject::File(name, span) => match (self.files)(name) {
                Ok(source) => crowd::decide(&session, source, &mut outcome),
                Err(reason) => {
                    let labels = vec![(test.place(*span), "cannot be read".to_owned())];
                    let sentence = format!("the file `{name}` cannot be read: {reason}");
                    outcome.failures.push(Failure { sentence, labels, notes: Vec::new() });
                }
            },
        }
        outcome
    }
}

/// The instant at which a test decides that names none: noon of the first day of 2026, in the rulebook's zone.
fn default_now(zone: &TimeZone) -> Instant {
    let noon = jiff::civil::date(2026, 1, 1).at(12, 0, 0, 0);
    zone.to_ambiguous_timestamp(noon).compatible().unwrap_or(Instant::UNIX_EPOCH)
}

/// What a test gives cannot be read or computed.
fn unread(test: &Test, span: Span, sentence: String) -> Failure {
    Failure { sentence, labels: vec![(test.place(span), "cannot be read".to_owned())], notes: Vec::new() }
}

/// The fields that rules read, and behind them those that only the test reads.
pub(crate) struct AllFields {
    pub(crate) fields: Vec<Field>,
    items: Vec<Items>,
    joins: Vec<Join>,
    for_rules: usize,
    for_test: Vec<usize>,
}

impl AllFields {
    pub(crate) fn asked(&self) -> Asked<'_> {
        Asked { fields: &self.fields, items: &self.items, joins: &self.joins }
    }

    /// A record of all fields as the rules see it, and as the test does.
    pub(crate) fn parted(&self, record: &Record, session: &Session<'_>) -> (Record, Record) {
        let value = |place: &usize| record.values.get(*place).cloned().unwrap_or_default();
        let for_rules = record.values.iter().take(self.for_rules).cloned().collect();
        let for_test = self.for_test.iter().map(value).collect();
        let [rules, test] = session.actor.clone();
        (Record { actor: rules, ..Record::of(for_rules) }, Record { actor: test, ..Record::of(for_test) })
    }
}

/// One test while it runs.
pub(crate) struct Session<'a> {
    pub(crate) bench: &'a Bench<'a>,
    pub(crate) test: &'a Test,
    pub(crate) clock: Clock,
    pub(crate) calculator: Calculator,
    /// What decides, with the rows that the test gives.
    program: Verified,
    /// Who acts, as the rules and as the test see it; empty where the test does not tell.
    actor: [Vec<Value>; 2],
    /// The records that references lead to, for the rules and for the test; only for a test that gives its records.
    joined: [Option<Arc<Joined>>; 2],
}

impl<'a> Session<'a> {
    /// All that a test needs before it looks at its first record.
    fn new(bench: &'a Bench<'a>, test: &'a Test, clock: Clock) -> Result<Self, Failure> {
        let broken = || {
            let labels = vec![(test.place(test.says.name_span), "cannot be run".to_owned())];
            let sentence = "this test cannot be made a program, which is a mistake in rulebook itself".to_owned();
            Failure { sentence, labels, notes: Vec::new() }
        };
        let with = |tables: &[Arc<Reference>]| {
            Calculator::new(&bench.rulebook, tables, test, clock.clone()).ok_or_else(broken)
        };
        let mut calculator = with(&bench.rulebook.references)?;
        let mut program = bench.program.clone();
        if !test.says.tables.is_empty() {
            let tables = tables::given(&bench.rulebook.references, test, &calculator)?;
            calculator = with(&tables)?;
            program = tables::put(&program, &tables).map_err(|error| {
                let row = test.says.tables.iter().flat_map(|table| &table.rows).next().map(|row| row.span);
                let sentence = format!("these rows cannot be used: {}", error.flaw);
                unread(test, row.unwrap_or(test.says.name_span), sentence)
            })?;
        }
        let mut session =
            Self { bench, test, clock, calculator, program, actor: Default::default(), joined: Default::default() };
        if let Some(given) = session.calculator.says.actor.clone() {
            let asked = session.decision().map(|(_, decision)| decision.actor.clone()).unwrap_or_default();
            session.actor = [session.who_acts(&given, &asked)?, session.who_acts(&given, session.calculator.actor())?];
        }
        if let Subject::Records(_) = session.calculator.says.subject {
            let for_rules = match session.decision() {
                Some((_, decision)) => joins::joined(&session, decision.into())?,
                None => None,
            };
            session.joined = [for_rules, joins::joined(&session, session.calculator.asked())?];
        }
        Ok(session)
    }

    fn who_acts(&self, given: &Given, asked: &[Field]) -> Result<Vec<Value>, Failure> {
        let read = self.read_datum(&given.data, asked.into(), None);
        read.map(|record| record.values).map_err(|sentence| unread(self.test, given.span, sentence))
    }

    /// What decides the test's records, unless no rule does.
    pub(crate) fn decision(&self) -> Option<(usize, &Decision)> {
        let mut decisions = self.program.decisions.iter().enumerate();
        decisions.find(|(_, decision)| decision.record == self.test.says.record)
    }

    /// A machine for the test's records, unless no rule decides them.
    pub(crate) fn machine(&self, trace: bool) -> Option<Machine> {
        let (place, _) = self.decision()?;
        let options = Options { values: false, by_missing: false, trace };
        Machine::new(&self.program, place, self.clock.clone(), options)
    }

    /// What chooses members of teams, before the first record.
    pub(crate) fn chooser(&self) -> Chooser {
        Chooser::new(self.program(), Standings::default())
    }

    /// The program that decides.
    pub(crate) fn program(&self) -> &vm::Program {
        &self.program
    }

    pub(crate) fn expectations(&self) -> &[Expectation] {
        &self.calculator.says.expectations
    }

    /// How records are read.
    pub(crate) fn reading(&self, joined: Option<Arc<Joined>>) -> records::Options {
        records::Options {
            zone: self.bench.zone.clone(),
            event: self.test.says.event.clone(),
            limits: self.bench.limits,
            joined,
            ..records::Options::default()
        }
    }

    /// The fields that the rules or the test read.
    pub(crate) fn all_fields(&self) -> AllFields {
        let decided = self.decision().map(|(_, decision)| decision);
        let mut fields = decided.map(|decision| decision.fields.clone()).unwrap_or_default();
        let mut items = decided.map(|decision| decision.items.clone()).unwrap_or_default();
        let mut joins = decided.map(|decision| decision.joins.clone()).unwrap_or_default();
        let for_rules = fields.len();
        let earlier = u32::try_from(joins.len()).unwrap_or(u32::MAX);
        let own = |field: &Field| Field { through: field.through.map(|join| earlier + join), ..field.clone() };
        let mut place = |field: &Field| {
            // Rules and test may ask for different fields of a list's items, so each has the list for itself.
            let shared = |known: &Field| known.name == field.name && !matches!(field.ty, Type::List(_));
            fields.iter().position(shared).unwrap_or_else(|| {
                fields.push(own(field));
                fields.len() - 1
            })
        };
        let for_test: Vec<usize> = self.calculator.fields().iter().map(&mut place).collect();
        let before = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let at = |field: u32| for_test.get(field as usize).and_then(|place| u32::try_from(*place).ok());
        let moved = |place: FieldPlace| match place {
            FieldPlace::Field(field) => FieldPlace::Field(at(field).unwrap_or(u32::MAX)),
            FieldPlace::Item { items, field } => FieldPlace::Item { items: before + items, field },
        };
        items.extend(
            self.calculator
                .items()
                .iter()
                .map(|of| Items { list: moved(of.list), fields: of.fields.iter().map(own).collect() }),
        );
        joins.extend(self.calculator.joins().iter().map(|join| Join { by: moved(join.by), ..join.clone() }));
        AllFields { fields, items, joins, for_rules, for_test }
    }

    /// Decides the records that the test gives, each by itself.
    fn records(&self, records: &[Given], outcome: &mut Outcome) {
        let several = records.len() > 1;
        for (place, given) in records.iter().enumerate() {
            outcome.records += 1;
            let which = several.then(|| format!("record {} of {}", place + 1, records.len()));
            match self.decided(given) {
                Ok(decided) => {
                    decided.verdict.iter().for_each(|verdict| outcome.seen.record(verdict));
                    let failures = self.expectations().iter().filter_map(|expected| decided.failure(self, expected));
                    outcome.failures.extend(failures.map(|mut failure| {
                        failure.notes.splice(0..0, which.clone());
                        failure
                    }));
                }
                Err(sentence) => {
                    let failure = unread(self.test, given.span, sentence);
                    outcome.failures.push(Failure { notes: which.into_iter().collect(), ..failure });
                }
            }
        }
    }

    fn decided(&self, given: &Given) -> Result<Decided, String> {
        let [for_rules, for_test] = &self.actor;
        let [rules_joined, test_joined] = &self.joined;
        let seen = Record { actor: for_test.clone(), ..self.record(given, self.calculator.asked(), test_joined)? };
        let verdict = match self.decision() {
            None => Ok(vm::Verdict::default()),
            Some((_, decision)) => {
                let record = Record { actor: for_rules.clone(), ..self.record(given, decision.into(), rules_joined)? };
                let mut machine = self.machine(true).ok_or("no rule decides it")?;
                machine.run(&record).map(|mut verdict| {
                    self.chooser().choose(&self.program().targets, &self.clock, &mut verdict);
                    verdict
                })
            }
        };
        Ok(Decided::new(self, verdict, seen))
    }

    /// The fields of a record that is given, with what has happened to it.
    fn record(&self, given: &Given, asked: Asked<'_>, joined: &Option<Arc<Joined>>) -> Result<Record, String> {
        let mut record = self.read_datum(&given.data, asked, joined.as_ref())?;
        record.event = self.test.says.event.clone();
        record.before = match &given.before {
            Some(before) => Some(self.read_datum(before, asked, joined.as_ref())?.values),
            None => None,
        };
        Ok(record)
    }

    fn read_datum(&self, data: &Datum, asked: Asked<'_>, joined: Option<&Arc<Joined>>) -> Result<Record, String> {
        let computed = self.calculator.values_without_record();
        let json = given::json(data, &|expr| computed.of(expr).cloned())
            .map_err(|fault| format!("a value of this record cannot be computed: {}", fault.sentence()))?;
        self.read(&json, asked, joined.cloned()).map_err(|rejected| rejected.message)
    }

    /// The fields of a record that is given as JSON.
    fn read(&self, json: &str, asked: Asked<'_>, joined: Option<Arc<Joined>>) -> Result<Record, Box<Rejected>> {
        let nothing = || Record::of(vec![Value::Missing; asked.fields.len()]);
        let source = Source::read("record", Cursor::new(json.as_bytes().to_vec()), Some(Format::Ndjson));
        let reader = source.and_then(|source| Reader::new(source, asked, self.reading(joined)));
        match reader.ok().and_then(|mut reader| reader.next()) {
            Some(Ok(read)) => read.map(|input| input.record),
            _ => Ok(nothing()),
        }
    }
}
