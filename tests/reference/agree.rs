//! Whether what was decided in earnest is what the reference says.

use serde_json::Value as Json;

use super::Outcome;
use super::verdict::WAITS;

/// Faults of what is around a record, of which the reference knows nothing: it is given what was read.
const OF_THE_READER: [(&str, &str); 2] = [
    ("duplicate-key", "JSON that has been read has each key once"),
    ("wrong-envelope", "an envelope is opened before a record is decided"),
];

/// Whether a line of rejects tells of what is around a record and not of the record.
pub fn is_of_the_reader(shown: &Json) -> bool {
    let code = shown.get("code").and_then(Json::as_str);
    OF_THE_READER.iter().any(|(known, _)| code == Some(known))
}

/// Compares an outcome with a line of verdicts, or of rejects, that was read [exactly](super::exact).
///
/// Left out of account are what the record is called and how its verdict came about; the order of what was lost, of which the
/// guide says nothing; and where several members of a team would be right, which of them it is.
///
/// # Errors
///
/// They say different things; both are told.
pub fn agrees(said: &Outcome, shown: &Json) -> Result<(), String> {
    let alike = match said {
        Outcome::Verdict(verdict) => comparable(&told(verdict, shown.get("trace").is_some())) == comparable(shown),
        Outcome::Fault { code, field } => {
            let text = |key| shown.get(key).and_then(Json::as_str);
            let shown = text("field").map(|field| field.strip_prefix("after.").unwrap_or(field));
            text("code") == Some(code) && shown == field.as_deref()
        }
    };
    let said = || match said {
        Outcome::Verdict(verdict) => verdict.to_string(),
        Outcome::Fault { code, field } => format!("{code} {}", field.as_deref().unwrap_or_default()),
    };
    if alike { Ok(()) } else { Err(format!("the reference says\n  {}\nand not\n  {shown}", said())) }
}

/// What a verdict with a trace, or without one, says of the sets that did not run.
fn told(verdict: &Json, traced: bool) -> Json {
    let mut verdict = verdict.clone();
    let sets = verdict.get_mut("not_run").and_then(Json::as_array_mut);
    let none_left = sets.is_some_and(|sets| {
        sets.retain(|set| traced || set.get(WAITS) != Some(&Json::Bool(true)));
        sets.iter_mut().filter_map(Json::as_object_mut).for_each(|set| drop(set.remove(WAITS)));
        sets.is_empty()
    });
    if let (true, Some(members)) = (none_left, verdict.as_object_mut()) {
        members.remove("not_run");
    }
    verdict
}

fn comparable(verdict: &Json) -> Json {
    let mut verdict = verdict.clone();
    if let Some(members) = verdict.as_object_mut() {
        members.retain(|key, _| key != "record" && key != "trace");
    }
    if let Some(lost) = verdict.get_mut("lost").and_then(Json::as_array_mut) {
        lost.sort_by_key(Json::to_string);
    }
    verdict
}
