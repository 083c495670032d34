//! The language server as an editor meets it: what it is told, what it answers, and that nothing brings it down.

#![expect(clippy::unwrap_used, reason = "tests")]

mod answers;
mod disk;
mod node;
mod order;
mod random;
mod requests;
mod trouble;
mod trying;

use std::fs;

use rulebook_tests::client::Client;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The name of a file that lies nowhere.
const NOWHERE: &str = "untitled:a.rules";

/// Rules with nothing wrong.
const RULES: &str = "team sales { \"ada\" }\nwhen lead.score > 70 then assign sales\n";

/// A folder that an editor has open.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(name, text)| folder.write(name, text));
        folder
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.0.path().join(name)).unwrap();
    }

    /// The address of a file in it; of itself without a name.
    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.0.path().join(name).display()).trim_end_matches('/').to_owned()
    }

    /// An editor that has it open.
    fn client(&self) -> Client {
        Client::start(capabilities(), &[&self.uri("")]).0
    }
}

/// What editors can do.
fn capabilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": { "configuration": true, "didChangeWatchedFiles": { "dynamicRegistration": true } },
        "window": { "workDoneProgress": true },
    })
}

/// A change of a range of lines and columns.
fn edit(start: (usize, usize), end: (usize, usize), text: &str) -> Value {
    json!({ "range": range(start, end), "text": text })
}

fn range(start: (usize, usize), end: (usize, usize)) -> Value {
    let at = |(line, character): (usize, usize)| json!({ "line": line, "character": character });
    json!({ "start": at(start), "end": at(end) })
}

/// That files on disk have changed.
fn watched(client: &mut Client, uris: &[String]) {
    let changes: Vec<Value> = uris.iter().map(|uri| json!({ "uri": uri, "type": 2 })).collect();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
}

/// The codes of findings.
fn codes(found: &Value) -> Vec<&str> {
    found.as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap_or("none")).collect()
}
