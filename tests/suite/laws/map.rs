//! `crates/README.md` is the map of the code: short, complete and true.

use std::fs;

use super::{CRATES, none, root};

/// The most lines that a map may have.
const LONGEST: usize = 120;

fn map() -> String {
    fs::read_to_string(root().join("crates/README.md")).unwrap()
}

#[test]
fn the_map_is_short() {
    let lines = map().lines().count();
    assert!(lines <= LONGEST, "crates/README.md has {lines} lines, more than {LONGEST}");
}

#[test]
fn the_map_names_every_crate() {
    let map = map();
    let named =
        |name: &str| [format!("`{name}`"), format!("[{name}]"), format!("{name}/")].iter().any(|way| map.contains(way));
    none("crates that the map does not name", CRATES.iter().filter(|name| !named(name)).map(|name| (*name).to_owned()));
}

#[test]
fn the_map_names_only_what_is_there() {
    let map = map();
    let links = map.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let links = links.map(|link| link.split('#').next().unwrap_or_default());
    let code = map.split('`').skip(1).step_by(2);
    let files = code.filter(|word| !word.contains(char::is_whitespace) && is_file_name(word));
    let missing =
        links.filter(|link| !link.is_empty() && !link.contains("://")).chain(files).filter(|name| !exists(name));
    none("files that the map names and that are not there", missing.map(str::to_owned));
}

/// Whether a word in backquotes is meant as a file: `syntax/src/split.rs`, `tests/`.
fn is_file_name(word: &str) -> bool {
    let endings = [".rs", ".md", ".toml", ".pest", ".rules", "/"];
    endings.iter().any(|ending| word.ends_with(ending)) && !word.contains(['*', '<', '…'])
}

/// Names are relative to the map, to the root, or to the sources of any crate.
fn exists(name: &str) -> bool {
    let sources = CRATES.iter().map(|folder| root().join("crates").join(folder).join("src"));
    let mut folders = [root().join("crates"), root()].into_iter().chain(sources);
    folders.any(|folder| folder.join(name).exists())
}
