//! Tries the rules once nothing is wrong with them: on the samples of their records, and by those tests that somebody has
//! run. That is done on a thread of its own which holds no snapshot, so that no edit waits for it; and it ends when there
//! is something newer to try, when it has taken too long, and when the editor leaves.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use futures::channel::oneshot;
use ide::{Evaluation, Outcome, RecordFiles, Tried, Trying};
use tower_lsp::ls_types::MessageType;

use crate::clock::now;
use crate::project::Number;
use crate::serve::Outbox;
use crate::workers::STACK;

/// What is tried for longer is stopped.
const LONGEST: Duration = Duration::from_secs(10);

/// More records of a sample are not looked at.
const MOST: usize = 10_000;

/// Where the records of a rulebook lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Records {
    /// The folder of the rulebook; none for a text that lies in no folder.
    pub(crate) place: Option<PathBuf>,
    /// The file with the sample of a record type.
    pub(crate) samples: Vec<(String, String)>,
    /// The file with the records of a type, to which references lead.
    pub(crate) sources: Vec<(String, String)>,
}

/// A rulebook to try.
pub(crate) struct Trial {
    /// Which.
    pub(crate) number: Number,
    /// Its rules and tests.
    pub(crate) evaluation: Evaluation,
    /// Where its records lie.
    pub(crate) records: Arc<Records>,
}

/// What came of trying rulebooks, for whoever asks.
#[derive(Clone, Default)]
pub(crate) struct Tries(Arc<Mutex<HashMap<Number, Arc<Tried>>>>);

impl Tries {
    /// What came of trying a rulebook.
    pub(crate) fn of(&self, number: Number) -> Arc<Tried> {
        self.lock().get(&number).cloned().unwrap_or_default()
    }

    fn change(&self, number: Number, change: impl FnOnce(&mut Tried)) {
        change(Arc::make_mut(self.lock().entry(number).or_default()));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Number, Arc<Tried>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A test to run: its name, and who wants to know.
type Wish = (Trial, String, oneshot::Sender<Option<Outcome>>);

/// The thread that tries. A clone speaks to the same one.
#[derive(Clone)]
pub(crate) struct Trier {
    shared: Arc<Shared>,
    tries: Tries,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    more: Condvar,
}

#[derive(Default)]
struct Waiting {
    trials: BTreeMap<Number, Trial>,
    tests: VecDeque<Wish>,
    closed: bool,
}

/// What comes next.
enum Next {
    Try(Trial),
    Test(Wish),
}

impl Trier {
    /// Starts the thread; `news` is called whenever something came of it.
    ///
    /// # Errors
    /// The system gives none.
    pub(crate) fn new(outbox: Outbox, news: impl Fn() + Send + 'static) -> io::Result<Self> {
        let trier = Self { shared: Arc::default(), tries: Tries::default() };
        let (shared, tries) = (Arc::clone(&trier.shared), trier.tries.clone());
        let run = move || {
            while let Some(next) = shared.next() {
                let done = catch_unwind(AssertUnwindSafe(|| shared.tried(next, &tries)));
                match done {
                    Ok(()) => news(),
                    Err(_) => outbox.log(
                        MessageType::ERROR,
                        "trying the rules failed: this is a mistake in rulebook itself, not in your rules",
                    ),
                }
            }
        };
        thread::Builder::new().name("rulebook-try".to_owned()).stack_size(STACK).spawn(run)?;
        Ok(trier)
    }

    /// What came of it so far.
    pub(crate) const fn tries(&self) -> &Tries {
        &self.tries
    }

    /// Has a rulebook tried.
    pub(crate) fn start(&self, trial: Trial) {
        self.shared.lock().trials.insert(trial.number, trial);
        self.shared.more.notify_one();
    }

    /// Has a test run, before anything else. The answer has no outcome if there is no such test.
    pub(crate) fn run_test(&self, trial: Trial, name: String) -> oneshot::Receiver<Option<Outcome>> {
        let (sender, outcome) = oneshot::channel();
        self.shared.lock().tests.push_back((trial, name, sender));
        self.shared.more.notify_one();
        outcome
    }

    /// A rulebook is gone.
    pub(crate) fn forget(&self, number: Number) {
        self.shared.lock().trials.remove(&number);
        self.tries.lock().remove(&number);
    }

    /// The editor leaves.
    pub(crate) fn close(&self) {
        self.shared.lock().closed = true;
        self.shared.more.notify_one();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<Next> {
        let mut waiting = self.lock();
        loop {
            if waiting.closed {
                return None;
            }
            if let Some(wish) = waiting.tests.pop_front() {
                return Some(Next::Test(wish));
            }
            if let Some((_, trial)) = waiting.trials.pop_first() {
                return Some(Next::Try(trial));
            }
            waiting = self.more.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn tried(&self, next: Next, tries: &Tries) {
        match next {
            Next::Try(trial) => self.try_all(trial, tries),
            Next::Test((trial, name, wanted)) => {
                let outcome = self.outcome(&trial, &name, &|| self.lock().closed);
                tries.change(trial.number, |tried| tried.outcomes.extend(outcome.clone().map(|it| (name, it))));
                let _ = wanted.send(outcome);
            }
        }
    }

    /// Decides the samples, and runs the tests that have been run before. What is stopped for a test is taken up again.
    fn try_all(&self, trial: Trial, tries: &Tries) {
        let number = trial.number;
        let stop = || {
            let waiting = self.lock();
            waiting.closed || !waiting.tests.is_empty() || waiting.trials.contains_key(&number)
        };
        let Some(now) = now() else { return };
        let late = late();
        let trying = Trying { now, most: MOST, stop: &stop, late: &late };
        let sampled = trial.records.with(|files| trial.evaluation.sample(files, &trying));
        let run_before: Vec<String> = tries.of(number).outcomes.keys().cloned().collect();
        let again = run_before.into_iter().filter_map(|name| Some((name.clone(), self.outcome(&trial, &name, &stop)?)));
        let outcomes: BTreeMap<String, Outcome> = again.collect();
        if stop() {
            self.lock().trials.entry(number).or_insert(trial);
            return;
        }
        tries.change(number, |tried| *tried = Tried { sampled, outcomes });
    }

    fn outcome(&self, trial: &Trial, name: &str, stop: &(dyn Fn() -> bool + Sync)) -> Option<Outcome> {
        let late = late();
        let trying = Trying { now: now()?, most: MOST, stop, late: &late };
        trial.records.with(|files| trial.evaluation.run_test(name, files, &trying))
    }
}

/// Tells from now on whether something has taken too long.
fn late() -> impl Fn() -> bool + Sync {
    let began = Instant::now();
    move || began.elapsed() > LONGEST
}

impl Records {
    /// The files, to be opened inside the folder of the rulebook alone.
    fn with<T>(&self, work: impl FnOnce(&RecordFiles<'_>) -> T) -> T {
        let open = |name: &str| -> Result<Box<dyn Read + Send>, String> {
            let place = self.place.as_deref().ok_or_else(|| "the rules lie in no folder".to_owned())?;
            let file = File::open(folder::inside(place, name)?).map_err(|error| folder::reason(&error))?;
            Ok(Box::new(file))
        };
        work(&RecordFiles { samples: &self.samples, sources: &self.sources, open: &open })
    }
}
