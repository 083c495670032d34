//! A rulebook from disk: which files make it up, what they say, what is found in them. Start with [`Rulebook::load`].
//!
//! The *root* of a rulebook is the folder that was named, or the folder of the file that was named, or, where several were
//! named, the deepest folder that holds them all. Rule files have two names: the one below the root, which stands in
//! verdicts and is the same wherever the command was called, and the one that the user sees, as seen from where he is.

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use diagnostics::problems::{ConditionProblem, SyntaxProblem, Unexamined};
use diagnostics::{Code, Counts, Finding, Place, Problem, Severity, Sources, render};
use limits::Limits;
use semantics::{Project, RecordType, typed};

use crate::arguments::Moved;
use crate::report::{self, Failure, counted, listed, nearest};
use crate::sources::{RecordSources, SourceFile};
use crate::terminal::Terminal;
pub(crate) use folder::{Found, RuleFile, RuleText, SETTINGS, Settings, read_text, reason, rule_files, zone_named};
pub(crate) use program::{Making, compiled, note_cuts, program, verified};

/// How many findings are told by commands that are not there to tell them.
const TOLD: usize = 10;

/// A rulebook as it lies on disk.
pub(crate) struct Rulebook {
    /// Its files, in the order of their names.
    pub(crate) files: Vec<(RuleFile, RuleText)>,
    /// How far it may go: as the settings say, or as was typed.
    pub(crate) limits: Limits,
    settings: Settings,
    root: PathBuf,
}

/// A rulebook that has been checked.
pub(crate) struct Checked {
    project: Project,
    /// What was found, sorted by file and place, without the hints but those that not all was looked at; files are
    /// named as the user sees them.
    pub(crate) findings: Vec<Finding>,
    /// Tables with too many rows to tell each in traces and coverage.
    untold: Vec<Finding>,
    /// The texts that findings point into.
    pub(crate) sources: Sources,
    /// How many files there are.
    pub(crate) files: usize,
    /// The name below the root of each file, and the one that the user sees.
    names: BTreeMap<String, Arc<str>>,
}

impl Rulebook {
    /// Reads the rule files that some paths stand for: a folder stands for all rule files below it. Limits that were typed
    /// count more than those of the settings.
    pub(crate) fn load(paths: &[PathBuf], moved: &Moved) -> Result<Self, Failure> {
        let found = rule_files(paths)?;
        let settings = Settings::of(&found.root)?;
        let limits = settings.limits(moved);
        let files = found.files.into_iter().map(|file| Ok((file.clone(), read_text(&file.path, &limits)?)));
        Ok(Self { files: files.collect::<Result<_, folder::Trouble>>()?, limits, settings, root: found.root })
    }

    /// The same in another time zone than its settings say.
    #[must_use]
    pub(crate) fn in_zone(mut self, zone: Option<&str>) -> Self {
        if let Some(zone) = zone {
            self.settings.time_zone = Some(zone.to_owned());
        }
        self
    }

    /// How the user knows a file, and what it says.
    pub(crate) fn file(&self, name: &str) -> Option<(&str, &str)> {
        let (file, text) = self.files.iter().find(|(file, _)| file.name == name)?;
        Some((&file.shown, &text.text))
    }

    /// Checks everything.
    pub(crate) fn check(&self) -> Checked {
        self.check_in(Project::new())
    }

    /// Checks everything in a project that has held the same rulebook before, which costs only what has changed.
    pub(crate) fn check_in(&self, mut project: Project) -> Checked {
        project.set_zone(self.settings.time_zone.as_deref().unwrap_or("UTC"));
        project.set_limits(self.limits);
        project.set_listed(self.settings.listed.clone());
        project.keep_files(&self.files.iter().map(|(file, _)| file.name.as_str()).collect::<Vec<_>>());
        project.set_calendar(self.settings.calendar.as_deref());
        for (file, text) in &self.files {
            project.set_file(&file.name, &text.text);
        }
        let data: Vec<_> = project.wanted_files().into_iter().map(|name| (self.data(&name), name)).collect();
        for (text, name) in &data {
            project.set_data(name, text.as_deref().map_err(Clone::clone));
        }
        let is_untold = |found: &Finding| {
            matches!(found.problem, Problem::Condition(ConditionProblem::NotExamined(Unexamined::Lines { .. })))
        };
        let (untold, findings) = self.as_seen(project.findings()).into_iter().partition(is_untold);
        let rules = self.files.iter().map(|(file, text)| (Arc::clone(&file.shown), text.text.as_str()));
        let data = data.iter().filter_map(|(text, name)| Some((Arc::from(name.as_str()), text.as_deref().ok()?)));
        let sources = rules.chain(data).collect();
        let names = self.files.iter().map(|(file, _)| (file.name.clone(), Arc::clone(&file.shown))).collect();
        Checked { project, findings, untold, sources, files: self.files.len(), names }
    }

