//! `rulebook test --watch`: the tests run again whenever something changes that they depend on.
//!
//! Files are looked at a few times a second, which needs nothing from the system and is seen at once by a person.

use std::fs;
use std::io::{IsTerminal, stdout};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

use semantics::Project;

use super::show;
use crate::arguments::Test as Arguments;
use crate::load::{Checked, Rulebook, SETTINGS, rule_files};
use crate::output;
use crate::report::{self, Failure};
use crate::sources;
use crate::terminal::Terminal;

/// How long to wait before files are looked at again.
const PAUSE: Duration = Duration::from_millis(300);

/// Clears the screen, and puts the cursor at its top.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// A file, when it was changed last, and its size.
type Stamp = (PathBuf, Option<SystemTime>, u64);

/// What is kept from one run to the next.
#[derive(Default)]
struct Watched {
    project: Project,
    /// The files of data that the tests depend on.
    data: Vec<PathBuf>,
    /// All files as they were before anything was read from them: what changes meanwhile is seen afterwards.
    before: Vec<Stamp>,
}

impl Watched {
    /// Reads and checks the rules. Which files of data they name is known only then; so where these are other files than
    /// before, all is read once more, after they have been looked at.
    fn load(&mut self, arguments: &Arguments) -> Result<(Rulebook, Checked), Failure> {
        loop {
            self.before = stamps(arguments, &self.data);
            let rulebook = Rulebook::load(&arguments.paths, arguments.limits.moved())?;
            let checked = rulebook.check_in(std::mem::take(&mut self.project));
            let mut data = rulebook.data_files(&checked);
            data.extend(sources::typed_files(&arguments.sources));
            if data == self.data {
                return Ok((rulebook, checked));
            }
            self.data = data;
            self.project = checked.into_project();
        }
    }
}

/// Runs the tests again and again, until the process is ended.
pub(super) fn watch(arguments: &Arguments, terminal: Terminal) -> Failure {
    let mut watched = Watched::default();
    loop {
        if let Err(failure) = once(arguments, terminal, &mut watched) {
            match failure {
                Failure::Told { sentence, help } => report::error(terminal, &sentence, help.as_deref()),
                Failure::ClosedPipe => return failure,
            }
        }
        report::note(terminal, "waiting for a change; Ctrl-C ends it");
        while stamps(arguments, &watched.data) == watched.before {
            thread::sleep(PAUSE);
        }
    }
}

/// Checks the rules and runs the tests.
fn once(arguments: &Arguments, terminal: Terminal, watched: &mut Watched) -> Result<(), Failure> {
    if stdout().is_terminal() {
        output::print(CLEAR)?;
    }
    let (rulebook, checked) = watched.load(arguments)?;
    let ran = super::run(&rulebook, &checked, arguments, terminal);
    let shown = ran.and_then(|ran| show(&ran, &checked, arguments, terminal));
    watched.project = checked.into_project();
    shown.map(drop)
}

/// The rule files as they are now, those that are new included, the settings, and the files of data.
fn stamps(arguments: &Arguments, data: &[PathBuf]) -> Vec<Stamp> {
    let found = rule_files(&arguments.paths).ok();
    let rules = found.into_iter().flat_map(|found| {
        let settings = found.root.join(SETTINGS);
        found.files.into_iter().map(|file| file.path).chain([settings])
    });
    let paths = rules.chain(data.iter().cloned());
    let stamp = |path: PathBuf| {
        let about = fs::metadata(&path).ok();
        let changed = about.as_ref().and_then(|about| about.modified().ok());
        (path, changed, about.map_or(0, |about| about.len()))
    };
    paths.map(stamp).collect()
}
