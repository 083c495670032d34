//! A rulebook as a tool holds it: files go in, findings and the checked rulebook come out.

use std::sync::{Arc, Mutex};

use diagnostics::problems::CalendarProblem;
use diagnostics::{Finding, Problem, Related};
use limits::Limits;
use salsa::Setter;

use crate::compared::{self, Asked};
use crate::data::{record_files, wanted_files};
use crate::db::{Db, Listed, SourceFile, Workspace};
use crate::definitions::chains;
use crate::findings::{any_error, file_findings, item_findings, late_findings};
use crate::record_types::{self, RecordType};
use crate::snapshot::Snapshot;
use crate::typed::{Rulebook, test::Test};
use crate::{check, rulebook, tests};

/// The database that a [`Project`] asks.
#[salsa::db]
#[derive(Clone, Default)]
pub struct Database {
    storage: salsa::Storage<Self>,
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl Db for Database {}

/// The queries that ran, each with what it ran for: `check(Id(1400))`.
pub type QueryLog = Arc<Mutex<Vec<String>>>;

/// A rulebook: its files and what they share. Asking again after an edit costs only what the edit touched.
pub struct Project {
    pub(crate) db: Database,
    files: Vec<SourceFile>,
}

impl Default for Project {
    fn default() -> Self {
        Self::with_database(Database::default())
    }
}

impl Project {
    /// An empty rulebook in the time zone `UTC`.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty rulebook that writes down which queries run, for tests of incrementality.
    pub fn logged() -> (Self, QueryLog) {
        let log = QueryLog::default();
        let listener = Arc::clone(&log);
        let storage = salsa::Storage::new(Some(Box::new(move |event: salsa::Event| {
            if let salsa::EventKind::WillExecute { database_key } = event.kind
                && let Ok(mut log) = listener.lock()
            {
                log.push(format!("{database_key:?}"));
            }
        })));
        (Self::with_database(Database { storage }), log)
    }

    fn with_database(db: Database) -> Self {
        Workspace::new(&db, Vec::new(), Arc::from("UTC"), None, Vec::new(), Listed::default(), Limits::default());
        Self { db, files: Vec::new() }
    }

    /// Puts a rule file in, or gives it another text. `path` is how messages name it.
    pub fn set_file(&mut self, path: &str, text: &str) {
        let known = self.files.iter().find(|file| **file.path(&self.db) == *path).copied();
        if let Some(file) = known {
            if **file.text(&self.db) != *text {
                file.set_text(&mut self.db).to(Arc::from(text));
            }
        } else {
            self.files.push(SourceFile::new(&self.db, Arc::from(path), Arc::from(text)));
        }
        self.list_file(path, true);
    }

    /// Takes a rule file out. Its place is kept, so that putting it in again costs nothing more.
    pub fn remove_file(&mut self, path: &str) {
        self.list_file(path, false);
    }

    /// Takes out all rule files but these.
    pub fn keep_files(&mut self, paths: &[&str]) {
        let listed = Workspace::get(&self.db).files(&self.db);
        let gone: Vec<Arc<str>> = listed.iter().map(|file| Arc::clone(file.path(&self.db))).collect();
        for path in gone.iter().filter(|path| !paths.contains(&&***path)) {
            self.remove_file(path);
        }
    }

    pub(crate) fn listed(&self, path: &str) -> Option<SourceFile> {
        let files = Workspace::get(&self.db).files(&self.db);
        let place = files.binary_search_by(|file| (**file.path(&self.db)).cmp(path)).ok()?;
        files.get(place).copied()
    }

    /// Keeps the workspace's list of files sorted by path, with or without this one.
    fn list_file(&mut self, path: &str, present: bool) {
        let workspace = Workspace::get(&self.db);
        let mut listed = workspace.files(&self.db).clone();
        match (listed.binary_search_by(|file| (**file.path(&self.db)).cmp(path)), present) {
            (Err(place), true) => {
                let file = self.files.iter().find(|file| **file.path(&self.db) == *path);
                listed.splice(place..place, file.copied());
            }
            (Ok(place), false) => drop(listed.remove(place)),
            _ => return,
        }
        workspace.set_files(&mut self.db).to(listed);
    }

    /// Sets the time zone in which dates and times without offset are read. The caller has checked its name.
    pub fn set_zone(&mut self, name: &str) {
        let workspace = Workspace::get(&self.db);
        if **workspace.zone(&self.db) != *name {
            workspace.set_zone(&mut self.db).to(Arc::from(name));
        }
    }

    /// Says which integrations and templates there are.
    pub fn set_listed(&mut self, listed: Listed) {
        let workspace = Workspace::get(&self.db);
        if *workspace.listed(&self.db) != listed {
            workspace.set_listed(&mut self.db).to(listed);
        }
    }

    /// Sets how much there may be of what rules are made of.
    pub fn set_limits(&mut self, limits: Limits) {
        let workspace = Workspace::get(&self.db);
        if workspace.limits(&self.db) != limits {
            workspace.set_limits(&mut self.db).to(limits);
        }
    }

