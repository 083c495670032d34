//! What is offered, told and answered.

use std::time::Duration;

use lsp::End;
use rulebook_tests::client::Client;
use serde_json::{Value, json};

use super::{Folder, NOWHERE, RULES, capabilities, codes, edit, range};

#[test]
fn a_finding_comes_with_all_that_is_known_of_it() {
    let (mut client, offered) = Client::start(capabilities(), &[]);
    assert_eq!(offered["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(offered["capabilities"]["diagnosticProvider"], Value::Null);
    client.open(NOWHERE, 1, &RULES.replace("assign", "asign"));
    let found = client.published(NOWHERE, 1);
    let found = &found[0];
    assert_eq!(
        (&found["code"], &found["severity"], &found["source"]),
        (&json!("unexpected"), &json!(1), &json!("rulebook"))
    );
    assert_eq!(found["range"], range((1, 26), (1, 31)));
    assert!(found["message"].as_str().unwrap().ends_with("help: write `assign`"), "{found}");
    let page = client.ask("rulebook/explain", json!({ "code": "unexpected" }));
    assert!(page.as_str().unwrap().starts_with("# "));
    assert_eq!(client.leave(), End::Orderly);
}

#[test]
fn what_is_unused_fades_and_what_is_doubled_points_to_the_first() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    client.open(NOWHERE, 1, &format!("let spare = 1\n{RULES}"));
    let found = client.published_such(NOWHERE, |found| codes(found) == ["unused"]);
    assert_eq!(found[0]["tags"], json!([1]));
    client.change(NOWHERE, 2, json!([edit((0, 0), (0, 0), "let spare = 2\n")]));
    let found = client.published_such(NOWHERE, |found| codes(found).contains(&"duplicate-name"));
    let doubled = found.as_array().unwrap().iter().find(|found| found["code"] == "duplicate-name").unwrap();
    assert_eq!(doubled["relatedInformation"][0]["location"]["range"]["start"]["line"], 0);
    client.leave();
}

#[test]
fn columns_are_counted_as_the_client_counts() {
    for (encoding, column) in [("utf-8", 24 + 3), ("utf-16", 24 + 1), ("utf-32", 24)] {
        let can = json!({ "general": { "positionEncodings": [encoding] } });
        let (mut client, offered) = Client::start(can, &[]);
        assert_eq!(offered["capabilities"]["positionEncoding"], encoding);
        client.open(NOWHERE, 1, "when lead.name is \"𝄞\" then asign sales\n");
        let found = client.published(NOWHERE, 1);
        let slip = found.as_array().unwrap().iter().find(|found| found["code"] == "unexpected").unwrap();
        assert_eq!(slip["range"]["start"]["character"], column + 3, "{encoding}: {found}");
        client.leave();
    }
}

#[test]
fn a_file_is_laid_out_and_mended() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    client.open(NOWHERE, 1, "team sales  { \"ada\" }\nwhen lead.score>70 then asign sales\n");
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    let document = json!({ "uri": NOWHERE });
    let edits = client.ask("textDocument/formatting", json!({ "textDocument": document, "options": options }));
    assert_eq!(edits, json!([{ "range": range((0, 11), (0, 12)), "newText": "" }]), "the broken line stays as it is");
    let asked = json!({ "textDocument": document, "range": range((1, 26), (1, 26)), "context": { "diagnostics": [] } });
    let actions = client.ask("textDocument/codeAction", asked);
    let mended = &actions[0];
    assert_eq!((&mended["title"], &mended["isPreferred"]), (&json!("write `assign`"), &json!(true)));
    assert_eq!(mended["edit"]["changes"][NOWHERE], json!([{ "range": range((1, 24), (1, 29)), "newText": "assign" }]));
    client.change(NOWHERE, 2, json!([edit((2, 0), (2, 0), "when lead.score > 80 then asign sales\n")]));
    let only = json!({ "diagnostics": [], "only": ["source"] });
    let asked = json!({ "textDocument": document, "range": range((0, 0), (0, 0)), "context": only });
    let actions = client.ask("textDocument/codeAction", asked);
    assert_eq!((actions.as_array().unwrap().len(), &actions[0]["kind"]), (1, &json!("source.fixAll")));
    client.leave();
}

#[test]
fn who_asks_is_told_nothing_unasked() {
    let folder = Folder::new(&[("a.rules", RULES), ("b.rules", "let spare = 1\n")]);
    let can = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    let (mut client, offered) = Client::start(can, &[&folder.uri("")]);
    assert_eq!(offered["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], true);
    client.open(&folder.uri("a.rules"), 1, &RULES.replace("assign", "asign"));
    let document = json!({ "textDocument": { "uri": folder.uri("a.rules") } });
    let report = client.ask("textDocument/diagnostic", document.clone());
    assert_eq!((report["kind"].as_str().unwrap(), codes(&report["items"])), ("full", vec!["unexpected"]));
    let mut again = document;
    again["previousResultId"] = report["resultId"].clone();
    assert_eq!(client.ask("textDocument/diagnostic", again)["kind"], "unchanged");
    client.change(&folder.uri("a.rules"), 2, json!([{ "text": RULES }]));
    let all = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let of = |name: &str| {
        let items = all["items"].as_array().unwrap();
        codes(&items.iter().find(|item| item["uri"] == folder.uri(name)).unwrap()["items"]).join(" ")
    };
    assert_eq!((of("a.rules"), of("b.rules")), (String::new(), "unused".to_owned()));
    while let Some(message) = client.receive(Duration::from_millis(500)) {
        assert_ne!(message["method"], "textDocument/publishDiagnostics");
    }
    client.leave();
}

#[test]
fn settings_come_when_they_are_asked_for() {
    let mut client = Client::connect();
    client.settings = json!({ "pages": "https://rules.example/pages/" });
    client.ask("initialize", json!({ "capabilities": capabilities() }));
    client.notify("initialized", json!({}));
    client.open(NOWHERE, 1, "let spare = \n");
    client.published(NOWHERE, 1);
    while !client.asked.contains_key("workspace/configuration") {
        client.receive(Duration::from_millis(10));
    }
    let mut version = 1;
    let found = loop {
        version += 1;
        client.change(NOWHERE, version, json!([{ "text": "let spare = = \n" }]));
        let found = client.published(NOWHERE, version);
        if found[0]["codeDescription"].is_object() {
            break found;
        }
    };
    assert_eq!(found[0]["codeDescription"]["href"], "https://rules.example/pages/unexpected");
    client.leave();
}
