//! The laws of the house, so far as a program can hold them: who may use whom, what is banned where, how long things are,
//! and that the map is true. Each test lists every offence at once.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a law that cannot be looked at is broken")]

mod dependencies;
mod house;
mod map;
mod pages;
mod shape;
mod supply;

use std::fs;
use std::path::{Path, PathBuf};

/// The crates in the order of a rule's journey, as they stand in `crates/`.
const CRATES: [&str; 14] = [
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
    "engine",
    "ide",
    "lsp",
    "cli",
];

/// Those that know no files, clock, environment or screen: all above `records`, and `ide`, whose texts come from editors.
const PURE: [&str; 8] = ["limits", "values", "diagnostics", "syntax", "semantics", "vm", "compiler", "ide"];

/// The root of the project.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file with its name relative to the root.
struct File {
    name: String,
    text: String,
}

/// The Rust files below a folder, in name order.
fn rust_files(folder: &str) -> Vec<File> {
    let mut files = Vec::new();
    collect(&root().join(folder), folder, "rs", &mut files);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn collect(folder: &Path, name: &str, extension: &str, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, extension, files);
        } else if path.extension().is_some_and(|found| found == extension) {
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
            files.push(File { name, text });
        }
    }
}

/// Fails with all offences, if there are any.
fn none(law: &str, offences: impl IntoIterator<Item = String>) {
    let offences: Vec<String> = offences.into_iter().collect();
    assert!(offences.is_empty(), "{law}:\n  {}", offences.join("\n  "));
}
