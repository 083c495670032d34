//! Files of records.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::OnceLock;

use records::write::{self, Run};
use records::{Envelopes, Format, Options, Reader, Source, SourceError};
use semantics::Project;
use values::Clock;
use vm::program::Field;
use vm::{Machine, Verified};

use super::rules::{errors, shown};
use super::{NOW, limits};

/// Rules that ask for every kind of field.
const RULES: &str = r#"
record lead {
  id: text key
  name: text missing when "n/a"
  score: number default 7
  hot: true or false?
  stage: one of "new", "won"?
  day: date?
  at: datetime?
  length: duration?
  amount: money?
  tags: list of text?
  company: { employees: number? code: text exact? }?
  lines: list of line?
}
record line { sku: text  quantity: number?  at: datetime? }
rule "number" when lead.score > 70 or lead.company.employees > 10 then accept
rule "text" when lead.name contains "a" or lead.stage is "won" or lead.company.code is "DE" then set lead.name = upper(lead.name)
rule "time" when lead.at < now or lead.day > today or lead.length > 2d then set lead.day = lead.day + 1d
rule "money" when lead.amount > 5 EUR then set lead.amount = lead.amount * 2
rule "lists" when any(i in lead.lines where i.quantity > 1 and i.sku is "x") or lead.tags contains "b" then notify "boss@example.com" "{count(lead.tags)}"
rule "truth" when lead.hot then set lead.hot = not lead.hot
"#;

/// Records as NDJSON.
pub fn ndjson(bytes: &[u8]) {
    let outcomes = whole(bytes, Format::Ndjson);
    if let Ok(outcomes) = &outcomes
        && is_plain(bytes)
    {
        agrees_with_serde(bytes, outcomes);
    }
    // An array, or objects one after the other, are read from the same bytes.
    let _ = whole(bytes, Format::Json);
}

/// Records as CSV.
pub fn csv(bytes: &[u8]) {
    let _ = whole(bytes, Format::Csv);
    let _ = whole(bytes, Format::Tsv);
}

/// What becomes of each record, in words and whether it is good.
type Outcomes = Vec<(String, bool)>;

/// A file is read the same however it arrives, its records are decided, and what is inferred of them fits them.
fn whole(bytes: &[u8], format: Format) -> Result<Outcomes, SourceError> {
    let outcomes = read(Cursor::new(bytes.to_vec()), format);
    let dribbled = read(Dribble(Cursor::new(bytes.to_vec())), format);
    match (&outcomes, &dribbled) {
        (Ok(one), Ok(other)) => assert_eq!(one, other, "the way in which the bytes arrive counts"),
        (Err(_), Err(_)) => {}
        (one, other) => panic!("at once {:?}, bit by bit {:?}", one.is_ok(), other.is_ok()),
    }
    inferred(bytes, format);
    outcomes
}

fn program() -> &'static Verified {
    static PROGRAM: OnceLock<Verified> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut project = Project::new();
        project.set_file("a.rules", RULES);
        let rulebook = project.rulebook().expect("the rules have no error");
        vm::verify(compiler::compile(&rulebook)).expect("the program verifies")
    })
}

fn options() -> Options {
    Options { limits: limits::Limits { record_size: 1 << 16, ..limits() }, ..Options::default() }
}

/// Reads records, in envelopes or not, and decides them.
fn read(input: impl Read + Send + Clone + 'static, format: Format) -> Result<Outcomes, SourceError> {
    let program = program();
    let decision = &program.decisions[0];
    let clock = Clock { limits: limits(), ..program.clock(NOW.parse().expect("a moment")) };
    let mut machine = Machine::new(program, 0, clock.clone(), vm::Options::default()).expect("there is a decision");
    let run = Run::new(program, decision, &clock);
    let mut outcomes = Outcomes::new();
    if matches!(format, Format::Json | Format::Ndjson) {
        let events = Options { envelopes: Some(Envelopes::of(decision, true)), ..options() };
        Reader::new(Source::read("events", input.clone(), Some(format))?, decision, events)?.for_each(drop);
    }
    let mut reader = Reader::new(Source::read("records", input, Some(format))?, decision, options())?;
    let (mut number, mut line) = (0, 0);
    while let Some(read) = reader.next() {
        let (mut out, read) = (String::new(), read?);
        let is_good = read.is_ok();
        number += 1;
        let at = match read {
            Err(rejected) => {
                write::rejected(&mut out, &rejected);
                rejected.line
            }
            Ok(input) => {
                assert_eq!(input.number, number, "records are counted");
                match machine.run(&input.record) {
                    Ok(verdict) => write::ndjson(&mut out, &run, &reader.label(&input), &verdict),
                    Err(fault) => write::rejected(&mut out, &reader.undecided(&input, decision, &fault)),
                }
                input.line
            }
        };
        assert!(at >= line, "lines go forward");
        line = at;
        serde_json::from_str::<serde::de::IgnoredAny>(&out).expect("what is written is JSON");
        outcomes.push((out, is_good));
    }
    Ok(outcomes)
}

/// Bytes that arrive one, two, three… at a time.
#[derive(Clone)]
struct Dribble(Cursor<Vec<u8>>);

impl Read for Dribble {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = 1 + usize::try_from(self.0.position() % 7).unwrap_or(0);
        self.0.by_ref().take(most as u64).read(buffer)
    }
}

/// Whether bytes are neither packed nor begin with a byte order mark.
fn is_plain(bytes: &[u8]) -> bool {
    ![&[0x1f, 0x8b][..], &[0x28, 0xb5, 0x2f, 0xfd], &[0xef, 0xbb, 0xbf]].iter().any(|mark| bytes.starts_with(mark))
}

/// Each line that is not blank is a record, and good only if serde_json says that it is a JSON object.
fn agrees_with_serde(bytes: &[u8], outcomes: &Outcomes) {
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).collect();
    assert_eq!(lines.len(), outcomes.len(), "lines and records");
    for (line, (outcome, is_good)) in lines.iter().zip(outcomes) {
        let is_object = serde_json::from_slice::<BTreeMap<String, serde::de::IgnoredAny>>(line).is_ok();
        assert!(
            is_object || !is_good,
            "{}\nis no JSON object, and is read as {outcome}",
            String::from_utf8_lossy(line)
        );
    }
}

/// The block that is inferred has no error, and each record that could be looked at fits it.
fn inferred(bytes: &[u8], format: Format) {
    let source = || Source::read("records", Cursor::new(bytes.to_vec()), Some(format));
    let Ok(Ok(inferred)) = source().map(|source| records::infer(source, "lead", &options())) else { return };
    let mut project = Project::new();
    project.set_file("a.rules", &inferred.text);
    let findings = project.findings();
    shown(&findings, &inferred.text);
    let errors = errors(&findings);
    assert!(errors.is_empty(), "the block that is inferred has errors: {errors:?}\n{}", inferred.text);
    let types = project.record_types();
    let Some(lead) = types.iter().find(|ty| &*ty.name == "lead") else { return };
    let fields: Vec<Field> = lead.fields.iter().map(compiler::field).collect();
    let Ok(reader) = Reader::new(source().expect("it was read before"), fields.as_slice(), options()) else {
        return;
    };
    let (good, wrong): (Vec<_>, Vec<_>) = reader.map_while(Result::ok).partition(Result::is_ok);
    let fit = good.len() as u64 >= inferred.records - inferred.unreadable;
    assert!(fit, "of {} records do not fit: {wrong:?}\n{}", inferred.records, inferred.text);
}
