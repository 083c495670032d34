//! Rules are tried while they are written: on a sample of records, and by their tests.

#![expect(clippy::indexing_slicing, reason = "tests")]

use std::thread;
use std::time::{Duration, Instant};

use rulebook_tests::client::Client;
use serde_json::{Value, json};

use super::{Folder, capabilities, edit};

const RULES: &str = "\
rules \"Routing\" for lead, first match {
  rule \"Hot\" when lead.score > 70 then assign queue sales
  otherwise assign queue triage
}
queue sales
queue triage
test \"a hot lead\" { given lead { score: 71 } expect assign sales }
";

const LEADS: &str = "{\"score\": 80}\n{\"score\": 90}\n{\"score\": 10}\n";

fn start(files: &[(&str, &str)]) -> (Client, String, Folder) {
    let folder = Folder::new(files);
    let mut can = capabilities();
    can["workspace"]["codeLens"] = json!({ "refreshSupport": true });
    let (mut client, _) = Client::start(can, &[&folder.uri("")]);
    let uri = folder.uri("a.rules");
    client.open(&uri, 1, files[0].1);
    (client, uri, folder)
}

/// The lenses of a file as soon as they are such.
fn lenses(client: &mut Client, uri: &str, such: impl Fn(&[&str]) -> bool) -> Vec<Value> {
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let lenses = client.ask("textDocument/codeLens", json!({ "textDocument": { "uri": uri } }));
        let lenses = lenses.as_array().unwrap().clone();
        let titles: Vec<&str> = lenses.iter().map(|lens| lens["command"]["title"].as_str().unwrap()).collect();
        if such(&titles) {
            return lenses;
        }
        assert!(Instant::now() < until, "{titles:?}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn run(client: &mut Client, lens: &Value) -> Value {
    let command = &lens["command"];
    client.ask("workspace/executeCommand", json!({ "command": command["command"], "arguments": command["arguments"] }))
}

#[test]
fn rules_tell_what_they_fire_on_and_show_a_verdict() {
    let settings = "[samples]\nlead = \"leads.ndjson\"\n";
    let (mut client, uri, _folder) = start(&[("a.rules", RULES), ("rulebook.toml", settings), ("leads.ndjson", LEADS)]);
    let found = lenses(&mut client, &uri, |titles| titles.len() == 3);
    assert_eq!(found[0]["command"]["title"], "fires on 2 of 3 records of leads.ndjson");
    assert_eq!(found[0]["range"]["start"], json!({ "line": 1, "character": 2 }));
    let shown = run(&mut client, &found[0]);
    assert_eq!(shown["record"], "leads.ndjson:1");
    assert_eq!(shown["verdict"]["assign"]["queue"], "sales", "{shown}");
    let said = client.wait_for("the verdict in a line", |message| message["method"] == "window/showMessage");
    assert_eq!(said["params"]["message"], "leads.ndjson:1: {\"assign\":{\"queue\":\"sales\"}}");
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 30 } });
    let hover = client.ask("textDocument/hover", at);
    assert!(hover["contents"]["value"].as_str().unwrap().contains("true for 2 of 3 records: 67%"), "{hover}");
    // While it is typed, what was found stays; then it is found anew.
    client.change(&uri, 2, json!([edit((1, 31), (1, 33), "85")]));
    let found = lenses(&mut client, &uri, |titles| titles[0].contains("1 of 3"));
    assert_eq!(found.len(), 3);
    assert!(client.asked["workspace/codeLens/refresh"] > 0);
    client.leave();
}

#[test]
fn tests_run_when_they_are_chosen_and_again_after_an_edit() {
    let (mut client, uri, _folder) = start(&[("a.rules", RULES)]);
    let found = lenses(&mut client, &uri, |titles| titles == ["run test"]);
    assert_eq!(run(&mut client, &found[0])["passed"], true);
    lenses(&mut client, &uri, |titles| titles == ["✓ passed; run again"]);
    client.change(&uri, 2, json!([edit((1, 31), (1, 33), "71")]));
    lenses(&mut client, &uri, |titles| titles[0].starts_with("✗ "));
    client.change(&uri, 3, json!([edit((1, 31), (1, 33), "x y")]));
    let id = client.request("workspace/executeCommand", {
        let command = &found[0]["command"];
        json!({ "command": command["command"], "arguments": command["arguments"] })
    });
    assert!(client.response(id)["error"]["message"].as_str().unwrap().contains("nothing is wrong"));
    client.leave();
}
