//! Files on disk: read, watched, deleted, and there again.

use std::slice;

use rulebook_tests::client::Client;
use serde_json::json;

use super::{Folder, RULES, capabilities, codes, watched};

#[test]
fn a_folder_is_one_rulebook() {
    let folder = Folder::new(&[
        ("a.rules", "when lead.score > 70 then assign sales\n"),
        ("deep/b.rules", "team sales { \"ada\" }\nlet spare = 1\n"),
    ]);
    let mut client = folder.client();
    let found = client.published_such(&folder.uri("deep/b.rules"), |found| !found.as_array().unwrap().is_empty());
    assert_eq!(codes(&found), ["unused"]);
    folder.write("deep/b.rules", "team sails { \"ada\" }\n");
    watched(&mut client, &[folder.uri("deep/b.rules")]);
    client.published_such(&folder.uri("a.rules"), |found| codes(found) == ["unknown-target"]);
    folder.write("deep/b.rules", "team sales { \"ada\" }\n");
    watched(&mut client, &[folder.uri("deep/b.rules")]);
    client.published_such(&folder.uri("a.rules"), |found| codes(found).is_empty());
    assert_eq!(client.asked.get("client/registerCapability"), Some(&1));
    client.leave();
}

#[test]
fn what_is_open_counts_more_than_what_lies_on_disk() {
    let folder = Folder::new(&[("a.rules", RULES)]);
    let mut client = folder.client();
    let uri = folder.uri("a.rules");
    client.open(&uri, 1, &RULES.replace("assign", "asign"));
    assert_eq!(codes(&client.published(&uri, 1)), ["unexpected"]);
    folder.remove("a.rules");
    watched(&mut client, slice::from_ref(&uri));
    client.change(&uri, 2, json!([{ "text": RULES.replace("sales\n", "sails\n") }]));
    assert_eq!(codes(&client.published(&uri, 2)), ["unknown-target"], "deleted while open, it is still what is typed");
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    client.published_such(&uri, |found| codes(found).is_empty());
    folder.write("a.rules", &RULES.replace("assign", "asign"));
    watched(&mut client, slice::from_ref(&uri));
    client.published_such(&uri, |found| codes(found) == ["unexpected"]);
    client.leave();
}

#[test]
fn settings_and_the_files_that_rules_name_are_watched() {
    let rules = "list big from \"big.csv\"\nwhen lead.company in big then call erp\n";
    let folder = Folder::new(&[("a.rules", rules), ("rulebook.toml", "integrations = [\"crm\"]\n")]);
    let mut client = folder.client();
    let uri = folder.uri("a.rules");
    client.published_such(&uri, |found| codes(found) == ["unreadable-file", "unlisted"]);
    folder.write("big.csv", "name\nAcme\n");
    watched(&mut client, &[folder.uri("big.csv")]);
    client.published_such(&uri, |found| codes(found) == ["unlisted"]);
    folder.write("rulebook.toml", "integrations = [\"erp\"\n");
    watched(&mut client, &[folder.uri("rulebook.toml")]);
    let settings = folder.uri("rulebook.toml");
    let found = client.published_such(&settings, |found| found.as_array().unwrap().len() == 1);
    assert!(found[0]["message"].as_str().unwrap().starts_with("`rulebook.toml` cannot be understood"), "{found}");
    folder.write("rulebook.toml", "integrations = [\"erp\"]\n");
    watched(&mut client, slice::from_ref(&settings));
    client.published_such(&uri, |found| codes(found).is_empty());
    client.published_such(&settings, |found| found.as_array().unwrap().is_empty());
    client.leave();
}

#[test]
fn each_folder_with_settings_is_a_rulebook_of_its_own() {
    let other = RULES.replace("assign sales", "assign other");
    let folder = Folder::new(&[
        ("a.rules", RULES),
        ("inner/rulebook.toml", ""),
        ("inner/b.rules", RULES),
        ("second/c.rules", &other),
    ]);
    let mut client = folder.client();
    client.published_such(&folder.uri("second/c.rules"), |found| codes(found).contains(&"duplicate-name"));
    let outside = Folder::new(&[("d.rules", "")]);
    client.open(&outside.uri("d.rules"), 1, &other);
    assert_eq!(codes(&client.published(&outside.uri("d.rules"), 1)), ["unknown-target"]);
    let event = json!({ "added": [{ "uri": outside.uri(""), "name": "d" }], "removed": [{ "uri": folder.uri(""), "name": "a" }] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    client.published_such(&folder.uri("second/c.rules"), |found| codes(found).is_empty());
    outside.write("e.rules", "team other { \"bob\" }\n");
    watched(&mut client, &[outside.uri("e.rules")]);
    client.published_such(&outside.uri("d.rules"), |found| codes(found) == ["unused"]);
    client.leave();
}

#[test]
fn a_file_of_a_folder_that_is_not_open_finds_its_settings() {
    let folder =
        Folder::new(&[("rulebook.toml", "integrations = [\"crm\"]\n"), ("a.rules", ""), ("b.rules", "let x = 1\n")]);
    let (mut client, _) = Client::start(capabilities(), &[]);
    client.open(&folder.uri("a.rules"), 1, "when lead.score > x then call erp\n");
    assert_eq!(codes(&client.published(&folder.uri("a.rules"), 1)), ["unlisted"]);
    client.leave();
}
