//! Records come in by many ways and verdicts go out by some: data on one stream, talk on the other.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use super::{Desk, talk};

/// The same two leads in every format.
const NDJSON: &str = "{\"id\":\"1\",\"score\":80}\n{\"id\":\"2\"}\n";
const JSON: &str = "[\n  {\"id\": \"1\", \"score\": 80},\n  {\"id\": \"2\"}\n]\n";
const CSV: &str = "id,score\r\n1,80\r\n2,\r\n";
const TSV: &str = "\u{feff}score\tid\n80\t1\n\t2\n";

#[test]
fn every_format_yields_the_same_verdicts() {
    let desk = Desk::new();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(NDJSON.as_bytes()).unwrap();
    let files: [(&str, Vec<u8>); 6] = [
        ("leads.ndjson", NDJSON.into()),
        ("leads.json", JSON.into()),
        ("leads.csv", CSV.into()),
        ("leads.tsv", TSV.into()),
        ("leads.ndjson.gz", gzip.finish().unwrap()),
        ("leads.csv.zst", zstd::encode_all(CSV.as_bytes(), 1).unwrap()),
    ];
    let run = |file: &str| desk.stdout(&format!("run lead.rules {file} --now 2026-11-20T09:00:00Z"));
    for (name, content) in &files {
        desk.write(name, content);
        assert_eq!(run(name), run("leads.ndjson"), "{name}");
    }
    assert_eq!(run("leads.csv leads.json"), run("leads.ndjson").repeat(2));
}

#[test]
fn records_can_be_piped_in() {
    let desk = Desk::new();
    let mut command = desk.command("run lead.rules - --quiet");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(NDJSON.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), talk(&done).as_str()), (Some(0), ""));
    assert_eq!(String::from_utf8_lossy(&done.stdout).lines().count(), 2);
}

/// A producer that is still busy does not hold up what is known: each verdict comes out before the next record is waited
/// for, even when a part of that one is there already.
#[test]
fn verdicts_do_not_wait_for_the_next_record() {
    let now = "--now 2026-11-20T09:00:00Z --quiet";
    let cases: [(&str, &str, [&str; 3], [usize; 3]); 3] = [
        ("ndjson", "ndjson", ["{\"id\":\"1\"}\n", "\n{\"id\":\"2\"}\n\n{\"id\"", ":\"3\"}\n"], [1, 1, 1]),
        ("csv", "csv", ["id,score\n1,80\n", "2,70\n3,\"5", "\"\n"], [2, 1, 1]),
        ("json", "ndjson", ["[\n{\"id\":\"1\"}", ",{\"id\":\"2\"},{", "\"id\":\"3\"}]"], [1, 1, 1]),
    ];
    for (input, output, parts, expected) in cases {
        let desk = Desk::new();
        let arguments = format!("run lead.rules - --input-format {input} --format {output} {now}");
        let mut child = desk.command(&arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut records = child.stdin.take().unwrap();
        let verdicts = lines_of(child.stdout.take().unwrap());
        for (part, count) in parts.iter().zip(expected) {
            records.write_all(part.as_bytes()).unwrap();
            for _ in 0..count {
                let line = verdicts.recv_timeout(PATIENCE);
                assert!(line.is_ok(), "{input}: nothing came out for {part:?}");
            }
        }
        drop(records);
        assert!(child.wait().unwrap().success());
        assert_eq!(verdicts.iter().count(), 0);
    }
}

/// How long to wait for what should come at once, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// The lines of a stream as they come.
fn lines_of(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.map(|line| sender.send(line)).take_while(Result::is_ok).count()
    });
    receiver
}

#[test]
fn a_closed_pipe_is_no_error() {
    let desk = Desk::new();
    desk.write("leads.ndjson", NDJSON.repeat(20_000));
    for arguments in ["run lead.rules leads.ndjson --quiet", "run lead.rules leads.ndjson --quiet --format csv"] {
        let mut command = desk.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let done = child.wait_with_output().unwrap();
        assert_eq!((done.status.code(), talk(&done).as_str()), (Some(0), ""), "{arguments}");
    }
}

#[test]
fn data_and_talk_do_not_mix() {
    let desk = Desk::new();
    desk.write("leads.ndjson", NDJSON);
    let done = desk.run("run lead.rules leads.ndjson");
    let lines = String::from_utf8(done.stdout.clone()).unwrap();
    assert!(lines.lines().all(|line| line.starts_with("{\"record\":") && line.ends_with('}')), "{lines}");
    assert!(talk(&done).starts_with("2 records = 2 verdicts + 0 faults"), "{}", talk(&done));
    let matched = desk.stdout("run lead.rules leads.ndjson --only-matched");
    assert_eq!(matched.lines().count(), 1, "{matched}");
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let desk = Desk::new();
    let coloured = |arguments: &str| talk(&desk.run(arguments)).contains('\u{1b}');
    assert!(!coloured("check nowhere"));
    assert!(coloured("check nowhere --color always"));
    assert!(!coloured("check nowhere --color never"));
}
