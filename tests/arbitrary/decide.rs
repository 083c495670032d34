//! Decides made-up records with any program.

use std::io::Cursor;
use std::sync::Arc;

use records::write::{self, CsvTable, Run};
use records::{Envelopes, Format, Joined, Options, Reader, Source, SourceError};
use serde_json::{Map, Value as Json, json};
use values::{Clock, Text, Type};
use vm::choose::Standings;
use vm::program::Decision;
use vm::{Chooser, Machine, Verified};

use super::{NOW, limits};

/// How many records are made up for a decision.
const RECORDS: usize = 6;

/// All that a program decides about made-up records, as it is written: verdicts and rejects, a line each.
pub(super) fn verdicts(program: &Verified, options: vm::Options) -> String {
    let mut out = String::new();
    for (place, decision) in program.decisions.iter().enumerate() {
        let lines: String = (0..RECORDS).map(|number| format!("{}\n", made_up(decision, number))).collect();
        // Where the program names no sound way to read its records, that is an answer too.
        drop(decide(program, place, &lines, options, false, &mut out));
        drop(decide(program, place, &envelopes(decision), options, true, &mut out));
    }
    out
}

/// Decides lines of records, in envelopes or not.
fn decide(
    program: &Verified,
    place: usize,
    lines: &str,
    options: vm::Options,
    events: bool,
    out: &mut String,
) -> Result<(), SourceError> {
    let decision = &program.decisions[place];
    let clock = Clock { limits: limits(), ..program.clock(NOW.parse().expect("a moment")) };
    let mut reading = Options { zone: clock.zone.clone(), limits: limits(), ..Options::default() };
    let source = |name: &str| Source::read(name, Cursor::new(lines.to_owned()), Some(Format::Ndjson));
    reading.envelopes = events.then(|| Envelopes::of(decision, true));
    reading.joined = Some(Arc::new(Joined::read(decision.into(), |record| source(record), &reading)?));
    let mut reader = Reader::new(source("records")?, decision, reading)?;
    let mut machine = Machine::new(program, place, clock.clone(), options).expect("there is such a decision");
    let mut chooser = Chooser::new(program, Standings::default());
    let run = Run::new(program, decision, &clock);
    let table = CsvTable::new(run.clone());
    let mut rows = table.rows();
    while let Some(read) = reader.next() {
        match read? {
            Err(rejected) => write::rejected(out, &rejected),
            Ok(input) => match machine.run(&input.record) {
                Err(fault) => write::rejected(out, &reader.undecided(&input, decision, &fault)),
                Ok(mut verdict) => {
                    chooser.choose(&program.targets, &clock, &mut verdict);
                    let label = reader.label(&input);
                    rows.push(&label, &verdict);
                    write::ndjson(out, &run, &label, &verdict);
                }
            },
        }
    }
    drop(rows.finish());
    Ok(())
}

/// A record in which every field that a decision asks for has a value that fits; number 0 has none at all. The records
/// that references lead to are the same ones.
fn made_up(decision: &Decision, number: usize) -> Json {
    let mut record = Map::new();
    if number > 0 {
        let keys = decision.joins.iter().map(|join| &join.key);
        for field in decision.fields.iter().chain(keys) {
            put(&mut record, &field.source, fitting(&field.ty, number, decision));
        }
    }
    Json::Object(record)
}

/// The same records as they change, each from the one before it.
fn envelopes(decision: &Decision) -> String {
    let mut actor = Map::new();
    decision.actor.iter().for_each(|field| put(&mut actor, &field.source, fitting(&field.ty, 1, decision)));
    let changes = (1..RECORDS).map(|number| {
        let kind = ["created", "updated", "deleted", "closed"][number % 4];
        let (before, after) = (made_up(decision, number - 1), made_up(decision, number));
        json!({"event": kind, "time": "2026-11-01T08:00:00Z", "actor": actor, "before": before, "after": after})
    });
    changes.map(|change| format!("{change}\n")).collect()
}

/// Puts a value at the end of a path of keys.
fn put(record: &mut Map<String, Json>, source: &[Text], value: Json) {
    match source {
        [] => {}
        [key] => drop(record.entry(key.to_string()).or_insert(value)),
        [key, rest @ ..] => {
            let inner = record.entry(key.to_string()).or_insert_with(|| json!({}));
            if let Json::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// A value of a type, another for each number.
fn fitting(ty: &Type, number: usize, decision: &Decision) -> Json {
    let one = |values: &[&str]| json!(values[number % values.len()]);
    match ty {
        Type::Truth => json!(number.is_multiple_of(2)),
        Type::Number => json!([71, 0, -3, 9_000_000_000_i64][number % 4]),
        Type::Money(currency) => json!({"amount": number * 40, "currency": currency.map_or("EUR", |it| it.code())}),
        Type::OneOf(labels) => labels.get(number % labels.len().max(1)).map_or(Json::Null, |label| json!(&**label)),
        Type::Date => one(&["2026-11-20", "2024-02-29", "9999-12-31", "0001-01-01"]),
        Type::DateTime => one(&["2026-11-20T09:00Z", "2026-03-29T02:30", "9999-12-30T00:00Z", "0001-01-02T00:00Z"]),
        Type::Duration | Type::AnchoredDuration => one(&["2d", "1h", "3mo"]),
        Type::Text | Type::ExactText | Type::User | Type::Team | Type::Queue => {
            one(&["ana", "DE", "", "ana@example.com", "Some longer text, with ä and 7"])
        }
        Type::List(of) => match &**of {
            Type::Record(_) => json!([item(decision, number), null, item(decision, number + 1)]),
            of => json!([fitting(of, number, decision), fitting(of, number + 1, decision)]),
        },
        Type::Record(_) => json!({}),
    }
}

/// An item of any list of records: it has the fields of all of them, and no list of records inside.
fn item(decision: &Decision, number: usize) -> Json {
    let mut item = Map::new();
    for items in &decision.items {
        for field in &items.fields {
            let is_list = matches!(&field.ty, Type::List(of) if matches!(**of, Type::Record(_)));
            let value = if is_list { json!([]) } else { fitting(&field.ty, number, decision) };
            put(&mut item, &field.source, value);
        }
    }
    Json::Object(item)
}
