//! The table of built-ins: what its rows say is true of what they do.

use std::collections::BTreeSet;

use values::builtins::{self, Builtin, Form, Kind, Mismatch, Row};
use values::{FaultCode, Text, Type, Value};

use crate::{clock, list, value};

/// A call of a function, its arguments written as [`value`] reads them; `a|b` is a list.
fn call(name: &str, arguments: &[&str]) -> Result<Value, FaultCode> {
    let arguments: Vec<Value> = arguments.iter().map(|it| argument(it)).collect();
    let types: Vec<Type> = arguments.iter().map(type_of).collect();
    let (builtin, _) = builtins::function(name, &types).expect("a function");
    builtin.call(&clock("2026-06-01T00:00"), &arguments)
}

fn argument(text: &str) -> Value {
    if text.contains('|') { list(&text.split('|').collect::<Vec<_>>()) } else { value(text) }
}

fn type_of(value: &Value) -> Type {
    match value {
        Value::Missing | Value::Text(_) => Type::Text,
        Value::Truth(_) => Type::Truth,
        Value::Number(_) => Type::Number,
        Value::Money(money) => Type::Money(Some(money.currency())),
        Value::Date(_) => Type::Date,
        Value::DateTime(_) => Type::DateTime,
        Value::Duration(values::Duration::Exact(_)) => Type::Duration,
        Value::Duration(_) => Type::AnchoredDuration,
        Value::List(members) => Type::List(Box::new(members.first().map_or(Type::Text, type_of))),
        Value::Record(_) => Type::Record("item".into()),
    }
}

fn check(name: &str, arguments: &[&str], expected: &str) {
    assert_eq!(call(name, arguments), Ok(argument(expected)), "{name} of {arguments:?}");
}

#[test]
fn money_meets_money_of_its_own_currency() {
    check("sum", &["1 EUR|2.50 EUR"], "3.5 EUR");
    check("average", &["1 EUR|2 EUR"], "1.5 EUR");
    check("max", &["1 EUR|2 EUR"], "2 EUR");
    check("min", &["1 EUR", "-2 EUR"], "-2 EUR");
    check("round", &["9.995 USD", "2"], "10 USD");
    check("abs", &["-9.5 USD"], "9.5 USD");
    check("currency", &["9.5 USD"], "USD");
    check("money", &["9.5", " usd"], "9.5 USD");
    assert_eq!(call("money", &["9.5", "dollar"]), Ok(Value::Missing));
    assert_eq!(call("sum", &["1 EUR|2 USD"]), Err(FaultCode::CurrencyMismatch));
    assert_eq!(call("max", &["1 EUR|2 USD"]), Err(FaultCode::CurrencyMismatch));
}

#[test]
fn business_time_is_measured_by_a_calendar() {
    check("business_hours", &["2026-11-20T16:00", "2026-11-21T10:30", "0"], "2.5");
    check("business_hours", &["2026-11-21T10:30", "2026-11-20T16:00", "0"], "-2.5");
    check("business_hours", &["2026-11-20", "2026-11-21", "0"], "8");
    check("business_days", &["2026-11-20T20:00", "2026-11-23", "0"], "3");
}

#[test]
fn text_functions_count_characters_from_one() {
    check("length", &["Köln"], "4");
    check("left", &["Köln", "2"], "Kö");
    check("left", &["Köln", "99"], "Köln");
    check("left", &["Köln", "-1"], "");
    check("right", &["Köln", "3"], "öln");
    check("mid", &["Köln", "2", "2"], "öl");
    check("mid", &["Köln", "0", "2"], "K");
    check("mid", &["Köln", "2", "99999999999999999999"], "öln");
    check("find", &["L", "Köln"], "3");
    assert_eq!(call("find", &["x", "Köln"]), Ok(Value::Missing));
    check("replace", &["a-B-a", "A", "xx"], "xx-B-xx");
    check("replace", &["aaa", "aa", "b"], "ba");
    check("replace", &["abc", "", "x"], "abc");
    check("split", &["red; green; blue", "; "], "red|green|blue");
    check("upper", &["straße"], "STRASSE");
}

