//! Values as JSON, to the last digit.
//!
//! A double holds some 16 digits and a rule 28. So a number that a double does not hold is kept as its digits, in an object of
//! its own: `{"$number": "2.666666666666666666666666667"}`. Nothing else is ever written so.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Value as Json, json};
use values::{Clock, Number, Value};

const DIGITS: &str = "$number";

/// JSON that keeps the digits of its numbers. Of a key that stands twice the last counts.
///
/// # Errors
///
/// The text is no JSON.
pub fn exact(text: &str) -> serde_json::Result<Json> {
    let text = text.trim();
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
            let members = members.into_iter().map(|(key, member)| Ok((key, exact(member.get())?)));
            Json::Object(members.collect::<serde_json::Result<_>>()?)
        }
        Some(b'[') => {
            let members: Vec<&RawValue> = serde_json::from_str(text)?;
            Json::Array(members.into_iter().map(|member| exact(member.get())).collect::<serde_json::Result<_>>()?)
        }
        Some(b'-' | b'0'..=b'9') => digits(serde_json::from_str::<&RawValue>(text)?.get()),
        _ => serde_json::from_str(text)?,
    })
}

/// The digits of a number; none if it is something else.
pub(super) fn number(json: &Json) -> Option<String> {
    match json {
        Json::Number(number) => Some(number.to_string()),
        Json::Object(members) if members.len() == 1 => Some(members.get(DIGITS)?.as_str()?.to_owned()),
        _ => None,
    }
}

/// A value as verdicts show it.
pub(super) fn value(clock: &Clock, value: &Value) -> Json {
    match value {
        Value::Missing | Value::Record(_) => Json::Null,
        Value::Truth(truth) => (*truth).into(),
        Value::Number(number) => digits(&number.to_string()),
        Value::Money(money) => {
            json!({"amount": digits(&money.amount().to_string()), "currency": money.currency().code()})
        }
        Value::Text(text) => text.as_str().into(),
        Value::Date(date) => date.to_string().into(),
        Value::DateTime(instant) => clock.shown(*instant).into(),
        Value::Duration(duration) => clock.shown_length(*duration).into(),
        Value::List(members) => members.iter().map(|member| self::value(clock, member)).collect(),
    }
}

fn digits(text: &str) -> Json {
    let text = Number::parse(text).map_or_else(|_| text.to_owned(), |number| number.to_string());
    let double = text.parse::<f64>().ok().filter(|double| double.to_string() == text);
    match (text.parse::<i64>(), double) {
        (Ok(integer), _) => integer.into(),
        (_, Some(double)) => double.into(),
        _ => json!({ DIGITS: text }),
    }
}
