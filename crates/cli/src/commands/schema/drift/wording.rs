//! How questions and values are told.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use records::survey::Surveyed;
use values::probe::{Probe, Standing};
use values::{Duration, Value};

use crate::report::counted;
use crate::table::harmless;

/// How many values are told.
const TOLD: usize = 5;

/// A question as rules ask it: `is "DE"`, `> 70`, `starts with "GTX"`.
pub(super) fn probe(probe: &Probe) -> String {
    match probe {
        Probe::Equal { value, .. } => format!("is {}", written(value)),
        Probe::Search { place, part, .. } => {
            let words = match place {
                Standing::Anywhere => "contains",
                Standing::Word => "contains word",
                Standing::Start => "starts with",
                Standing::End => "ends with",
            };
            format!("{words} \"{}\"", harmless(part))
        }
        Probe::Matches(pattern) => format!("matches /{}/", harmless(pattern.source())),
        Probe::Ordered { than, less, equal } => {
            let sign = match (less, equal) {
                (true, false) => "<",
                (true, true) => "<=",
                (false, false) => ">",
                (false, true) => ">=",
            };
            format!("{sign} {}", written(than))
        }
        Probe::Between { low, high, exclusive } => {
            format!("in {}{}{}", written(low), if *exclusive { "..<" } else { ".." }, written(high))
        }
    }
}

/// Just the constant of a question.
pub(super) fn constant(probe: &Probe) -> String {
    match probe {
        Probe::Equal { value, .. } => written(value),
        Probe::Search { part, .. } => format!("\"{}\"", harmless(part)),
        other => self::probe(other),
    }
}

/// That a question holds for no value of a field, or for each.
pub(super) fn sentence(probe: &Probe, field: &str, held: u64) -> String {
    match (probe, held) {
        (Probe::Equal { value, .. }, 0) => format!("{} never occurs in `{field}`", written(value)),
        (probe, 0) => format!("`{field} {}` never holds", self::probe(probe)),
        (probe, _) => format!("`{field} {}` holds for each of its values", self::probe(probe)),
    }
}

/// A value as rules write it.
fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("\"{}\"", harmless(text)),
        Value::Truth(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Date(date) => date.to_string(),
        Value::DateTime(instant) => instant.to_string(),
        Value::Duration(duration @ (Duration::Exact(_) | Duration::Months(_))) => duration.to_string(),
        _ => "…".to_owned(),
    }
}

/// The least and the greatest value of a field.
pub(super) fn range(seen: &Surveyed) -> Option<String> {
    seen.range.as_ref().map(|(least, most)| format!("{} to {}", written(least), written(most)))
}

/// A few of the values that are there.
pub(super) fn some_values(seen: &Surveyed) -> String {
    let counts = counts(&seen.values);
    if counts.is_empty() { String::new() } else { format!("; the data has {}", counts.join(", ")) }
}

/// The most frequent texts with their counts.
pub(super) fn counts(values: &BTreeMap<String, u64>) -> Vec<String> {
    let mut counts: Vec<(&String, &u64)> = values.iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(**count));
    let mut told: Vec<String> =
        counts.iter().take(TOLD).map(|(text, count)| format!("\"{}\" ({count})", harmless(text))).collect();
    if counts.len() > TOLD {
        told.push(format!("and {}", counted((counts.len() - TOLD) as u64, "more value")));
    }
    told
}
