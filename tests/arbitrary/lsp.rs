//! What an editor sends.

use serde_json::{Value, json};

use crate::client::Client;

/// Between messages in a case that is framed for it.
const BETWEEN: u8 = b'\n';

/// A server takes whatever comes, framed or not, fails at nothing, and ends with its connection.
pub fn lsp(bytes: &[u8]) {
    let (mut client, _) = Client::start(json!({}), &[]);
    client.open("untitled:a", 1, "when lead.score > 70 then assign sales\n");
    let sent = match bytes.split_first() {
        Some((b'=', raw)) => raw.to_vec(),
        _ => bytes.split(|byte| *byte == BETWEEN).flat_map(framed).collect(),
    };
    let (_, said) = client.break_off_with(&sent);
    for message in said {
        let failed = message["error"]["code"] == -32603;
        let log = message["method"] == "window/logMessage" && message["params"]["type"] == 1;
        assert!(!failed && !log, "the server failed: {}", Value::to_string(&message));
    }
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    frame
}
