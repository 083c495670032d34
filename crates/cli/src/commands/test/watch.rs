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
use crate::load::{Rulebook, rule_files};
use crate::output;
use crate::report::{self, Failure};
use crate::terminal::Terminal;

/// How long to wait before files are looked at again.
const PAUSE: Duration = Duration::from_millis(300);

/// Clears the screen, and puts the cursor at its top.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// A file, when it was changed last, and its size.
type Stamp = (PathBuf, Option<SystemTime>, u64);

/// Runs the tests again and again, until the process is ended.
pub(super) fn watch(arguments: &Arguments, terminal: Terminal) -> Failure {
    let (mut project, mut data) = (Project::new(), Vec::new());
    loop {
        // Looked at before the tests run: what changes meanwhile is seen afterwards.
        let before = stamps(arguments, &data);
        let known = data.clone();
        if let Err(failure) = once(arguments, terminal, &mut project, &mut data) {
            match failure {
                Failure::Told { sentence, help } => report::error(terminal, &sentence, help.as_deref()),
                Failure::ClosedPipe => return failure,
            }
        }
        let before = if known == data { before } else { stamps(arguments, &data) };
        report::note(terminal, "waiting for a change; Ctrl-C ends it");
        while stamps(arguments, &data) == before {
            thread::sleep(PAUSE);
        }
    }
}

/// Checks the rules and runs the tests; also finds out which files of data they name.
fn once(
    arguments: &Arguments,
    terminal: Terminal,
    project: &mut Project,
    data: &mut Vec<PathBuf>,
) -> Result<(), Failure> {
    if stdout().is_terminal() {
        output::print(CLEAR)?;
    }
    let rulebook = Rulebook::load(&arguments.paths, arguments.limits.moved())?;
    let checked = rulebook.check_in(std::mem::take(project));
    *data = rulebook.data_files(&checked);
    let ran = super::run(&rulebook, &checked, arguments, terminal);
    let shown = ran.and_then(|ran| show(&ran, &checked, arguments, terminal));
    *project = checked.into_project();
    shown.map(drop)
}

/// The rule files as they are now, those that are new included, and the files of data.
fn stamps(arguments: &Arguments, data: &[PathBuf]) -> Vec<Stamp> {
    let rules = rule_files(&arguments.paths).map(|found| found.files).unwrap_or_default();
    let paths = rules.into_iter().map(|file| file.path).chain(data.iter().cloned());
    let stamp = |path: PathBuf| {
        let about = fs::metadata(&path).ok();
        let changed = about.as_ref().and_then(|about| about.modified().ok());
        (path, changed, about.map_or(0, |about| about.len()))
    };
    paths.map(stamp).collect()
}
