//! Order: what comes in is taken in that order, and neither a slow client nor a long computation stands in its way.

use std::time::{Duration, Instant};

use rulebook_tests::client::Client;
use serde_json::{Value, json};

use super::{NOWHERE, RULES, capabilities, codes, edit};

/// How many edits are made.
const EDITS: i64 = 5_000;

#[test]
fn five_thousand_edits_are_made_in_order() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    client.open(NOWHERE, 0, RULES);
    // Letters are typed into a comment one by one, and taken away again in between, so that any other order shows.
    let mut line = String::from("#");
    client.change(NOWHERE, 1, json!([edit((0, 0), (0, 0), "#\n")]));
    let mut asked = Vec::new();
    for version in 2..=EDITS {
        let typed = char::from(b'a' + u8::try_from(version % 26).unwrap());
        let at = (usize::try_from(version).unwrap() * 7) % (line.len()) + 1;
        let change = if version % 5 == 0 && line.len() > 2 {
            line.remove(at.min(line.len() - 1));
            let gone = at.min(line.len());
            edit((0, gone), (0, gone + 1), "")
        } else {
            line.insert(at, typed);
            edit((0, at), (0, at), &typed.to_string())
        };
        client.change(NOWHERE, version, json!([change]));
        if version % 100 == 0 {
            let options = json!({ "tabSize": 4, "insertSpaces": true });
            let asked_with = json!({ "textDocument": { "uri": NOWHERE }, "options": options });
            asked.push(client.request("textDocument/formatting", asked_with));
        }
    }
    client.published(NOWHERE, EDITS);
    for id in asked {
        client.response(id);
    }
    // What the server holds now is what was typed: its first line is the comment, and nothing else changed.
    let slip = edit((0, 0), (0, line.len()), &format!("{line}\nlet x = "));
    client.change(NOWHERE, EDITS + 1, json!([slip]));
    let found = client.published(NOWHERE, EDITS + 1);
    assert_eq!(found[0]["range"]["start"]["line"], 1, "{found}");
    client.leave();
}

#[test]
fn a_client_that_does_not_read_keeps_nobody_from_reading() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    let untidy: String = (0..50).map(|n| format!("let   a{n}  =  {n}\n")).collect();
    client.open(NOWHERE, 0, &untidy);
    // More than any pipe or queue takes, both ways, before a single answer is read.
    let asked_with = json!({ "textDocument": { "uri": NOWHERE }, "options": { "tabSize": 4, "insertSpaces": true } });
    let mut asked = Vec::new();
    for version in 1..=300 {
        client.change(NOWHERE, version, json!([edit((0, 0), (0, 0), "#\n")]));
        asked.push(client.request("textDocument/formatting", asked_with.clone()));
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    }
    for id in asked {
        let response = client.response(id);
        let code = response["error"]["code"].as_i64();
        assert!(response.get("result").is_some() || code == Some(-32801), "{response}");
    }
    client.published(NOWHERE, 300);
    client.leave();
}

#[test]
fn what_is_cancelled_ends() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    let many: String =
        (0..3_000).map(|n| format!("when lead.score > {n} and lead.a{n} = 1 then assign sales\n")).collect();
    client.open(NOWHERE, 1, &format!("team sales {{ \"ada\" }}\n{many}"));
    let asked_with = json!({ "textDocument": { "uri": NOWHERE }, "options": { "tabSize": 4, "insertSpaces": true } });
    let began = Instant::now();
    let asked: Vec<i64> = (0..20).map(|_| client.request("textDocument/formatting", asked_with.clone())).collect();
    for id in &asked {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    for id in asked {
        let response = client.response(id);
        assert!(response["error"]["code"] == -32800 || response.get("result").is_some(), "{response}");
    }
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    client.leave();
}

#[test]
fn what_is_known_of_the_whole_does_not_flicker() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    client.open(NOWHERE, 1, &format!("let spare = 1\n{RULES}"));
    client.published_such(NOWHERE, |found| codes(found) == ["unused"]);
    for version in 2..30 {
        client.change(NOWHERE, version, json!([edit((1, 0), (1, 0), "\n")]));
        let found: Value = client.published(NOWHERE, version);
        assert_eq!(codes(&found), ["unused"], "version {version}");
    }
    client.leave();
}
