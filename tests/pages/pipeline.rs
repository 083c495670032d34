//! The journey from rule files to findings, representations and verdicts: all that the pages know of the crates.

use std::collections::BTreeMap;

use diagnostics::{Finding, Sources, render};

/// The files of a rulebook as a page shows them, by name.
#[derive(Clone, Default)]
pub(crate) struct Project {
    files: BTreeMap<String, String>,
}

impl Project {
    /// Adds or replaces a file.
    pub(crate) fn insert(&mut self, name: &str, text: &str) {
        self.files.insert(name.to_owned(), text.to_owned());
    }

    /// The text of a file.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// Whether there is such a file.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// Whether there is any rule file.
    pub(crate) fn has_rules(&self) -> bool {
        self.files.keys().any(|name| is_rules(name))
    }

    /// All files in name order.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&String, &String)> {
        self.files.iter()
    }
}

fn is_rules(name: &str) -> bool {
    name.ends_with(".rules")
}

/// Findings as a person sees them, 100 columns wide and without colour.
pub(crate) fn rendered(findings: &[Finding], project: &Project) -> String {
    let sources: Sources = project.files().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    render::terminal(findings, &sources, false, 100)
}

/// What the checker finds, hints included.
pub(crate) fn check(_project: &Project) -> Result<Vec<Finding>, String> {
    Err("the checker is not there yet".into())
}

/// The verdicts of records (one JSON object a line) at an instant, one JSON object a line; faults stand among them.
pub(crate) fn verdicts(_project: &Project, _records: &str, _now: &str) -> Result<String, String> {
    Err("the machine is not there yet".into())
}

/// A representation of the rulebook: `ast`, `typed`, `tree` or `bytecode`.
pub(crate) fn dump(kind: &str, _project: &Project) -> Result<String, String> {
    Err(format!("`{kind}` is not there yet"))
}

/// The queries that ran again when the last but one version of a rulebook became the last, one a line.
pub(crate) fn queries(_versions: &[Project]) -> Result<String, String> {
    Err("the log of queries is not there yet".into())
}
