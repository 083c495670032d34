//! The tests that stand as words between operands: `contains`, `starts with` and their like.
//!
//! A test of text has a row for each of: one part, `any of` several, `all of` several; and each of these again, to the
//! letter, under the same words with `exact` behind.

use super::kind::Kind;
use super::row::{Call, Parameter, Row};
use crate::text::{
    contains_exact, contains_ignoring_case, contains_word_exact, contains_word_ignoring_case, ends_with_exact,
    ends_with_ignoring_case, starts_with_exact, starts_with_ignoring_case,
};
use crate::{Clock, FaultCode, Value, compare};

const TEXT: Parameter = Parameter { name: "text", kind: Kind::Text };
const PART: Parameter = Parameter { name: "part", kind: Kind::Text };
const PARTS: Parameter = Parameter { name: "parts", kind: Kind::Texts };
const LIST: Parameter = Parameter { name: "list", kind: Kind::List };
const MEMBER: Parameter = Parameter { name: "member", kind: Kind::AsFirst };
const MEMBERS: Parameter = Parameter { name: "members", kind: Kind::List };

/// The rows: three for each test of text, then the others.
macro_rules! rows {
    ($( $words:literal $exact:literal, $test:path, $doc:literal; )+ then $( $other:expr, )+) => {
        &[
            $(
                Row::test(concat!($words, $exact), &[TEXT, PART], |_, given| one(given, $test))
                    .explained(concat!("t ", $words, " \"a\""), $doc),
                Row::test(concat!($words, " any of", $exact), &[TEXT, PARTS], |_, given| any(given, $test))
                    .explained(concat!("t ", $words, " any of \"a\", \"b\""), $doc),
                Row::test(concat!($words, " all of", $exact), &[TEXT, PARTS], |_, given| all(given, $test))
                    .explained(concat!("t ", $words, " all of \"a\", \"b\""), $doc),
            )+
            $( $other, )+
        ]
    };
}

pub(super) const ROWS: &[Row] = rows! {
    "contains" "", contains_ignoring_case, "whether a part stands in the text";
    "contains" " exact", contains_exact, "whether a part stands in the text, to the letter";
    "contains word" "", contains_word_ignoring_case, "whether a part stands in the text as a whole word";
    "contains word" " exact", contains_word_exact, "whether a part stands in the text as a whole word, to the letter";
    "starts with" "", starts_with_ignoring_case, "whether the text begins with a part";
    "starts with" " exact", starts_with_exact, "whether the text begins with a part, to the letter";
    "ends with" "", ends_with_ignoring_case, "whether the text ends with a part";
    "ends with" " exact", ends_with_exact, "whether the text ends with a part, to the letter";
    then
    list_test("list contains", &[LIST, MEMBER], |_, given| member(given, false)),
    list_test("list contains exact", &[LIST, MEMBER], |_, given| member(given, true)),
    list_test("list contains any of", &[LIST, MEMBERS], |_, given| some_members(given, false)),
    list_test("list contains any of exact", &[LIST, MEMBERS], |_, given| some_members(given, true)),
    list_test("list contains all of", &[LIST, MEMBERS], |_, given| all_members(given, false)),
    list_test("list contains all of exact", &[LIST, MEMBERS], |_, given| all_members(given, true)),
    Row::test("is blank", &[TEXT], blank)
        .handles_missing()
        .explained("lead.email is blank", "whether the text is missing, empty or nothing but spaces"),
};

type Outcome = Result<Value, FaultCode>;
type TextTest = fn(&str, &str) -> bool;

const fn list_test(key: &'static str, parameters: &'static [Parameter], call: Call) -> Row {
    Row::test(key, parameters, call).explained(r#"lead.tags contains "vip""#, "whether members stand in the list")
}

fn one(arguments: &[Value], test: TextTest) -> Outcome {
    let [Value::Text(text), Value::Text(part)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Truth(test(text, part)))
}

fn any(arguments: &[Value], test: TextTest) -> Outcome {
    let [Value::Text(text), Value::List(parts)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Truth(parts.iter().any(|part| holds(text, part, test))))
}

fn all(arguments: &[Value], test: TextTest) -> Outcome {
    let [Value::Text(text), Value::List(parts)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Truth(parts.iter().all(|part| holds(text, part, test))))
}

/// A test of one part of a list; a missing one is nowhere.
fn holds(text: &str, part: &Value, test: TextTest) -> bool {
    matches!(part, Value::Text(part) if test(text, part))
}

fn member(arguments: &[Value], exact: bool) -> Outcome {
    let [Value::List(list), wanted] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Truth(stands_in(list, wanted, exact)))
}

fn some_members(arguments: &[Value], exact: bool) -> Outcome {
    let [Value::List(list), Value::List(wanted)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Truth(wanted.iter().any(|wanted| stands_in(list, wanted, exact))))
}

fn all_members(arguments: &[Value], exact: bool) -> Outcome {
    let [Value::List(list), Value::List(wanted)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Truth(wanted.iter().all(|wanted| stands_in(list, wanted, exact))))
}

fn stands_in(list: &[Value], wanted: &Value, exact: bool) -> bool {
    list.iter().any(|member| compare::equal(member, wanted, exact))
}

fn blank(_: &Clock, arguments: &[Value]) -> Outcome {
    Ok(Value::Truth(match arguments {
        [Value::Text(text)] => text.trim().is_empty(),
        _ => true,
    }))
}
