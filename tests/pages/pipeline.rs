//! The journey from rule files to findings, representations and verdicts: all that the pages know of the crates.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use diagnostics::{Finding, Sources, render};
use records::write::{self, Run};
use records::{Format, Joined, Reader, Source, SourceError};
use vm::choose::Standings;
use vm::program::{Decision, Program};
use vm::{Chooser, Machine};

use rulebook_tests::reference;

use crate::opinion;

/// Records of one type.
#[derive(Default)]
pub(crate) struct Records {
    /// One JSON object a line.
    pub(crate) text: String,
    /// The name of their type, where the rulebook decides several.
    pub(crate) of_type: Option<String>,
    /// Whether they come in envelopes.
    pub(crate) events: bool,
}

/// The files of a rulebook as a page shows them, by name.
#[derive(Clone, Default)]
pub(crate) struct Project {
    files: BTreeMap<String, String>,
    /// The files that hold the records to which references lead, by record type.
    sources: BTreeMap<String, String>,
}

impl Project {
    /// Adds or replaces a file.
    pub(crate) fn insert(&mut self, name: &str, text: &str) {
        self.files.insert(name.to_owned(), text.to_owned());
    }

    /// Makes a file the source of the records of a type.
    pub(crate) fn source(&mut self, record: &str, file: &str) {
        self.sources.insert(record.to_owned(), file.to_owned());
    }

    /// The records of a type, to which references lead.
    fn records_of(&self, record: &str) -> Result<Source, String> {
        let name = self.sources.get(record).ok_or_else(|| format!("no block above says `source={record}`"))?;
        let text = self.text(name).unwrap_or_default().to_owned();
        Source::read(name, Cursor::new(text.into_bytes()), None).map_err(|error| error.to_string())
    }

    /// The same as JSON.
    fn objects_of(&self, record: &str) -> Result<Vec<serde_json::Value>, String> {
        let name = self.sources.get(record).ok_or_else(|| format!("no block above says `source={record}`"))?;
        let lines = self.text(name).unwrap_or_default().lines().filter(|line| !line.trim().is_empty());
        let read =
            |line| reference::exact(line).map_err(|error| format!("a source has one JSON object on a line: {error}"));
        lines.map(read).collect()
    }

    /// The text of a file.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// The names of the rule files, in name order.
    pub(crate) fn rule_files(&self) -> Vec<&str> {
        self.files.keys().map(String::as_str).filter(|name| is_rules(name)).collect()
    }

    /// All files in name order.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&String, &String)> {
        self.files.iter()
    }
}

fn is_rules(name: &str) -> bool {
    name.ends_with(".rules")
}

/// Findings as a person sees them, 100 columns wide and without colour.
pub(crate) fn rendered(findings: &[Finding], project: &Project) -> String {
    let sources: Sources = project.files().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    render::terminal(findings, &sources, false, 100)
}

/// What the checker finds, hints included.
pub(crate) fn check(project: &Project) -> Result<Vec<Finding>, String> {
    Ok(rulebook(project).findings())
}

/// The verdicts of records (one JSON object a line) at an instant, one JSON object a line; a record that cannot be decided
/// has a line that says why.
pub(crate) fn verdicts(project: &Project, records: &Records, now: &str, traced: bool) -> Result<String, String> {
    let checked = rulebook(project);
    let rulebook = checked.rulebook().ok_or_else(|| rendered(&checked.findings(), project))?;
    let program = vm::verify(compiler::compile_traceable(&rulebook)).map_err(|error| error.to_string())?;
    let (place, decision) = decision(&program, records.of_type.as_deref())?;
    let clock = program.clock(now.parse().map_err(|error| format!("`{now}`: {error}"))?);
    let options = vm::Options { trace: traced, ..vm::Options::default() };
    let mut machine = Machine::new(&program, place, clock.clone(), options).ok_or("no such decision")?;
    let run = Run::new(&program, decision, &clock);
    let mut chooser = Chooser::new(&program, Standings::default());
    let mut out = String::new();
    let envelopes = records.events.then(|| records::Envelopes::of(decision, true));
    let mut options = records::Options { envelopes, ..records::Options::default() };
    let joined = Joined::read(decision.into(), |record| project.records_of(record).map_err(Trouble), &options);
    options.joined = Some(Arc::new(joined.map_err(|trouble| trouble.0)?));
    let bytes = Cursor::new(records.text.clone().into_bytes());
    let source = Source::read(RECORDS, bytes, Some(Format::Ndjson)).map_err(|error| error.to_string())?;
    let mut reader = Reader::new(source, decision, options).map_err(|error| error.to_string())?;
    while let Some(read) = reader.next() {
        match read.map_err(|error| error.to_string())? {
            Err(rejected) => write::rejected(&mut out, &rejected),
            Ok(input) => match machine.run(&input.record) {
                Ok(mut verdict) => {
                    chooser.choose(&program.targets, &clock, &mut verdict);
                    write::ndjson(&mut out, &run, &reader.label(&input), &verdict);
                }
                Err(fault) => write::rejected(&mut out, &reader.undecided(&input, decision, &fault)),
            },
        }
    }
    let text = out;
    text.lines().try_for_each(conforms_to_its_schema)?;
    let others = decision.joins.iter().map(|join| Ok((join.record.to_string(), project.objects_of(&join.record)?)));
    opinion::agrees(&rulebook, records, &others.collect::<Result<_, String>>()?, now, &text)?;
    Ok(text)
}

