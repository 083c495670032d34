//! The examples and the real tables, decided by the binary and by the reference: both say the same of every record.

#![expect(clippy::unwrap_used, reason = "what cannot be read is a failure")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{fs, str};

use rulebook_tests::reference::{self, Outcome, Situation, Turns, exact};
use semantics::typed::{Decision, Field, Rulebook};
use serde_json::{Map, Value as Json};
use values::{Instant, Type};

use crate::real;

/// Each table of an example, with the type of its records.
const EXAMPLES: [(&str, &str, &str); 9] = [
    ("lead-routing", "leads.ndjson", "lead"),
    ("lead-scoring", "leads.ndjson", "lead"),
    ("opportunity-events", "events.ndjson", "opportunity"),
    ("order-acceptance", "orders.csv", "order"),
    ("renewals", "contracts.ndjson", "contract"),
    ("sales-team", "monday.ndjson", "enquiry"),
    ("sales-team", "tuesday.ndjson", "enquiry"),
    ("support-sla", "tickets.csv", "ticket"),
    ("territories", "leads.csv", "lead"),
];

#[test]
fn the_reference_decides_the_examples_alike() {
    for (name, table, of_type) in EXAMPLES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name);
        for now in ["2026-11-20T09:00:00Z", "2026-12-24T23:30:00Z", "2027-01-04T06:00:00Z"] {
            assert!(alike(&folder, &folder.join(table), of_type, now) > 5, "{name} has more records");
        }
    }
}

#[test]
fn the_reference_decides_the_real_tables_alike() {
    let Some(data) = real::data() else { return };
    for (name, table, now) in real::TABLES {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(real::real(&format!("{name}.rules")), folder.path().join("rules.rules")).unwrap();
        alike(folder.path(), &data.join(table), "", now);
    }
}

/// Decides the records of a table by the rules of a folder, twice; how many there were.
fn alike(folder: &Path, table: &Path, of_type: &str, now: &str) -> usize {
    let rulebook = rulebook(folder);
    let decision = rulebook.decisions.iter().find(|decision| of_type.is_empty() || decision.record == of_type).unwrap();
    let of_type = decision.record.as_str();
    let events = table.ends_with("events.ndjson");
    let (verdicts, rejects) = decided(folder, table, of_type, now, events);
    let mut verdicts = verdicts.lines().map(|line| exact(line).unwrap());
    let rejects = rejects.lines().map(|line| exact(line).unwrap());
    let (unread, rejects): (Vec<Json>, Vec<Json>) = rejects.partition(reference::is_of_the_reader);
    let mut rejects = rejects.into_iter();
    let text = fs::read_to_string(table).unwrap();
    let records = if table.extension().is_some_and(|extension| extension == "csv") {
        rows(&text, &decision.fields.iter().collect::<Vec<_>>())
    } else {
        text.lines().map(|line| exact(line).unwrap()).collect()
    };
    let now: Instant = now.parse().unwrap();
    let (mut turns, others) = (Turns::default(), others(folder, decision));
    for record in records.iter().filter(|record| unread.iter().all(|unread| unread["record"] != **record)) {
        let (after, situation) =
            if events { reference::opened(record, now).unwrap() } else { (record.clone(), Situation::at(now)) };
        let situation = Situation { others: others.clone(), ..situation };
        let outcome = reference::decide_next(&rulebook, of_type, &after, &situation, &mut turns);
        let shown = if matches!(outcome, Outcome::Verdict(_)) { verdicts.next() } else { rejects.next() };
        let agreed = reference::agrees(&outcome, &shown.unwrap_or_default());
        assert_eq!(agreed, Ok(()), "{}: {record}", table.display());
    }
    assert_eq!((verdicts.next(), rejects.next()), (None, None), "{}", table.display());
    records.len()
}

