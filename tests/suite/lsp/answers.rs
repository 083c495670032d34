//! Every question that is offered is answered over the wire. What the answers are, `ide` tests.

use serde_json::{Value, json};

use super::{Folder, capabilities, range};
use rulebook_tests::client::Client;

/// Rules in which there is something to say about everything.
const RULES: &str = "\
# Who gets what
record lead {
    id: text key
    score: number
    country: text
}
team sales { \"ada@example.com\" }
list emea = \"DE\", \"AT\"
let hot = 70

define lead.is_hot = lead.score > hot

when lead.is_hot and lead.country in emea and lower(lead.country) is \"de\" then assign team sales within 2d
";

/// The place of some words, counted from their nth time.
fn place(words: &str, nth: usize) -> Value {
    let offset = RULES.match_indices(words).nth(nth).unwrap().0 + 1;
    let line = RULES[..offset].matches('\n').count();
    json!({ "line": line, "character": offset - RULES[..offset].rfind('\n').map_or(0, |end| end + 1) })
}

fn start() -> (Client, String, Folder) {
    let folder = Folder::new(&[("a.rules", RULES)]);
    let (mut client, _) = Client::start(capabilities(), &[&folder.uri("")]);
    let uri = folder.uri("a.rules");
    client.open(&uri, 1, RULES);
    (client, uri, folder)
}

#[test]
fn names_are_told_found_and_changed() {
    let (mut client, uri, folder) = start();
    let at = |words, nth| json!({ "textDocument": { "uri": uri }, "position": place(words, nth) });
    let hover = client.ask("textDocument/hover", at("is_hot", 1));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("is_hot"), "{hover}");
    let found = client.ask("textDocument/definition", at("is_hot", 1));
    assert_eq!(found[0]["range"]["start"]["line"], 10, "{found}");
    let mut asked = at("hot", 0);
    asked["context"] = json!({ "includeDeclaration": true });
    assert_eq!(client.ask("textDocument/references", asked).as_array().unwrap().len(), 2);
    assert_eq!(client.ask("textDocument/documentHighlight", at("emea", 0)).as_array().unwrap().len(), 2);
    assert_eq!(client.ask("textDocument/prepareRename", at("emea", 1))["placeholder"], "emea");
    let mut asked = at("emea", 1);
    asked["newName"] = json!("europe");
    let edits = client.ask("textDocument/rename", asked.clone());
    assert_eq!(edits["changes"][folder.uri("a.rules")].as_array().unwrap().len(), 2, "{edits}");
    asked["newName"] = json!("hot");
    let id = client.request("textDocument/rename", asked);
    assert_eq!(client.response(id)["error"]["code"], -32803);
    let called = client.ask("textDocument/prepareCallHierarchy", at("is_hot", 0));
    let callers = client.ask("callHierarchy/incomingCalls", json!({ "item": called[0] }));
    assert_eq!(callers.as_array().unwrap().len(), 1, "{callers}");
    let caller = json!({ "item": callers[0]["from"] });
    assert_eq!(client.ask("callHierarchy/outgoingCalls", caller)[0]["to"]["name"], "lead.is_hot");
    client.leave();
}

#[test]
fn writing_is_helped() {
    let (mut client, uri, _folder) = start();
    let at = |words, nth| json!({ "textDocument": { "uri": uri }, "position": place(words, nth) });
    let offered = client.ask("textDocument/completion", at("country in", 0));
    let items = offered["items"].as_array().unwrap();
    let country = items.iter().find(|item| item["label"].as_str().unwrap().contains("country"));
    let country = country.unwrap_or_else(|| panic!("{offered}")).clone();
    assert!(country["textEdit"]["range"].is_object());
    let resolved = client.ask("completionItem/resolve", country);
    assert!(resolved["documentation"]["value"].is_string(), "{resolved}");
    let help = client.ask("textDocument/signatureHelp", at("lead.country) is", 0));
    assert!(help["signatures"][0]["label"].as_str().unwrap().starts_with("lower("), "{help}");
    client.leave();
}

#[test]
fn a_file_has_outline_colours_and_shape() {
    let (mut client, uri, _folder) = start();
    let document = json!({ "textDocument": { "uri": uri } });
    let outline = client.ask("textDocument/documentSymbol", document.clone());
    assert_eq!(outline[0]["name"], "record lead", "{outline}");
    let found = client.ask("workspace/symbol", json!({ "query": "emea" }));
    assert!(found[0]["name"].as_str().unwrap().contains("emea"), "{found}");
    let tokens = client.ask("textDocument/semanticTokens/full", document.clone());
    let data = tokens["data"].as_array().unwrap();
    assert!(data.len() > 100 && data.len() % 5 == 0);
    let text = json!([{ "range": range((0, 0), (0, 0)), "text": "\n" }]);
    client.change(&uri, 2, text);
    let mut asked = document.clone();
    asked["previousResultId"] = tokens["resultId"].clone();
    let delta = client.ask("textDocument/semanticTokens/full/delta", asked);
    assert_eq!((&delta["edits"][0]["start"], &delta["edits"][0]["deleteCount"]), (&json!(0), &json!(5)), "{delta}");
    for method in ["foldingRange", "documentLink"] {
        assert!(client.ask(&format!("textDocument/{method}"), document.clone()).is_array(), "{method}");
    }
    let mut asked = document.clone();
    asked["range"] = range((0, 0), (99, 0));
    let hints = client.ask("textDocument/inlayHint", asked.clone());
    assert!(!hints.as_array().unwrap().is_empty());
    assert!(client.ask("textDocument/semanticTokens/range", asked)["data"].is_array());
    let mut asked = document;
    let mut position = place("score >", 0);
    position["line"] = json!(position["line"].as_u64().unwrap() + 1);
    asked["positions"] = json!([position]);
    let grown = client.ask("textDocument/selectionRange", asked);
    assert!(grown[0]["parent"]["parent"].is_object(), "{grown}");
    client.leave();
}

#[test]
fn hints_can_be_switched_off() {
    let folder = Folder::new(&[("a.rules", RULES)]);
    let mut client = Client::connect();
    client.settings = json!({ "inlayHints": { "types": false, "due": false, "policies": false } });
    client.ask("initialize", json!({ "capabilities": capabilities() }));
    client.notify("initialized", json!({}));
    let uri = folder.uri("a.rules");
    client.open(&uri, 1, RULES);
    client.published(&uri, 1);
    let asked = json!({ "textDocument": { "uri": uri }, "range": range((0, 0), (99, 0)) });
    while client.ask("textDocument/inlayHint", asked.clone()) != json!([]) {
        client.receive(std::time::Duration::from_millis(20));
    }
    client.leave();
}
