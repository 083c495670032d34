//! A second opinion: what a page shows as a verdict is what [`reference`] makes of the rules and the record, too.

use rulebook_tests::reference::{self, Outcome, Situation, Turns};
use semantics::typed::Rulebook;
use serde_json::Value as Json;

use crate::pipeline::Records;

/// Faults of what is around a record, of which the reference knows nothing: it is given what was read.
const OF_THE_READER: [(&str, &str); 2] = [
    ("duplicate-key", "JSON that has been read has each key once"),
    ("wrong-envelope", "an envelope is opened before a record is decided"),
];

/// Whether the reference agrees with the verdicts and faults of records, line by line.
pub(crate) fn agrees(rulebook: &Rulebook, records: &Records, now: &str, shown: &str) -> Result<(), String> {
    let of_type = records.of_type.as_deref().or_else(|| Some(&*rulebook.decisions.first()?.record));
    let of_type = of_type.ok_or("nothing is decided")?;
    let mut turns = Turns::default();
    let lines: Vec<&str> = records.text.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.len() != shown.lines().count() {
        return Err(format!("{} records and {} verdicts", lines.len(), shown.lines().count()));
    }
    for (line, shown) in lines.into_iter().zip(shown.lines()) {
        let shown = reference::exact(shown).map_err(|error| error.to_string())?;
        if OF_THE_READER.iter().any(|(code, _)| shown["code"] == *code) {
            continue;
        }
        let read = reference::exact(line).map_err(|error| format!("{line}: {error}"))?;
        let now = now.parse().map_err(|error| format!("`{now}`: {error}"))?;
        let (record, situation) = if records.events { opened(&read, now)? } else { (read, Situation::at(now)) };
        let outcome = reference::decide_next(rulebook, of_type, &record, &situation, &mut turns);
        is_alike(&outcome, &shown).map_err(|reason| format!("{line}\nthe reference disagrees: {reason}"))?;
        let holds = reference::holds(rulebook, of_type, &record, &situation);
        traced(&holds, &shown).map_err(|reason| format!("{line}\nthe reference disagrees: {reason}"))?;
    }
    Ok(())
}

/// The record in an envelope and what the envelope says of it.
fn opened(envelope: &Json, now: values::Instant) -> Result<(Json, Situation), String> {
    let there = |json: &Json| Some(json.clone()).filter(|json| !json.is_null());
    let (event, inner) = match envelope["type"].as_str() {
        Some(name) => (name.rsplit('.').next(), &envelope["data"]),
        None => (envelope["event"].as_str(), envelope),
    };
    let bare = inner.get("after").is_none() && inner.get("before").is_none();
    let after = if bare { there(inner) } else { there(&inner["after"]) };
    let before = there(&inner["before"]);
    let now = match envelope["time"].as_str() {
        Some(time) => time.parse().map_err(|error| format!("{time}: {error}"))?,
        None => now,
    };
    let record = after.or_else(|| before.clone()).ok_or("an envelope without a record")?;
    let actor = there(&inner["actor"]).or_else(|| there(&envelope["actor"]));
    Ok((record, Situation { now, event: event.map(str::to_owned), before, actor }))
}

/// Whether an outcome is what a line of verdicts or rejects says.
fn is_alike(outcome: &Outcome, shown: &Json) -> Result<(), String> {
    match outcome {
        Outcome::Fault { code, field } => {
            let wanted = (shown["code"].as_str(), shown["field"].as_str().map(|field| field.replace("after.", "")));
            let alike = wanted == (Some(code), field.clone());
            alike.then_some(()).ok_or_else(|| format!("{code} of {field:?}"))
        }
        Outcome::Verdict(verdict) => {
            let mut shown = shown.clone();
            if let Some(members) = shown.as_object_mut() {
                members.retain(|key, _| key != "record" && key != "trace");
            }
            if fits(verdict, &shown) { Ok(()) } else { Err(format!("\n  says {verdict}\n  and not {shown}")) }
        }
    }
}

/// Whether JSON is what the reference says; where it leaves a choice, one of what it lists.
fn fits(said: &Json, shown: &Json) -> bool {
    match (said, shown) {
        (Json::Object(said), shown) if said.contains_key("$one_of") => {
            said["$one_of"].as_array().is_some_and(|several| several.contains(shown))
        }
        (Json::Object(said), Json::Object(shown)) => {
            said.len() == shown.len()
                && said.iter().all(|(key, said)| shown.get(key).is_some_and(|shown| fits(said, shown)))
        }
        (Json::Array(said), Json::Array(shown)) => {
            said.len() == shown.len() && said.iter().zip(shown).all(|(said, shown)| fits(said, shown))
        }
        (said, shown) => said == shown,
    }
}

/// Whether each rule in a trace turned out as the reference says.
fn traced(holds: &[(String, String, Result<bool, String>)], shown: &Json) -> Result<(), String> {
    for rule in shown["trace"]["rules"].as_array().into_iter().flatten().filter(|rule| rule["rule"] != "otherwise") {
        let said = holds.iter().find(|(set, name, _)| rule["set"] == **set && rule["rule"] == **name);
        let outcome = match (rule["holds"].as_bool(), rule["fault"].as_str()) {
            (Some(holds), _) => Ok(holds),
            (_, fault) => Err(fault.unwrap_or_default().to_owned()),
        };
        if said.is_none_or(|(.., said)| *said != outcome) {
            return Err(format!("{said:?}, and not {rule}"));
        }
    }
    Ok(())
}
