//! What is inferred from records reads them again.

use std::fmt::Write as _;
use std::io::Cursor;

use values::{Text, Type};
use vm::program::Field;

use super::judge::{self, Kind};
use super::{Inferred, infer, observe};
use crate::{Options, Reader, Source};

fn inferred(name: &str, text: &str) -> Inferred {
    let source = Source::read(name, Cursor::new(text.to_owned()), None).unwrap();
    infer(source, "lead", &Options::default()).unwrap()
}

#[test]
fn a_table_becomes_a_record_block() {
    let mut csv = "Prospect ID,Lead Source,TotalVisits,Do Not Email,Created,Zip,Specialization,Empty\n".to_owned();
    for row in 0..20 {
        let source = if row % 2 == 0 { "Olark Chat" } else { "google" };
        let visits = if row == 3 { "N/A".to_owned() } else { format!("{row}.5") };
        let subject = if row < 5 { "Select".to_owned() } else { format!("subject {row}") };
        writeln!(csv, "p{row},{source},{visits},No,2026-01-{:02},0{row},{subject},", row + 1).unwrap();
    }
    csv.push_str("too,short\n");
    let expected = "\
# 21 records of leads.csv, 1 of them could not be read
record lead {
  prospect_id: text key from \"Prospect ID\"  # 20 present, all different, 20 values
  lead_source: one of \"google\", \"Olark Chat\" from \"Lead Source\"  # 20 present, 2 values: \"google\" 10, \"Olark Chat\" 10
  total_visits: number? from \"TotalVisits\" missing when \"N/A\"  # 19 present, 0.5 to 19.5
  do_not_email: true or false from \"Do Not Email\"  # 20 present
  created: date from \"Created\"  # 20 present
  zip: text from \"Zip\"  # 20 present, 20 values
  specialization: text? from \"Specialization\" missing when \"Select\"  # 15 present, 15 values
  empty: text? from \"Empty\"  # 0 present
}
";
    assert_eq!(inferred("leads.csv", &csv).text, expected);
}

#[test]
fn objects_become_nested_records() {
    let json = r#"[
        {"id": 1, "company": {"name": "A{b}", "employees": 5}, "tags": ["x"], "at": "2026-01-31T09:00Z", "odd": 1, "leadId": null},
        {"id": 2, "company": null, "tags": [], "at": "2026-01-31", "odd": "x", "score": 0.25}
    ]"#;
    let expected = "\
# 2 records of leads.json
record lead {
  id: number key  # 2 present, all different, 1 to 2
  company: {
    name: text  # 1 present, 1 value
    employees: number  # 1 present, 5 to 5
  }?  # 1 present
  tags: list of text  # 2 present
  at: datetime  # 2 present
  # \"odd\" is left out: it has no one type: 1 numbers, 1 texts
  lead_id: text? from \"leadId\"  # 0 present
  score: number?  # 1 present, 0.25 to 0.25
}
";
    assert_eq!(inferred("leads.json", json).text, expected);
}

#[test]
fn labels_that_differ_in_case_are_counted_as_one() {
    let rows = ["Web", "web", "WEB", "event"].repeat(6).join("\n");
    let text = inferred("leads.csv", &format!("Source\n{rows}\n")).text;
    assert!(text.contains("24 present, 2 values: \"WEB\" 18, \"event\" 6"), "{text}");
}

/// The fields as a program would ask for them.
fn asked(fields: &[judge::Field], above: &[Text], optional: bool) -> Vec<Field> {
    let mut found = Vec::new();
    for field in fields {
        let source: Vec<Text> = above.iter().cloned().chain([field.column.as_str().into()]).collect();
        let optional = optional || field.optional;
        let ty = match &field.kind {
            Kind::LeftOut(_) => continue,
            Kind::Nested(inner) => {
                found.extend(asked(inner, &source, optional));
                Type::Record(field.name.as_str().into())
            }
            Kind::OneOf(labels) => Type::OneOf(labels.iter().map(|label| label.as_str().into()).collect()),
            Kind::List(member) => Type::List(Box::new(plain(member))),
            Kind::Truth => plain("true or false"),
            Kind::Number => plain("number"),
            Kind::Money => plain("money"),
            Kind::Date => plain("date"),
            Kind::DateTime => plain("datetime"),
            Kind::Text => plain("text"),
        };
        let sentinels = field.sentinels.iter().map(|&text| text.into()).collect();
        found.push(Field {
            inferred: false,
            name: field.name.as_str().into(),
            source,
            ty,
            optional,
            default: None,
            sentinels,
            key: field.key,
            through: None,
        });
    }
    found
}

fn plain(name: &str) -> Type {
    match name {
        "true or false" => Type::Truth,
        "number" => Type::Number,
        "money" => Type::Money(None),
        "date" => Type::Date,
        "datetime" => Type::DateTime,
        _ => Type::Text,
    }
}

#[track_caller]
fn check_fits(name: &str, text: &str, fields: usize) {
    let source = || Source::read(name, Cursor::new(text.to_owned()), None).unwrap();
    let (table, records, unreadable) = observe(source(), &Options::default()).unwrap();
    let asked = asked(&judge::fields(&table), &[], false);
    assert_eq!(asked.len(), fields);
    let outcomes: Vec<_> =
        Reader::new(source(), asked.as_slice(), Options::default()).unwrap().map(Result::unwrap).collect();
    let faults: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    assert_eq!(outcomes.len() as u64, records);
    assert_eq!(faults.len() as u64, unreadable, "{faults:?}");
}

#[test]
fn what_is_inferred_reads_the_records_it_came_from() {
    let rows = [
        "Won ,1,-,yes,2026-01-31,,2026-01-31 10:00:00,  ,A;B,1e5,0",
        "won,-0.50,5,N/A,2026-02-28,x,2026-01-31,a,C,2,00",
        "LOST,,NULL,No,?,,2026-03-29T02:30,b,,3,1",
        "unknown,none,7,TRUE,2026-01-31,y,,, D ,+4,2",
        "ragged",
    ];
    let header = "Stage,Number,Mixed Sentinels,Flag,Day,,At,Blank,Tags,Code,Padded";
    check_fits("a.csv", &format!("{header}\n{}\n", rows.repeat(7).join("\n")), 10);
    let lines = [
        r#"{"a": 1, "b": "Select", "c": {"d": null, "e": [1, 2]}, "f": "", "g": "none", "h": [], "i": true}"#,
        r#"{"a": "N/A", "b": "x", "c": {"d": "2026-01-31", "e": []}, "f": "2026-01-31", "g": 5, "h": ["x", "none"], "i": 1}"#,
        r#"{"a": 2.50, "b": "X", "c": "-", "f": "2026-01-31", "g": 7, "h": [null], "i": "x"}"#,
        r#"{"a": 3, "a": 3}"#,
        r#"{"a": 3, "b": "#,
    ];
    check_fits("a.ndjson", &lines.join("\n"), 8);
}
