//! Where records come from: files and standard input, looked at before anything is decided.

use std::fs;
use std::io::{IsTerminal, stderr, stdin, stdout};
use std::path::{Path, PathBuf};

use records::{Format, Source};

use crate::arguments::Run;
use crate::output;
use crate::progress::Progress;
use crate::report::Failure;
use crate::sources::RecordSources;
use crate::terminal::Terminal;

/// The inputs of a run, in the order in which they were named.
pub(crate) struct Inputs {
    paths: Vec<PathBuf>,
    format: Option<Format>,
}

impl Inputs {
    /// Looks at all files, so that one that is not there is told before any record has been decided; and sees to it that
    /// nothing that is read is overwritten.
    pub(crate) fn check(arguments: &Run) -> Result<Self, Failure> {
        let inputs = Self {
            paths: arguments.records.iter().chain(&arguments.events).cloned().collect(),
            format: arguments.input_format.map(Format::from),
        };
        for path in &inputs.paths {
            // A pipe with a name can be opened only once, and that is later.
            if !is_stdin(path) && fs::metadata(path).is_ok_and(|about| about.is_file() || about.is_dir()) {
                inputs.open(path)?;
            } else if !is_stdin(path) && !path.exists() {
                return Err(records_missing(path));
            }
        }
        if inputs.paths.iter().any(|path| is_stdin(path)) && stdin().is_terminal() {
            return Err(Failure::new("`-` stands for what another program pipes in, and nothing is piped in")
                .help("name a file of records, or write `… | rulebook run RULES -`"));
        }
        Ok(inputs)
    }

    /// Opens one input.
    fn open(&self, path: &Path) -> Result<Source, Failure> {
        let source = if is_stdin(path) { Source::stdin(self.format) } else { Source::open(path, self.format) };
        Ok(source?)
    }

    /// Opens the inputs one after the other, each when it is its turn.
    pub(crate) fn sources(&self) -> impl Iterator<Item = Result<Source, Failure>> {
        self.paths.iter().map(|path| self.open(path))
    }

    /// A bar for people who wait: not where verdicts run over the same screen.
    pub(crate) fn progress(&self, verdicts_on_stdout: bool, quiet: bool, terminal: Terminal) -> Progress {
        let in_the_way = verdicts_on_stdout && stdout().is_terminal();
        if quiet || in_the_way || !stderr().is_terminal() {
            return Progress::hidden();
        }
        let sizes = self.paths.iter().map(|path| fs::metadata(path).ok().filter(fs::Metadata::is_file));
        Progress::over(sizes.map(|about| about.map(|about| about.len())).sum(), terminal.colour_err)
    }

    /// The type of record that the inputs hold: the one that was named, or the one whose source they are. None if neither
    /// tells.
    pub(crate) fn record_type(&self, arguments: &Run, sources: &RecordSources) -> Result<Option<String>, Failure> {
        if arguments.record_type.is_some() {
            return Ok(arguments.record_type.clone());
        }
        sources.type_of_all(&self.paths)
    }

    /// An output over an input, or two outputs in one place, would destroy data.
    pub(crate) fn protect(&self, arguments: &Run, sources: &RecordSources) -> Result<(), Failure> {
        let place = |path: &Path| fs::canonicalize(path).ok().filter(|path| path.is_file());
        let outputs = [
            ("--out", arguments.out.as_deref()),
            ("--rejects", arguments.rejects.as_deref()),
            ("--state", arguments.state.as_deref()),
        ];
        for (option, output) in outputs.iter().filter_map(|(option, path)| Some((option, place((*path)?)?))) {
            let read = self.paths.iter().chain(sources.paths()).chain([&arguments.rules]);
            if let Some(input) = read.into_iter().find(|input| place(input).as_ref() == Some(&output)) {
                return Err(Failure::new(format!("`{option}` would overwrite `{}`, which is read", input.display()))
                    .help("name another file"));
            }
        }
        for (index, (option, path)) in outputs.iter().enumerate() {
            let same = |other: &&(&str, Option<&Path>)| {
                path.is_some()
                    && (other.1 == *path
                        || (path.and_then(place).is_some() && other.1.and_then(place) == path.and_then(place)))
            };
            if let Some((other, _)) = outputs.iter().take(index).find(same) {
                return Err(Failure::new(format!("`{other}` and `{option}` name the same file")).help("name two files"));
            }
        }
        outputs.iter().filter_map(|(_, path)| *path).try_for_each(output::keep_rules)
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn records_missing(path: &Path) -> Failure {
    Failure::new(format!("there is no file `{}`", path.display()))
        .help("name a file of records: NDJSON, JSON, CSV or TSV, also packed as .gz or .zst")
}
