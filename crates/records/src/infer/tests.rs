use std::fmt::Write as _;
use std::io::Cursor;

use super::{Inferred, infer};
use crate::{Options, Source};

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
  prospect_id: text key from \"Prospect ID\"  # 20 present, all different, 20 values: \"p0\" 1, \"p1\" 1, \"p10\" 1, …
  lead_source: one of \"google\", \"Olark Chat\" from \"Lead Source\"  # 20 present, 2 values: \"Olark Chat\" 10, \"google\" 10
  total_visits: number? from \"TotalVisits\" missing when \"N/A\"  # 19 present, 0.5 to 19.5
  do_not_email: true or false from \"Do Not Email\"  # 20 present
  created: date from \"Created\"  # 20 present
  zip: text from \"Zip\"  # 20 present, 20 values: \"00\" 1, \"01\" 1, \"010\" 1, …
  specialization: text? from \"Specialization\" missing when \"Select\"  # 15 present, 15 values: \"subject 10\" 1, \"subject 11\" 1, \"subject 12\" 1, …
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
    name: text  # 1 present, 1 value: \"A\\u{7b}b\\u{7d}\" 1
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
