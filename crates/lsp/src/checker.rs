//! Looks at what was edited: first at the edited files, item by item, which is little work and shown at once; then at the
//! rulebook as a whole. An edit ends it wherever it is, and the next look begins anew.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use folder::Trouble;
use ide::Interrupted;
use tower_lsp::ls_types::{self as lsp, MessageType, PublishDiagnosticsParams, Uri};

use crate::answers::diagnostics::{by_file, known, shown, trouble};
use crate::carried::Carried;
use crate::project::Number;
use crate::serve::Outbox;
use crate::trier::Trial;
use crate::view::View;
use crate::workers::STACK;

/// What to look at.
pub(crate) struct Check {
    /// The rulebook.
    pub(crate) view: View,
    /// The files in it that were edited.
    pub(crate) edited: BTreeSet<String>,
    /// What keeps files from being read.
    pub(crate) troubles: Vec<(String, Trouble)>,
}

/// A rulebook has been looked at as a whole.
pub(crate) struct Finished {
    /// Which.
    pub(crate) number: Number,
    /// The files that its rules name.
    pub(crate) data_files: Vec<String>,
    /// Whether something else is wrong with it as a whole than before.
    pub(crate) news: bool,
    /// The rulebook to be tried, where there is anything to try it on and nothing in it is an error.
    pub(crate) trial: Option<Trial>,
}

/// The thread that looks.
pub(crate) struct Checker {
    shared: Arc<Shared>,
    carried: Carried,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    more: Condvar,
}

#[derive(Default)]
struct Waiting {
    checks: BTreeMap<Number, Check>,
    forgotten: Vec<Number>,
    /// Whether the client asks for what is wrong, so that nothing is sent unasked.
    pulled: bool,
    closed: bool,
}

impl Checker {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system gives none.
    pub(crate) fn new(outbox: Outbox, finished: impl Fn(Finished) + Send + 'static) -> io::Result<Self> {
        let shared: Arc<Shared> = Arc::default();
        let carried = Carried::default();
        let mut looking = Looking {
            shared: Arc::clone(&shared),
            carried: carried.clone(),
            published: HashMap::new(),
            owed: HashMap::new(),
            outbox,
            finished: Box::new(finished),
        };
        thread::Builder::new().name("rulebook-check".to_owned()).stack_size(STACK).spawn(move || looking.run())?;
        Ok(Self { shared, carried })
    }

    /// What is known of rulebooks as wholes.
    pub(crate) fn carried(&self) -> Carried {
        self.carried.clone()
    }

    /// Says whether the client asks by itself.
    pub(crate) fn pulled(&self, pulled: bool) {
        self.shared.lock().pulled = pulled;
    }

    /// Has a rulebook looked at.
    pub(crate) fn start(&self, mut check: Check) {
        let mut waiting = self.shared.lock();
        if let Some(before) = waiting.checks.remove(&check.view.number) {
            check.edited.extend(before.edited);
        }
        waiting.checks.insert(check.view.number, check);
        self.shared.more.notify_one();
    }

    /// Takes back what nobody has begun: the edited files by rulebook.
    pub(crate) fn recall(&self) -> Vec<(Number, BTreeSet<String>)> {
        let checks = std::mem::take(&mut self.shared.lock().checks);
        checks.into_iter().map(|(number, check)| (number, check.edited)).collect()
    }

    /// A rulebook is gone.
    pub(crate) fn forget(&self, number: Number) {
        self.shared.lock().forgotten.push(number);
        self.shared.more.notify_one();
    }
}

