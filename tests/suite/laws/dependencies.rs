//! Who may use whom. A crate is cut only where data crosses one way; this table is that way.

use std::fs;

use super::{CRATES, none, root};

/// Each crate, and those it may use.
const MAY_USE: [(&str, &[&str]); 14] = [
    ("limits", &[]),
    ("values", &["limits"]),
    ("diagnostics", &["limits"]),
    ("syntax", &["limits", "diagnostics"]),
    ("semantics", &["limits", "syntax", "values", "diagnostics"]),
    ("vm", &["limits", "values"]),
    ("compiler", &["limits", "semantics", "values", "vm"]),
    ("records", &["limits", "vm", "values"]),
    ("testing", &["limits", "values", "diagnostics", "semantics", "vm", "compiler", "records"]),
    ("folder", &["limits", "values", "semantics"]),
    ("engine", &["limits", "values", "diagnostics", "semantics", "vm", "compiler", "records"]),
    ("ide", &["limits", "values", "diagnostics", "syntax", "semantics", "vm", "compiler", "records", "testing"]),
    ("lsp", &["limits", "values", "diagnostics", "folder", "ide"]),
    (
        "cli",
        &[
            "limits",
            "values",
            "diagnostics",
            "syntax",
            "semantics",
            "vm",
            "compiler",
            "records",
            "testing",
            "folder",
            "lsp",
        ],
    ),
];

/// What one crate alone knows.
const ALONE: [(&str, &str); 13] = [
    ("pest", "syntax"),
    ("pest_derive", "syntax"),
    ("salsa", "semantics"),
    ("miette", "diagnostics"),
    ("rust_decimal", "values"),
    ("regex", "values"),
    ("postcard", "vm"),
    ("walkdir", "folder"),
    ("toml", "folder"),
    ("tower-lsp", "lsp"),
    ("clap", "cli"),
    ("indicatif", "cli"),
    ("comfy-table", "cli"),
];

/// The names under `[dependencies]` and their like in a crate's manifest.
fn dependencies(folder: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("crates").join(folder).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    let tables = ["dependencies", "build-dependencies"].iter().filter_map(|table| manifest.get(*table)?.as_table());
    tables.flat_map(|table| table.keys().cloned()).collect()
}

#[test]
fn every_crate_stands_in_the_table() {
    let mut folders: Vec<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .filter_map(|entry| entry.ok().filter(|entry| entry.path().is_dir()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    let mut listed: Vec<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    listed.sort_unstable();
    assert_eq!(folders, listed);
    assert_eq!(CRATES.map(String::from).to_vec(), MAY_USE.map(|(name, _)| name.to_owned()).to_vec());
}

#[test]
fn a_crate_uses_only_what_it_may() {
    let offences = MAY_USE.iter().flat_map(|(name, allowed)| {
        let used = dependencies(name).into_iter().filter(|used| CRATES.contains(&used.as_str()));
        used.filter(|used| !allowed.contains(&used.as_str())).map(move |used| format!("{name} uses {used}"))
    });
    none("crates use what their row does not list", offences);
}

#[test]
fn one_crate_alone_knows() {
    let offences = CRATES.iter().flat_map(|name| {
        let alone = ALONE.iter().filter(move |(_, owner)| owner != name);
        let used = dependencies(name);
        alone
            .filter(move |(package, _)| used.iter().any(|used| used == package))
            .map(move |(package, owner)| format!("{name} uses {package}, which only {owner} knows"))
    });
    none("packages outside their crate", offences);
}