#[test]
fn number_and_list_functions() {
    check("round", &["2.5"], "2");
    check("round", &["1234.567", "-2"], "1200");
    check("min", &["3", "1", "2"], "1");
    check("max", &["2026-01-01", "2026-02-01"], "2026-02-01");
    check("max", &["1h|2d|3min"], "2d");
    check("average", &["1|2|6"], "3");
    check("sum", &["0.1|0.2"], "0.3");
    check("count", &["a|b|c"], "3");
    check("last", &["a|b|c"], "c");
    check("number", &[" 12.50 "], "12.50");
    assert_eq!(call("number", &["12 apples"]), Ok(Value::Missing));
    assert_eq!(call("sum", &["79228162514264337593543950330|1000"]), Err(FaultCode::NumberOverflow));
}

#[test]
fn time_functions_take_moments_apart() {
    for (name, expected) in
        [("year", "2027"), ("quarter", "1"), ("month", "1"), ("week", "53"), ("day", "1"), ("weekday", "5")]
    {
        check(name, &["2027-01-01"], expected);
        check(name, &["2026-12-31T23:30Z"], expected);
    }
    check("hour", &["2026-12-31T23:30Z"], "0");
    check("minute", &["2026-12-31T23:30Z"], "30");
    check("date", &["2026-12-31T23:30Z"], "2027-01-01");
    check("datetime", &["2027-01-01"], "2026-12-31T23:00Z");
    assert_eq!(call("text", &["2026-12-31T23:30Z"]), Ok(Value::text("2027-01-01T00:30:00+01:00")));
}

#[test]
fn tests_of_text_and_lists() {
    let test = |key: &str, left: &str, right: &str| {
        let builtin = Builtin::keyed(key).expect("a test");
        builtin.call(&clock("2026-06-01T00:00"), &[argument(left), argument(right)]) == Ok(Value::Truth(true))
    };
    assert!(test("contains", "Ada@GMAIL.com", "gmail"));
    assert!(!test("contains exact", "Ada@GMAIL.com", "gmail"));
    assert!(test("starts with any of", "TEL 0049", "fax|tel"));
    assert!(!test("contains all of exact", "red green", "red|Green"));
    assert!(test("contains word all of", "a hot lead", "HOT|lead"));
    assert!(test("list contains", "vip|new", "VIP"));
    assert!(!test("list contains exact", "vip|new", "VIP"));
    assert!(test("list contains", "1.5|2", "2.0"));
    assert!(test("list contains any of", "vip|new", "x|NEW"));
    assert!(!test("list contains all of", "vip|new", "x|NEW"));
}

#[test]
fn a_missing_argument_makes_the_result_missing() {
    let clock = clock("2026-06-01T00:00");
    for row in builtins::rows().filter(|row| row.propagates() || row.key == "is blank") {
        let missing = vec![Value::Missing; row.parameters.len()];
        let result = Builtin::keyed(row.key).expect("a built-in").call(&clock, &missing);
        let expected = if row.key == "is blank" { Value::Truth(true) } else { Value::Missing };
        assert_eq!(result, Ok(expected), "{}", row.key);
    }
}

#[test]
fn arguments_choose_between_rows_of_one_name() {
    let result =
        |name: &str, types: &[Type]| builtins::function(name, types).map(|(builtin, ty)| (builtin.row().key, ty));
    let labels = Type::OneOf([Text::from("new")].into());
    assert_eq!(result("find", &[Type::Text, Type::ExactText]), Ok(("find exact", Type::Number)));
    assert_eq!(result("find", &[Type::ExactText, labels.clone()]), Ok(("find", Type::Number)));
    assert_eq!(result("left", &[Type::ExactText, Type::Number]), Ok(("left", Type::ExactText)));
    assert_eq!(result("lower", std::slice::from_ref(&labels)), Ok(("lower", Type::Text)));
    assert_eq!(result("first", &[Type::List(Box::new(labels.clone()))]), Ok(("first", labels)));
    assert_eq!(result("min", &[Type::List(Box::new(Type::Date))]), Ok(("min of list", Type::Date)));
    assert_eq!(result("max", &[Type::Date, Type::Date, Type::Date]), Ok(("max", Type::Date)));
    assert_eq!(builtins::operator("+", &[Type::AnchoredDuration, Type::Duration]), None);
    assert_eq!(builtins::operator("*", &[Type::Text, Type::Number]), None);
}