    /// The text of a file that a list is read from, or why it cannot be read.
    fn data(&self, name: &str) -> Result<String, String> {
        folder::read_data(&self.inside(name)?, &self.limits)
    }

    /// Where the files lie that rules, tests and settings name.
    pub(crate) fn data_files(&self, checked: &Checked) -> Vec<PathBuf> {
        let sources = self.settings.sources.iter().map(|(_, file)| file.clone());
        let names = checked.project.wanted_files().into_iter().chain(checked.project.record_files()).chain(sources);
        names.filter_map(|name| self.inside(&name).ok()).collect()
    }

    /// Opens a file of records that a test is over, or tells why that cannot be.
    pub(crate) fn records(&self, name: &str) -> Result<records::Source, String> {
        let file = fs::File::open(self.inside(name)?).map_err(|error| reason(&error))?;
        records::Source::of_file(name, file, None).map_err(|error| error.to_string())
    }

    /// Where the records are that references lead to, as far as the settings say so.
    pub(crate) fn sources(&self, checked: &Checked) -> Result<RecordSources, Failure> {
        let types = checked.record_types();
        let source = |(record, file): &(String, String)| {
            let names = || types.iter().map(|known| &*known.name).filter(|name| !name.contains('.'));
            if !names().any(|name| name == record) {
                let failure =
                    Failure::new(format!("`[sources]` in `rulebook.toml` names `{record}`, which is no record type"));
                return Err(match nearest(record, names()) {
                    Some(near) => failure.help(format!("write `{near}`")),
                    None => failure.help(format!("the record types are {}", listed(names()))),
                });
            }
            let path = self.inside(file).map_err(|reason| {
                Failure::new(format!("`{file}`, the source of `{record}` records, cannot be read: {reason}"))
                    .help(format!("put it there, or name it with `--source {record}=FILE`"))
            })?;
            Ok(SourceFile { record: record.clone(), shown: file.clone(), path })
        };
        Ok(RecordSources::of_settings(self.settings.sources.iter().map(source).collect::<Result<_, _>>()?))
    }

    /// Where a file lies that rules name, which is inside the folder of the rulebook.
    fn inside(&self, name: &str) -> Result<PathBuf, String> {
        folder::inside(&self.root, name)
    }

    /// The findings that a person is shown, under the names that he knows, with those about files that are not UTF-8.
    fn as_seen(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let shown: BTreeMap<&str, &Arc<str>> =
            self.files.iter().map(|(file, _)| (file.name.as_str(), &file.shown)).collect();
        let rename = |place: &mut Place| {
            if let Some(name) = shown.get(&*place.file) {
                place.file = Arc::clone(name);
            }
        };
        let broken = self.not_text();
        let on_broken = |finding: &Finding| broken.iter().any(|broken| overlap(&broken.place, &finding.place));
        let is_told = |found: &Finding| found.severity() > Severity::Hint || found.problem.code() == Code::NotExamined;
        let mut all: Vec<Finding> = findings.into_iter().filter(is_told).collect();
        for finding in &mut all {
            rename(&mut finding.place);
            finding.related.iter_mut().for_each(|related| rename(&mut related.place));
        }
        all.retain(|finding| !on_broken(finding));
        all.extend(broken);
        all.sort_by(|a, b| a.place.cmp(&b.place));
        all
    }

