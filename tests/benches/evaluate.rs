//! Deciding alone: records are in their slots, verdicts are dropped. Reading and writing are not measured here.

#![expect(clippy::expect_used, reason = "a bench without its data has nothing to say")]

use std::hint::black_box;
use std::io::Cursor;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use records::{Format, Reader, Source};
use values::Clock;
use vm::{Machine, Options, Record, Verified};

#[path = "leads.rs"]
mod leads;

/// How many leads one pass decides.
const LEADS: u64 = 10_000;

fn evaluate(criterion: &mut Criterion) {
    let program = program(include_str!("ten.rules"));
    let records = records(&program);
    let mut group = criterion.benchmark_group("evaluate");
    group.throughput(Throughput::Elements(LEADS));
    for (name, values, by_missing) in [("verdict only", false, false), ("and missing data", false, true)] {
        let options = Options { values, by_missing, ..Options::default() };
        let mut machine = Machine::new(&program, 0, clock(), options).expect("one decision");
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for record in &records {
                    black_box(machine.run(record).is_ok());
                }
            });
        });
    }
    group.finish();
}

fn clock() -> Clock {
    Clock::new("2026-01-01T00:00:00Z".parse().expect("an instant"), jiff::tz::TimeZone::UTC)
}

fn program(rules: &str) -> Verified {
    let mut project = semantics::Project::new();
    project.set_file("ten.rules", rules);
    let rulebook = project.rulebook().expect("rules without errors");
    vm::verify(compiler::compile(&rulebook)).expect("a program that verifies")
}

fn records(program: &Verified) -> Vec<Record> {
    let text: String = (0..LEADS).map(|number| leads::lead(number) + "\n").collect();
    let source = Source::read("leads", Cursor::new(text.into_bytes()), Some(Format::Ndjson)).expect("leads");
    let decision = program.decisions.first().expect("one decision");
    let reader = Reader::new(source, decision, records::Options::default()).expect("readable leads");
    reader.map(|read| read.expect("a whole source").expect("a conforming lead").record).collect()
}

criterion_group!(benches, evaluate);
criterion_main!(benches);
