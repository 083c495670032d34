//! From one type to another: `text(…)`, which also stands behind `"{…}"` in a text, and `number(…)`.

use super::kind::{Kind, ResultType};
use super::row::{Parameter, Row};
use crate::{Clock, FaultCode, Number, Value};

const TEXT: Parameter = Parameter { name: "text", kind: Kind::Text };

pub(super) const ROWS: &[Row] = &[
    Row::function("text", &[TEXT], ResultType::AsTexts, same).explained(r#"text("Ada") = "Ada""#, "the text itself"),
    to_text("number to text", &[Parameter { name: "value", kind: Kind::Number }])
        .explained(r#"text(1.50) = "1.5""#, "the number in plain digits"),
    to_text("money to text", &[Parameter { name: "value", kind: Kind::Money }])
        .explained(r#"text(1.50 EUR) = "1.5 EUR""#, "the amount and its currency"),
    to_text("truth to text", &[Parameter { name: "value", kind: Kind::Truth }])
        .explained(r#"text(true) = "true""#, "`true` or `false`"),
    to_text("date to text", &[Parameter { name: "value", kind: Kind::Date }])
        .explained(r#"text(2026-05-31) = "2026-05-31""#, "the date"),
    to_text("datetime to text", &[Parameter { name: "value", kind: Kind::DateTime }]).explained(
        r#"text(2026-05-31T09:30Z) = "2026-05-31T09:30:00Z""#,
        "the instant in the rulebook's zone, with its offset",
    ),
    to_text("duration to text", &[Parameter { name: "value", kind: Kind::Duration }])
        .explained(r#"text(48h) = "2d""#, "the duration in the largest unit that needs no fraction"),
    to_text("months to text", &[Parameter { name: "value", kind: Kind::AnchoredDuration }])
        .explained(r#"text(12mo) = "1y""#, "the duration in months or years"),
    Row::function("number", &[TEXT], ResultType::Number, number)
        .may_be_missing()
        .explained(r#"number("12.50") = 12.5"#, "the number that the text is written as; missing when it is none"),
];

type Outcome = Result<Value, FaultCode>;

const fn to_text(key: &'static str, parameters: &'static [Parameter]) -> Row {
    Row::function("text", parameters, ResultType::Text, text).keyed(key)
}

fn same(_: &Clock, arguments: &[Value]) -> Outcome {
    Ok(arguments.first().cloned().unwrap_or_default())
}

fn text(clock: &Clock, arguments: &[Value]) -> Outcome {
    Ok(match arguments {
        [Value::Number(number)] => Value::text(number.to_string()),
        [Value::Money(money)] => Value::text(money.to_string()),
        [Value::Truth(truth)] => Value::text(if *truth { "true" } else { "false" }),
        [Value::Date(date)] => Value::text(date.to_string()),
        [Value::DateTime(instant)] => Value::text(clock.shown(*instant)),
        [Value::Duration(duration)] => Value::text(clock.shown_length(*duration)),
        _ => Value::Missing,
    })
}

fn number(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Text(text)] = arguments else { return Ok(Value::Missing) };
    Ok(Number::parse(text.trim()).map_or(Value::Missing, Value::Number))
}
