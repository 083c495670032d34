//! Single values of a JSON Schema, as a rule file writes them: defaults, labels, texts that mean missing.

use jiff::tz::TimeZone;
use values::text::equal_ignoring_case;
use values::{Number, Value, literal};

use super::super::imported::Kind;
use super::super::json::Json;
use super::super::own;
use super::super::view::View;
use super::kinds;
use crate::infer::quoted;

/// A value as a literal of a type; none where it is of another type.
pub(super) fn literal(json: &Json, kind: &Kind) -> Option<String> {
    match (json, kind) {
        (Json::Truth(truth), Kind::Named(ty)) => (ty == "true or false").then(|| truth.to_string()),
        (Json::Number(number), Kind::Named(ty)) if ty == "number" => Some(Number::parse(number).ok()?.to_string()),
        (Json::Text(text), Kind::OneOf(labels)) => {
            labels.iter().find(|label| equal_ignoring_case(label, text)).map(|label| quoted(label))
        }
        (Json::Text(text), Kind::Named(ty)) => match ty.as_str() {
            "text" | "text exact" | "user" | "team" | "queue" => Some(quoted(text)),
            "date" => literal::date(text).ok().map(|date| date.to_string()),
            "datetime" => datetime(text),
            money if money.starts_with("money") => literal::money(text).ok().map(|money| money.to_string()),
            "duration" => literal::duration(text).ok().map(|duration| duration.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// A moment as rules write one. The zone only stands in for the one that the rulebook will have: the text is kept.
fn datetime(text: &str) -> Option<String> {
    if literal::date(text).is_ok() {
        return Some(format!("{text}T00:00"));
    }
    literal::instant(text, &TimeZone::UTC).ok()?;
    let text = text.replace([' ', 't'], "T").replace('z', "Z");
    let offset = text.rfind(['+', '-']).filter(|place| *place > "2026-01-31T".len());
    match offset.and_then(|place| text.split_at_checked(place)) {
        // Rules write hours and minutes with a colon between them.
        Some((before, offset)) if !offset.contains(':') => {
            let (hours, minutes) = offset.split_at_checked(3)?;
            Some(format!("{before}{hours}:{}", if minutes.is_empty() { "00" } else { minutes }))
        }
        _ => Some(text),
    }
}

/// The labels of an `enum` or `const` of texts, or the type of its other values.
pub(super) fn labels(view: &View<'_>) -> Option<Kind> {
    let listed = view.get("enum").map(|list| list.json.members());
    let constant = view.get("const").map(|value| std::slice::from_ref(value.json));
    let values: Vec<&Json> = listed.or(constant)?.iter().filter(|value| **value != Json::Null).collect();
    let kind = |value: &Json| match value {
        Json::Text(_) => "text",
        Json::Number(_) => "number",
        Json::Truth(_) => "true or false",
        _ => "a list or record",
    };
    let first = kind(values.first()?);
    if !values.iter().all(|value| kind(value) == first) || first == "a list or record" {
        return Some(Kind::LeftOut("the values that it lists have no one type".to_owned()));
    }
    if first != "text" {
        return Some(Kind::named(first));
    }
    // A list of dates is a date.
    if view.get("format").is_some() {
        return None;
    }
    Some(Kind::OneOf(values.iter().filter_map(|value| value.as_text()).map(str::to_owned).collect()))
}

/// The texts that we have once said to mean missing.
pub(super) fn sentinels(view: &View<'_>) -> Vec<String> {
    let listed = view.all(own::MISSING_WHEN).flat_map(|list| list.json.members());
    listed.filter_map(Json::as_text).map(str::to_owned).collect()
}

/// Takes out of the labels what means missing and what is there in other capitals.
pub(super) fn settle_labels(labels: &mut Vec<String>, sentinels: &mut Vec<String>, not_kept: &mut Vec<String>) {
    if labels.len() > 1 && labels.iter().any(String::is_empty) && !sentinels.iter().any(String::is_empty) {
        sentinels.push(String::new());
    }
    labels.retain(|label| !sentinels.contains(label));
    let all = std::mem::take(labels);
    for label in all {
        if labels.iter().any(|known| equal_ignoring_case(known, &label)) {
            not_kept.push(kinds::remark("enum", &Json::Text(label)));
        } else {
            labels.push(label);
        }
    }
}

/// The JSON of a value.
pub(in super::super) fn json(value: &Value) -> Json {
    match value {
        Value::Truth(truth) => Json::Truth(*truth),
        Value::Number(number) => Json::Number(number.to_string()),
        Value::Text(text) => Json::text(text.to_string()),
        Value::Date(date) => Json::text(date.to_string()),
        Value::DateTime(instant) => Json::text(instant.to_string()),
        Value::Money(money) => Json::text(money.to_string()),
        Value::Duration(duration) => Json::text(duration.to_string()),
        Value::List(members) => Json::List(members.iter().map(json).collect()),
        Value::Missing | Value::Record(_) => Json::Null,
    }
}
