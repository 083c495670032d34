//! Rule text.

use diagnostics::{Finding, Severity, Sources, render};
use semantics::Project;
use semantics::typed::Rulebook;
use syntax::{equal_ignoring_spans, parse, split};
use vm::{file, verify};

use super::decide::verdicts;
use super::limits;

/// What every file that rules name holds.
const DATA: &str = "code,name\nDE,Germany\nAT,\n7,Austria\n";

/// A file of rules is checked, shown and laid out; without errors it decides.
pub fn rules(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let project = project(&text);
    let findings = project.findings();
    shown(&findings, &text);
    edited(&findings, &text);
    laid_out(&text, project.rulebook().is_some());
    if let Some(rulebook) = project.rulebook() {
        decided(&rulebook);
    }
}

/// A rulebook of one file; each other file that it names is there.
fn project(text: &str) -> Project {
    let mut project = Project::new();
    project.set_limits(limits());
    project.set_file("a.rules", text);
    hand_in(&mut project);
    project
}

fn hand_in(project: &mut Project) {
    for name in project.wanted_files() {
        project.set_data(&name, Ok(DATA));
    }
}

/// Findings lie in the text, between characters, and can be shown.
pub(super) fn shown(findings: &[Finding], text: &str) {
    for finding in findings {
        let places = finding.related.iter().map(|related| &related.place).chain([&finding.place]);
        for place in places.filter(|place| &*place.file == "a.rules") {
            assert!(text.get(place.start..place.end).is_some(), "{finding:?} lies outside of the text");
        }
    }
    let sources: Sources = [("a.rules", text)].into_iter().collect();
    let _ = render::terminal(findings, &sources, false, 80);
    let _ = render::github(findings, &sources);
    let json = render::json(findings, &sources);
    serde_json::from_str::<serde_json::Value>(&json).expect("findings as JSON are JSON");
}

/// The errors among findings, but for letters that only look like others: in a name of other people's data these are for
/// people to judge.
pub(super) fn errors(findings: &[Finding]) -> Vec<&Finding> {
    let deceives = |finding: &Finding| finding.problem.code().name() == "confusable-character";
    findings.iter().filter(|finding| finding.severity() == Severity::Error && !deceives(finding)).collect()
}

/// Written in two goes, it is checked like a new file.
fn edited(findings: &[Finding], text: &str) {
    let half = text.floor_char_boundary(text.len() / 2);
    let mut project = project(&text[..half]);
    let _ = (project.findings(), project.rulebook());
    project.set_file("a.rules", text);
    hand_in(&mut project);
    assert_eq!(project.findings(), findings, "after an edit there are other findings than from scratch");
}

/// Laid out once it stays so, and says what it said.
fn laid_out(text: &str, is_sound: bool) {
    let once = syntax::format(text).text;
    assert_eq!(syntax::format(&once).text, once, "laid out twice it is different");
    let (before, after) = (split(text).chunks, split(&once).chunks);
    assert_eq!(before.len(), after.len(), "laid out, it has other items\n{once}");
    for (before, after) in before.iter().zip(&after) {
        let before = parse(before.kind, &text[before.range.clone()]).item;
        let after = parse(after.kind, &once[after.range.clone()]).item;
        assert!(equal_ignoring_spans(&before, &after), "laid out, {before:#?}\nhas become {after:#?}");
    }
    assert!(!is_sound || project(&once).rulebook().is_some(), "laid out, it has errors\n{once}");
}

/// Its program is sound, and decides the same in each of its forms.
fn decided(rulebook: &Rulebook) {
    let planned = compiler::compile_within(rulebook, compiler::Purpose::Decide, limits().tree_size).program;
    let loaded = file::load(&file::save(&planned)).expect("what was saved loads");
    assert_eq!(*loaded, planned, "what was saved loads as something else");
    let unplanned = verify(compiler::compile_unplanned(rulebook)).expect("the program verifies");
    let traceable = verify(compiler::compile_traceable(rulebook)).expect("the program verifies");
    let _ = vm::disassemble(&loaded);
    let [one, other] = [&loaded, &unplanned].map(|program| verdicts(program, vm::Options::default()));
    same(&one, &other);
    let _ = verdicts(&traceable, vm::Options { trace: true, ..vm::Options::default() });
}

/// Where neither ran out of steps, of which a plan saves some, both say the same.
fn same(one: &str, other: &str) {
    let ran_out = |line: &str| line.contains("\"code\":\"too-many-steps\"");
    for (one, other) in one.lines().zip(other.lines()) {
        assert!(one == other || ran_out(one) || ran_out(other), "planned:   {one}\nunplanned: {other}");
    }
}
