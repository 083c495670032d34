//! A second opinion: what a page shows as a verdict is what [`reference`] makes of the rules and the record, too.

use std::collections::BTreeMap;

use rulebook_tests::reference::{self, Situation, Turns};
use semantics::typed::Rulebook;
use serde_json::Value as Json;

use crate::pipeline::Records;

/// Whether the reference agrees with the verdicts and faults of records, line by line, and with what their traces say of
/// each rule.
pub(crate) fn agrees(
    rulebook: &Rulebook,
    records: &Records,
    others: &BTreeMap<String, Vec<Json>>,
    now: &str,
    shown: &str,
) -> Result<(), String> {
    let of_type = records.of_type.as_deref().or_else(|| Some(&*rulebook.decisions.first()?.record));
    let of_type = of_type.ok_or("nothing is decided")?;
    let now = now.parse().map_err(|error| format!("`{now}`: {error}"))?;
    let mut turns = Turns::default();
    let lines: Vec<&str> = records.text.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.len() != shown.lines().count() {
        return Err(format!("{} records and {} verdicts", lines.len(), shown.lines().count()));
    }
    let mut disagreements = Vec::new();
    for (line, shown) in lines.into_iter().zip(shown.lines()) {
        let shown = reference::exact(shown).map_err(|error| error.to_string())?;
        if reference::is_of_the_reader(&shown) {
            continue;
        }
        let read = reference::exact(line).map_err(|error| format!("{line}: {error}"))?;
        let (record, situation) = if records.events {
            reference::opened(&read, now).ok_or_else(|| format!("{line}: there is no record in it"))?
        } else {
            (read, Situation::at(now))
        };
        let situation = Situation { others: others.clone(), ..situation };
        let outcome = reference::decide_next(rulebook, of_type, &record, &situation, &mut turns);
        let holds = reference::holds(rulebook, of_type, &record, &situation);
        let alike = reference::agrees(&outcome, &shown).and_then(|()| traced(&holds, &shown));
        disagreements.extend(alike.err().map(|reason| format!("{line}\n{reason}")));
    }
    if disagreements.is_empty() { Ok(()) } else { Err(disagreements.join("\n")) }
}

/// Whether each rule in a trace turned out as the reference says.
fn traced(holds: &[(String, String, Result<bool, String>)], shown: &Json) -> Result<(), String> {
    let rules = shown.pointer("/trace/rules").and_then(Json::as_array);
    for rule in rules.into_iter().flatten() {
        let text = |key: &str| rule.get(key).and_then(Json::as_str).unwrap_or_default();
        let (set, name) = (text("set"), text("rule"));
        let shown = rule.get("holds").and_then(Json::as_bool).ok_or_else(|| text("fault").to_owned());
        let said = holds.iter().find(|(known, rule, _)| known == set && rule == name);
        if name != "otherwise" && said.is_none_or(|(.., said)| *said != shown) {
            return Err(format!("the reference says of `{name}` {said:?}, and not {rule}"));
        }
    }
    Ok(())
}
