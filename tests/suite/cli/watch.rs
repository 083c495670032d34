//! `rulebook test --watch`: a file is saved, and the tests run again.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use super::Desk;

/// Longer than any run takes, so that a watch that does nothing fails the test instead of stopping it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Ends the process that watches, however the test ends.
struct Watch(Child);

impl Drop for Watch {
    fn drop(&mut self) {
        // It may have ended by itself, which the test has told then.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The lines up to the first with some words in it; fails if none comes.
fn until(lines: &Receiver<String>, words: &str) -> Vec<String> {
    let mut seen = Vec::new();
    loop {
        let line = lines.recv_timeout(PATIENCE);
        assert!(line.is_ok(), "no `{words}` after {seen:?}");
        let line = line.unwrap();
        let found = line.contains(words);
        seen.push(line);
        if found {
            return seen;
        }
    }
}

/// What a stream says, line by line, as it comes.
fn lines(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

#[test]
fn whatever_the_tests_depend_on_is_watched() {
    let desk = Desk::new();
    let test = |score: u8| format!("test \"hot\" {{ given lead {{ score: {score} }} expect rule \"Hot\" }}\n");
    desk.write("hot.rules", test(80));
    let mut command = desk.command("test --watch");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut watch = Watch(command.spawn().unwrap());
    let (out, err) = (lines(watch.0.stdout.take().unwrap()), lines(watch.0.stderr.take().unwrap()));

    until(&out, "1 passed");
    until(&err, "waiting for a change");
    desk.write("hot.rules", test(8));
    let failed = until(&out, "0 passed, 1 failed");
    assert!(failed.iter().any(|line| line.contains("✗ hot")), "{failed:?}");

    until(&err, "waiting for a change");
    desk.write("hot.rules", "test \"hot\" { given laed { score: 80 } expect rule \"Hot\" }\n");
    until(&err, "unknown-record");
    until(&err, "waiting for a change");
    desk.write("over.rules", "test \"all\" over \"leads.ndjson\" { expect count of rule \"Hot\" = 1 }\n");
    desk.write("hot.rules", test(80));
    until(&out, "1 passed, 1 failed");

    until(&err, "waiting for a change");
    desk.write("leads.ndjson", "{\"id\":\"L1\",\"score\":99}\n");
    until(&out, "2 passed");
}
