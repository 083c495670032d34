//! The guide's tables of limits are made of the rows that count. `BLESS=1` writes them.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use std::{env, fs};

use limits::{Limit, Limits, Phase, Unit, fixed};
use serde_json::{Value, json};
use tempfile::TempDir;

fn rulebook() -> &'static Path {
    rulebook_tests::rulebook().unwrap()
}

/// The limits that can be moved, as the guide shows them.
fn movable() -> String {
    let mut table = "| limit | bounds | usually | why |\n|---|---|---|---|\n".to_owned();
    for limit in Limit::ALL {
        let usual = limit.unit().long(Limits::default().get(*limit));
        let (name, meaning, reason) = (limit.name(), limit.meaning(), limit.reason());
        table.push_str(&format!("| `--limit-{name}` | {meaning} | {usual} | {reason} |\n"));
    }
    table
}

/// Those that cannot.
fn unmovable() -> String {
    let rows = fixed::TOLD.iter().map(|(what, most)| format!("| {what} | {most} |\n"));
    "| what | at most |\n|---|---|\n".to_owned() + &rows.collect::<String>()
}

/// The page with a table in the place of the one that has the same heading.
fn with_table(page: &str, table: &str) -> String {
    let (heading, _) = table.split_once('\n').unwrap();
    let (before, rest) = page.split_once(heading).unwrap();
    let (_, after) = rest.split_once("\n\n").unwrap();
    format!("{before}{table}\n{after}")
}

#[test]
fn the_guide_tells_the_limits_that_count() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/cli/guide/16-limits.md");
    let written = fs::read_to_string(&path).unwrap();
    let page = with_table(&written, &movable());
    let page = with_table(&page, &unmovable());
    if env::var_os("BLESS").is_some_and(|value| value != "0") {
        fs::write(&path, &page).unwrap();
        return;
    }
    assert!(written == page, "{} does not tell the limits; BLESS=1 rewrites its tables", path.display());
}

#[test]
fn each_command_has_the_options_of_what_it_does() {
    let commands = [
        ("fmt", Phase::Read),
        ("check", Phase::Check),
        ("build", Phase::Compile),
        ("dump", Phase::Compile),
        ("run", Phase::Run),
        ("test", Phase::Run),
    ];
    for (command, phase) in commands {
        let help = Command::new(rulebook()).args(["help", command]).output().unwrap();
        let help = String::from_utf8(help.stdout).unwrap();
        for limit in Limit::ALL {
            let placeholder = if limit.unit() == Unit::Bytes { "SIZE" } else { "NUMBER" };
            let shown = help.contains(&format!("{} <{placeholder}>", limit.flag()));
            assert_eq!(shown, limit.phase() <= phase, "`{command}` and {}", limit.flag());
        }
    }
}

/// What `run` makes of one record by some rules.
struct Ran {
    output: Output,
    /// What it rejects.
    rejects: Vec<Value>,
    took: Duration,
}

fn run(rules: &str, record: &Value, options: &[&str]) -> Ran {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("x.rules"), rules).unwrap();
    fs::write(folder.path().join("x.ndjson"), format!("{record}\n")).unwrap();
    let mut command = Command::new(rulebook());
    command.args(["run", "x.rules", "x.ndjson", "--now", "2026-01-01", "--rejects", "rejects", "--format", "ndjson"]);
    let began = Instant::now();
    let output = command.args(options).current_dir(folder.path()).output().unwrap();
    let took = began.elapsed();
    let rejects = fs::read_to_string(folder.path().join("rejects")).unwrap_or_default();
    Ran { output, rejects: rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), took }
}

/// Rules in which something that goes over a limit stands everywhere where a condition might take it for false.
const CONSTRUCTS: [&str; 18] = [
    "when BAD is \"x\" then accept",
    "when not (BAD is \"x\") then accept",
    "when BAD is not \"x\" then accept",
    "when BAD is \"x\" or x.n = 1 then accept",
    "when x.n = 1 and not (BAD is \"x\") then accept",
    "when none of (BAD is \"x\", x.n = 2) then accept",
    "when BAD is missing then accept",
    "when BAD is not missing then accept",
    "when (BAD default \"x\") is \"x\" then accept",
    "when (if BAD is \"x\" then 1 else 2) = 2 then accept",
    "when not any(i in x.items where BAD is i) then accept",
    "when none(i in x.items where BAD is i) then accept",
    "when count(i in x.items where BAD is i) = 0 then accept",
    "rules \"R\" for x, first match, only when BAD is \"x\" { when x.n = 2 then reject \"r\"\notherwise accept }",
    "rules \"R\" for x, first match { when BAD is \"x\" then reject \"r\"\notherwise accept }",
    "never accept when BAD is \"x\"\nwhen x.n = 1 then accept",
    "score x.points { add 5 when BAD is \"x\"\nadd 1 when x.n = 1 }\nwhen x.points > 0 then accept",
    "decide x.way { when BAD is \"x\" then \"a\"\notherwise \"b\" }\nwhen x.way is \"b\" then accept",
];

