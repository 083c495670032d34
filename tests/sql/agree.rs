//! Whether SQL and the machine say the same of a record.

use jiff::tz::TimeZone;
use rusqlite::types::Value;
use serde_json::Value as Json;

use super::column::Kind;
use super::record::kept;
use super::translate::{Part, Translation};

/// Compares what SQL says of a record with the line that was written of it, read [exactly](crate::reference::exact).
///
/// # Errors
///
/// They say different things; the first of them is told.
pub fn agrees(translation: &Translation, said: &[Value], shown: &Json) -> Result<(), String> {
    let several = translation
        .parts
        .iter()
        .zip(said)
        .any(|((part, _), value)| matches!(part, Part::Several) && *value == Value::Integer(1));
    if several || shown.get("fired").is_none() {
        let code = shown.get("code").and_then(Json::as_str);
        let same = several && code == Some("several-matches");
        return if same { Ok(()) } else { Err(format!("SQL says {}, and the machine {shown}", told(several))) };
    }
    let mut is_set = true;
    for ((part, kind), value) in translation.parts.iter().zip(said) {
        if let Part::IsSet(_) = part {
            is_set = *value == Value::Integer(1);
        }
        if matches!(part, Part::Set(_)) && !is_set {
            continue;
        }
        let shown = part.shown(shown, kind, &translation.zone);
        if shown.as_ref() != Some(value) {
            return Err(format!("of {part:?} SQL says {value:?}, and the machine {shown:?}"));
        }
    }
    Ok(())
}

const fn told(several: bool) -> &'static str {
    if several { "that several rules hold" } else { "a verdict" }
}

impl Part {
    /// The part of a verdict, as SQLite would keep it.
    fn shown(&self, verdict: &Json, kind: &Kind, zone: &TimeZone) -> Option<Value> {
        let text = |key: &str| Some(verdict.get(key)?.as_str()?.to_owned());
        match self {
            Self::Value(name) => kept(verdict.get("values")?.get(name)?, kind, zone),
            Self::Fired(set, rule) => {
                let is_it = |fired: &&Json| fired["set"] == set.as_str() && fired["rule"] == rule.as_str();
                let fired = verdict.get("fired")?.as_array()?.iter().filter(is_it).count();
                i64::try_from(fired).ok().map(Value::Integer)
            }
            Self::Several => Some(Value::Integer(0)),
            Self::Assign => Some(verdict.get("assign").map_or(Value::Null, |assign| Value::Text(assign.to_string()))),
            Self::IsSet(field) => {
                let is_set = verdict.get("set").is_some_and(|set| set.get(field).is_some());
                Some(Value::Integer(is_set.into()))
            }
            Self::Set(field) => kept(verdict.get("set")?.get(field)?, kind, zone),
            Self::Outcome => Some(text("outcome").map_or(Value::Null, Value::Text)),
        }
    }
}