/// Why records to which references lead cannot be had.
struct Trouble(String);

impl From<SourceError> for Trouble {
    fn from(error: SourceError) -> Self {
        Self(error.to_string())
    }
}

/// The verdicts and rejects among what commands printed are what their JSON Schema says.
pub(crate) fn printed_conforms(printed: &str) -> Result<(), String> {
    let is_ours = |line: &&str| line.starts_with("{\"record\":") || line.starts_with("{\"file\":");
    printed.lines().filter(is_ours).try_for_each(conforms_to_its_schema)
}

/// Every verdict and every reject of every page is what its JSON Schema says.
fn conforms_to_its_schema(line: &str) -> Result<(), String> {
    let value: serde_json::Value = serde_json::from_str(line).map_err(|error| format!("{line}: {error}"))?;
    let schema = if value.get("fired").is_some() { write::VERDICT_SCHEMA } else { write::REJECTS_SCHEMA };
    let schema = serde_json::from_str(schema).map_err(|error| error.to_string())?;
    rulebook_tests::conforms(&schema, &value).map_err(|reason| format!("{line}\ndoes not conform: {reason}"))
}

/// What a page's records are called where they have no key.
const RECORDS: &str = "records.ndjson";

/// The decision about records of a type; without a type the only one there is.
fn decision<'p>(program: &'p Program, of_type: Option<&str>) -> Result<(usize, &'p Decision), String> {
    let mut decisions = program.decisions.iter().enumerate();
    match (of_type, &*program.decisions) {
        (Some(name), _) => decisions.find(|(_, decision)| &*decision.record == name),
        (None, [only]) => Some((0, only)),
        (None, _) => None,
    }
    .ok_or_else(|| "say which type the records have: `record type=…`".to_owned())
}

/// The rulebook with its lists from files.
fn rulebook(project: &Project) -> semantics::Project {
    let mut rulebook = semantics::Project::new();
    fill(&mut rulebook, project);
    rulebook
}

fn fill(rulebook: &mut semantics::Project, project: &Project) {
    for (name, text) in project.files().filter(|(name, _)| is_rules(name)) {
        rulebook.set_file(name, text);
    }
    for name in rulebook.wanted_files() {
        let text = project.text(&name).ok_or_else(|| "there is no such file".to_owned());
        rulebook.set_data(&name, text);
    }
}

/// The queries that ran again when a rulebook was edited, each with how many times, in the order in which they first ran:
/// `check 1`.
///
/// Where a name is given, all places are asked for that mention it, instead of findings and rulebook.
pub(crate) fn queries(before: &Project, after: &Project, references: Option<&str>) -> Result<String, String> {
    let (mut rulebook, log) = semantics::Project::logged();
    let ask = |rulebook: &semantics::Project| {
        let Some(name) = references else {
            let _ = (rulebook.findings(), rulebook.rulebook());
            return;
        };
        let mentioned = |item: semantics::ItemView<'_>| {
            let mut all = item.mentions().iter();
            all.find(|mention| &*mention.thing.name == name).map(|mention| mention.thing.clone())
        };
        let thing = rulebook.all_items().find_map(mentioned);
        let _ = thing.map(|thing| rulebook.places_of(&thing));
    };
    fill(&mut rulebook, before);
    ask(&rulebook);
    log.lock().map_err(|error| error.to_string())?.clear();
    fill(&mut rulebook, after);
    ask(&rulebook);
    let mut counted: Vec<(&str, usize)> = Vec::new();
    let log = log.lock().map_err(|error| error.to_string())?;
    for query in log.iter().map(|query| query.split('(').next().unwrap_or_default()) {
        match counted.iter_mut().find(|(known, _)| *known == query) {
            Some((_, count)) => *count += 1,
            None => counted.push((query, 1)),
        }
    }
    Ok(counted.iter().map(|(query, count)| format!("{query} {count}\n")).collect())
}
