//! The renderings of a finding in two files, and of findings at every possible place.

use super::{github, json, sarif, terminal};
use crate::problems::{NameProblem, SyntaxProblem};
use crate::{Finding, Place, Related, Sources};

fn place(file: &str, start: usize, end: usize) -> Place {
    Place { file: file.into(), start, end }
}

/// A field that is nearly there, in a line with letters of more than one byte, explained by another file.
fn unknown_field() -> (Vec<Finding>, Sources) {
    let rule = "# Köln\nwhen \"é\" is lead.scor then stop\n";
    let start = rule.find("scor").unwrap_or_default();
    let problem = NameProblem::UnknownField {
        record: "lead".into(),
        field: "scor".into(),
        suggestion: Some("score".into()),
        known: vec!["id".into(), "score".into()],
    };
    let related = Related { place: place("a schema.rules", 7, 11), label: "declared here".into() };
    let finding =
        Finding { problem: problem.into(), place: place("lead.rules", start, start + 4), related: vec![related] };
    let sources = [("lead.rules", rule), ("a schema.rules", "record lead { id: text  score: number }")];
    (vec![finding], sources.into_iter().collect())
}

#[test]
fn terminal_shows_both_files() {
    let (findings, sources) = unknown_field();
    let expected = "\
error: unknown-field

  × `lead` has no field `scor`
   ╭─[lead.rules:2:18]
 1 │ # Köln
 2 │ when \"é\" is lead.scor then stop
   ·                  ──┬─
   ·                    ╰── did you mean `score`?
   ╰────
  help: write `score`; `lead` has `id` and `score`
  ☞ declared here
   ╭─[a schema.rules:1:8]
 1 │ record lead { id: text  score: number }
   ·        ────
   ╰────
";
    assert_eq!(terminal(&findings, &sources, false, 100), expected);
}

#[test]
fn github_escapes_what_it_must() {
    let (findings, sources) = unknown_field();
    assert_eq!(
        github(&findings, &sources),
        "::error file=lead.rules,line=2,col=18,endColumn=21,title=unknown-field::\
         `lead` has no field `scor`%0Ahelp: write `score`; `lead` has `id` and `score`\n"
    );
}

#[test]
fn programs_learn_places_and_fixes() {
    let (findings, sources) = unknown_field();
    let report: serde_json::Value = serde_json::from_str(&json(&findings, &sources)).unwrap();
    assert_eq!(report["findings"][0]["place"]["start"], serde_json::json!({"line": 2, "column": 18, "offset": 26}));
    assert_eq!(report["findings"][0]["fixes"][0]["replacement"], "score");
    let log: serde_json::Value = serde_json::from_str(&sarif(&findings, &sources, "1.0.0")).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["endColumn"], 22);
    let related = &result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(related, "a%20schema.rules");
}

#[test]
fn any_place_of_any_text_can_be_shown() {
    let long = "x".repeat(5000);
    let texts = ["", "\n", "a", "ä\u{200b}\r\n\tb\n\n\u{1b}[31m last", "a\r\r\nb\n\n\n\n\n\n\nend\n\n", long.as_str()];
    for text in texts {
        let sources: Sources = [("file", text)].into_iter().collect();
        let bytes = || (0..text.len() + 2).step_by(text.len() / 60 + 1);
        for (start, end) in bytes().flat_map(|start| bytes().map(move |end| (start, end))) {
            let related = Related { place: place("file", end, start), label: "there".into() };
            let related = if text.len() < 100 { vec![related] } else { Vec::new() };
            let problem = SyntaxProblem::UnterminatedText.into();
            let findings = [Finding { problem, place: place("file", start, end), related }];
            let shown = terminal(&findings, &sources, false, 80);
            assert!(shown.contains("begins here"), "{text:?} {start}..{end}:\n{shown}");
            assert!(!shown.contains('\u{1b}') && shown.len() < 8000, "{shown}");
            let _ = (json(&findings, &sources), sarif(&findings, &sources, ""), github(&findings, &sources));
        }
    }
}
