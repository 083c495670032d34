//! Findings for programs: one JSON object with everything that is known about each.

use serde::Serialize;

use crate::{Counts, Finding, Place, Position, Sources};

/// Renders findings as one JSON object: `{"findings": […], "errors": 1, "warnings": 0}`. Lines and columns begin at 1,
/// columns count Unicode code points, `end` is the position after the last character, `offset` counts bytes from 0.
pub fn json(findings: &[Finding], sources: &Sources) -> String {
    let counts = Counts::of(findings);
    let report = Report {
        findings: findings.iter().map(|finding| finding_of(finding, sources)).collect(),
        errors: counts.errors,
        warnings: counts.warnings,
    };
    // A tree of texts and numbers always has a JSON form.
    serde_json::to_string_pretty(&report).map(|text| text + "\n").unwrap_or_default()
}

#[derive(Serialize)]
struct Report {
    findings: Vec<Found>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Found {
    code: &'static str,
    severity: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    place: Range,
    label: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Also>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Change>,
}

#[derive(Serialize)]
struct Range {
    file: String,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct Also {
    label: String,
    place: Range,
}

#[derive(Serialize)]
struct Change {
    title: String,
    place: Range,
    replacement: String,
}

fn finding_of(finding: &Finding, sources: &Sources) -> Found {
    let problem = &finding.problem;
    let also = finding.related.iter();
    let fixes = finding.fixes().into_iter();
    Found {
        code: problem.code().name(),
        severity: finding.severity().name(),
        message: problem.sentence(),
        help: problem.help(),
        place: range(&finding.place, sources),
        label: problem.label(),
        related: also.map(|also| Also { label: also.label.clone(), place: range(&also.place, sources) }).collect(),
        fixes: fixes
            .map(|fix| Change { title: fix.title, place: range(&fix.place, sources), replacement: fix.replacement })
            .collect(),
    }
}

fn range(place: &Place, sources: &Sources) -> Range {
    let (start, end) = sources.range(place);
    let point = |position: Position, offset| Point { line: position.line, column: position.column, offset };
    Range {
        file: place.file.to_string(),
        start: point(start, place.start),
        end: point(end, place.end.max(place.start)),
    }
}
