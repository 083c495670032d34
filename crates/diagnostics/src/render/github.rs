//! Findings as workflow commands, which GitHub shows as annotations beside the lines of a change.

use crate::{Finding, Severity, Sources};

/// Renders findings as workflow commands, one a line: `::error file=lead.rules,line=1,…::sentence`.
pub fn github(findings: &[Finding], sources: &Sources) -> String {
    findings.iter().map(|finding| command(finding, sources)).collect()
}

fn command(finding: &Finding, sources: &Sources) -> String {
    let kind = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    let (start, end) = sources.range(&finding.place);
    let mut place = format!("file={},line={}", property(&finding.place.file), start.line);
    if start.line == end.line {
        // The last column is the last one underlined; GitHub takes columns only within one line.
        place += &format!(",col={},endColumn={}", start.column, end.column.saturating_sub(1).max(start.column));
    } else {
        place += &format!(",endLine={}", end.line);
    }
    let help = finding.problem.help().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let message = data(&format!("{}{help}", finding.problem.sentence()));
    format!("::{kind} {place},title={}::{message}\n", property(finding.problem.code().name()))
}

/// What stands after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands after a `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
