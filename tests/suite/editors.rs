//! What `editors/` says of the language is what the language is: its words come from one table, and its grammar for
//! tree-sitter reads all that the grammar reads.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "what cannot be looked at fails, and what is skipped says so"
)]

mod colours;
mod grammar;
mod tree;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use syntax::ChunkKind;

/// The root of the project.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A text of rules and where it stands.
struct Rules {
    name: String,
    text: String,
}

/// Every text of rules in the project: rule files and the blocks of pages.
fn rule_texts() -> Vec<Rules> {
    let mut found = Vec::new();
    for folder in ["README.md", "crates/cli/guide", "crates/syntax/src/tests", "examples", "tests"] {
        collect(&root().join(folder), folder, &mut found);
    }
    assert!(found.len() > 500, "only {} texts of rules were found", found.len());
    found
}

fn collect(path: &Path, name: &str, found: &mut Vec<Rules>) {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path).unwrap().flatten().map(|entry| entry.file_name()).collect();
        entries.sort();
        for entry in entries {
            collect(&path.join(&entry), &format!("{name}/{}", entry.to_string_lossy()), found);
        }
    } else if name.ends_with(".rules") {
        found.push(Rules { name: name.to_owned(), text: fs::read_to_string(path).unwrap() });
    } else if name.ends_with(".md") {
        blocks(name, &fs::read_to_string(path).unwrap(), found);
    }
}

/// The fenced blocks of a page whose language is `rules`.
fn blocks(page: &str, text: &str, found: &mut Vec<Rules>) {
    let mut fence = "";
    let mut block: Option<Rules> = None;
    for (line, written) in text.lines().enumerate() {
        let ticks = &written[..written.len() - written.trim_start_matches('`').len()];
        if fence.is_empty() && ticks.len() >= 3 {
            fence = ticks;
            let language = written[ticks.len()..].split_whitespace().next();
            block = (language == Some("rules"))
                .then(|| Rules { name: format!("{page}:{}", line + 1), text: String::new() });
        } else if !fence.is_empty() && written.trim_end() == fence {
            fence = "";
            found.extend(block.take());
        } else if let Some(block) = &mut block {
            block.text.push_str(written);
            block.text.push('\n');
        }
    }
}

/// Whether the grammar reads a text from its first to its last letter.
fn is_clean(text: &str) -> bool {
    let split = syntax::split(text);
    let read = |chunk: &syntax::Chunk| {
        let known = !matches!(chunk.kind, ChunkKind::Unknown | ChunkKind::NotYet(_));
        known && syntax::parse(chunk.kind, &text[chunk.range.clone()]).problems.is_empty()
    };
    split.problems.is_empty() && split.chunks.iter().all(read)
}