impl Drop for Checker {
    fn drop(&mut self) {
        let mut waiting = self.shared.lock();
        waiting.closed = true;
        waiting.checks.clear();
        self.shared.more.notify_one();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the thread knows.
struct Looking {
    shared: Arc<Shared>,
    carried: Carried,
    /// What the client shows.
    published: HashMap<Number, BTreeMap<Uri, Vec<lsp::Diagnostic>>>,
    /// Edited files whose look was ended by an edit.
    owed: HashMap<Number, BTreeSet<String>>,
    outbox: Outbox,
    finished: Box<dyn Fn(Finished) + Send>,
}

/// What comes next.
enum Next {
    Look(Box<Check>, bool),
    Forget(Number),
}

impl Looking {
    fn run(&mut self) {
        while let Some(next) = self.next() {
            match next {
                Next::Look(check, pulled) => self.look(*check, pulled),
                Next::Forget(number) => {
                    self.carried.forget(number);
                    self.owed.remove(&number);
                    for uri in self.published.remove(&number).unwrap_or_default().into_keys() {
                        self.send(uri, Vec::new(), None);
                    }
                }
            }
        }
    }

    fn next(&self) -> Option<Next> {
        let mut waiting = self.shared.lock();
        loop {
            if waiting.closed {
                return None;
            }
            if let Some(number) = waiting.forgotten.pop() {
                return Some(Next::Forget(number));
            }
            if let Some((_, check)) = waiting.checks.pop_first() {
                return Some(Next::Look(Box::new(check), waiting.pulled));
            }
            waiting = self.shared.more.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn look(&mut self, check: Check, pulled: bool) {
        let number = check.view.number;
        let mut edited = self.owed.remove(&number).unwrap_or_default();
        edited.extend(check.edited.iter().cloned());
        self.owed.insert(number, edited);
        let ended = catch_unwind(AssertUnwindSafe(|| {
            ide::interruptible(|| {
                if !pulled {
                    self.look_at_files(&check.view);
                }
                self.look_at_all(&check, pulled)
            })
        }));
        drop(check);
        match ended {
            Ok(Ok(finished)) => (self.finished)(finished),
            Ok(Err(Interrupted::Edited | Interrupted::Cancelled)) => {}
            Ok(Err(Interrupted::Failed)) | Err(_) => self.outbox.log(
                MessageType::ERROR,
                "checking the rules failed: this is a mistake in rulebook itself, not in your rules",
            ),
        }
    }

    fn look_at_files(&mut self, view: &View) {
        let owed: Vec<String> = self.owed.get(&view.number).into_iter().flatten().cloned().collect();
        for file in owed {
            if let Some(uri) = view.names.uri(&file) {
                let found = known(view, &file).iter().map(|found| shown(view, found)).collect();
                self.publish(view.number, uri, found, view.versions.get(&file).copied());
            }
            self.owed.entry(view.number).or_default().remove(&file);
        }
    }

    fn look_at_all(&mut self, check: &Check, pulled: bool) -> Finished {
        let view = &check.view;
        let found = view.snapshot.diagnostics();
        let late = view.snapshot.late_diagnostics();
        let data_files = view.snapshot.data_files();
        let news = self.carried.keep(view.number, &view.snapshot, late);
        if !pulled {
            let mut all = by_file(view, &found);
            for (file, reason) in &check.troubles {
                if let Some(uri) = view.names.uri(file) {
                    all.entry(uri).or_default().push(trouble(reason));
                }
            }
            self.publish_all(view, all);
        }
        let tried = view.tried();
        let tries = !view.records.samples.is_empty()
            || !tried.outcomes.is_empty()
            || tried.sampled.is_some()
            || !view.snapshot.record_files().is_empty();
        let trial = if tries { view.trial() } else { None };
        Finished { number: view.number, data_files, news, trial }
    }

    fn publish_all(&mut self, view: &View, mut all: BTreeMap<Uri, Vec<lsp::Diagnostic>>) {
        let before: Vec<Uri> = self.published.get(&view.number).into_iter().flat_map(BTreeMap::keys).cloned().collect();
        for uri in before {
            all.entry(uri).or_default();
        }
        for (uri, found) in all {
            let shown = self.published.get(&view.number).and_then(|files| files.get(&uri));
            if shown.map_or(!found.is_empty(), |shown| *shown != found) {
                let file = view.names.open.iter().find(|(_, open)| **open == uri).map(|(file, _)| file);
                let version = file.and_then(|file| view.versions.get(file)).copied();
                self.publish(view.number, uri, found, version);
            }
        }
    }

    fn publish(&mut self, number: Number, uri: Uri, found: Vec<lsp::Diagnostic>, version: Option<i32>) {
        self.published.entry(number).or_default().insert(uri.clone(), found.clone());
        self.send(uri, found, version);
    }

    fn send(&self, uri: Uri, found: Vec<lsp::Diagnostic>, version: Option<i32>) {
        self.outbox.notify("textDocument/publishDiagnostics", PublishDiagnosticsParams::new(uri, found, version));
    }
}
