//! Values and people as rules write them, for messages.

use values::{Clock, FaultCode, Value};
use vm::effect::TargetKind;

/// The longest value that is shown in full, in characters.
const LONGEST: usize = 80;

/// A value as a rule would write it.
pub(crate) fn value(value: &Value, clock: &Clock) -> String {
    match value {
        Value::Missing => "missing".to_owned(),
        Value::Truth(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Text(text) => format!("\"{}\"", shortened(text)),
        Value::Date(date) => date.to_string(),
        Value::DateTime(instant) => clock.shown(*instant),
        Value::Duration(duration) => clock.shown_length(*duration),
        Value::Record(_) => "{ … }".to_owned(),
        Value::List(members) => {
            let members: Vec<String> = members.iter().map(|member| self::value(member, clock)).collect();
            shortened(&format!("[{}]", members.join(", ")))
        }
    }
}

/// What a value turned out to be, or why there is none.
pub(crate) fn result(result: Result<&Value, FaultCode>, clock: &Clock) -> String {
    match result {
        Ok(value) => self::value(value, clock),
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
