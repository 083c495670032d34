//! Traces for people: a block for each record, a line for each rule, and below it one for each single condition.
//!
//! ```text
//! L1: team enterprise_sales, 2026-11-20 13:00
//!   ✓ Hot enterprise leads                  routing.rules:20
//!       ✓ lead.is_enterprise                is_enterprise true
//!       ✓ lead.score > 70                   score 82
//! ```

use std::fmt::Write as _;

use records::write::{Run, ndjson};
use serde::Deserialize;
use serde_json::{Map, Value};
use vm::Verdict;

use crate::table::{harmless, words};

/// Where the second column begins, unless the first is longer.
const COLUMN: usize = 48;

/// What an outline shows of the JSON of a verdict.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Traced {
    trace: Rules,
    not_run: Vec<NotRun>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Rules {
    rules: Vec<Rule>,
    values: Map<String, Value>,
    results: Map<String, Value>,
}

/// A set that did not run.
#[derive(Deserialize)]
struct NotRun {
    set: String,
    because: String,
}

#[derive(Deserialize)]
struct Rule {
    rule: String,
    at: String,
    #[serde(flatten)]
    outcome: Outcome,
    #[serde(default)]
    conditions: Vec<Condition>,
}

#[derive(Deserialize)]
struct Condition {
    text: String,
    #[serde(flatten)]
    outcome: Outcome,
    #[serde(default)]
    read: Map<String, Value>,
}

/// A line of a derived value that counted.
#[derive(Deserialize)]
struct Line {
    text: String,
    gives: Option<Value>,
    fault: Option<String>,
}

/// Whether it held, or why that could not be told.
#[derive(Deserialize)]
struct Outcome {
    holds: Option<bool>,
    fault: Option<String>,
}

/// The outline of a verdict; `summary` says in a few words what was decided.
pub(crate) fn outline(run: &Run<'_>, label: &str, summary: &str, verdict: &Verdict) -> String {
    let mut json = String::new();
    ndjson(&mut json, run, label, verdict);
    // What was written reads again.
    let traced: Traced = serde_json::from_str(&json).unwrap_or_default();
    let mut text = format!("{}: {summary}\n", harmless(label));
    for rule in traced.trace.rules {
        let at = if rule.rule == rule.at { String::new() } else { rule.at };
        line(&mut text, 2, rule.outcome.sign(), &rule.rule, &rule.outcome.with_fault(at));
        for condition in rule.conditions {
            let read: Vec<String> =
                condition.read.iter().map(|(name, value)| format!("{name} {}", words(value))).collect();
            let words = condition.text.split_whitespace().collect::<Vec<_>>().join(" ");
            line(&mut text, 6, condition.outcome.sign(), &words, &condition.outcome.with_fault(read.join(", ")));
        }
    }
    for set in traced.not_run {
        line(&mut text, 2, '–', &set.set, &set.because);
    }
    for (name, result) in &traced.trace.results {
        line(&mut text, 2, '=', name, &words(result));
        let lines = traced.trace.values.get(name).cloned().unwrap_or_default();
        for counted in serde_json::from_value::<Vec<Line>>(lines).unwrap_or_default() {
            let gives = counted.gives.as_ref().map(words).or(counted.fault).unwrap_or_default();
            line(&mut text, 6, '+', &counted.text, &gives);
        }
    }
    text.push('\n');
    text
}

fn line(text: &mut String, indent: usize, sign: char, left: &str, right: &str) {
    let left = format!("{:indent$}{sign} {}", "", harmless(left));
    let line = format!("{left:<COLUMN$}  {}", harmless(right));
    // Writing to a string does not fail.
    let _ = writeln!(text, "{}", line.trim_end());
}

impl Outcome {
    const fn sign(&self) -> char {
        match self.holds {
            Some(true) => '✓',
            Some(false) => '✗',
            None => '!',
        }
    }

    fn with_fault(&self, text: String) -> String {
        match &self.fault {
            Some(fault) => format!("{text} ({fault})"),
            None => text,
        }
    }
}
