//! What would bring down a lesser server.

use std::io::Write;

use lsp::End;
use rulebook_tests::client::Client;
use serde_json::json;

use super::{NOWHERE, RULES, capabilities, codes, edit};

/// It still does what it should.
fn lives(client: &mut Client) {
    client.open("untitled:lives", 7, &RULES.replace("assign", "asign"));
    assert_eq!(codes(&client.published("untitled:lives", 7)), ["unexpected"]);
}

#[test]
fn malformed_messages_are_answered_and_forgotten() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    for bytes in [
        "Content-Length: 1\r\n\r\n{",
        "Content-Length: 2\r\n\r\n[]",
        "Content-Length: x\r\n\r\n",
        "rubbish\r\n\r\n",
        "Content-Length: 4\r\n\r\n\u{10348}",
    ] {
        client.send_bytes(bytes.as_bytes());
    }
    client.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/formatting" }));
    client.send(&json!({ "jsonrpc": "2.0", "id": "no", "result": { "never": "asked" } }));
    for params in [json!(null), json!([]), json!({ "textDocument": 7 })] {
        let id = client.request("textDocument/formatting", params.clone());
        assert!(client.response(id).get("error").is_some(), "{params}");
        client.notify("textDocument/didChange", params.clone());
        client.notify("textDocument/didOpen", params);
    }
    let id = client.request("no/such/method", json!({}));
    assert_eq!(client.response(id)["error"]["code"], -32601);
    lives(&mut client);
    assert_eq!(client.leave(), End::Orderly);
}

#[test]
fn a_connection_that_breaks_ends_the_server() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    client.open(NOWHERE, 1, RULES);
    assert_eq!(client.break_off(), End::Broken);
    let mut client = Client::connect();
    client.send_bytes(b"Content-Length: 1000\r\n\r\n{\"jsonrpc\"");
    assert_eq!(client.break_off(), End::Broken);
    assert_eq!(Client::connect().break_off(), End::Broken);
}

#[test]
fn exit_without_shutdown_is_no_orderly_end() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    client.notify("exit", json!(null));
    assert_eq!(client.break_off(), End::Broken);
}

#[test]
fn changes_of_what_is_not_open_and_beyond_all_ends_are_harmless() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    client.change("untitled:never-opened", 1, json!([edit((0, 0), (0, 0), "x")]));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:never-opened" } }));
    client.open(NOWHERE, 1, "let a = 1\n");
    client.change(NOWHERE, 2, json!([edit((99, 99), (999, 999), "let b = \n"), edit((4, 0), (1, 1), "\n")]));
    assert!(!client.published(NOWHERE, 2).as_array().unwrap().is_empty());
    client.open(NOWHERE, 3, RULES);
    assert_eq!(codes(&client.published(NOWHERE, 3)), [""; 0]);
    lives(&mut client);
    client.leave();
}

#[test]
fn five_megabytes_at_once_are_taken_in() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    client.open(NOWHERE, 1, RULES);
    let rule = "rule \"R\" when lead.score > 70 and lead.country is \"DE\" then assign sales within 2d\n";
    let much = rule.repeat(5 * 1024 * 1024 / rule.len() + 1);
    client.change(NOWHERE, 2, json!([edit((2, 0), (2, 0), &much)]));
    client.change(NOWHERE, 3, json!([edit((2, 0), (999_999, 0), "")]));
    client.published(NOWHERE, 3);
    lives(&mut client);
    client.leave();
}

#[test]
fn a_text_of_one_endless_nesting_is_taken_in() {
    let (mut client, _) = Client::start(capabilities(), &[]);
    for text in ["(".repeat(100_000), "not ".repeat(100_000), format!("let a = {}1", "1 + ".repeat(100_000))] {
        client.open(NOWHERE, 1, &format!("when {text}\n"));
        client.published(NOWHERE, 1);
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": NOWHERE } }));
        client.published_such(NOWHERE, |found| found.as_array().unwrap().is_empty());
        client.forget();
    }
    lives(&mut client);
    std::io::stderr().flush().unwrap();
    client.leave();
}
