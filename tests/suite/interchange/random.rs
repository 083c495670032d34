//! Random record blocks, records for them, and what is hardly a JSON Schema.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

const TYPES: [&str; 12] = [
    "text",
    "text exact",
    "number",
    "true or false",
    "date",
    "datetime",
    "duration",
    "user",
    "one of \"new\", \"won\", \"it's \\\"off\\\"\"",
    "list of number",
    "money",
    "money in EUR",
];

/// One default for each of the types.
const DEFAULTS: [Option<&str>; 12] = [
    Some("\"x\""),
    Some("\"X\""),
    Some("7"),
    Some("true"),
    Some("2026-01-31"),
    Some("2026-01-31T09:00Z"),
    Some("2d"),
    None,
    Some("\"won\""),
    None,
    Some("5 USD"),
    Some("5 EUR"),
];

/// What stands behind the type of a field.
const MARKS: [&str; 6] =
    ["", "?", "? missing when \"n/a\", \"\"", " missing when \"n/a\"", "? from \"Its Column\"", "default"];

/// References, whose keys are declared by them or beside them.
const REFERENCES: [&str; 6] = [
    "",
    "  account: account? by account_id\n",
    "  account: account by account_id from \"Account Id\" missing when \"n/a\"\n",
    "  account: account by account_id\n  account_id: text default \"A1\"\n",
    "  account_id: text exact? from \"Its Id\"\n  account: account? by account_id\n  payer: account? by account_id\n",
    "  `in charge`: Person? by person missing when \"n/a\"\n",
];

/// What they lead to.
const REFERRED: &str = "record account { id: text key from \"Id\"  parent: account? by parent_id  head: Person? by head_no }\n\n\
    record Person { no: number key  account: account? by account_id }\n";

/// A block with fields of all types, references, nested records, and a record type of its own.
pub(super) fn record_block() -> impl Strategy<Value = String> {
    let field = || (0..TYPES.len(), 0..MARKS.len());
    let references = (0..REFERENCES.len(), 0..REFERENCES.len());
    let marks = (any::<bool>(), any::<bool>());
    (vec(field(), 1..6), vec(field(), 0..3), references, marks).prop_map(
        |(outer, inner, (here, inside), (key, optional))| {
            let mark = if optional { "?" } else { "" };
            let nested = match inner.as_slice() {
                [] => String::new(),
                fields => format!("  nested: {{\n{}{}  }}{mark}\n", lines(fields), REFERENCES[inside]),
            };
            let (key, itself) = match key {
                true => ("  id: text key from \"Lead Id\"\n", "  twin: lead? by twin_id\n"),
                false => ("", ""),
            };
            let (fields, here) = (lines(&outer), REFERENCES[here]);
            let referred = if format!("{here}{nested}").contains(" by ") { REFERRED } else { "" };
            let other = "record other {\n  `its name`: text?\n}\n";
            format!("record lead {{\n{key}{fields}{here}{nested}{itself}  other: other?\n}}\n\n{other}\n{referred}")
        },
    )
}

fn lines(fields: &[(usize, usize)]) -> String {
    let line = |(place, (ty, mark)): (usize, &(usize, usize))| {
        let mark = match (MARKS[*mark], DEFAULTS[*ty]) {
            ("default", Some(default)) => format!(" default {default}"),
            ("default", None) => String::new(),
            // Two fields may not have one column.
            (mark, _) => mark.replace("Column", &format!("Column {place}")),
        };
        format!("  f{place}: {}{mark}\n", TYPES[*ty])
    };
    fields.iter().enumerate().map(line).collect()
}

/// What may stand in a field; nothing for no key at all.
const VALUES: [&str; 24] = [
    "",
    "null",
    "true",
    "5",
    "1.50",
    "\"x\"",
    "\"\"",
    "\"n/a\"",
    "\"new\"",
    "\"2026-01-31\"",
    "\"2026-01-31T09:00\"",
    "\"2026-01-31 09:00:30.5+01:00\"",
    "\"2d\"",
    "\"PT4H30M\"",
    "[]",
    "[1, null, 2]",
    "[\"x\"]",
    "{}",
    "\"2026-1-31\"",
    "\"12.50 EUR\"",
    "\"USD-3\"",
    "\"7\"",
    "{\"amount\": 5, \"currency\": \"EUR\"}",
    "\"it's \\\"off\\\"\"",
];

pub(super) fn values() -> impl Strategy<Value = Vec<usize>> {
    vec(0..VALUES.len(), 12)
}

/// A record for a block: its fields in order with the values chosen.
pub(super) fn record(block: &str, values: &[usize]) -> String {
    let mut values = values.iter().cycle().map(|place| VALUES[*place]);
    let mut outer = Vec::new();
    let mut inner: Option<Vec<String>> = None;
    for line in block.lines().take_while(|line| *line != "}").skip(1) {
        if line.contains("nested: {") {
            inner = Some(Vec::new());
        } else if line.starts_with("  }") {
            outer.push(format!("\"nested\": {{{}}}", inner.take().unwrap().join(", ")));
        } else if !line.contains("other: other") {
            let key = line.split(" by ").nth(1).and_then(|rest| rest.split(' ').next());
            let name = key.unwrap_or_else(|| line.trim().split(':').next().unwrap());
            let column = line.split("from \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or(name);
            let value = values.next().unwrap();
            let entries = inner.as_mut().unwrap_or(&mut outer);
            // References with the same key share a column.
            let is_new = !entries.iter().any(|entry| entry.starts_with(&format!("\"{column}\":")));
            entries.extend((is_new && !value.is_empty()).then(|| format!("\"{column}\": {value}")));
        }
    }
    format!("{{{}}}", outer.join(", "))
}

/// Objects with the keywords of JSON Schema, most of them in the wrong place.
pub(super) fn anything() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("\"string\"".to_owned()),
        Just("\"object\"".to_owned()),
        Just("\"date\"".to_owned()),
        Just("\"#\"".to_owned()),
        Just("\"#/properties/a b\"".to_owned()),
        Just("[\"string\", \"null\"]".to_owned()),
        Just("3".to_owned()),
        Just("{\"type\": \"number\"}".to_owned()),
        Just("{\"type\": \"array\"}".to_owned()),
    ];
    let keyword = prop_oneof![
        Just("type"),
        Just("properties"),
        Just("items"),
        Just("$ref"),
        Just("allOf"),
        Just("oneOf"),
        Just("enum"),
        Just("default"),
        Just("required"),
        Just("a b"),
        Just("é.`\\n{"),
        Just("$defs"),
        Just("description"),
        Just("x-rulebook-name"),
        Just("x-rulebook-references"),
        Just("x-rulebook-record"),
        Just("minimum"),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let object = vec((keyword.clone(), inner.clone()), 0..5).prop_map(|entries| {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
            format!("{{{}}}", entries.join(", "))
        });
        let list = vec(inner, 0..4).prop_map(|members| format!("[{}]", members.join(", ")));
        prop_oneof![3 => object, 1 => list]
    })
}