#[test]
fn a_call_that_fits_nothing_says_why() {
    let mismatch = |name: &str, types: &[Type]| builtins::function(name, types).expect_err("no fit");
    let wrong = |index: usize, expected: &str| Mismatch::Argument { index, expected: expected.to_owned() };
    assert_eq!(mismatch("levt", &[]), Mismatch::Unknown);
    assert_eq!(mismatch("left", &[Type::Text]), Mismatch::Count { signature: "left(text, count)".to_owned() });
    assert_eq!(
        mismatch("round", &[]),
        Mismatch::Count { signature: "round(number) or round(number, digits)".to_owned() }
    );
    assert_eq!(mismatch("left", &[Type::Text, Type::Date]), wrong(1, "number"));
    assert_eq!(mismatch("left", &[Type::Number, Type::Date]), wrong(0, "text"));
    assert_eq!(mismatch("year", &[Type::Text]), wrong(0, "date or datetime"));
    assert_eq!(mismatch("max", &[Type::Date, Type::Number]), wrong(1, "date"));
    assert_eq!(mismatch("sum", &[Type::List(Box::new(Type::Text))]), wrong(0, "list of number or list of money"));
}

#[test]
fn hints_name_the_likely_type() {
    assert_eq!(builtins::parameter_hint("find", 1, 2), Some(Type::Text));
    assert_eq!(builtins::parameter_hint("round", 1, 2), Some(Type::Number));
    assert_eq!(builtins::parameter_hint("max", 0, 2), Some(Type::Number));
    assert_eq!(builtins::parameter_hint("count", 0, 1), None);
    assert_eq!(builtins::result_hint("replace"), Some(Type::Text));
    assert_eq!(builtins::result_hint("first"), None);
}

#[test]
fn keys_are_unique_and_rows_are_documented() {
    let keys: BTreeSet<&str> = builtins::rows().map(|row| row.key).collect();
    assert_eq!(keys.len(), builtins::rows().count());
    assert!(builtins::rows().all(|row| !row.example.is_empty() && !row.doc.is_empty()));
    assert_eq!(builtins::names().filter(|name| *name == "round").count(), 1);
    assert!(
        builtins::rows()
            .filter(|row| row.form == Form::Function)
            .all(|row| builtins::names().any(|name| name == row.name))
    );
}

/// Every row is called with extreme values of the kinds that it takes. It never panics; what it gives has the promised
/// type; it faults, or finds nothing, only if it says that it may.
#[test]
fn rows_keep_their_word() {
    for row in builtins::rows() {
        let first = row.parameters.first().map_or(Kind::Text, |parameter| parameter.kind);
        for leading in extremes(first) {
            let others = row.parameters.iter().skip(1).map(|parameter| match parameter.kind {
                Kind::AsFirst => alike(&leading),
                kind => extremes(kind),
            });
            for mut arguments in combinations(others) {
                arguments.insert(0, leading.clone());
                check_row(row, &arguments);
            }
        }
    }
}

fn check_row(row: &Row, arguments: &[Value]) {
    let builtin = Builtin::keyed(row.key).expect("a built-in");
    match builtin.call(&clock("2026-06-01T00:00"), arguments) {
        Err(fault) => assert!(row.may_fault, "{} of {arguments:?} faults: {fault}", row.key),
        Ok(Value::Missing) => assert!(row.may_be_missing, "{} of {arguments:?} is missing", row.key),
        Ok(Value::List(_)) => assert!(matches!(row.result_for(&types(arguments)), Type::List(_))),
        Ok(value) => {
            let promised = row.result_for(&types(arguments));
            assert!(promised == type_of(&value) || promised.is_textual(), "{} of {arguments:?}", row.key);
        }
    }
}

fn types(arguments: &[Value]) -> Vec<Type> {
    arguments.iter().map(type_of).collect()
}

/// Values at the edges of what a kind can be.
fn extremes(kind: Kind) -> Vec<Value> {
    let values = |texts: &[&str]| texts.iter().map(|text| argument(text)).collect::<Vec<_>>();
    let lists = |members: Vec<Value>| vec![Value::List([].into()), Value::List(members.into())];
    match kind {
        Kind::Truth => vec![Value::Truth(true), Value::Truth(false)],
        Kind::Number => NUMBERS.iter().map(|text| Value::Number(crate::number(text))).collect(),
        Kind::Money => NUMBERS.iter().map(|text| value(&format!("{text} EUR"))).collect(),
        Kind::Text | Kind::ExactText => ["", " ", "a", "aSſẞ", "12.5", "🦀é\u{301}"].map(Value::text).to_vec(),
        Kind::Date => values(&["0001-01-01", "2024-02-29", "9999-12-31"]),
        Kind::DateTime => values(&["0001-01-01T00:00Z", "2026-03-29T01:00Z", "9999-12-30T22:00Z"]),
        Kind::Moment => [extremes(Kind::Date), extremes(Kind::DateTime)].concat(),
        Kind::Duration => {
            [i64::MIN, -1, 0, 1, i64::MAX].map(|length| Value::Duration(values::Duration::Exact(length))).to_vec()
        }
        Kind::AnchoredDuration => {
            let lengths = [i32::MIN, -1, 0, i32::MAX];
            let business = |days| values::Duration::BusinessDays { days, calendar: 0 };
            let months = lengths.map(values::Duration::Months);
            months.into_iter().chain(lengths.map(business)).map(Value::Duration).collect()
        }
        Kind::Calendar => vec![Value::Number(0.into())],
        Kind::Ordered => [Kind::Number, Kind::Date, Kind::DateTime, Kind::Duration].map(extremes).concat(),
        Kind::Texts | Kind::List => lists(extremes(Kind::Text)),
        Kind::Amounts => lists(extremes(Kind::Money)),
        Kind::Numbers | Kind::OrderedList => lists(extremes(Kind::Number)),
        Kind::AsFirst => Vec::new(),
    }
}

