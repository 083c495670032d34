//! An engine that threads share: each has a decider of its own. `cargo run -p rulebook-engine --example threads` runs it.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::thread;

use rulebook_engine::{Engine, Settings};

const RULES: &str = r#"
record lead {
  id: text key
  country: text?
  score: number?
}

rules "Routing" for lead, first match {
  rule "Hot"
    when lead.score > 70
    then assign team sales within 2h
  rule "German-speaking countries"
    when lead.country in "DE", "AT", "CH"
    then assign queue berlin
  otherwise assign queue triage
}
"#;

/// Records as they come in, each on the thread that received it.
const RECEIVED: [&[&str]; 2] = [
    &[r#"{"id": "L1", "country": "DE", "score": 40}"#, r#"{"id": "L2", "country": "US", "score": 82}"#],
    &[r#"{"id": "L3", "score": "very high"}"#, r#"{"id": "L4"}"#],
];

/// Decides all of it, and tells what came of each record.
pub fn main() -> Result<(), Box<dyn Error>> {
    let engine = Engine::compile("routing.rules", RULES)?;
    let settings = Settings::at("2026-11-20T09:00:00Z".parse()?);
    let told: Vec<Vec<String>> = thread::scope(|scope| {
        let decide = |records: &'static [&str]| {
            let mut decider = engine.decider(&settings)?;
            let told = records.iter().map(|record| match decider.json(record.as_bytes()) {
                Ok(decided) => format!("{} goes to {}", decided.record(), decided.assignee().unwrap_or("nobody")),
                Err(refused) => {
                    format!("{} cannot be decided: {refused}", refused.key.as_deref().unwrap_or("a record"))
                }
            });
            Ok::<_, rulebook_engine::Error>(told.collect())
        };
        let threads: Vec<_> = RECEIVED.iter().map(|records| scope.spawn(move || decide(records))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect::<Result<_, _>>()
    })?;
    told.concat().iter().for_each(|line| println!("{line}"));
    assert_eq!(
        told.concat(),
        [
            "L1 goes to berlin",
            "L2 goes to sales",
            "L3 cannot be decided: `score` must be a number",
            "L4 goes to triage"
        ]
    );
    Ok(())
}
