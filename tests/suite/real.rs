//! Rulebooks for real tables, `tests/real`: what the binary decides is what a few lines of Python decide.
//!
//! The tables lie beside the checkout and are not ours to hand on. Where they are absent the test says so and passes; on
//! CI it fails.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test that fails, or says that it was skipped")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{env, fs};

use serde_json::{Value, json};

/// Each data set of the oracle: its rulebook, its table, and the moment at which it is decided.
pub(crate) const TABLES: [(&str, &str, &str); 3] = [
    ("x_education", "x_education_leads/leads.csv", "2026-11-20T09:00:00Z"),
    ("maven", "maven_crm/sales_pipeline.csv", "2017-12-31T00:00:00Z"),
    ("helpdesk", "event_logs/helpdesk.csv", "2012-11-01T00:00:00Z"),
];

#[test]
fn real_tables_are_decided_as_python_decides_them() {
    let Some(data) = data() else { return };
    for (name, table, now) in TABLES {
        let verdicts = decide(&real(&format!("{name}.rules")), &data.join(table), &["--now", now]);
        assert_same(name, &oracle(&data)[name], &Tally::of(&verdicts).summary());
    }
}

/// Lists of records, two calendars, a score that fades: each case of the help desk with all lines of the log about it.
#[test]
fn service_levels_are_measured_as_python_measures_them() {
    let Some(data) = data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let cases = folder.path().join("cases.ndjson");
    fs::write(&cases, cases_of(&data.join("event_logs/helpdesk.csv"))).unwrap();
    let options = ["--time-zone", "Australia/Perth", "--now", "2012-07-31T09:00:00Z"];
    let verdicts = decide(&real("service_levels/service_levels.rules"), &cases, &options);
    assert_same("service_levels", &oracle(&data)["service_levels"], &Tally::of(&verdicts).summary());
}

/// Accounts, products and agents are looked up, a table picks the desk.
#[test]
fn deals_are_decided_with_the_tables_beside_them() {
    let Some(data) = data() else { return };
    let folder = deals_beside_their_tables(&data);
    let place = |name: &str| folder.path().join(name);
    let options = ["--now", "2017-12-31T00:00:00Z"];
    let verdicts = decide(&place("deals.rules"), &place("sales_pipeline.csv"), &options);
    assert_same("deals", &oracle(&data)["deals"], &Tally::of(&verdicts).summary());
}

/// References to the records of the same tables come to the same.
#[test]
fn deals_are_decided_with_references_as_with_tables() {
    let Some(data) = data() else { return };
    let table = |name: &str| data.join("maven_crm").join(name);
    let source = |record: &str, name: &str| format!("{record}={}", table(name).display());
    let sources =
        [source("account", "accounts.csv"), source("product", "products.csv"), source("agent", "sales_teams.csv")];
    let options: Vec<&str> = sources.iter().flat_map(|source| ["--source", source]).collect();
    let options = [&["--now", "2017-12-31T00:00:00Z"], options.as_slice()].concat();
    let verdicts = decide(&real("deals_by_reference.rules"), &table("sales_pipeline.csv"), &options);
    assert_same("deals", &oracle(&data)["deals"], &Tally::of(&verdicts).summary());
}

/// The defect of these tables: the pipeline says `GTXPro`, the catalogue `GTX Pro`. It must not stay unseen.
#[test]
fn a_product_that_the_catalogue_spells_otherwise_is_told() {
    let Some(data) = data() else { return };
    let folder = deals_beside_their_tables(&data);
    let place = |name: &str| folder.path().join(name);
    let mut command = Command::new(rulebook_tests::rulebook().unwrap());
    command.args(["schema", "check"]).arg(place("deals.rules")).arg(place("sales_pipeline.csv"));
    let done = command.output().unwrap();
    let report = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(1), "{report}");
    for word in ["GTXPro", "GTX Pro", "1480"] {
        assert!(report.replace(',', "").contains(word), "`{word}` is not told: {report}");
    }
}

/// The rules about deals in a folder with all tables that they name.
fn deals_beside_their_tables(data: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(real("deals.rules"), folder.path().join("deals.rules")).unwrap();
    for table in ["accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv"] {
        fs::copy(data.join("maven_crm").join(table), folder.path().join(table)).unwrap();
    }
    folder
}

/// The lines of a log, `case,activity,moment`, as one record for each case.
fn cases_of(log: &Path) -> String {
    let mut cases: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in fs::read_to_string(log).unwrap().lines().skip(1) {
        let [case, activity, at]: [&str; 3] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let step = json!({"activity": activity.parse::<u32>().unwrap(), "at": at});
        cases.entry(case.to_owned()).or_default().push(step);
    }
    cases.iter().map(|(case, steps)| format!("{}\n", json!({"case": case, "steps": steps}))).collect()
}

/// A schema that is inferred from a table checks, asks for every field of it, and finds no record at fault.
#[test]
fn inferred_schemas_read_their_own_tables() {
    let Some(data) = data() else { return };
    let tables = ["maven_crm/accounts.csv", "maven_crm/products.csv", "maven_crm/sales_teams.csv"];
    for table in tables.into_iter().chain(TABLES.map(|(_, table, _)| table)) {
        let table = data.join(table);
        let infer = Command::new(rulebook_tests::rulebook().unwrap())
            .args(["schema", "infer", "--type", "thing"])
            .arg(&table)
            .output()
            .unwrap();
        let schema = String::from_utf8(infer.stdout).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let rules = folder.path().join("asks.rules");
        fs::write(&rules, format!("{schema}\n{}", asking_for_every_field(&schema))).unwrap();
        decide(&rules, &table, &["--now", "2026-11-20T09:00:00Z"]);
    }
}