const NUMBERS: [&str; 11] = [
    "0",
    "1",
    "-1",
    "-0.5",
    "0.0000000000000000000000000001",
    "1234567890123456789012345.678",
    "-9223372036854775808",
    "9223372036854775807",
    "79228162514264337593543950330",
    "-79228162514264337593543950330",
    "2147483648",
];

/// Values of the kind of another, or of its members.
fn alike(first: &Value) -> Vec<Value> {
    match first {
        Value::Number(_) => extremes(Kind::Number),
        Value::Money(_) => extremes(Kind::Money),
        Value::Date(_) => extremes(Kind::Date),
        Value::DateTime(_) => extremes(Kind::DateTime),
        Value::Duration(_) => extremes(Kind::Duration),
        _ => extremes(Kind::Text),
    }
}

/// One of the first, one of the second, and so on, in every combination.
fn combinations(choices: impl Iterator<Item = Vec<Value>>) -> Vec<Vec<Value>> {
    choices.fold(vec![Vec::new()], |before, next| {
        let longer = |chosen: &Vec<Value>| {
            next.iter().map(|value| [chosen.as_slice(), std::slice::from_ref(value)].concat()).collect::<Vec<_>>()
        };
        before.iter().flat_map(longer).collect()
    })
}

/// What scores and tables are made of leaves missing values out.
#[test]
fn parts_of_scores_and_tables() {
    let clock = clock("2026-06-01T00:00");
    let given = |key: &str, arguments: &[&str]| {
        let arguments: Vec<Value> =
            arguments.iter().map(|it| if *it == "-" { Value::Missing } else { argument(it) }).collect();
        Builtin::keyed(key).expect("a built-in").call(&clock, &arguments)
    };
    let check = |key: &str, arguments: &[&str], expected: &str| {
        let expected = if expected == "-" { Value::Missing } else { argument(expected) };
        assert_eq!(given(key, arguments), Ok(expected), "{key} of {arguments:?}");
    };
    check("sum of present", &["10", "-", "0.1", "0.2"], "10.3");
    check("sum of present", &["-", "-"], "0");
    check("least present", &["-", "3", "2"], "2");
    check("greatest present", &["-", "3", "2"], "3");
    check("greatest present", &["-", "-"], "-");
    check("at most", &["7", "5"], "5");
    check("at most", &["7", "-"], "7");
    check("at most", &["-", "5"], "-");
    check("limited", &["120", "0", "100"], "100");
    check("limited", &["-5", "0", "-"], "0");
    check("halved", &["5", "2026-06-15T00:00Z", "2026-06-01T00:00Z", "14d"], "2.5");
    check("halved", &["5", "2026-06-15T00:00Z", "2026-06-16T00:00Z", "14d"], "-");
    check("halved", &["5", "2026-06-15T00:00Z", "2026-06-01T00:00Z", "0s"], "-");
    check("only one", &["-", "3", "-"], "3");
    check("only one", &["-", "-"], "-");
    assert_eq!(given("only one", &["1", "-", "3"]), Err(FaultCode::SeveralRows));
    check("agreed", &["-", "a", "A"], "a");
    assert_eq!(given("agreed", &["a", "-", "b"]), Err(FaultCode::RowsDisagree));
    check("collected", &["a|b", "-", "c"], "a|b|c");
    check("member at", &["a|b", "2"], "b");
    check("member at", &["a|b", "3"], "-");
    check("member at", &["a|b", "-"], "-");
}
