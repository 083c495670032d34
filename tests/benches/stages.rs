//! What each station costs by itself: reading records, planning rules, deciding, writing verdicts. One thread.

#![expect(clippy::expect_used, reason = "a bench without its data has nothing to say")]

use std::hint::black_box;
use std::io::Cursor;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use records::write::{self, CsvTable};
use records::{Format, Reader, Source};
use semantics::typed::Rulebook;
use values::Clock;
use vm::{Machine, Options, Record, Verdict, Verified};

#[path = "leads.rs"]
mod leads;
#[path = "rulesets.rs"]
mod rulesets;

/// How many leads one pass is over.
const LEADS: u64 = 10_000;

const TEN: &str = include_str!("ten.rules");

/// From the text of a record to the values that ten rules ask for.
fn read(criterion: &mut Criterion) {
    let program = compiled(&checked(TEN));
    let (lines, table) = (lines(), table());
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Elements(LEADS));
    for (name, text, format) in [("NDJSON", &lines, Format::Ndjson), ("CSV", &table, Format::Csv)] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| reader(&program, text, format).for_each(|it| drop(black_box(it))));
        });
    }
    group.finish();
}

/// From checked rules to a program.
fn plan(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("plan");
    group.sample_size(10);
    for (name, rules) in rulesets::OVER_LEADS {
        let rulebook = checked(&rules(1_000));
        group.bench_function(format!("1,000 {name}"), |bencher| {
            bencher.iter(|| drop(black_box(compiler::compile(&rulebook))));
        });
    }
    group.finish();
}

/// From the values of a record to its verdict.
fn decide(criterion: &mut Criterion) {
    let territories = rulesets::OVER_LEADS.iter().find(|(name, _)| *name == "territories").expect("territories");
    let mut group = criterion.benchmark_group("decide");
    group.throughput(Throughput::Elements(LEADS));
    for (name, rules) in [("ten", TEN.to_owned()), ("1,000 territories", (territories.1)(1_000))] {
        let program = compiled(&checked(&rules));
        let records = records(&program);
        for (told, by_missing) in [("", false), (", and missing data", true)] {
            let mut machine = machine(&program, by_missing);
            let mut verdict = Verdict::default();
            group.bench_function(format!("{name}{told}"), |bencher| {
                bencher
                    .iter(|| records.iter().for_each(|record| drop(black_box(machine.run_into(record, &mut verdict)))));
            });
        }
    }
    group.finish();
}

/// From a verdict to its text.
fn write(criterion: &mut Criterion) {
    let program = compiled(&checked(TEN));
    let mut machine = machine(&program, false);
    let verdicts: Vec<Verdict> =
        records(&program).iter().map(|record| machine.run(record).expect("a verdict")).collect();
    let clock = clock();
    let run = write::Run::new(&program, program.decisions.first().expect("one decision"), &clock);
    let table = CsvTable::new(run.clone());
    let mut group = criterion.benchmark_group("write");
    group.throughput(Throughput::Elements(LEADS));
    group.bench_function("NDJSON", |bencher| {
        let mut text = String::new();
        bencher.iter(|| {
            text.clear();
            verdicts.iter().for_each(|verdict| write::ndjson(&mut text, &run, "L1", verdict));
            black_box(text.len())
        });
    });
    group.bench_function("CSV", |bencher| {
        bencher.iter(|| {
            let mut rows = table.rows();
            verdicts.iter().for_each(|verdict| rows.push("L1", verdict));
            black_box(rows.finish())
        });
    });
    group.finish();
}

fn clock() -> Clock {
    Clock::new("2026-01-01T00:00:00Z".parse().expect("an instant"), jiff::tz::TimeZone::UTC)
}

fn machine(program: &Verified, by_missing: bool) -> Machine {
    let options = Options { values: false, by_missing, trace: false };
    Machine::new(program, 0, clock(), options).expect("one decision")
}

fn checked(rules: &str) -> std::sync::Arc<Rulebook> {
    let mut project = semantics::Project::new();
    project.set_file("bench.rules", rules);
    project.rulebook().expect("rules without errors")
}

fn compiled(rulebook: &Rulebook) -> Verified {
    vm::verify(compiler::compile(rulebook)).expect("a program that verifies")
}

fn lines() -> String {
    (0..LEADS).map(|number| leads::lead(number) + "\n").collect()
}

/// The leads as CSV: lists with semicolons, texts in quotes.
fn table() -> String {
    let mut table = String::new();
    for (place, lead) in (0..LEADS).map(leads::lead).enumerate() {
        let lead: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&lead).expect("an object");
        if place == 0 {
            table += &lead.keys().map(String::as_str).collect::<Vec<_>>().join(",");
            table.push('\n');
        }
        let cell = |value: &serde_json::Value| match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::Array(all) => all.iter().filter_map(|it| it.as_str()).collect::<Vec<_>>().join(";"),
            value => value.to_string(),
        };
        table += &lead.values().map(cell).collect::<Vec<_>>().join(",");
        table.push('\n');
    }
    table
}

fn reader(program: &Verified, text: &str, format: Format) -> Reader {
    let source = Source::read("leads", Cursor::new(text.to_owned().into_bytes()), Some(format)).expect("leads");
    let decision = program.decisions.first().expect("one decision");
    Reader::new(source, decision, records::Options::default()).expect("readable leads")
}

fn records(program: &Verified) -> Vec<Record> {
    let text = lines();
    let reader = reader(program, &text, Format::Ndjson);
    reader.map(|read| read.expect("a whole source").expect("a conforming lead").record).collect()
}

criterion_group!(benches, read, plan, decide, write);
criterion_main!(benches);
