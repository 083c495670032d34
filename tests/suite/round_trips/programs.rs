//! Programs: what is laid out means the same, what is saved loads again and decides the same, what is damaged does not
//! load.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Cursor};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use records::write::{self, Run};
use records::{Format, Joined, Reader, Source, SourceError};
use semantics::Project;
use semantics::typed::Rulebook;
use vm::{Machine, Verified, file, verify};

use super::{Text, rule_files, texts};
use crate::real;

#[test]
fn what_is_laid_out_means_the_same() {
    for (text, rulebook) in rulebooks() {
        let rules = syntax::format(&text.rules).text;
        let laid_out = checked(&Text { name: text.name.clone(), rules, folder: text.folder });
        let laid_out = laid_out.unwrap_or_else(|| panic!("{} has errors when it is laid out", text.name));
        assert_eq!(without_lines(&rulebook), without_lines(&laid_out), "{}", text.name);
    }
}

#[test]
fn a_saved_program_loads_as_it_was() {
    for (text, rulebook) in rulebooks() {
        let program = compiler::compile(&rulebook);
        let loaded = file::load(&file::save(&program)).unwrap_or_else(|error| panic!("{}: {error}", text.name));
        assert_eq!(*loaded, program, "{}", text.name);
    }
}

#[test]
fn a_saved_program_with_another_byte_does_not_load() {
    for (text, rulebook) in rulebooks() {
        let mut saved = file::save(&compiler::compile(&rulebook));
        for place in 0..saved.len() {
            let bit = 1 << (place % 8);
            saved[place] ^= bit;
            assert!(file::load(&saved).is_err(), "{}: byte {place} of {}", text.name, saved.len());
            saved[place] ^= bit;
        }
    }
}

#[test]
fn a_loaded_program_decides_as_before() {
    // Files of tests alone are no rulebooks, nor are rules whose tables are not ours to hand on; what is tried on hostile
    // files has two records.
    let whole = |text: &Text| {
        !["tests.rules", "deals.rules", "hostile/lead.rules"].iter().any(|name| text.name.ends_with(name))
    };
    for text in rule_files().into_iter().filter(whole) {
        let program = compiler::compile(&checked(&text).unwrap());
        let loaded = file::load(&file::save(&program)).unwrap();
        let fresh = verify(program).unwrap();
        for (records, now) in records_of(&text) {
            let verdicts = verdicts(&fresh, &records, now);
            assert!(verdicts.lines().count() > 9, "no verdicts of {}", text.name);
            assert_eq!(verdicts, self::verdicts(&loaded, &records, now), "{}", text.name);
        }
    }
}

/// The texts without errors, and what they mean.
fn rulebooks() -> Vec<(Text, Arc<Rulebook>)> {
    let checked = texts().into_iter().filter_map(|text| checked(&text).map(|rulebook| (text, rulebook)));
    let checked: Vec<_> = checked.collect();
    assert!(checked.len() > 50, "only {} texts without errors", checked.len());
    checked
}

/// What a text means, if it is a whole rulebook without errors.
fn checked(text: &Text) -> Option<Arc<Rulebook>> {
    project(text).rulebook()
}

/// A text with the files of data that it names.
pub(super) fn project(text: &Text) -> Project {
    let mut project = Project::new();
    project.set_file("one.rules", &text.rules);
    project.set_calendar(default_calendar(text).as_deref());
    for name in project.wanted_files() {
        let data = fs::read_to_string(text.folder.join(&name)).map_err(|error| error.to_string());
        project.set_data(&name, data.as_deref().map_err(Clone::clone));
    }
    project
}

/// The calendar that the settings beside the rules name.
fn default_calendar(text: &Text) -> Option<String> {
    let settings = fs::read_to_string(text.folder.join("rulebook.toml")).ok()?;
    let set = settings.lines().find_map(|line| line.strip_prefix("calendar = "));
    set.map(|name| name.trim_matches('"').to_owned())
}

