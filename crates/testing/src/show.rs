//! Values and people as rules write them, for messages.

use jiff::tz::TimeZone;
use values::{FaultCode, Value};
use vm::effect::TargetKind;

/// The longest value that is shown in full, in characters.
const LONGEST: usize = 80;

/// A value as a rule would write it.
pub(crate) fn value(value: &Value, zone: &TimeZone) -> String {
    match value {
        Value::Missing => "missing".to_owned(),
        Value::Truth(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Text(text) => format!("\"{}\"", shortened(text)),
        Value::Date(date) => date.to_string(),
        Value::DateTime(instant) => {
            let offset = zone.to_offset(*instant);
            if offset.is_zero() { instant.to_string() } else { instant.display_with_offset(offset).to_string() }
        }
        Value::Duration(duration) => duration.to_string(),
        Value::Record(_) => "{ … }".to_owned(),
        Value::List(members) => {
            let members: Vec<String> = members.iter().map(|member| self::value(member, zone)).collect();
            shortened(&format!("[{}]", members.join(", ")))
        }
    }
}

/// What a value turned out to be, or why there is none.
pub(crate) fn result(result: Result<&Value, FaultCode>, zone: &TimeZone) -> String {
    match result {
        Ok(value) => self::value(value, zone),
        Err(fault) => format!("a fault: {}", fault.sentence()),
    }
}

/// `team`, `queue`, `user`
pub(crate) const fn kind(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Team => "team",
        TargetKind::Queue => "queue",
        TargetKind::User => "user",
    }
}

fn shortened(text: &str) -> String {
    if text.chars().nth(LONGEST).is_none() {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}
