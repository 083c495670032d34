//! Constants as a rule would write them.

use values::Value;

/// One constant.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::Missing => "missing".to_owned(),
        Value::Truth(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Text(text) => quoted(text),
        Value::Date(date) => date.to_string(),
        Value::DateTime(instant) => instant.to_string(),
        Value::Duration(duration) => duration.to_string(),
        Value::List(members) => format!("[{}]", literals(members)),
        Value::Record(fields) => format!("{{{}}}", literals(fields)),
    }
}

/// Constants with commas between them.
pub(super) fn literals(values: &[Value]) -> String {
    values.iter().map(literal).collect::<Vec<_>>().join(", ")
}

/// A text in quotes, on one line.
pub(super) fn quoted(text: &str) -> String {
    format!("{text:?}")
}
