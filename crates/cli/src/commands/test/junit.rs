//! What came of the tests as JUnit XML, which automatic checks read.
//!
//! Written here by hand: it is three elements, and what matters is that text is escaped.

use std::fmt::Write as _;

use super::markup::escaped;
use testing::Outcome;

/// One `testsuite` for each file, one `testcase` for each test. There are no times in it, so that the same rules give the
/// same file.
pub(super) fn junit(outcomes: &[Outcome]) -> String {
    let failed = |outcomes: &[Outcome]| outcomes.iter().filter(|outcome| !outcome.passed()).count();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let (all, bad) = (outcomes.len(), failed(outcomes));
    let _ = writeln!(out, "<testsuites name=\"rulebook\" tests=\"{all}\" failures=\"{bad}\" errors=\"0\">");
    for suite in outcomes.chunk_by(|left, right| left.file == right.file) {
        let name = escaped(suite.first().map_or("", |first| &first.file));
        let (all, bad) = (suite.len(), failed(suite));
        let _ = writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{all}\" failures=\"{bad}\" errors=\"0\" skipped=\"0\">"
        );
        suite.iter().for_each(|outcome| case(&mut out, outcome));
        out.push_str("  </testsuite>\n");
    }
    out + "</testsuites>\n"
}

fn case(out: &mut String, outcome: &Outcome) {
    let (name, file) = (escaped(&outcome.name), escaped(&outcome.file));
    let line = outcome.at.rsplit_once(':').map_or("", |(_, line)| line);
    let _ = write!(out, "    <testcase name=\"{name}\" classname=\"{file}\" file=\"{file}\" line=\"{line}\"");
    if outcome.passed() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    for failure in &outcome.failures {
        let labels = failure.labels.iter().map(|(_, label)| label);
        let lines: Vec<&str> = labels.chain(&failure.notes).map(String::as_str).collect();
        let sentence = escaped(&failure.sentence);
        let _ = writeln!(out, "      <failure message=\"{sentence}\">{}</failure>", escaped(&lines.join("\n")));
    }
    out.push_str("    </testcase>\n");
}