    /// Sets the calendar by which business time is counted where rules name none.
    pub fn set_calendar(&mut self, name: Option<&str>) {
        let workspace = Workspace::get(&self.db);
        if workspace.calendar(&self.db).as_deref() != name {
            workspace.set_calendar(&mut self.db).to(name.map(Arc::from));
        }
    }

    /// The files that lists are read from, as the rules name them: to be handed in with [`set_data`](Self::set_data).
    pub fn wanted_files(&self) -> Vec<String> {
        wanted_files(&self.db).iter().cloned().collect()
    }

    /// The files of records that tests are over, as the tests name them.
    pub fn record_files(&self) -> Vec<String> {
        record_files(&self.db).iter().cloned().collect()
    }

    /// Hands in the text of a file that a list is read from, or why it cannot be read.
    pub fn set_data(&mut self, name: &str, text: Result<&str, String>) {
        let workspace = Workspace::get(&self.db);
        let mut data = workspace.data(&self.db).clone();
        data.retain(|(known, _)| **known != *name);
        data.push((Arc::from(name), text.map(Arc::from)));
        if data != *workspace.data(&self.db) {
            workspace.set_data(&mut self.db).to(data);
        }
    }

    /// The paths of the rule files, sorted.
    pub fn paths(&self) -> Vec<Arc<str>> {
        Workspace::get(&self.db).files(&self.db).iter().map(|file| Arc::clone(file.path(&self.db))).collect()
    }

    /// The text of a rule file.
    pub fn text(&self, path: &str) -> Option<&Arc<str>> {
        self.listed(path).map(|file| file.text(&self.db))
    }

    /// The text of a file that rules name, if it has been handed in.
    pub fn data(&self, name: &str) -> Option<&Arc<str>> {
        let data = Workspace::get(&self.db).data(&self.db);
        data.iter().find(|(known, _)| **known == *name).and_then(|(_, text)| text.as_ref().ok())
    }

    /// How much there may be of what rules are made of.
    pub fn limits(&self) -> Limits {
        Workspace::get(&self.db).limits(&self.db)
    }

    /// The rulebook as it is now, to be asked on another thread. No file can be set while one of these lives.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::new(Self { db: self.db.clone(), files: self.files.clone() })
    }

    /// What is wrong with a file so far as its items tell, each by itself: nothing of what needs a look at all rules, such
    /// as names that are never used and rules that get into each other's way. Little work after an edit of the file.
    pub fn item_findings(&self, path: &str) -> Vec<Finding> {
        self.warm_up();
        once(self.listed(path).into_iter().flat_map(|file| item_findings(&self.db, file)))
    }

    /// What [`item_findings`](Self::item_findings) leaves out, of all files.
    pub fn late_findings(&self) -> Vec<Finding> {
        self.warm_up();
        let files = Workspace::get(&self.db).files(&self.db);
        files.iter().flat_map(|file| late_findings(&self.db, *file).iter().cloned()).collect()
    }

    /// All findings, file by file in path order, by place.
    pub fn findings(&self) -> Vec<Finding> {
        self.warm_up();
        let files = Workspace::get(&self.db).files(&self.db);
        once(files.iter().flat_map(|file| file_findings(&self.db, *file).iter().cloned()))
    }

    /// The checked rulebook; none while any finding is an error.
    pub fn rulebook(&self) -> Option<Arc<Rulebook>> {
        self.warm_up();
        (!*any_error(&self.db)).then(|| Arc::clone(rulebook::rulebook(&self.db)))
    }

    /// The tests, file by file in path order; none while any finding is an error.
    pub fn tests(&self) -> Option<Arc<Vec<Test>>> {
        self.warm_up();
        (!*any_error(&self.db)).then(|| Arc::clone(tests::tests(&self.db)))
    }

    /// Every record type that is declared or that rules read, in name order.
    pub fn record_types(&self) -> Vec<RecordType> {
        record_types::record_types(&self.db)
    }

    /// What rules compare stored fields with, and where they look them up.
    pub fn asked(&self) -> Asked {
        self.warm_up();
        compared::asked(&self.db)
    }

    /// Checks definitions in the order in which they build on each other, so that no query nests deeply.
    fn warm_up(&self) {
        for item in &chains(&self.db).ordered {
            check::check(&self.db, *item);
        }
    }
}

/// How many more places that lack a calendar are shown.
const MOST_PLACES: usize = 5;

/// Where a rulebook has no calendar, one declaration mends every place that needs one: said once, at the first of them.
fn once(findings: impl Iterator<Item = Finding>) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    let lacks = |finding: &Finding| match &finding.problem {
        Problem::Calendar(CalendarProblem::NoCalendar { known, .. }) => known.is_empty(),
        _ => false,
    };
    for finding in findings {
        match all.iter_mut().find(|first| lacks(first) && lacks(&finding)) {
            None => all.push(finding),
            Some(first) if first.related.len() < MOST_PLACES => {
                first.related.push(Related { place: finding.place, label: "and here".to_owned() });
            }
            Some(_) => {}
        }
    }
    all
}
