//! An editor, so far as the language server can tell: it speaks the protocol with a server in a thread of this program.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a client of tests: what does not come is a failure"
)]

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, BufReader, PipeReader, PipeWriter, Read, Write, pipe};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use lsp::End;
use serde_json::{Value, json};

/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor and its server.
pub struct Client {
    to_server: PipeWriter,
    from_server: Receiver<Value>,
    /// What came while something else was waited for.
    unread: VecDeque<Value>,
    requests: i64,
    server: JoinHandle<io::Result<End>>,
    /// What the settings say that the server asks for.
    pub settings: Value,
    /// What the server asked for, by method.
    pub asked: BTreeMap<String, usize>,
}

impl Client {
    /// Starts a server, and does not say a word yet.
    ///
    /// # Panics
    /// The system gives no pipes.
    pub fn connect() -> Self {
        let (input, to_server) = pipe().expect("a pipe");
        let (from, output) = pipe().expect("a pipe");
        let server = thread::spawn(move || lsp::serve(input, output));
        let (sender, from_server) = channel();
        thread::spawn(move || {
            let mut from = BufReader::new(from);
            while let Some(message) = frame(&mut from) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let settings = Value::Null;
        Self { to_server, from_server, unread: VecDeque::new(), requests: 0, server, settings, asked: BTreeMap::new() }
    }

    /// Starts a server that knows what this editor can do and which folders are open in it.
    pub fn start(capabilities: Value, folders: &[&str]) -> (Self, Value) {
        let mut client = Self::connect();
        let folders: Vec<Value> = folders.iter().map(|uri| json!({ "uri": uri, "name": uri })).collect();
        let asked = json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": folders });
        let offered = client.ask("initialize", asked);
        client.notify("initialized", json!({}));
        (client, offered)
    }

    /// Sends bytes as they are.
    ///
    /// # Panics
    /// The server takes none.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        self.to_server.write_all(bytes).expect("the server reads");
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request; gives its number.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.requests, "method": method, "params": params }));
        self.requests
    }

    /// Sends a request and waits for what comes of it.
    ///
    /// # Panics
    /// That is an error.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let response = self.response(id);
        assert!(response.get("error").is_none(), "{method}: {response}");
        response.get("result").cloned().unwrap_or_default()
    }

    /// Waits for the answer to a request.
    pub fn response(&mut self, id: i64) -> Value {
        self.wait_for(&format!("the answer to request {id}"), |message| {
            message.get("method").is_none() && message.get("id") == Some(&json!(id))
        })
    }

    /// Opens a file.
    pub fn open(&mut self, uri: &str, version: i64, text: &str) {
        let document = json!({ "uri": uri, "languageId": "rulebook", "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes an open file.
    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Waits until it is told what is wrong with this version of a file.
    pub fn published(&mut self, uri: &str, version: i64) -> Value {
        let message = self.wait_for(&format!("what is wrong with version {version} of {uri}"), |message| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"] == version
        });
        message["params"]["diagnostics"].clone()
    }

    /// Waits until what is wrong with a file is as described.
    pub fn published_such(&mut self, uri: &str, such: impl Fn(&Value) -> bool) -> Value {
        let message = self.wait_for(&format!("something wrong with {uri}"), |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && such(&message["params"]["diagnostics"])
        });
        message["params"]["diagnostics"].clone()
    }

    /// Waits for a message, answering what the server asks meanwhile; what else comes is kept.
    ///
    /// # Panics
    /// It does not come.
    pub fn wait_for(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(place) = self.unread.iter().position(&is_it) {
            return self.unread.remove(place).unwrap_or_default();
        }
        let until = Instant::now() + PATIENCE;
        loop {
            match self.receive(until.saturating_duration_since(Instant::now())) {
                Some(message) if is_it(&message) => return message,
                Some(message) => self.unread.push_back(message),
                None => panic!("{what} does not come; unread: {:#?}", self.unread),
            }
        }
    }

    /// What the server says within some time, but for what it asks, which is answered.
    ///
    /// # Panics
    /// The server is gone.
    pub fn receive(&mut self, patience: Duration) -> Option<Value> {
        let until = Instant::now() + patience;
        loop {
            match self.from_server.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(message) if message.get("method").is_some() && message.get("id").is_some() => self.answer(&message),
                Ok(message) => return Some(message),
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => panic!("the server is gone; unread: {:#?}", self.unread),
            }
        }
    }

    fn answer(&mut self, asked: &Value) {
        let method = asked["method"].as_str().unwrap_or_default();
        *self.asked.entry(method.to_owned()).or_default() += 1;
        let result = if method == "workspace/configuration" { json!([self.settings]) } else { Value::Null };
        self.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": result }));
    }

    /// Forgets what has come.
    pub fn forget(&mut self) {
        self.unread.clear();
    }

    /// Takes leave as editors do, and tells how the server ended.
    ///
    /// # Panics
    /// The server does not end well.
    pub fn leave(mut self) -> End {
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.server.join().expect("the server does not panic").expect("the server ends")
    }

    /// Breaks the connection, and tells how the server ended.
    ///
    /// # Panics
    /// The server does not end well.
    pub fn break_off(self) -> End {
        self.break_off_with(&[]).0
    }

    /// Sends some last bytes, as far as the server takes them, and breaks the connection. Tells how the server ended, and
    /// what it said until then.
    ///
    /// # Panics
    /// The server does not end well.
    pub fn break_off_with(mut self, bytes: &[u8]) -> (End, Vec<Value>) {
        // One that has been told to exit takes no more.
        let _ = self.to_server.write_all(bytes);
        drop(self.to_server);
        let end = self.server.join().expect("the server does not panic").expect("the server ends");
        (end, self.unread.into_iter().chain(self.from_server.iter()).collect())
    }
}

/// The next message; none at the end.
fn frame(from: &mut BufReader<PipeReader>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().strip_prefix("Content-Length: ") {
            Some(number) => length = number.parse().ok()?,
            None => break,
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
