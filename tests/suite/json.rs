//! Records are JSON as RFC 8259 has it: whatever its grammar allows is read, whatever it does not allow is a fault. The
//! cases are our own, written from the grammar, section by section.
//!
//! A value is tried at each place where it can stand: in a field that rules ask for, in one that is passed over, and deeper
//! in one that is passed over; and each record in each form of file. Where a value stands may not matter.

mod accepted;
mod refused;

use std::io::Cursor;

use records::{Format, Options, Reader, Source};
use values::Type;
use vm::program::Field;

/// The field that rules ask for: anything may stand in it, for only its presence counts.
fn asked() -> Vec<Field> {
    vec![Field {
        name: "asked".into(),
        source: vec!["asked".into()],
        ty: Type::Record("lead.asked".into()),
        optional: true,
        default: None,
        sentinels: Vec::new(),
        key: false,
        inferred: true,
        through: None,
    }]
}

/// What becomes of each record of a file: nothing, or the code of its fault. None where the file as a whole is refused.
fn outcomes(bytes: &[u8], format: Format) -> Option<Vec<Option<&'static str>>> {
    let source = Source::read("leads", Cursor::new(bytes.to_vec()), Some(format)).ok()?;
    let reader = Reader::new(source, asked().as_slice(), Options::default()).ok()?;
    reader.map(|read| read.ok().map(|read| read.err().map(|rejected| rejected.code))).collect()
}

/// Whether a file that is to hold one record holds it and nothing that is wrong.
fn reads(record: &[u8], format: Format) -> bool {
    outcomes(record, format) == Some(vec![None])
}

/// Each record in which a value can stand, and where it stands there.
fn around(value: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let frames: [(&str, &str, &str); 5] = [
        ("asked for", r#"{"asked":"#, "}"),
        ("passed over", r#"{"other":"#, "}"),
        ("passed over in a list", r#"{"other":[0,"#, "]}"),
        ("passed over in a record", r#"{"other":{"inner":"#, r#","more":1}}"#),
        ("asked for in a list", r#"{"asked":[0,"#, "]}"),
    ];
    let framed =
        |(place, before, after): (_, &str, &str)| (place, [before.as_bytes(), value, after.as_bytes()].concat());
    frames.into_iter().map(framed).collect()
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(120).collect()
}

#[test]
fn what_the_grammar_allows_is_read() {
    for value in accepted::values() {
        for (place, record) in around(&value) {
            assert!(reads(&record, Format::Json), "{}, {place}", shown(&value));
            let one_line = !record.contains(&b'\n') && !record.contains(&b'\r');
            assert!(!one_line || reads(&record, Format::Ndjson), "{} on a line, {place}", shown(&value));
        }
    }
    for record in accepted::records() {
        assert!(reads(&record, Format::Json), "{}", shown(&record));
    }
}

#[test]
fn what_the_grammar_does_not_allow_is_a_fault() {
    for value in refused::values() {
        for (place, record) in around(&value) {
            assert!(!reads(&record, Format::Json), "{}, {place}", shown(&value));
            assert!(!reads(&record, Format::Ndjson), "{} on a line, {place}", shown(&value));
        }
    }
    for record in refused::records() {
        assert!(!reads(&record, Format::Json), "{}", shown(&record));
        assert!(!reads(&record, Format::Ndjson), "{} on a line", shown(&record));
    }
}

/// A wrong record costs itself only: those around it on their lines are read.
#[test]
fn what_is_refused_on_a_line_does_not_reach_its_neighbours() {
    let one_line = |record: &Vec<u8>| !record.contains(&b'\n') && !record.trim_ascii().is_empty();
    for record in refused::records().into_iter().filter(one_line) {
        let file = [&b"{\"asked\":1}"[..], &record, b"{\"asked\":2}", b""].join(&b'\n');
        let found = outcomes(&file, Format::Ndjson);
        let three = matches!(found.as_deref(), Some([None, Some(_), None]));
        assert!(three, "{}: {found:?}", shown(&record));
    }
}
