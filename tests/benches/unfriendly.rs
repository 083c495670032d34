//! How rules that are not kind to an index cost as there are more of them: a row for each kind, a column for each number.
//!
//! ```sh
//! cargo run --release -p rulebook-tests --example unfriendly -- 10 100 1000 10000
//! ```
//!
//! Each cell tells what a record costs, in µs, records being in their slots; and in brackets the ms that checking and
//! compiling the rules take, and the KB of the program. Where there is a dash, a limit on rules does not admit so many.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement tells what it has found, or that it cannot"
)]

use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};

use records::{Format, Reader, Source};
use values::Clock;
use vm::{Machine, Options, Record, Verdict, Verified};

#[path = "leads.rs"]
mod leads;
#[path = "rulesets.rs"]
mod rulesets;

/// How many records are decided over and over, and for how long at least.
const RECORDS: u64 = 500;
const LONG_ENOUGH: Duration = Duration::from_millis(300);

/// A kind of rules, and the records that they decide.
type Kind = (&'static str, fn(usize) -> String, fn(u64) -> String);

fn main() {
    let counts: Vec<usize> = std::env::args().skip(1).filter_map(|count| count.parse().ok()).collect();
    let over = |kinds: &[rulesets::Kind], record: fn(u64) -> String| -> Vec<Kind> {
        kinds.iter().map(|(name, rules)| (*name, *rules, record)).collect()
    };
    let kinds = [
        over(&rulesets::OVER_LEADS, leads::lead),
        over(&[("lists", rulesets::lists)], rulesets::order),
        over(&rulesets::OVER_WIDE, rulesets::wide_record),
    ];
    println!("| | {} |", counts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "));
    println!("|---|{}", "---|".repeat(counts.len()));
    for (name, rules, record) in kinds.concat() {
        let cells = counts.iter().map(|count| cell(&rules(*count), record).unwrap_or_else(|| "–".to_owned()));
        println!("| {name} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}

fn cell(rules: &str, record: fn(u64) -> String) -> Option<String> {
    let begun = Instant::now();
    let mut project = semantics::Project::new();
    project.set_file("measured.rules", rules);
    let rulebook = project.rulebook()?;
    let program = compiler::compile(&rulebook);
    let made = begun.elapsed();
    let size = vm::file::save(&program).len();
    let program = vm::verify(program).expect("a program that verifies");
    let cost = evaluated(&program, &records(&program, record));
    Some(format!("{cost:.2} ({:.0} ms, {} KB)", made.as_secs_f64() * 1e3, size.div_ceil(1024)))
}

/// Microseconds for a record: the least of several passes, which other work on the machine has disturbed least.
fn evaluated(program: &Verified, records: &[Record]) -> f64 {
    let clock = Clock::new("2026-01-01T00:00:00Z".parse().expect("an instant"), jiff::tz::TimeZone::UTC);
    let options = Options { values: false, by_missing: false, trace: false };
    let mut machine = Machine::new(program, 0, clock, options).expect("one decision");
    let (begun, mut least, mut verdict) = (Instant::now(), f64::INFINITY, Verdict::default());
    while begun.elapsed() < LONG_ENOUGH || least.is_infinite() {
        let pass = Instant::now();
        records.iter().for_each(|record| drop(black_box(machine.run_into(record, &mut verdict))));
        least = least.min(pass.elapsed().as_secs_f64() * 1e6 / records.len() as f64);
    }
    least
}

fn records(program: &Verified, record: fn(u64) -> String) -> Vec<Record> {
    let text: String = (0..RECORDS).map(|number| record(number) + "\n").collect();
    let source = Source::read("records", Cursor::new(text.into_bytes()), Some(Format::Ndjson)).expect("records");
    let decision = program.decisions.first().expect("one decision");
    let reader = Reader::new(source, decision, records::Options::default()).expect("readable records");
    reader.map(|read| read.expect("a whole source").expect("a conforming record").record).collect()
}
