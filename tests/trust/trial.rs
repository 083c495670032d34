//! Tries a property on one case after the other, and shows the smallest on which it does not hold.
//!
//! The seeds of the cases are numbers in a row, so that "seeds 1 to 40,000" says what has been tried. What is read of the
//! environment is told in the tests' README.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::decide::checked;
use crate::generate::book::Book;
use crate::generate::record::{Record, record};
use crate::generate::{Wish, book};
use crate::shrink::smallest;
use crate::source::Source;

/// How many records there are for each rulebook.
const RECORDS: usize = 200;

/// How many of a hundred rulebooks the check may refuse. What is refused is tried by no property but those of the check.
const REFUSED: usize = 25;

/// What a property is tried on.
pub(crate) struct Given {
    pub(crate) book: Book,
    pub(crate) records: Vec<Record>,
    /// Choices of the property's own.
    pub(crate) own: Source,
}

impl Given {
    /// All records, a line each.
    pub(crate) fn lines(&self) -> String {
        self.records.iter().map(|record| record.line() + "\n").collect()
    }
}

/// What came of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tried {
    /// It holds for so many records, edits or whatever the property is about.
    Holds(usize),
    /// The check has something against the rulebook, so that there is nothing to try.
    Refused,
}

/// A case by its choices.
#[derive(Clone, Debug)]
pub(crate) struct Choices {
    pub(crate) book: Vec<u32>,
    pub(crate) own: Vec<u32>,
    pub(crate) records: Vec<Vec<u32>>,
}

/// Tries a property for the time that is given.
pub(crate) fn holds(name: &str, wish: Wish, property: impl Fn(&mut Given) -> Result<Tried, String>) {
    let plan = Plan::from_environment();
    let began = Instant::now();
    let (mut cases, mut refused, mut tried) = (0, 0, 0);
    while plan.goes_on(cases, began.elapsed()) {
        let seed = plan.seed + cases as u64;
        match attempt(&mut random(seed, wish), &property) {
            Ok(Tried::Holds(count)) => tried += count,
            Ok(Tried::Refused) => refused += 1,
            Err(_) => panic!("{}", report(name, seed, wish, &property)),
        }
        cases += 1;
    }
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{name}: {tried} held in {cases} rulebooks (seeds {} to {}), {refused} of them refused; {:.0} a second",
        plan.seed,
        plan.seed + cases as u64 - 1,
        tried as f64 / seconds,
    );
    assert!(cases < 50 || refused * 100 <= cases * REFUSED, "the check refuses {refused} of {cases} rulebooks");
}

/// How long to try, and where to begin.
struct Plan {
    seed: u64,
    cases: Option<usize>,
    time: Duration,
}

impl Plan {
    fn from_environment() -> Self {
        let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().expect("a whole number"));
        let cases = number("TRUST_CASES").map(|cases| usize::try_from(cases).expect("not so many"));
        let time = Duration::from_secs(number("TRUST_SECONDS").unwrap_or(3));
        Self { seed: number("TRUST_SEED").unwrap_or(1), cases, time }
    }

    fn goes_on(&self, cases: usize, elapsed: Duration) -> bool {
        self.cases.map_or(cases == 0 || elapsed < self.time, |most| cases < most)
    }
}

/// The choices of a case, still to be made.
struct Sources {
    book: Source,
    own: Source,
    records: Vec<Source>,
    wish: Wish,
}

fn random(seed: u64, wish: Wish) -> Sources {
    let source = |part: u64| Source::random(seed.wrapping_mul(1_000_003).wrapping_add(part));
    let records = (0..RECORDS as u64).map(|place| source(place + 2)).collect();
    Sources { book: source(0), own: source(1), records, wish }
}

fn replayed(choices: &Choices, wish: Wish) -> Sources {
    let records = choices.records.iter().cloned().map(Source::replay).collect();
    Sources { book: Source::replay(choices.book.clone()), own: Source::replay(choices.own.clone()), records, wish }
}

/// Makes a case of its choices.
fn given(sources: &mut Sources) -> Given {
    let book = book(&mut sources.book, sources.wish);
    let records = sources.records.iter_mut().map(|source| record(source, &book)).collect();
    Given { book, records, own: sources.own.clone() }
}

fn attempt(sources: &mut Sources, property: &impl Fn(&mut Given) -> Result<Tried, String>) -> Result<Tried, String> {
    let tried = catch_unwind(AssertUnwindSafe(|| {
        let mut given = given(sources);
        let tried = property(&mut given);
        sources.own = given.own;
        tried
    }));
    tried.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        Err(format!("panic: {}", words.or(panic.downcast_ref::<&str>().copied()).unwrap_or("")))
    })
}

/// Tells of the smallest case that can be found, beginning with that of a seed.
fn report(name: &str, seed: u64, wish: Wish, property: &impl Fn(&mut Given) -> Result<Tried, String>) -> String {
    let mut sources = random(seed, wish);
    // What a property chooses for itself is known once it has been tried.
    let reason = attempt(&mut sources, property);
    let records = sources.records.iter().map(Source::taken).collect();
    let choices = Choices { book: sources.book.taken(), own: sources.own.taken(), records };
    let fails = |choices: &Choices| attempt(&mut replayed(choices, wish), property).is_err();
    let choices = if fails(&choices) { smallest(choices, fails) } else { choices };
    let last = attempt(&mut replayed(&choices, wish), property);
    let given = given(&mut replayed(&choices, wish));
    let files: String = given.book.files.iter().map(|(name, text)| format!("--- {name}\n{text}")).collect();
    format!(
        "{name} does not hold: {}\nseed {seed}; again with TRUST_SEED={seed} TRUST_CASES=1\nzone {}, calendar {:?}, now {}\n--- rules\n{}{files}--- records\n{}",
        last.err().or(reason.err()).unwrap_or_default(),
        given.book.zone,
        given.book.calendar,
        given.book.now,
        given.book.rules(),
        given.lines(),
    )
}

/// What a rulebook of the case means, or that it is refused.
pub(crate) fn rulebook(given: &Given) -> Result<std::sync::Arc<semantics::typed::Rulebook>, Tried> {
    checked(&given.book, &given.book.rules()).map_err(|_| Tried::Refused)
}
