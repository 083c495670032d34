//! What is written again, saved and loaded again, or damaged: every rule text of the project goes there and back.
//!
//! The texts are the `rules` blocks of all Markdown pages, each for itself, and the rule files of the examples and of the
//! real tables. [`layout`] writes them in their canonical layout, [`programs`] compiles and saves them, [`schemas`] sends
//! their record types through JSON Schema, [`damage`] changes a byte of a file, [`editor`] asks what editors ask.

#![expect(clippy::unwrap_used, reason = "a round trip that cannot be made is a failure")]

mod damage;
mod editor;
mod layout;
mod programs;
mod schemas;

use std::fs;
use std::path::{Path, PathBuf};

/// Where the texts are looked for, below the root of the project.
const FOLDERS: [&str; 4] = ["README.md", "tests", "examples", "crates/cli/guide"];

/// Some rules and where they stand.
struct Text {
    /// The file, for a block also its line: `tests/diagnostics/circle.md:12`.
    name: String,
    rules: String,
    /// Where the files lie that lists are read from.
    folder: PathBuf,
}

/// The blocks of the pages and the rule files, in the order of their names.
fn texts() -> Vec<Text> {
    let (files, mut pages) = (rule_files(), files("md"));
    pages.sort();
    let blocks = pages.iter().flat_map(|page| blocks(page)).collect::<Vec<_>>();
    assert!(blocks.len() > 50 && files.len() >= 5, "{} blocks, {} files", blocks.len(), files.len());
    blocks.into_iter().chain(files).collect()
}

/// The rule files of the examples and of the real tables.
fn rule_files() -> Vec<Text> {
    let mut paths = files("rules");
    paths.sort();
    let text = |path: PathBuf| Text {
        name: name(&path),
        rules: fs::read_to_string(&path).unwrap(),
        folder: path.parent().unwrap().to_owned(),
    };
    paths.into_iter().map(text).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A path as it is told: from the root of the project.
fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn files(extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    FOLDERS.iter().for_each(|folder| collect(&root().join(folder), extension, &mut found));
    found
}

fn collect(path: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| collect(&entry.unwrap().path(), extension, found));
    } else if path.extension().is_some_and(|ending| ending == extension) {
        found.push(path.to_owned());
    }
}

/// The `rules` blocks of a page.
fn blocks(page: &Path) -> Vec<Text> {
    let text = fs::read_to_string(page).unwrap();
    let mut blocks: Vec<Text> = Vec::new();
    let mut fence = None;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let opening = line.len() - line.trim_start_matches('`').len();
        let kind = line.trim_start_matches('`').split_whitespace().next();
        match fence {
            None if opening >= 3 => {
                fence = Some((opening, kind == Some("rules")));
                let folder = page.parent().unwrap().to_owned();
                let name = format!("{}:{}", name(page), number + 1);
                blocks.extend((kind == Some("rules")).then(|| Text { name, rules: String::new(), folder }));
            }
            Some((open, _)) if opening >= open && kind.is_none() => fence = None,
            Some((_, true)) => blocks.last_mut().unwrap().rules.push_str(line),
            _ => {}
        }
    }
    blocks
}
