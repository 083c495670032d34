//! Functions of text. Positions and lengths count characters, from 1, as spreadsheets do.
//!
//! What looks for a text in another ignores case, unless the text it looks in is `text exact`; those have two rows.

use super::kind::{Kind, ResultType};
use super::row::{Call, Parameter, Row};
use crate::text::{Case, occurrences};
use crate::{Clock, FaultCode, Number, Value};

const TEXT: Parameter = Parameter { name: "text", kind: Kind::Text };
const EXACT_TEXT: Parameter = Parameter { name: "text", kind: Kind::ExactText };
const PART: Parameter = Parameter { name: "part", kind: Kind::Text };
const REPLACEMENT: Parameter = Parameter { name: "replacement", kind: Kind::Text };
const SEPARATOR: Parameter = Parameter { name: "separator", kind: Kind::Text };
const START: Parameter = Parameter { name: "start", kind: Kind::Number };
const COUNT: Parameter = Parameter { name: "count", kind: Kind::Number };

pub(super) const ROWS: &[Row] = &[
    Row::function("lower", &[TEXT], ResultType::AsTexts, lower)
        .explained(r#"lower("ACME Ltd") = "acme ltd""#, "the text in small letters"),
    Row::function("upper", &[TEXT], ResultType::AsTexts, upper)
        .explained(r#"upper("acme ltd") = "ACME LTD""#, "the text in capital letters"),
    Row::function("trim", &[TEXT], ResultType::AsTexts, trim)
        .explained(r#"trim("  Ada ") = "Ada""#, "the text without the spaces around it"),
    Row::function("length", &[TEXT], ResultType::Number, length)
        .explained(r#"length("Köln") = 4"#, "how many characters the text has"),
    Row::function("left", &[TEXT, COUNT], ResultType::AsTexts, left)
        .explained(r#"left("Berlin", 3) = "Ber""#, "the first characters of the text"),
    Row::function("right", &[TEXT, COUNT], ResultType::AsTexts, right)
        .explained(r#"right("Berlin", 3) = "lin""#, "the last characters of the text"),
    Row::function("mid", &[TEXT, START, COUNT], ResultType::AsTexts, mid)
        .explained(r#"mid("Berlin", 2, 3) = "erl""#, "so many characters of the text, from the one at a position on"),
    found("find exact", &[PART, EXACT_TEXT], |_, given| find(given, Case::Exact)),
    found("find", &[PART, TEXT], |_, given| find(given, Case::Ignored)),
    replaced("replace exact", &[EXACT_TEXT, PART, REPLACEMENT], ResultType::ExactText, |clock, given| {
        replace(clock, given, Case::Exact)
    }),
    replaced("replace", &[TEXT, PART, REPLACEMENT], ResultType::Text, |clock, given| {
        replace(clock, given, Case::Ignored)
    }),
    parted("split exact", &[EXACT_TEXT, SEPARATOR], ResultType::ExactTexts, |clock, given| {
        split(clock, given, Case::Exact)
    }),
    parted("split", &[TEXT, SEPARATOR], ResultType::Texts, |clock, given| split(clock, given, Case::Ignored)),
];

type Outcome = Result<Value, FaultCode>;

const fn found(key: &'static str, parameters: &'static [Parameter], call: Call) -> Row {
    Row::function("find", parameters, ResultType::Number, call).keyed(key).may_be_missing().explained(
        r#"find("@", "ada@example.com") = 4"#,
        "the position at which the part begins in the text; missing when it does not stand there",
    )
}

const fn replaced(key: &'static str, parameters: &'static [Parameter], result: ResultType, call: Call) -> Row {
    Row::function("replace", parameters, result, call).keyed(key).may_fault().explained(
        r#"replace("0049 30 1234", " ", "") = "0049301234""#,
        "the text with every occurrence of the part replaced",
    )
}

const fn parted(key: &'static str, parameters: &'static [Parameter], result: ResultType, call: Call) -> Row {
    Row::function("split", parameters, result, call)
        .keyed(key)
        .may_fault()
        .explained(r#"split("red;green", ";") = ("red", "green")"#, "the list of what stands between the separators")
}

fn lower(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Text(text)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::text(text.to_lowercase()))
}

fn upper(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Text(text)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::text(text.to_uppercase()))
}

fn trim(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Text(text)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::text(text.trim()))
}

fn length(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Text(text)] = arguments else { return Ok(Value::Missing) };
    Ok(position(text.chars().count()))
}

fn left(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Number(count)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::text(before(text, clamped(*count))))
}

fn right(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Number(count)] = arguments else { return Ok(Value::Missing) };
    let skipped = text.chars().count().saturating_sub(clamped(*count));
    Ok(Value::text(after(text, skipped)))
}

/// A start before the first character counts from there, so that `mid(t, 0, 3)` has two characters.
fn mid(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Number(start), Value::Number(count)] = arguments else { return Ok(Value::Missing) };
    let start = start.floor();
    let end = start.add(count.floor()).map_or(usize::MAX, |end| clamped(end).saturating_sub(1));
    let skipped = clamped(start).saturating_sub(1);
    Ok(Value::text(before(after(text, skipped), end.saturating_sub(skipped))))
}

fn find(arguments: &[Value], case: Case) -> Outcome {
    let [Value::Text(part), Value::Text(text)] = arguments else { return Ok(Value::Missing) };
    let Some((start, _)) = occurrences(text, part, case).next() else { return Ok(Value::Missing) };
    Ok(position(text.get(..start).map_or(0, |before| before.chars().count()) + 1))
}

fn replace(clock: &Clock, arguments: &[Value], case: Case) -> Outcome {
    let [Value::Text(text), Value::Text(part), Value::Text(replacement)] = arguments else { return Ok(Value::Missing) };
    let mut replaced = String::new();
    for (index, piece) in pieces(text, part, case).enumerate() {
        if index > 0 {
            replaced.push_str(replacement);
        }
        replaced.push_str(piece);
        if replaced.len() > clock.limits.text_length {
            return Err(FaultCode::TextTooLong);
        }
    }
    Ok(Value::text(replaced))
}

fn split(clock: &Clock, arguments: &[Value], case: Case) -> Outcome {
    let [Value::Text(text), Value::Text(separator)] = arguments else { return Ok(Value::Missing) };
    let members: Vec<Value> =
        pieces(text, separator, case).take(clock.limits.list_length + 1).map(Value::text).collect();
    clock.list(members)
}

/// What stands between the occurrences of a part that do not overlap; the whole text when the part is empty.
fn pieces<'t>(text: &'t str, part: &str, case: Case) -> impl Iterator<Item = &'t str> {
    let mut rest = Some(0);
    let mut found = occurrences(text, part, case).filter(|(start, end)| start < end);
    std::iter::from_fn(move || {
        let from = rest?;
        let next = found.find(|(start, _)| *start >= from);
        rest = next.map(|(_, end)| end);
        text.get(from..next.map_or(text.len(), |(start, _)| start))
    })
}

/// The first `count` characters.
fn before(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// What follows the first `count` characters.
fn after(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).and_then(|(start, _)| text.get(start..)).unwrap_or_default()
}

/// A number of characters: whole, not negative.
fn clamped(count: Number) -> usize {
    if count.is_negative() {
        return 0;
    }
    count.floor().as_i64().and_then(|count| usize::try_from(count).ok()).unwrap_or(usize::MAX)
}

fn position(count: usize) -> Value {
    Value::Number(i64::try_from(count).unwrap_or(i64::MAX).into())
}