    /// One finding for each file that is not UTF-8, where that begins.
    fn not_text(&self) -> Vec<Finding> {
        let broken = self.files.iter().filter_map(|(file, text)| Some((file, text.broken.clone()?)));
        broken
            .map(|(file, broken)| Finding {
                problem: Problem::Syntax(SyntaxProblem::InvalidUtf8),
                place: Place { file: Arc::clone(&file.shown), start: broken.start, end: broken.end },
                related: Vec::new(),
            })
            .collect()
    }
}

fn overlap(one: &Place, other: &Place) -> bool {
    one.file == other.file && one.start < other.end && other.start < one.end
}

impl Checked {
    /// The project, to check the rulebook again when it has changed.
    pub(crate) fn into_project(self) -> Project {
        self.project
    }

    /// The tests, if there is no error.
    pub(crate) fn tests(&self) -> Option<Arc<Vec<typed::test::Test>>> {
        self.project.tests()
    }

    /// The name of a file as the user sees it.
    pub(crate) fn shown<'a>(&'a self, name: &'a str) -> &'a str {
        self.names.get(name).map_or(name, |shown| shown)
    }

    /// A place under the name that the user knows its file by.
    pub(crate) fn as_seen(&self, place: &Place) -> Place {
        let file = self.names.get(&*place.file).unwrap_or(&place.file);
        Place { file: Arc::clone(file), ..place.clone() }
    }

    /// How many findings there are of each severity.
    pub(crate) fn counts(&self) -> Counts {
        Counts::of(&self.findings)
    }

    /// `2 errors, 1 warning in 3 files`, `3 files, no findings`; where not all was looked at: `3 files, no errors, no warnings`.
    pub(crate) fn tally(&self) -> String {
        let files = counted(self.files as u64, "file");
        let counts = self.counts();
        match counts.errors + counts.warnings {
            0 if counts.hints > 0 => format!("{files}, no errors, no warnings; not all was looked at"),
            0 => format!("{files}, no findings"),
            _ => format!("{counts} in {files}"),
        }
    }

    /// Every record type that is declared or that rules read.
    pub(crate) fn record_types(&self) -> Vec<RecordType> {
        self.project.record_types()
    }

    /// What rules compare stored fields with, and where they look them up.
    pub(crate) fn asked(&self) -> semantics::Asked {
        self.project.asked()
    }

    /// What was meant, if there is no error.
    pub(crate) fn rulebook(&self) -> Option<Arc<typed::Rulebook>> {
        if self.counts().errors > 0 { None } else { self.project.rulebook() }
    }

    /// What was meant. What was found is said on standard error: errors, which keep the rules from being used; where there
    /// are none, warnings, unless `quiet`.
    pub(crate) fn usable(&self, terminal: Terminal, quiet: bool) -> Result<Arc<typed::Rulebook>, Failure> {
        let rulebook = self.rulebook();
        let tell = if rulebook.is_some() { Severity::Warning } else { Severity::Error };
        if !(quiet && tell == Severity::Warning) {
            self.tell(tell, terminal);
        }
        rulebook.ok_or_else(|| {
            let errors = counted(self.counts().errors as u64, "error");
            Failure::new(format!("the rules cannot be used: {errors} in {}", counted(self.files as u64, "file")))
                .help("mend what is shown above; `rulebook explain CODE` says more about a code")
        })
    }

    /// Says which tables have too many rows to tell each in traces and coverage.
    pub(crate) fn note_untold_rows(&self, terminal: Terminal) {
        for finding in &self.untold {
            let line = self.sources.position(&finding.place.file, finding.place.start).line;
            report::note(terminal, &format!("{}:{line}: {}", finding.place.file, finding.problem.sentence()));
        }
    }

    /// Says the first findings of a severity.
    fn tell(&self, severity: Severity, terminal: Terminal) {
        let mut told: Vec<Finding> =
            self.findings.iter().filter(|finding| finding.severity() == severity).cloned().collect();
        let more = told.len().saturating_sub(TOLD);
        told.truncate(TOLD);
        if !told.is_empty() {
            report::say(render::terminal(&told, &self.sources, terminal.colour_err, terminal.width));
        }
        if more > 0 {
            let more = counted(more as u64, &format!("more {}", severity.name()));
            report::note(terminal, &format!("{more}; `rulebook check` shows all"));
        }
    }
}
