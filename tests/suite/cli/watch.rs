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
    let (_watch, out, err) = watching(&desk, "test --watch");

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

/// A watched `rulebook test` with what it says.
fn watching(desk: &Desk, command: &str) -> (Watch, Receiver<String>, Receiver<String>) {
    let mut command = desk.command(command);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut watch = Watch(command.spawn().unwrap());
    let (out, err) = (lines(watch.0.stdout.take().unwrap()), lines(watch.0.stderr.take().unwrap()));
    (watch, out, err)
}

#[test]
fn the_files_of_references_are_watched() {
    let desk = Desk::new();
    desk.write(
        "lead.rules",
        "record lead { id: text key  account: account? by account_id }\n\
         record account { account_id: text key  tier: text }\n\
         reference limits from \"limits.csv\" keyed by tier { tier: text, most: number }\n\
         calendar office { time zone \"UTC\" hours mon..fri 09:00..17:00 holidays from \"holidays.csv\" }\n\
         table region for lead, first match from \"regions.csv\"\n\
         rule \"VIP\" when lead.account.tier is \"gold\" and limits[lead.account.tier].most > 5 and lead.region is \"EMEA\"\n\
           and not (now during office) then accept\n\
         test \"all\" over \"leads.ndjson\" { now 2026-11-20T12:00Z expect count of rule \"VIP\" = 1 }\n",
    );
    desk.write("leads.ndjson", "{\"id\":\"L1\",\"account_id\":\"A1\"}\n");
    let files = [
        (
            "accounts.ndjson",
            "{\"account_id\":\"A1\",\"tier\":\"gold\"}\n",
            "{\"account_id\":\"A1\",\"tier\":\"tin\"}\n",
        ),
        ("limits.csv", "tier,most\ngold,9\n", "tier,most\ngold,1\n"),
        ("regions.csv", "lead.id,=> lead.region\nL1,EMEA\nany,APAC\n", "lead.id,=> lead.region\nL2,EMEA\nany,APAC\n"),
        ("holidays.csv", "date\n2026-11-20\n", "date\n2026-11-23\n"),
    ];
    files.iter().for_each(|(name, good, _)| desk.write(name, good));
    let (_watch, out, err) = watching(&desk, "test --watch --source account=accounts.ndjson");
    until(&out, "1 passed");
    for (name, good, bad) in files {
        until(&err, "waiting for a change");
        desk.write(name, bad);
        until(&out, "0 passed, 1 failed");
        until(&err, "waiting for a change");
        desk.write(name, good);
        until(&out, "1 passed");
    }
}

#[test]
fn the_settings_and_their_sources_are_watched() {
    let desk = Desk::new();
    desk.write(
        "lead.rules",
        "record lead { id: text key  account: account? by account_id }\n\
         record account { account_id: text key  tier: text }\n\
         rule \"VIP\" when lead.account.tier is \"gold\" then accept\n\
         test \"all\" over \"leads.ndjson\" { expect count of rule \"VIP\" = 1 }\n",
    );
    desk.write("leads.ndjson", "{\"id\":\"L1\",\"account_id\":\"A1\"}\n");
    desk.write("accounts.ndjson", "{\"account_id\":\"A1\",\"tier\":\"tin\"}\n");
    let (_watch, out, err) = watching(&desk, "test --watch");
    until(&out, "0 passed, 1 failed");
    until(&err, "waiting for a change");
    desk.write("rulebook.toml", "[sources]\naccount = \"accounts.ndjson\"\n");
    until(&out, "0 passed, 1 failed");
    until(&err, "waiting for a change");
    desk.write("accounts.ndjson", "{\"account_id\":\"A1\",\"tier\":\"gold\"}\n");
    until(&out, "1 passed");
}
