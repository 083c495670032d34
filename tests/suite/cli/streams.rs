//! Records come in by many ways and verdicts go out by some: data on one stream, talk on the other.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

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