/// What the binary says: verdicts and rejects.
pub(crate) fn decided(folder: &Path, table: &Path, of_type: &str, now: &str, events: bool) -> (String, String) {
    let out = tempfile::tempdir().unwrap();
    let rejects = out.path().join("rejects.ndjson");
    let mut command = Command::new(rulebook_tests::rulebook().unwrap());
    command.arg("run").arg(folder);
    // An envelope tells its own time.
    command.args(if events { vec!["--events"] } else { vec!["--now", now] }).arg(table);
    command.args(["--type", of_type, "--format", "ndjson", "--quiet", "--rejects"]).arg(&rejects);
    let done = command.output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.code().is_some_and(|code| code < 2), "{told}");
    (String::from_utf8(done.stdout).unwrap(), fs::read_to_string(rejects).unwrap_or_default())
}

/// The checked rules of a folder, by the settings beside them.
pub(crate) fn rulebook(folder: &Path) -> Rulebook {
    let mut project = semantics::Project::new();
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let settings = settings(folder);
    let setting = |name: &str| settings.get(name).and_then(toml::Value::as_str);
    project.set_zone(setting("time-zone").unwrap_or("UTC"));
    project.set_calendar(setting("calendar"));
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    for name in names.filter(|name| name.ends_with(".rules")) {
        project.set_file(&name, &read(&name).unwrap());
    }
    for name in project.wanted_files() {
        let text = read(&name);
        project.set_data(&name, text.as_deref().map_err(ToString::to_string));
    }
    Rulebook::clone(&project.rulebook().unwrap())
}

fn settings(folder: &Path) -> toml::Table {
    fs::read_to_string(folder.join("rulebook.toml")).unwrap_or_default().parse().unwrap()
}

/// The records to which references lead, from the tables that the settings name.
fn others(folder: &Path, decision: &Decision) -> BTreeMap<String, Vec<Json>> {
    let settings = settings(folder);
    let sources = settings.get("sources").and_then(toml::Value::as_table).into_iter().flatten();
    let read = |(record, file): (&String, &toml::Value)| {
        let leads_there = |reference: &Field| reference.link.as_ref().is_some_and(|link| *link.record == **record);
        let references: Vec<&Field> = decision.fields.iter().filter(|field| leads_there(field)).collect();
        let is_there = |field: &&Field| references.iter().any(|it| field.through.as_ref() == Some(&it.name));
        let keys = references.iter().filter_map(|reference| Some(&reference.link.as_ref()?.key));
        let fields: Vec<&Field> = decision.fields.iter().filter(is_there).chain(keys).collect();
        let text = fs::read_to_string(folder.join(file.as_str().unwrap())).unwrap();
        (record.clone(), rows(&text, &fields))
    };
    sources.map(read).collect()
}

/// The rows of a table as records: each cell by the type of its field, an empty one left out.
pub(crate) fn rows(text: &str, fields: &[&Field]) -> Vec<Json> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(cells);
    let headings = lines.next().unwrap();
    lines.map(|cells| row(&headings, &cells, fields)).collect()
}

fn row(headings: &[String], cells: &[String], fields: &[&Field]) -> Json {
    let mut record = Map::new();
    for field in fields {
        let column = headings.iter().position(|heading| *heading == field.source.join("."));
        let text = column.and_then(|column| cells.get(column)).filter(|text| !text.is_empty());
        if let (Some(text), [source]) = (text, &*field.source) {
            let is_sentinel = field.sentinels.iter().any(|sentinel| **sentinel == **text);
            record.insert(source.to_string(), if is_sentinel { Json::Null } else { cell(text, &field.ty) });
        }
    }
    Json::Object(record)
}

fn cell(text: &str, ty: &Type) -> Json {
    let number = || exact(text).ok().filter(|json| json.is_number() || json.is_object());
    match ty {
        Type::Number => number().unwrap_or_else(|| text.into()),
        Type::Truth => match &*text.to_lowercase() {
            "true" | "yes" | "1" => true.into(),
            "false" | "no" | "0" => false.into(),
            _ => text.into(),
        },
        Type::List(_) => text.split(';').map(Json::from).collect(),
        _ => text.into(),
    }
}

/// The cells of a line: between commas, in quotes where they hold one.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            letter => cells.last_mut().unwrap().push(letter),
        }
    }
    cells
}
