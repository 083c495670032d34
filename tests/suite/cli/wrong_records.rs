//! Records that are wrong: each ends as a fault with its code, in full in the rejects file, and the run goes on. Nothing
//! gets lost: as many records come in as verdicts and faults go out.

use std::io::Write;

use serde_json::Value;

use super::{Desk, talk};

const GOOD: &str = "{\"id\":\"good\",\"score\":80}";

/// What is wrong, the lines as they stand in a file, and the code of the fault; none where nothing is wrong after all.
fn wrong_lines() -> Vec<(&'static str, Vec<u8>, Option<&'static str>)> {
    let deep = format!("{{\"id\":\"x\",\"more\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let long = format!("{{\"id\":\"x\",\"more\":\"{}\"}}", "m".repeat(20 << 20));
    let code = Some;
    vec![
        ("a text for a number", b"{\"id\":\"x\",\"score\":\"70\"}".to_vec(), code("wrong-type")),
        ("a list for a number", b"{\"id\":\"x\",\"score\":[70]}".to_vec(), code("wrong-type")),
        ("a number beyond range", b"{\"id\":\"x\",\"score\":1e60}".to_vec(), code("number-out-of-range")),
        (
            "29 digits",
            b"{\"id\":\"x\",\"score\":12345678901234567890123456789.5}".to_vec(),
            code("number-out-of-range"),
        ),
        ("no such label", b"{\"id\":\"x\",\"stage\":\"lost\"}".to_vec(), code("not-one-of")),
        ("no such date", b"{\"id\":\"x\",\"at\":\"2026-02-30T09:00Z\"}".to_vec(), code("wrong-type")),
        ("no key", b"{\"score\":70}".to_vec(), code("required-field-missing")),
        ("a key twice", b"{\"id\":\"x\",\"score\":1,\"score\":99}".to_vec(), code("duplicate-key")),
        ("no UTF-8", b"{\"id\":\"x\",\"name\":\"K\xf6ln\"}".to_vec(), code("invalid-utf8")),
        ("half a character", br#"{"id":"x\ud800"}"#.to_vec(), code("lone-surrogate")),
        ("a comma too many", b"{\"id\":\"x\",}".to_vec(), code("malformed-json")),
        ("two on a line", b"{\"id\":\"x\"} {\"id\":\"y\"}".to_vec(), code("trailing-characters")),
        ("a list", b"[1, 2]".to_vec(), code("not-an-object")),
        ("a number alone", b"70".to_vec(), code("not-an-object")),
        ("100,000 brackets", deep.into(), code("nesting-too-deep")),
        ("a line of 20 MB", long.into(), code("record-too-large")),
        ("a blank line", b"   ".to_vec(), None),
        ("CRLF", b"{\"id\":\"x\"}\r".to_vec(), None),
    ]
}

#[test]
fn each_kind_of_wrong_record_is_a_fault_and_the_run_goes_on() {
    for (what, line, code) in wrong_lines() {
        let desk = Desk::new();
        let file = [GOOD.as_bytes(), &line, GOOD.as_bytes(), b""].join(&b'\n');
        desk.write("leads.ndjson", file);
        let (verdicts, rejects) = run(&desk, "leads.ndjson", code.is_some());
        let expected = if code.is_none() && !line.trim_ascii().is_empty() { 3 } else { 2 };
        assert_eq!(verdicts, expected, "{what}");
        let codes: Vec<_> = rejects.iter().map(|reject| reject["code"].as_str()).collect();
        assert_eq!(codes, Vec::from_iter(code.map(Some)), "{what}");
        for reject in rejects {
            assert_eq!((&reject["file"], &reject["line"]), (&"leads.ndjson".into(), &2.into()), "{what}");
            let whole = reject.get("record").is_some() || reject.get("offset").is_some();
            assert!(whole && reject["message"].is_string(), "{what}: {reject}");
        }
    }
}

/// Runs with everything written to files, checks that the sum is right, and gives the number of verdicts and the rejects.
fn run(desk: &Desk, records: &str, faulty: bool) -> (usize, Vec<Value>) {
    let done = desk.run(&format!("run lead.rules {records} --out verdicts.ndjson --rejects rejects.ndjson"));
    assert_eq!(done.status.code(), Some(i32::from(faulty)), "{}", talk(&done));
    let verdicts = desk.read("verdicts.ndjson").lines().count();
    let rejects: Vec<Value> =
        desk.read("rejects.ndjson").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let noun = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let sum = format!(
        "{} = {} + {}",
        noun(verdicts + rejects.len(), "record"),
        noun(verdicts, "verdict"),
        noun(rejects.len(), "fault")
    );
    assert!(talk(&done).contains(&sum), "{sum}\n{}", talk(&done));
    (verdicts, rejects)
}

#[test]
fn a_last_line_that_breaks_off_is_a_fault() {
    let desk = Desk::new();
    desk.write("leads.ndjson", format!("{GOOD}\n{{\"id\":\"x\",\"sco"));
    let (verdicts, rejects) = run(&desk, "leads.ndjson", true);
    assert_eq!((verdicts, rejects.len()), (1, 1));
    desk.write("leads.ndjson", format!("\u{feff}{GOOD}\n{GOOD}"));
    assert_eq!(run(&desk, "leads.ndjson", false).0, 2);
}

#[test]
fn wrong_rows_of_a_table_are_faults() {
    let desk = Desk::new();
    desk.write("leads.csv", "\u{feff}id,score\r\n1,80\r\n2\r\n3,90,91\r\n4,high\r\n,70\r\n6,\"8\"\"0\"\r\n7,1\r\n");
    let (verdicts, rejects) = run(&desk, "leads.csv", true);
    let told: Vec<_> =
        rejects.iter().map(|reject| (reject["line"].as_u64().unwrap(), reject["code"].as_str().unwrap())).collect();
    let expected =
        [(3, "ragged-row"), (4, "ragged-row"), (5, "wrong-type"), (6, "required-field-missing"), (7, "wrong-type")];
    assert_eq!((verdicts, told.as_slice()), (2, expected.as_slice()));
}

#[test]
fn an_empty_file_has_no_records_and_a_missing_one_ends_the_run_before_it_begins() {
    let desk = Desk::new();
    desk.write("empty.ndjson", "");
    desk.write("empty.csv", "");
    desk.write("leads.ndjson", GOOD);
    assert_eq!(run(&desk, "empty.ndjson empty.csv", false).0, 0);
    for absent in ["nowhere.ndjson", "."] {
        let done = desk.run(&format!("run lead.rules leads.ndjson {absent} --out new.ndjson"));
        assert_eq!((done.status.code(), desk.names().contains(&"new.ndjson".to_owned())), (Some(2), false));
    }
}

/// Packs records and cuts the end off.
fn cut_off(ending: &str, lines: &str) -> Vec<u8> {
    let mut packed = match ending {
        "gz" => {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(lines.as_bytes()).unwrap();
            gzip.finish().unwrap()
        }
        _ => zstd::encode_all(lines.as_bytes(), 1).unwrap(),
    };
    packed.truncate(packed.len() / 2);
    packed
}

#[test]
fn a_packed_file_that_is_cut_off_is_decided_as_far_as_it_goes() {
    let lines: String =
        (0..50_000).map(|number| format!("{{\"id\":\"{number}\",\"score\":{}}}\n", number % 100)).collect();
    for ending in ["gz", "zst"] {
        let desk = Desk::new();
        let cut = format!("cut.ndjson.{ending}");
        desk.write(&cut, cut_off(ending, &lines));
        desk.write("leads.ndjson", GOOD);
        let options = "--out verdicts.ndjson --rejects rejects.ndjson";
        let done = desk.run(&format!("run lead.rules {cut} leads.ndjson {options}"));
        assert_eq!(done.status.code(), Some(1));

        let (verdicts, rejects) = (desk.read("verdicts.ndjson"), desk.read("rejects.ndjson"));
        let decided: Vec<&str> = verdicts.lines().collect();
        assert!(decided.len() > 1000 && decided.len() < 50_000, "{} verdicts", decided.len());
        for (number, verdict) in decided.iter().enumerate().take(decided.len() - 1) {
            assert!(verdict.starts_with(&format!("{{\"record\":\"{number}\",")), "{verdict}");
        }
        assert!(decided.last().unwrap().starts_with("{\"record\":\"good\","));

        // All before the break, and the record in which it is, if it is in one.
        assert!(rejects.lines().all(|reject| reject.contains("\"code\":\"truncated-record\"")), "{rejects}");
        let read = decided.len() - 1 + rejects.lines().count();
        let told = format!(
            "error: `{cut}` cannot be read to its end: it is cut off in the middle; {read} records of it were read, none \
             behind line {read}\nhelp: fetch the file again and run it whole: what follows in it has no verdict\n"
        );
        assert!(talk(&done).ends_with(&told), "{told}\n{}", talk(&done));
    }
}

#[test]
fn a_packed_file_that_is_damaged_is_told_apart_from_one_that_is_cut_off() {
    let desk = Desk::new();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(format!("{GOOD}\n").as_bytes()).unwrap();
    let mut packed = gzip.finish().unwrap();
    let sum = packed.len() - 8;
    packed[sum] ^= 1;
    desk.write("leads.ndjson.gz", packed);
    let done = desk.run("run lead.rules leads.ndjson.gz --out verdicts.ndjson");
    assert_eq!((done.status.code(), desk.read("verdicts.ndjson").lines().count()), (Some(1), 1));
    assert!(talk(&done).contains("cannot be read to its end: it is damaged"), "{}", talk(&done));
    assert!(talk(&done).contains("; 1 record of it was read, none behind line 1\n"), "{}", talk(&done));
}
