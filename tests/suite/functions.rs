//! The reference of functions: the page is the table, and each example is what happens. `BLESS=1` writes the page.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde_json::Value;
use values::builtins::{Form, reference, rows};

#[test]
fn the_page_is_the_table() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/cli/guide/functions.md");
    if env::var_os("BLESS").is_some_and(|value| value != "0") {
        fs::write(&page, reference::page()).unwrap();
    }
    let written = fs::read_to_string(&page).unwrap_or_default();
    assert!(written == reference::page(), "{} is not the table; BLESS=1 rewrites it", page.display());
    for row in rows().filter(|row| row.form == Form::Function) {
        assert!(written.contains(&format!("### {}\n", row.name)), "{} is on no page", row.name);
        assert!(reference::entry(row.name).is_some(), "{}", row.name);
        assert!(!row.doc.is_empty(), "{} says nothing", row.key);
    }
}

/// An example as rules: the call, with the list that it is given in a field, and what it must give.
struct Example {
    text: &'static str,
    call: String,
    /// A list that the call takes: its type and its JSON.
    list: Option<(String, String)>,
    expected: String,
}

impl Example {
    fn of(place: usize, text: &'static str) -> Self {
        let (call, expected) = text.rsplit_once(" = ").unwrap();
        let (mut call, mut list) = (call.to_owned(), None);
        if let Some((function, rest)) = text.split_once("((") {
            let (members, behind) = rest.split_once(')').unwrap();
            list = Some((list_type(members), json(members)));
            let behind = behind.rsplit_once(" = ").unwrap().0;
            call = format!("{function}(lead.list_{place}{behind}");
        }
        Self { text, call, list, expected: expected.to_owned() }
    }
}

fn list_type(members: &str) -> String {
    let first = members.split(',').next().unwrap();
    let ty = match first.chars().last() {
        Some('"') => "text",
        Some('A'..='Z') => "money",
        _ => "number",
    };
    format!("list of {ty}")
}

/// Members as JSON: money is a text there.
fn json(members: &str) -> String {
    let is_money = |member: &str| member.ends_with(|letter: char| letter.is_ascii_uppercase());
    let member = |member: &str| if is_money(member) { format!("\"{member}\"") } else { member.to_owned() };
    format!("[{}]", members.split(", ").map(member).collect::<Vec<_>>().join(", "))
}

/// Every example, decided by the real thing: as written, and what it says it gives, must be the same to the letter.
#[test]
fn every_example_is_true() {
    let examples = rows().filter(|row| row.form == Form::Function).map(|row| row.example);
    let examples: Vec<Example> = examples.enumerate().map(|(place, text)| Example::of(place, text)).collect();
    assert!(examples.len() > 30);
    let (mut fields, mut record, mut defines) = (String::new(), String::from("{\"id\": \"1\""), String::new());
    for (place, example) in examples.iter().enumerate() {
        if let Some((ty, json)) = &example.list {
            fields.push_str(&format!("  list_{place}: {ty}\n"));
            record.push_str(&format!(", \"list_{place}\": {json}"));
        }
        defines.push_str(&format!("define lead.given_{place} = {}\n", example.call));
        if !example.expected.starts_with('(') {
            defines.push_str(&format!("define lead.wanted_{place} = {}\n", example.expected));
        }
    }
    let calendar = "calendar office { time zone \"UTC\" hours mon..fri 09:00..17:30 }\n";
    let rules = format!(
        "record lead {{\n  id: text key\n{fields}}}\n{calendar}\n{defines}\nwhen lead.id is present then accept\n"
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.rules"), &rules).unwrap();
    fs::write(folder.path().join("a.ndjson"), record + "}\n").unwrap();
    let mut run = Command::new(rulebook_tests::rulebook().unwrap());
    let output = run.args(["run", "a.rules", "a.ndjson", "--format", "ndjson"]).current_dir(&folder).output().unwrap();
    let verdict = String::from_utf8(output.stdout).unwrap();
    let verdict: Value = serde_json::from_str(&verdict)
        .unwrap_or_else(|_| panic!("{rules}\n{}", String::from_utf8_lossy(&output.stderr)));
    let value = |name: String| &verdict["values"][name];
    for (place, Example { text, expected, .. }) in examples.iter().enumerate() {
        let given = value(format!("given_{place}"));
        assert!(!given.is_null(), "{text}");
        match expected.strip_prefix('(').and_then(|members| members.strip_suffix(')')) {
            Some(members) => assert_eq!(*given, serde_json::from_str::<Value>(&json(members)).unwrap(), "{text}"),
            None => assert_eq!(given, value(format!("wanted_{place}")), "{text}"),
        }
    }
}
