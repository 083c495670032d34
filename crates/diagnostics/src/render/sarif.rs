//! Findings in SARIF 2.1.0, the format that code scanners exchange.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{Code, Finding, Fix, Place, Severity, Sources};

/// Renders findings as a SARIF 2.1.0 log of one run. Columns count Unicode code points, and the log says so; the page of
/// each code that occurs stands in it as the rule's help. `version` is that of the tool.
pub fn sarif(findings: &[Finding], sources: &Sources, version: &str) -> String {
    let codes: BTreeSet<Code> = findings.iter().map(|finding| finding.problem.code()).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "columnKind": "unicodeCodePoints",
            "tool": { "driver": {
                "name": "rulebook",
                "version": version,
                "rules": codes.iter().copied().map(rule).collect::<Vec<_>>(),
            }},
            "results": findings.iter().map(|finding| result(finding, &codes, sources)).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

/// What SARIF calls a rule: a kind of finding.
fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.title() },
        "help": { "text": code.page(), "markdown": code.page() },
    })
}

fn result(finding: &Finding, codes: &[Code], sources: &Sources) -> Value {
    let code = finding.problem.code();
    let help = finding.problem.help().map(|help| format!("; help: {help}")).unwrap_or_default();
    let related = finding.related.iter().map(|related| {
        let mut location = location(&related.place, sources);
        insert(&mut location, "message", json!({ "text": related.label }));
        location
    });
    let mut result = json!({
        "ruleId": code.name(),
        "ruleIndex": codes.iter().position(|listed| *listed == code),
        "level": match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "note",
        },
        "message": { "text": format!("{}{help}", finding.problem.sentence()) },
        "locations": [location(&finding.place, sources)],
    });
    if !finding.related.is_empty() {
        insert(&mut result, "relatedLocations", related.collect());
    }
    let fixes = finding.fixes();
    if !fixes.is_empty() {
        insert(&mut result, "fixes", fixes.iter().map(|fix| change(fix, sources)).collect());
    }
    result
}

fn insert(object: &mut Value, key: &str, value: Value) {
    if let Value::Object(fields) = object {
        fields.insert(key.to_owned(), value);
    }
}

fn location(place: &Place, sources: &Sources) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&place.file) },
        "region": region(place, sources),
    }})
}

fn region(place: &Place, sources: &Sources) -> Value {
    let (start, end) = sources.range(place);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn change(fix: &Fix, sources: &Sources) -> Value {
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(&fix.place.file) },
            "replacements": [{
                "deletedRegion": region(&fix.place, sources),
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

/// A file name as a reference: relative ones stay so, with `/` between folders and everything unusual as `%XX`.
fn uri(file: &str) -> String {
    let mut uri = if file.starts_with('/') { String::from("file://") } else { String::new() };
    for byte in file.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
