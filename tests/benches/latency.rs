//! How long one record takes through the door for programs that embed Rulebook: from the bytes of its JSON to those of its
//! verdict, one record at a time, as a service sees it.
//!
//! ```sh
//! cargo run --release -p rulebook-tests --example latency -- PROGRAM RECORDS.ndjson
//! ```
//!
//! PROGRAM is what `rulebook build` has written.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement tells what it has found, or that it cannot"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use engine::{Decider, Engine, Settings};

/// How many records are decided before any is timed, and how many are timed.
const WARM_UP: usize = 100_000;
const TIMED: usize = 1_000_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (program, data) = (arguments.next().expect("a program"), arguments.next().expect("records"));
    let program = std::fs::read(program).expect("a readable program");
    let text = std::fs::read_to_string(data).expect("readable records");
    let records: Vec<&[u8]> = text.lines().map(str::as_bytes).collect();

    let (engine, loaded) = timed(|| Engine::load(&program).expect("a program that can be used"));
    let settings = Settings::at("2026-01-01T00:00:00Z".parse().expect("an instant"));
    let (mut decider, prepared) = timed(|| engine.decider(&settings).expect("one decision"));
    println!("load {loaded:.1?}, decider {prepared:.1?}");

    let records = || records.iter().cycle();
    records().take(WARM_UP).for_each(|record| decide(&mut decider, record));
    let timed = records().take(TIMED).map(|record| timed(|| decide(&mut decider, record)).1);
    let mut times: Vec<Duration> = timed.collect();
    times.sort_unstable();
    let at = |share: f64| times.get((share * times.len() as f64) as usize).copied().unwrap_or_default();
    println!("p50 {:.2?}, p90 {:.2?}, p99 {:.2?}, p99.9 {:.2?}", at(0.5), at(0.9), at(0.99), at(0.999));
}

fn decide(decider: &mut Decider, record: &[u8]) {
    if let Ok(mut decided) = decider.json(record) {
        black_box(decided.to_json());
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    (work(), begun.elapsed())
}
