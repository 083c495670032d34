//! Rule sets that are made to break a planner: they stay small, and decide as a plain reading of the rules does.

#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

use std::io::Cursor;

use records::{Format, Reader, Source};
use semantics::typed::Rulebook;
use values::Clock;
use vm::{Machine, Options, Record, Verified};

#[path = "../benches/leads.rs"]
mod leads;
#[path = "../benches/rulesets.rs"]
mod rulesets;

/// How many records each is tried on.
const RECORDS: u64 = 300;

/// Decides all records as planned and as written, and tells how many different verdicts there were and how much larger
/// the planned program is.
fn tried(rules: &str, record: fn(u64) -> String) -> (usize, f64) {
    let mut project = semantics::Project::new();
    project.set_file("attack.rules", rules);
    let rulebook: &Rulebook = &project.rulebook().unwrap();
    let sizes = [compiler::compile(rulebook), compiler::compile_unplanned(rulebook)].map(|program| {
        let size = vm::file::save(&program).len();
        (vm::verify(program).unwrap(), size)
    });
    let [(planned, large), (plain, small)] = sizes;
    let records = records(&plain, record);
    let decide = |program: &Verified| -> Vec<_> {
        let clock = Clock::new("2026-01-01T00:00:00Z".parse().unwrap(), jiff::tz::TimeZone::UTC);
        let mut machine = Machine::new(program, 0, clock, Options::default()).unwrap();
        records.iter().map(|record| machine.run(record)).collect()
    };
    let (found, expected) = (decide(&planned), decide(&plain));
    assert!(found == expected, "a plan decides otherwise than its rules");
    let mut fired: Vec<_> = found.into_iter().map(|verdict| verdict.unwrap().fired).collect();
    fired.sort();
    fired.dedup();
    (fired.len(), large as f64 / small as f64)
}

fn records(program: &Verified, record: fn(u64) -> String) -> Vec<Record> {
    let text: String = (0..RECORDS).map(|number| record(number) + "\n").collect();
    let source = Source::read("records", Cursor::new(text.into_bytes()), Some(Format::Ndjson)).unwrap();
    let reader = Reader::new(source, program.decisions.first().unwrap(), records::Options::default()).unwrap();
    reader.map(|read| read.unwrap().unwrap().record).collect()
}

fn over_wide(kind: &str, count: usize) -> (usize, f64) {
    let rules = rulesets::OVER_WIDE.iter().find(|(name, _)| *name == kind).unwrap().1;
    tried(&rules(count), rulesets::wide_record)
}

#[test]
fn rules_over_all_columns_decide_as_written() {
    let (outcomes, growth) = over_wide("all columns", 16);
    assert!(outcomes >= 1 && growth < 50.0, "{outcomes} {growth}");
}

#[test]
fn rules_made_to_explode_decide_as_written() {
    let (outcomes, growth) = over_wide("made to explode", 12);
    assert!(outcomes > 50 && growth < 50.0, "{outcomes} {growth}");
}

#[test]
fn overlapping_ranges_decide_as_written() {
    let (outcomes, growth) = over_wide("overlapping ranges", 1_000);
    assert!(outcomes > 20 && growth < 4.0, "{outcomes} {growth}");
}

#[test]
fn unfriendly_rules_decide_as_written() {
    for (kind, rules) in rulesets::OVER_LEADS {
        let (outcomes, growth) = tried(&rules(200), leads::lead);
        let least = if kind == "score" { 1 } else { 2 };
        assert!(outcomes >= least && growth < 20.0, "{kind}: {outcomes} {growth}");
    }
    let (outcomes, growth) = tried(&rulesets::lists(200), rulesets::order);
    assert!(outcomes > 2 && growth < 20.0, "lists: {outcomes} {growth}");
}
