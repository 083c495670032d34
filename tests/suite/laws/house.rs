//! The root holds seven entries and what tools demand beside them, and nothing in the project knows where it was written.

use std::fs;
use std::path::Path;

use super::{none, root};

/// What a visitor sees.
const ENTRIES: [&str; 7] = ["Cargo.toml", "README.md", "crates", "editors", "examples", "grammar", "tests"];

/// What may stand beside it: demanded by cargo or by law, or made by a build.
const BESIDE: [&str; 4] = ["Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT", "target"];

#[test]
fn the_root_is_tidy() {
    let names: Vec<String> =
        fs::read_dir(root()).unwrap().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let known = |name: &str| ENTRIES.contains(&name) || BESIDE.contains(&name) || name.starts_with('.');
    none("strange entries in the root", names.iter().filter(|name| !known(name)).cloned());
    let missing = ENTRIES.iter().filter(|entry| !names.iter().any(|name| name == **entry));
    none("entries that the root lacks", missing.map(|name| (*name).to_owned()));
}

#[test]
fn nothing_knows_where_it_was_written() {
    // Put together here so that this file does not offend.
    let banned = [concat!("/work", "/"), concat!("/root", "/"), concat!(".lib", "rary")];
    let mut offences = Vec::new();
    for entry in ["README.md", "Cargo.toml", "crates", "editors", "examples", "grammar", "tests", ".ci"] {
        search(&root().join(entry), entry, &banned, &mut offences);
    }
    none("paths of one machine", offences);
}

fn search(path: &Path, name: &str, banned: &[&str], offences: &mut Vec<String>) {
    if name.ends_with("/node_modules") {
        // Made by a build, and no part of the project.
    } else if path.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            let inner = format!("{name}/{}", entry.file_name().to_string_lossy());
            search(&entry.path(), &inner, banned, offences);
        }
    } else if let Ok(text) = fs::read_to_string(path) {
        let found = banned.iter().filter(|word| text.contains(**word));
        offences.extend(found.map(|word| format!("{name}: {word}")));
    }
}
