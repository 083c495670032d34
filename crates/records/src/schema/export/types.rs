//! The types that stand for themselves.

use values::{Currency, Text, Type};
use vm::program::Field;

use super::super::json::Json;
use super::super::own;

/// An object of JSON while it is put together.
type Entries = Vec<(String, Json)>;

/// A day, with the digits where rules want them.
const DATE: &str = r"^\d{4}-\d{2}-\d{2}$";
/// A moment: a day, and perhaps a time, and perhaps an offset.
const DATETIME: &str = r"^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2})?(\.\d{1,9})?([Zz]|[+-]\d{2}(:?\d{2})?)?)?$";
/// An exact length of time: `2d`, `PT4H`.
const DURATION: &str = concat!(
    r"^-?(\d+(\.\d+)? *(s|seconds?|min|minutes?|h|hours?|d|days?|w|weeks?)|",
    r"P(\d+(\.\d+)?[WD])*(T(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?)$"
);
/// A length of time in months and years: `3mo`, `P1Y6M`.
const MONTHS: &str = r"^-?(\d+(\.\d+)? *(mo|months?|y|years?)|P(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?)$";
/// A text with something in it, as a key must be.
const NOT_BLANK: &str = r"\S";

/// A type that is neither a list nor another record type.
pub(super) fn plain(ty: &Type, field: &Field) -> Entries {
    let with_pattern = |pattern: &str| vec![("type", Json::text("string")), ("pattern", Json::text(pattern))];
    let mut entries = match ty {
        Type::Truth => vec![("type", Json::text("boolean"))],
        Type::Number => vec![("type", Json::text("number"))],
        Type::Text if field.inferred => vec![("type", names(&["string", "number", "boolean"]))],
        Type::OneOf(labels) => vec![("enum", texts(labels))],
        Type::Date => {
            vec![("type", Json::text("string")), ("format", Json::text("date")), ("pattern", Json::text(DATE))]
        }
        Type::DateTime => with_pattern(DATETIME),
        Type::Money(currency) => vec![("anyOf", money(*currency))],
        Type::Duration => with_pattern(DURATION),
        Type::AnchoredDuration => with_pattern(MONTHS),
        // Nothing but its presence counts.
        Type::Record(_) if field.inferred => Vec::new(),
        Type::Record(_) => vec![("type", Json::text("object"))],
        Type::List(_) => vec![("type", Json::text("array"))],
        _ if field.key => with_pattern(NOT_BLANK),
        _ => vec![("type", Json::text("string"))],
    };
    entries.extend(own_type(ty, field).map(|own| (own::TYPE, Json::text(own))));
    entries.into_iter().map(|(keyword, value)| (keyword.to_owned(), value)).collect()
}

/// `"12.50 EUR"`, `{"amount": 12.50, "currency": "EUR"}`, and just the amount where the currency is known.
fn money(currency: Option<Currency>) -> Json {
    let object = |entries: Vec<(&str, Json)>| {
        Json::Object(entries.into_iter().map(|(keyword, value)| (keyword.to_owned(), value)).collect())
    };
    let code = match currency {
        None => object(vec![("type", Json::text("string")), ("pattern", Json::text("^[A-Z]{3}$"))]),
        Some(currency) => object(vec![("const", Json::text(currency.to_string()))]),
    };
    let (letters, optional) = currency.map_or(("[A-Z]{3}".to_owned(), ""), |currency| (currency.to_string(), "?"));
    let number = r"-?\d+(\.\d+)?";
    let pattern = format!("^({number}( *{letters}){optional}|{letters} *{number})$");
    let amount = object(vec![("type", Json::text("number"))]);
    let mut forms = vec![
        object(vec![("type", Json::text("string")), ("pattern", Json::text(pattern))]),
        object(vec![
            ("type", Json::text("object")),
            ("properties", object(vec![("amount", amount), ("currency", code)])),
            ("required", names(&["amount", "currency"])),
        ]),
    ];
    forms.extend(currency.map(|_| object(vec![("type", Json::text("number"))])));
    Json::List(forms)
}

/// The type's name in rules where JSON Schema has no word for it.
fn own_type(ty: &Type, field: &Field) -> Option<String> {
    match ty {
        Type::Text => field.inferred.then(|| "text".to_owned()),
        Type::AnchoredDuration => Some("duration".to_owned()),
        Type::Money(_)
        | Type::Date
        | Type::DateTime
        | Type::Duration
        | Type::ExactText
        | Type::User
        | Type::Team
        | Type::Queue => Some(ty.to_string()),
        _ => None,
    }
}

/// A schema that also lets pass what means missing, if there may be nothing, and else refuses it.
pub(super) fn with_missing(mut schema: Entries, may_be_missing: bool, sentinels: &[Text]) -> Entries {
    if may_be_missing {
        schema = or_missing(schema, sentinels);
    } else if !sentinels.is_empty() {
        schema.push(("not".to_owned(), Json::Object(vec![("enum".to_owned(), texts(sentinels))])));
    }
    if !sentinels.is_empty() {
        schema.push((own::MISSING_WHEN.to_owned(), texts(sentinels)));
    }
    schema
}

fn or_missing(mut schema: Entries, sentinels: &[Text]) -> Entries {
    let is_plain_text = |keyword: &str| keyword == "type" || keyword == own::TYPE;
    let takes_sentinels = sentinels.is_empty()
        || schema.iter().all(|(keyword, _)| is_plain_text(keyword))
            && schema.iter().any(|(_, ty)| *ty == Json::text("string"));
    match schema.first_mut() {
        None => {}
        Some((keyword, Json::List(labels))) if keyword == "enum" => {
            labels.extend(sentinels.iter().map(|text| Json::text(text.to_string())));
            labels.push(Json::Null);
        }
        Some((keyword, ty)) if keyword == "type" && takes_sentinels => {
            let mut types = if let Json::List(types) = ty { types.clone() } else { vec![ty.clone()] };
            types.push(Json::text("null"));
            *ty = Json::List(types);
        }
        Some(_) => {
            let own = schema.iter().position(|(keyword, _)| keyword == own::TYPE).map(|place| schema.remove(place));
            let mut alternatives = vec![Json::Object(schema)];
            if !sentinels.is_empty() {
                alternatives.push(Json::Object(vec![("enum".to_owned(), texts(sentinels))]));
            }
            alternatives.push(Json::Object(vec![("type".to_owned(), Json::text("null"))]));
            schema = vec![("anyOf".to_owned(), Json::List(alternatives))];
            schema.extend(own);
        }
    }
    schema
}

fn texts(texts: &[Text]) -> Json {
    Json::List(texts.iter().map(|text| Json::text(text.to_string())).collect())
}

fn names(names: &[&str]) -> Json {
    Json::List(names.iter().map(|name| Json::text(*name)).collect())
}
