//! How long an editor waits: from an edit to what is wrong, from a question to its answer, and what memory that takes.
//!
//! ```sh
//! cargo run --release -p rulebook-tests --example wire -- 200 2000 10000 37000
//! ```
//! Everything goes over the wire, as an editor sends it. Edits are made in the middle of the file, one after the other.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement tells what it has found, or that it cannot"
)]

use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};

use rulebook_tests::client::Client;
use serde_json::{Value, json};

/// The name of the file.
const FILE: &str = "untitled:measured.rules";

/// How many edits the growth of memory is told over.
const GROWTH: usize = 10_000;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).map(|size| size.parse().expect("a number of rules")).collect();
    println!(
        "rules   file kB | first look | edit → published p50/p95/p99 | until the whole | hover p50/p95 | completion p50/p95 | B a rule"
    );
    for size in &sizes {
        measure(*size);
    }
    growth(sizes.first().copied().unwrap_or(200));
}

/// One file of so many rules.
fn measure(size: usize) {
    let text = rules(size);
    let before = memory();
    let (mut client, offered) = Client::start(json!({ "general": { "positionEncodings": ["utf-8"] } }), &[]);
    let ((), first) = timed(|| {
        client.open(FILE, 0, &text);
        whole(&mut client);
    });
    let after = memory();
    let edits = if size > 5_000 { 60 } else { 300 };
    let mut editor = Editor { client, version: 0, line: 10 + size / 2 };
    let mut published: Vec<Duration> = (0..edits).map(|_| editor.edit()).collect();
    let mut whole: Vec<Duration> = (0..5).map(|_| editor.edit_until_whole()).collect();
    let mut asked = |method: &str, capability: &str| {
        if offered.pointer(&format!("/capabilities/{capability}")).is_none_or(Value::is_null) {
            return "not offered".to_owned();
        }
        told(&mut (0..edits).map(|_| editor.ask(method)).collect::<Vec<_>>(), &[50, 95])
    };
    let hover = asked("textDocument/hover", "hoverProvider");
    let completion = asked("textDocument/completion", "completionProvider");
    println!(
        "{size:>6} {:>8} | {first:>10.0?} | {:>28} | {:>15} | {hover:>13} | {completion:>18} | {}",
        text.len() / 1024,
        told(&mut published, &[50, 95, 99]),
        told(&mut whole, &[50]),
        after.saturating_sub(before) / size,
    );
}

/// What many edits leave behind.
fn growth(size: usize) {
    let (mut client, _) = Client::start(json!({ "general": { "positionEncodings": ["utf-8"] } }), &[]);
    client.open(FILE, 0, &rules(size));
    whole(&mut client);
    let mut editor = Editor { client, version: 0, line: 10 + size / 2 };
    for _ in 0..GROWTH / 10 {
        editor.edit();
    }
    let before = memory();
    for _ in 0..GROWTH {
        editor.edit();
    }
    let grown = memory().saturating_sub(before) / 1024;
    println!("{size} rules: {grown} kB more after {GROWTH} edits");
}

/// An editor at a line.
struct Editor {
    client: Client,
    version: i64,
    line: usize,
}

impl Editor {
    /// Changes the bound of a rule, and waits for what is wrong with that version.
    fn edit(&mut self) -> Duration {
        self.version += 1;
        let digit = self.version % 10;
        let range =
            json!({ "start": { "line": self.line, "character": 6 }, "end": { "line": self.line, "character": 7 } });
        let change = json!([{ "range": range, "text": digit.to_string() }]);
        let (version, client) = (self.version, &mut self.client);
        let ((), time) = timed(|| {
            client.change(FILE, version, change);
            drop(client.published(FILE, version));
        });
        client.forget();
        time
    }

    /// Makes and takes back a mistake which hides what takes a look at all rules, and waits for that to be told again.
    fn edit_until_whole(&mut self) -> Duration {
        for (from, to, text) in [(0, 0, "= "), (0, 2, "")] {
            self.version += 1;
            let range = json!({ "start": { "line": self.line, "character": from }, "end": { "line": self.line, "character": to } });
            self.client.change(FILE, self.version, json!([{ "range": range, "text": text }]));
            if to == 0 {
                self.client.published_such(FILE, |found| !has_unused(found));
            }
        }
        let ((), time) = timed(|| whole(&mut self.client));
        self.client.forget();
        time
    }

    /// Edits, asks about the place at once, and waits for the answer.
    fn ask(&mut self, method: &str) -> Duration {
        self.edit();
        let position = json!({ "line": self.line, "character": 34 });
        let asked = json!({ "textDocument": { "uri": FILE }, "position": position });
        let client = &mut self.client;
        let (_, time) = timed(|| client.ask(method, asked));
        time
    }
}

/// Waits for what takes a look at all rules.
fn whole(client: &mut Client) {
    client.published_such(FILE, has_unused);
}

fn has_unused(found: &Value) -> bool {
    found.as_array().is_some_and(|found| found.iter().any(|found| found["code"] == "unused"))
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let made = work();
    (made, begun.elapsed())
}

/// Some percentiles of some times.
fn told(times: &mut [Duration], percentiles: &[usize]) -> String {
    times.sort_unstable();
    let at = |percentile: &usize| times.get((times.len() * percentile / 100).min(times.len() - 1));
    let told = percentiles.iter().filter_map(at).map(|time| format!("{:.1}", time.as_secs_f64() * 1e3));
    told.collect::<Vec<_>>().join(" / ") + " ms"
}

/// What this process holds in memory, in bytes.
fn memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
    line.trim().trim_end_matches(" kB").parse::<usize>().expect("a number") * 1024
}

/// Rules over leads, of which each is on two lines, its bound first on the second.
fn rules(size: usize) -> String {
    let mut text = String::from(
        "record lead {\n    id: text key\n    score: number\n    country: text\n    employees: number\n    at: datetime\n}\n\
         team sales { \"ada@example.com\" }\nlet spare = 1\nrules \"routing\" for lead, first match {\n",
    );
    for number in 0..size / 2 * 2 {
        let _ = writeln!(
            text,
            "when {:03} < lead.score and lead.employees > {number} and lead.country is \"C{}\" then assign team sales within {}d",
            number % 97,
            number % 53,
            1 + number % 9,
        );
    }
    text + "}\n"
}
