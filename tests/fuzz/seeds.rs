//! Writes what fuzzing begins with: `cargo run --example seeds FOLDER` makes a folder of files for each target there, out of
//! the blocks of the pages and the files of the examples.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a tool of the tests")]

use std::fs;
use std::path::{Path, PathBuf};

use records::RecordType;
use rulebook_tests::arbitrary::TARGETS;
use semantics::Project;

/// Where blocks and files are looked for, below the root of the project.
const PLACES: [&str; 4] = ["README.md", "tests", "examples", "crates/cli/guide"];

/// What is longer than this is cut: a fuzzer is quick with short texts.
const LONGEST: usize = 4_000;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "seeds".to_owned()));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut texts = Vec::new();
    PLACES.iter().for_each(|place| collect(&root.join(place), &mut texts));
    for (name, _) in TARGETS {
        let seeds: Vec<Vec<u8>> = texts.iter().filter_map(|(kind, text)| seed(name, kind, text)).collect();
        let folder = folder.join(name);
        fs::create_dir_all(&folder).unwrap();
        for (number, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("seed-{number:04}")), seed).unwrap();
        }
        println!("{name}: {} seeds", seeds.len());
    }
}

/// What a text of some kind is to a target, if anything.
fn seed(target: &str, kind: &str, text: &str) -> Option<Vec<u8>> {
    let short = || text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default().as_bytes().to_vec();
    match (target, kind) {
        ("rules", "rules") if text.len() <= LONGEST => Some(short()),
        ("program", "rules") => payload(text),
        ("ndjson", "record" | "event" | "ndjson" | "json") => Some(short()),
        ("csv" | "data", "csv" | "tsv") => Some(short()),
        ("json_schema", "rules") => schema(text),
        ("json_schema", "json") if text.contains("\"properties\"") => Some(short()),
        ("calendar", "record") if text.len() < 100 => Some(short()),
        _ => None,
    }
}

/// The record types of some rules, if they declare any.
fn schema(rules: &str) -> Option<Vec<u8>> {
    let mut project = Project::new();
    project.set_file("a.rules", rules);
    let types: Vec<RecordType> = project.record_types().iter().map(testing::record_type).collect();
    let first = types.iter().find(|ty| !ty.fields.is_empty())?;
    Some(records::export(&types, &first.name).into_bytes()).filter(|schema| schema.len() <= LONGEST)
}

/// The program of some rules without its envelope, if it is small and they need no other file.
fn payload(rules: &str) -> Option<Vec<u8>> {
    let mut project = Project::new();
    project.set_file("a.rules", rules);
    let program = compiler::compile_traceable(&*project.rulebook()?);
    let saved = vm::file::save(&program);
    Some(saved.get(24..)?.to_vec()).filter(|payload| payload.len() <= LONGEST)
}

/// The blocks of pages and the other files below a path, with the word that their fence or name ends in.
fn collect(path: &Path, texts: &mut Vec<(String, String)>) {
    if path.is_dir() {
        let mut inner: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        inner.sort();
        inner.iter().filter(|path| !path.ends_with("fuzz")).for_each(|path| collect(path, texts));
        return;
    }
    let Ok(text) = fs::read_to_string(path) else { return };
    let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    if kind == "md" { blocks(&text, texts) } else { texts.push((kind, text)) }
}

fn blocks(page: &str, texts: &mut Vec<(String, String)>) {
    let mut open: Option<(String, String, String)> = None;
    for line in page.split_inclusive('\n') {
        let fence = line.len() - line.trim_start_matches('`').len();
        match &mut open {
            None if fence >= 3 => {
                let kind = line.trim_start_matches('`').split_whitespace().next().unwrap_or_default();
                open = Some((line[..fence].to_owned(), kind.to_owned(), String::new()));
            }
            Some((ticks, ..)) if line.trim_end() == ticks => {
                texts.extend(open.take().map(|(_, kind, text)| (kind, text)));
            }
            Some((_, _, text)) => text.push_str(line),
            None => {}
        }
    }
}