const X: &str = "record x { id: text key, n: number, notes: text, items: list of text }\n";

#[test]
fn a_limit_is_never_an_answer() {
    let record = json!({"id": "1", "n": 1, "notes": "0123456789", "items": ["a", "b", "c", "d"]});
    let limits = [
        ("replace(x.notes, \"1\", \"0123456789\")", "--limit-text-length", "16", "text-too-long"),
        ("(x.notes + x.notes)", "--limit-text-length", "16", "text-too-long"),
        ("\"{x.notes} {x.notes}\"", "--limit-text-length", "16", "text-too-long"),
        ("first(split(\"a,b,c,d,e\" + x.notes, \",\"))", "--limit-list-length", "4", "list-too-long"),
    ];
    for (bad, flag, value, code) in limits {
        for construct in CONSTRUCTS {
            let rules = X.to_owned() + &construct.replace("BAD", bad);
            let ran = run(&rules, &record, &[flag, value]);
            let told = format!("{rules}\n{}", String::from_utf8_lossy(&ran.output.stderr));
            assert_eq!(ran.output.status.code(), Some(1), "{told}");
            assert!(ran.output.stdout.is_empty(), "{told}");
            let [rejected] = ran.rejects.as_slice() else { panic!("{told}") };
            assert_eq!(rejected["code"], code, "{told}");
            let message = rejected["message"].as_str().unwrap();
            assert!(message.contains(flag) && message.contains(value), "{message}");
            // And with room enough it is decided.
            assert_eq!(run(&rules, &record, &[]).output.status.code(), Some(0), "{told}");
        }
    }
}

#[test]
fn long_texts_and_lists_are_steps_too() {
    let items: Vec<String> = (0..2_000).map(|number| format!("k{number}")).collect();
    let record = json!({"id": "1", "n": 1, "notes": "ab ".repeat(300_000), "items": items});
    // The first would fill gigabytes, the others take minutes, in a few thousand instructions.
    let conditions = [
        "last(x.notes + i for i in x.items) is \"x\"",
        "none(i in x.items where \"{x.notes} {i}\" is \"x\")",
        "none(i in x.items where x.notes contains i)",
        "none(i in x.items where x.notes matches /^(ab )+x$/)",
        "none(i in x.items where x.notes is i)",
        "none(i in x.items where x.items contains (i + \"q\"))",
        "none(i in x.items where upper(x.notes) in (\"x\", \"y\"))",
    ];
    for condition in conditions {
        let rules = format!("{X}when {condition} then accept");
        let ran = run(&rules, &record, &["--limit-steps", "1000000"]);
        assert_eq!(ran.output.status.code(), Some(1), "{rules}: {}", String::from_utf8_lossy(&ran.output.stderr));
        assert_eq!(ran.rejects[0]["code"], "too-many-steps", "{rules}");
        assert!(ran.took < Duration::from_secs(30), "{rules}: {:?}", ran.took);
    }
}

/// The same long text may not stand in one verdict as often as one likes.
#[test]
fn what_a_verdict_holds_is_steps_too() {
    let record = json!({"id": "1", "n": 1, "notes": "x".repeat(1_000_000), "items": []});
    let values: String = (0..1_000).map(|number| format!("define x.v{number} = x.notes\n")).collect();
    let effects: String =
        (0..1_000).map(|number| format!("when x.n = 1 then notify \"a@example.com\" x.notes # {number}\n")).collect();
    for rules in [values + "when x.n = 1 then accept", effects] {
        // A text of a million bytes is worth 15,625 steps.
        let ran = run(&format!("{X}{rules}"), &record, &[]);
        assert_eq!(ran.output.status.code(), Some(1), "{}", String::from_utf8_lossy(&ran.output.stderr));
        assert_eq!(ran.rejects[0]["code"], "too-many-steps");
        assert!(ran.output.stdout.len() < 1_000, "a part of the verdict was written");
    }
}

#[test]
fn loops_in_loops_end_in_bounded_time() {
    let rules = "record x { id: text key, a: list of number, b: list of number, c: list of number }\n";
    let loops = "any(i in x.a where any(j in x.b where any(k in x.c where i + j + k = -1)))";
    let list: Vec<i32> = (0..10_000).collect();
    let record = json!({"id": "1", "a": list, "b": list, "c": list});
    for condition in [format!("when {loops}"), format!("when not {loops}"), format!("when x.id is \"2\" or {loops}")] {
        let ran = run(&format!("{rules}{condition} then accept"), &record, &[]);
        assert_eq!(ran.output.status.code(), Some(1));
        assert_eq!(ran.rejects[0]["code"], "too-many-steps");
        let message = ran.rejects[0]["message"].as_str().unwrap();
        assert!(message.ends_with("the limit is 10000000 steps, and `--limit-steps` moves it"), "{message}");
        assert!(ran.took < Duration::from_secs(60), "{:?}", ran.took);
    }
}
