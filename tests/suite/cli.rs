//! The command line as a program meets it: exit statuses, streams, files that are written, and that nothing gets lost.

#![expect(clippy::unwrap_used, reason = "tests")]

mod files;
mod streams;
mod threads;
mod watch;
mod wrong_records;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Rules that ask for a number, a label and a moment.
const RULES: &str = "\
record lead {
    id: text key   score: number?
    stage: one of \"new\", \"won\" default \"new\"
    at: datetime?
}
queue sales

rule \"Hot\" when lead.score > 70 then assign queue sales within 2d
rule \"Old\" when lead.stage is \"new\" and lead.at older than 30d then notify sales \"{lead.id} waits\"
";

/// A folder with rules, in which commands are run.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.write("lead.rules", RULES);
        desk
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// The names of all files, hidden ones too.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(rulebook_tests::rulebook().unwrap());
        command.args(arguments.split_whitespace()).current_dir(self.path()).env_remove("NO_COLOR");
        command
    }

    fn run(&self, arguments: &str) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command prints; it has to succeed.
    fn stdout(&self, arguments: &str) -> String {
        let done = self.run(arguments);
        assert!(done.status.success(), "{arguments}: {}", talk(&done));
        String::from_utf8(done.stdout).unwrap()
    }
}

/// What a command says beside its data.
fn talk(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

#[test]
fn statuses_tell_how_it_went() {
    let desk = Desk::new();
    desk.write("good.ndjson", "{\"id\":\"1\",\"score\":80}\n");
    desk.write("bad.ndjson", "{\"id\":\"1\",\"score\":\"high\"}\n");
    desk.write("wrong.rules", "when lead.score > then accept");
    desk.write("doubtful.rules", "when lead.score > 70 then assign somebody");
    desk.write("ragged.rules", "let   a=1");
    let expected = [
        ("check lead.rules", 0),
        ("check doubtful.rules", 0),
        ("check doubtful.rules --deny warnings", 1),
        ("check wrong.rules", 1),
        ("check nowhere.rules", 2),
        ("check good.ndjson", 2),
        ("check lead.rules --format xml", 2),
        ("run lead.rules good.ndjson", 0),
        ("run lead.rules bad.ndjson", 1),
        ("run lead.rules good.ndjson bad.ndjson", 1),
        ("run wrong.rules good.ndjson", 2),
        ("run lead.rules nowhere.ndjson", 2),
        ("run lead.rules .", 2),
        ("run lead.rules good.ndjson --now tomorrow", 2),
        ("run lead.rules good.ndjson --type deal", 2),
        ("run lead.rules good.ndjson --time-zone Mars/Olympus", 2),
        ("run lead.rules good.ndjson --out nowhere/verdicts.ndjson", 2),
        ("run lead.rules good.ndjson --out good.ndjson", 2),
        ("run lead.rules", 2),
        ("fmt --check lead.rules", 1),
        ("fmt --check nowhere", 2),
        ("explain unknown-field", 0),
        ("explain wrong-type", 0),
        ("explain unknown-feild", 2),
        ("dump --tree lead.rules", 0),
        ("dump lead.rules", 2),
        ("completions bash", 0),
        ("man", 0),
        ("--version", 0),
        ("--help", 0),
        ("frobnicate", 2),
    ];
    for (arguments, status) in expected {
        let done = desk.run(arguments);
        assert_eq!(done.status.code(), Some(status), "{arguments}: {}", talk(&done));
    }
}

#[test]
fn wrong_use_is_told_in_a_sentence_with_advice() {
    let desk = Desk::new();
    desk.write("a.ndjson", "");
    let told = |arguments: &str| talk(&desk.run(arguments));
    assert_eq!(
        told("run lead.rules a.ndjson --type led"),
        "error: the rules decide no records of type `led`\nhelp: write `--type lead`\n"
    );
    assert_eq!(
        told("explain unknown-feild"),
        "error: there is no code and no function `unknown-feild`\nhelp: write `rulebook explain unknown-field`\n"
    );
    desk.write("rulebook.toml", "timezone = \"UTC\"");
    assert_eq!(
        told("check"),
        "error: `rulebook.toml` has a setting `timezone`, which is not known\nhelp: write `time-zone`\n"
    );
}

#[test]
fn a_rulebook_is_a_folder_with_its_settings() {
    let desk = Desk::new();
    fs::create_dir(desk.path().join("later")).unwrap();
    desk.write(
        "later/summer.rules",
        "rule \"Summer\" when lead.at after 2026-06-01T09:00 then notify queue sales \"summer\"",
    );
    desk.write("rulebook.toml", "time-zone = \"Europe/Berlin\"");
    desk.write("leads.ndjson", "{\"id\":\"1\",\"stage\":\"won\",\"at\":\"2026-06-01T07:30:00Z\"}\n");
    let berlin = desk.stdout("run . leads.ndjson --now 2026-11-20T09:00");
    assert!(berlin.contains("\"now\":\"2026-11-20T09:00:00+01:00\""), "{berlin}");
    assert!(berlin.contains("\"at\":\"later/summer.rules:1\""), "{berlin}");
    let utc = desk.stdout("run . leads.ndjson --now 2026-11-20T09:00 --time-zone UTC");
    assert!(utc.contains("\"fired\":[]"), "{utc}");
}

#[test]
fn a_saved_program_decides_as_its_rules_do() {
    let desk = Desk::new();
    desk.write("leads.ndjson", "{\"id\":\"1\",\"score\":80}\n{\"id\":\"2\"}\n");
    desk.stdout("build . --out saved");
    let now = "leads.ndjson --now 2026-11-20T09:00:00Z";
    assert_eq!(desk.stdout(&format!("run saved {now}")), desk.stdout(&format!("run . {now}")));

    let mut damaged = fs::read(desk.path().join("saved")).unwrap();
    damaged.truncate(damaged.len() - 1);
    desk.write("saved", damaged);
    let done = desk.run("run saved leads.ndjson");
    assert_eq!(done.status.code(), Some(2));
    assert!(talk(&done).starts_with("error: `saved` cannot be used: "), "{}", talk(&done));
}

#[test]
fn what_is_inferred_from_records_runs_on_them() {
    let desk = Desk::new();
    desk.write("leads.csv", "Id,Stage,Score\n1,new,70\n2,Select,\n3,won,12.5\n");
    desk.stdout("schema infer leads.csv --type lead --out lead.rules");
    desk.write("rule.rules", "when lead.score > 50 then accept");
    desk.stdout("fmt --check lead.rules");
    let verdicts = desk.stdout("run . leads.csv");
    assert_eq!(verdicts.matches("\"outcome\":\"accept\"").count(), 1, "{verdicts}");
}
