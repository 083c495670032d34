//! The way from the text of a rulebook to verdicts, as the crates have it.

use std::io::Cursor;
use std::sync::Arc;

use diagnostics::{Finding, Severity};
use records::write::{self, Run};
use records::{Envelopes, Format, Joined, Options, Reader, Source, SourceError};
use semantics::Project;
use semantics::typed::Rulebook;
use serde_json::Value as Verdict;
use vm::choose::Standings;
use vm::{Chooser, Machine, Program, Verified};

use crate::generate::book::{Book, FILE};

/// A rulebook as a tool holds it, with its rule file and all that this names.
pub(crate) fn project(book: &Book, rules: &str) -> Project {
    let mut project = Project::new();
    project.set_zone(book.zone);
    project.set_calendar(book.calendar);
    project.set_file(FILE, rules);
    hand_in(&mut project, book);
    project
}

/// Hands in the files that the rules name.
pub(crate) fn hand_in(project: &mut Project, book: &Book) {
    for name in project.wanted_files() {
        let text = book.files.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str());
        project.set_data(&name, text.ok_or_else(|| "there is no such file".to_owned()));
    }
}

/// What a rulebook means, or what is wrong with it.
pub(crate) fn checked(book: &Book, rules: &str) -> Result<Arc<Rulebook>, Vec<Finding>> {
    let project = project(book, rules);
    project
        .rulebook()
        .ok_or_else(|| project.findings().into_iter().filter(|finding| finding.severity() == Severity::Error).collect())
}

/// A program that is ready to run.
pub(crate) fn verified(program: Program) -> Result<Verified, String> {
    vm::verify(program).map_err(|error| format!("the program does not pass the verifier: {error}"))
}

/// What becomes of lines of records, a line for each: a verdict, or why there is none.
pub(crate) fn verdicts(program: &Verified, book: &Book, lines: &str, how: How) -> Result<Vec<String>, String> {
    let place = program.decisions.iter().position(|decision| &*decision.record == book.root);
    let place = place.ok_or("nothing is decided")?;
    let decision = &program.decisions[place];
    let clock = program.clock(book.now.parse().map_err(|error| format!("{error}"))?);
    let options = vm::Options { trace: how.trace, ..vm::Options::default() };
    let mut machine = Machine::new(program, place, clock.clone(), options).ok_or("no such decision")?;
    let run = Run::new(program, decision, &clock);
    let envelopes = book.events.then(|| Envelopes::of(decision, true));
    let mut reading = Options { zone: clock.zone.clone(), envelopes, ..Options::default() };
    let others = |record: &values::Text| {
        Source::read(record, Cursor::new(book.source(record).into_bytes()), Some(Format::Ndjson))
    };
    let joined = Joined::read::<SourceError>(decision.into(), others, &reading).map_err(|error| error.to_string())?;
    reading.joined = Some(Arc::new(joined));
    let bytes = Cursor::new(lines.to_owned().into_bytes());
    let source = Source::read("records", bytes, Some(how.format)).map_err(|error| error.to_string())?;
    let mut reader = Reader::new(source, decision, reading).map_err(|error| error.to_string())?;
    let mut chooser = Chooser::new(program, Standings::default());
    let mut out = Vec::new();
    while let Some(read) = reader.next() {
        let mut line = String::new();
        match read.map_err(|error| error.to_string())? {
            Err(rejected) => write::rejected(&mut line, &rejected),
            Ok(input) => match machine.run(&input.record) {
                Ok(mut verdict) => {
                    if how.chooses {
                        chooser.choose(&program.targets, &clock, &mut verdict);
                    }
                    write::ndjson(&mut line, &run, &reader.label(&input), &verdict);
                }
                Err(fault) => write::rejected(&mut line, &reader.undecided(&input, decision, &fault)),
            },
        }
        out.push(line);
    }
    Ok(out)
}

/// How records are read and decided.
#[derive(Clone, Copy, Debug)]
pub(crate) struct How {
    pub(crate) format: Format,
    pub(crate) trace: bool,
    /// Whether members of teams are chosen, which depends on the records before.
    pub(crate) chooses: bool,
}

impl Default for How {
    fn default() -> Self {
        Self { format: Format::Ndjson, trace: false, chooses: true }
    }
}

/// A line that was written, to look into.
pub(crate) fn parsed(line: &str) -> Verdict {
    serde_json::from_str(line).expect("what is written is JSON")
}

/// Whether a line tells why a record was not decided.
pub(crate) fn is_fault(verdict: &Verdict) -> bool {
    verdict.get("fired").is_none()
}
