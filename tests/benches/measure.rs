//! What a rulebook costs from its text to its verdicts, stage by stage, on one thread: for a look at any rules and records.
//!
//! ```sh
//! cargo run --release -p rulebook-tests --example measure -- RULES RECORDS.ndjson
//! ```

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement tells what it has found, or that it cannot"
)]

use std::fs::File;
use std::hint::black_box;
use std::time::{Duration, Instant};

use records::{Format, Reader, Source};
use values::Clock;
use vm::{Machine, Options, Record, Verified};

/// For how long records are decided over and over.
const LONG_ENOUGH: Duration = Duration::from_millis(1500);

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (rules, data) = (arguments.next().expect("rules"), arguments.next().expect("records"));
    let text = std::fs::read_to_string(rules).expect("readable rules");
    let (rulebook, checked) = timed(|| {
        let mut project = semantics::Project::new();
        project.set_file("measured.rules", text.as_str());
        project.rulebook().expect("rules without errors")
    });
    let (program, compiled) = timed(|| compiler::compile(&rulebook));
    let bytes = vm::file::save(&program);
    let (program, loaded) = timed(|| vm::file::load(&bytes).expect("a program that verifies"));
    let (machine, prepared) = timed(|| Machine::new(&program, 0, clock(), Options::default()));
    drop(machine);
    println!(
        "check {checked:.1?}, compile {compiled:.1?}, load {loaded:.1?} of {} bytes, prepare {prepared:.1?}",
        bytes.len()
    );
    let records = records(&program, &data);
    for (name, values, by_missing) in [("verdict only", false, false), ("and missing data", true, true)] {
        let options = Options { values, by_missing, ..Options::default() };
        let mut machine = Machine::new(&program, 0, clock(), options).expect("one decision");
        println!("{name}: {:.3} µs a record", evaluated(&mut machine, &records));
    }
}

/// Microseconds for a record: the least of several passes, which other work on the machine has disturbed least.
fn evaluated(machine: &mut Machine, records: &[Record]) -> f64 {
    let begun = Instant::now();
    let mut least = f64::INFINITY;
    while begun.elapsed() < LONG_ENOUGH || least.is_infinite() {
        let ((), pass) = timed(|| records.iter().for_each(|record| drop(black_box(machine.run(record)))));
        least = least.min(pass.as_secs_f64() * 1e6 / records.len() as f64);
    }
    least
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    (work(), begun.elapsed())
}

fn clock() -> Clock {
    Clock::new("2026-01-01T00:00:00Z".parse().expect("an instant"), jiff::tz::TimeZone::UTC)
}

fn records(program: &Verified, data: &str) -> Vec<Record> {
    let file = File::open(data).expect("readable records");
    let source = Source::read(data, file, Some(Format::Ndjson)).expect("records");
    let decision = program.decisions.first().expect("one decision");
    let reader = Reader::new(source, decision, records::Options::default()).expect("readable records");
    reader.filter_map(|read| Some(read.expect("a whole source").ok()?.record)).collect()
}
