//! Record types there and back: a schema that was written says what `run` does, and comes in again as what it was.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod random;
mod validator;

use std::io::Cursor;

use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use records::{Format, Options, Reader, RecordType, Source};
use semantics::Project;

use random::{record_block, values};
use validator::accepts;

/// The record types of a rulebook. Whether a value with a default may be missing makes no difference.
fn types(rules: &str) -> Vec<semantics::RecordType> {
    let mut project = Project::new();
    project.set_file("a.rules", rules);
    let findings = project.findings();
    assert!(findings.is_empty(), "{findings:?}\n{rules}");
    let mut types = project.record_types();
    for field in types.iter_mut().flat_map(|ty| &mut ty.fields) {
        field.optional |= field.default.is_some();
    }
    types
}

fn exported(rules: &str) -> String {
    let types: Vec<RecordType> = types(rules).iter().map(testing::record_type).collect();
    records::export(&types, "lead")
}

/// Whether `run` reads a record, if its rules ask for every field.
fn reads(rules: &str, record: &str) -> bool {
    let lead = types(rules).iter().map(testing::record_type).find(|ty| &*ty.name == "lead").unwrap();
    let source = Source::read("a.ndjson", Cursor::new(record.to_owned()), Some(Format::Ndjson)).unwrap();
    Reader::new(source, lead.fields.as_slice(), Options::default()).unwrap().all(|outcome| outcome.unwrap().is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_exported_comes_in_again(block in record_block()) {
        let schema = exported(&block);
        let imported = records::import("lead.json", &schema, None).unwrap();
        prop_assert_eq!(types(&block), types(&imported.text), "{}\n{}\n{}", block, schema, imported.text);
        // And what comes in goes out as it was.
        prop_assert_eq!(exported(&imported.text), schema);
    }

    #[test]
    fn the_schema_lets_pass_what_run_reads_and_nothing_else(block in record_block(), values in values()) {
        let schema = exported(&block);
        let record = random::record(&block, &values);
        prop_assert_eq!(accepts(&schema, &record), reads(&block, &record), "{}\n{}\n{}", block, schema, record);
    }

    #[test]
    fn nothing_that_is_imported_panics(text in random::anything()) {
        if let Ok(imported) = records::import("a.json", &text, None) {
            let mut project = Project::new();
            project.set_file("a.rules", &imported.text);
            let errors = project.findings().iter().any(|finding| finding.severity() == diagnostics::Severity::Error);
            assert!(!errors, "{text}\n{}\n{:?}", imported.text, project.findings());
        }
    }
}

/// Schemas that would take for ever if each way through them were gone.
#[test]
fn a_schema_that_multiplies_is_refused() {
    let levels = (0..64).map(|level| {
        let next = format!("{{\"$ref\": \"#/$defs/d{}\"}}", level + 1);
        format!("\"d{level}\": {{\"allOf\": [{next}, {next}]}}")
    });
    let levels: Vec<String> = levels.collect();
    let schema = format!("{{\"$ref\": \"#/$defs/d0\", \"$defs\": {{{}, \"d64\": {{}}}}}}", levels.join(","));
    let error = records::import("a.json", &schema, None).unwrap_err();
    assert!(error.sentence.contains("too large") || error.sentence.contains("more than"), "{error}");
    let deep = format!("{}{}", "{\"items\":".repeat(200), "}".repeat(200));
    assert!(records::import("a.json", &deep, None).is_err());
    let chain: Vec<String> = (0..5_000).map(|at| format!("\"d{at}\": {{\"$ref\": \"#/$defs/d{}\"}}", at + 1)).collect();
    let chain = format!("{{\"$ref\": \"#/$defs/d0\", \"$defs\": {{{}}}}}", chain.join(","));
    assert!(records::import("a.json", &chain, None).is_err());
}