/// The rulebook without the places where rules and their conditions stand; rules without a name are called by theirs.
fn without_lines(rulebook: &Rulebook) -> Rulebook {
    let mut rulebook = rulebook.clone();
    for decision in &mut rulebook.decisions {
        for line in decision.definitions.iter_mut().flat_map(|definition| &mut definition.lines) {
            (line.at, line.text) = Default::default();
        }
        decision.guards.iter_mut().for_each(|guard| drop(std::mem::take(&mut guard.at)));
    }
    for set in rulebook.decisions.iter_mut().flat_map(|decision| &mut decision.sets) {
        for rule in &mut set.rules {
            let at = std::mem::take(&mut rule.at);
            rule.name = std::mem::take(&mut rule.name).replace(&*at, "").into();
            for leaf in &mut rule.leaves {
                (leaf.place, leaf.written) = (0..0, "".into());
            }
        }
        set.otherwise.iter_mut().for_each(|otherwise| drop(std::mem::take(&mut otherwise.at)));
        set.guard.iter_mut().for_each(|guard| drop(std::mem::take(&mut guard.at)));
    }
    rulebook
}

/// Records for the rules, as many as tell: those beside them (a file that the rules name holds no records), or the first of a real table where that is at hand. And
/// the moment of the decision.
fn records_of(text: &Text) -> Vec<(PathBuf, &'static str)> {
    let data = real::data();
    let tables = real::TABLES.iter().filter(|(name, ..)| text.name == format!("tests/real/{name}.rules"));
    let tables = tables.filter_map(|(_, table, now)| Some((data.as_ref()?.join(table), *now)));
    let beside = fs::read_dir(&text.folder).unwrap().map(|entry| entry.unwrap().path());
    // What the rules name themselves are lists, tables and holidays, and what the settings name other records.
    let named = text.rules.clone() + &fs::read_to_string(text.folder.join("rulebook.toml")).unwrap_or_default();
    let is_named = |path: &PathBuf| path.file_name().is_some_and(|name| named.contains(&*name.to_string_lossy()));
    let beside = beside.filter(|path| Format::of_name(&path.display().to_string()).is_some() && !is_named(path));
    tables.chain(beside.map(|path| (path, "2026-11-20T09:00:00Z"))).collect()
}

/// The records of another type, from the file that the settings in a folder name.
fn other(folder: &Path, record: &values::Text) -> Result<Source, SourceError> {
    let settings = fs::read_to_string(folder.join("rulebook.toml")).unwrap();
    let file = settings.lines().find_map(|line| line.strip_prefix(&format!("{record} = "))).unwrap();
    Source::open(&folder.join(file.trim_matches('"')), None)
}

/// What becomes of the first records of a file, a line each.
fn verdicts(program: &Verified, records: &Path, now: &str) -> String {
    let name = records.display().to_string();
    let lines = BufReader::new(File::open(records).unwrap()).split(b'\n').take(200);
    let head: Vec<u8> = lines.flat_map(|line| [line.unwrap(), b"\n".to_vec()].concat()).collect();
    let source = Source::read(&name, Cursor::new(head), Format::of_name(&name)).unwrap();
    let decision = program.decisions.first().unwrap();
    assert_eq!(program.decisions.len(), 1, "{name}: rules for several types");
    let clock = program.clock(now.parse().unwrap());
    let mut machine = Machine::new(program, 0, clock.clone(), vm::Options::default()).unwrap();
    let run = Run::new(program, decision, &clock);
    let events = name.ends_with("events.ndjson").then(|| records::Envelopes::of(decision, true));
    let reading = records::Options::default();
    let joined = Joined::read(decision.into(), |record| other(records.parent().unwrap(), record), &reading).unwrap();
    let options = records::Options { envelopes: events, joined: Some(Arc::new(joined)), ..reading };
    let mut reader = Reader::new(source, decision, options).unwrap();
    let mut out = String::new();
    while let Some(read) = reader.next() {
        match read.unwrap() {
            Err(rejected) => write::rejected(&mut out, &rejected),
            Ok(input) => match machine.run(&input.record) {
                Ok(verdict) => write::ndjson(&mut out, &run, &reader.label(&input), &verdict),
                Err(fault) => write::rejected(&mut out, &reader.undecided(&input, decision, &fault)),
            },
        }
    }
    out
}