/// A rule for each field of an inferred schema: fields begin a line that is indented by two spaces.
fn asking_for_every_field(schema: &str) -> String {
    let fields = schema.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": ")).map(|(name, _)| name);
    let fields = fields.filter(|name| !name.starts_with(' '));
    fields.map(|name| format!("when thing.{name} is present then assign \"a@example.com\"\n")).collect()
}

/// The folder of the tables, or `None` with a word about it.
pub(crate) fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(env::var_os("CI").is_none_or(|ci| ci != "true"), "the real tables are not at {}", folder.display());
    eprintln!("skipped: the real tables are not at {}", folder.display());
    None
}

/// What Python says, which is asked once.
fn oracle(data: &Path) -> &'static Value {
    static ANSWER: OnceLock<Value> = OnceLock::new();
    ANSWER.get_or_init(|| ask_oracle(data))
}

fn ask_oracle(data: &Path) -> Value {
    let script = real("oracle.py");
    let done = Command::new("python3").arg(script).arg(data).output().unwrap();
    assert!(done.status.success(), "the oracle fails: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

/// What the binary writes for a table, one verdict a line. No record of the tables is at fault.
fn decide(rules: &Path, table: &Path, options: &[&str]) -> String {
    let out = tempfile::tempdir().unwrap();
    let verdicts = out.path().join("verdicts.ndjson");
    let mut command = Command::new(rulebook_tests::rulebook().unwrap());
    command.arg("run").arg(rules).arg(table).args(options).arg("--out").arg(&verdicts);
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}: {}", rules.display(), String::from_utf8_lossy(&done.stderr));
    let verdicts = fs::read_to_string(verdicts).unwrap();
    let schema = serde_json::from_str(records::write::VERDICT_SCHEMA).unwrap();
    for line in verdicts.lines() {
        rulebook_tests::conforms(&schema, &serde_json::from_str(line).unwrap()).unwrap();
    }
    verdicts
}

pub(crate) fn real(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("real").join(file)
}

type Counts = BTreeMap<String, usize>;

/// How often each thing stands in the verdicts.
#[derive(Default)]
struct Tally {
    records: usize,
    undecided: usize,
    lost: usize,
    fired: Counts,
    assigned: Counts,
    set: Counts,
    values: Counts,
    effects: Counts,
    outcome: Counts,
}

impl Tally {
    fn of(verdicts: &str) -> Self {
        let mut tally = Self::default();
        for line in verdicts.lines() {
            tally.add(&serde_json::from_str(line).unwrap());
        }
        tally
    }

    fn add(&mut self, verdict: &Value) {
        let fired = members(&verdict["fired"]);
        self.records += 1;
        self.undecided += usize::from(fired.is_empty());
        self.lost += members(&verdict["lost"]).len();
        for rule in fired {
            count(&mut self.fired, format!("{} / {}", word(&rule["set"]), word(&rule["rule"])));
        }
        if let Some(assign) = verdict.get("assign") {
            count(&mut self.assigned, assignee(assign));
        }
        for (counts, part) in [(&mut self.set, "set"), (&mut self.values, "values")] {
            for (name, value) in verdict[part].as_object().into_iter().flatten() {
                count(counts, format!("{name} = {}", word(value)));
            }
        }
        for effect in members(&verdict["effects"]) {
            count(&mut self.effects, word(&effect["kind"]));
        }
        if let Some(outcome) = verdict.get("outcome") {
            count(&mut self.outcome, word(outcome));
        }
    }

    fn summary(&self) -> Value {
        json!({
            "records": self.records, "fired": self.fired, "undecided": self.undecided, "assigned": self.assigned,
            "set": self.set, "values": self.values, "effects": self.effects, "outcome": self.outcome, "lost": self.lost,
        })
    }
}

fn members(list: &Value) -> &[Value] {
    list.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn count(counts: &mut Counts, what: String) {
    *counts.entry(what).or_default() += 1;
}

/// A value as a word: without quotes, and nothing for what is missing.
fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Who an assignment names, as the oracle writes it.
fn assignee(assign: &Value) -> String {
    let named = |kind: &str| assign.get(kind).map(|name| format!("{kind} {}", word(name)));
    match assign {
        Value::Null => "nobody".to_owned(),
        _ => ["team", "queue", "user"].into_iter().find_map(named).unwrap_or_else(|| "keep owner".to_owned()),
    }
}

/// Compares part by part, so that a difference is shown and not the whole.
fn assert_same(table: &str, expected: &Value, actual: &Value) {
    let mut differences = Vec::new();
    for (part, expected) in expected.as_object().unwrap() {
        let actual = &actual[part];
        match (expected, actual) {
            (Value::Object(expected), Value::Object(actual)) => {
                let keys = expected.keys().chain(actual.keys().filter(|key| !expected.contains_key(*key)));
                let different = keys.filter(|key| expected.get(*key) != actual.get(*key));
                differences.extend(different.map(|key| {
                    let [expected, actual] = [expected, actual].map(|counts| counts.get(key).and_then(Value::as_u64));
                    format!("{part}, {key}: python says {}, rulebook {}", show(expected), show(actual))
                }));
            }
            _ if expected == actual => {}
            _ => differences.push(format!("{part}: python says {expected}, rulebook {actual}")),
        }
    }
    assert!(differences.is_empty(), "{table}\n{}", differences.join("\n"));
}

fn show(count: Option<u64>) -> u64 {
    count.unwrap_or(0)
}
