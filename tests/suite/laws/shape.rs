//! How code is shaped: openings, lengths, names, and what pure crates may not touch.

use super::{CRATES, File, PURE, none, rust_files};

/// The longest file, in lines.
const FILE: usize = 400;

/// The longest function, in lines from its `fn` to its last brace.
const FUNCTION: usize = 60;

/// Files and functions that are longer for a good reason: name, and the reason.
const EXCEPTIONS: [(&str, &str); 0] = [];

/// What nothing may be called: such a name says that nobody knew what the thing is.
const BANNED_NAMES: [&str; 11] =
    ["core", "common", "base", "util", "utils", "helper", "helpers", "manager", "processor", "misc", "stuff"];

/// What the pure crates may not touch: *now*, files and everything else come in as arguments.
const BANNED_IN_PURE: [&str; 14] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
    "println!",
    "eprintln!",
    "print!(",
    "dbg!",
    "rand::",
];

fn all_crates() -> Vec<File> {
    CRATES.iter().flat_map(|name| rust_files(&format!("crates/{name}"))).collect()
}

/// The lines of a file that are code, with their numbers from 1.
fn code(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let lines = file.text.lines().enumerate().map(|(index, line)| (index + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn excepted(name: &str) -> bool {
    EXCEPTIONS.iter().any(|(excepted, _)| *excepted == name)
}

#[test]
fn every_file_says_what_it_is() {
    let files = all_crates().into_iter().chain(rust_files("tests"));
    none("files that do not open with `//!`", files.filter(|file| !file.text.starts_with("//!")).map(|file| file.name));
}

#[test]
fn files_are_short() {
    let long = all_crates().into_iter().filter(|file| file.text.lines().count() > FILE && !excepted(&file.name));
    none("files that are too long", long.map(|file| format!("{}: {} lines", file.name, file.text.lines().count())));
}

#[test]
fn functions_fit_a_screen() {
    let files = all_crates();
    let long = files.iter().flat_map(|file| {
        functions(file).into_iter().map(move |(line, name, length)| (format!("{}:{line} {name}", file.name), length))
    });
    let long = long.filter(|(name, length)| *length > FUNCTION && !excepted(name));
    none("functions that are too long", long.map(|(name, length)| format!("{name}: {length} lines")));
}

/// Each function: its line, its name, its length in lines. The layout is rustfmt's, so a function ends at the first
/// closing brace that stands as far to the left as it began.
fn functions(file: &File) -> Vec<(usize, &str, usize)> {
    let mut functions = Vec::new();
    let mut open: Vec<(usize, usize, &str)> = Vec::new();
    for (number, line) in code(file) {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        if let Some(name) = function_name(words)
            && !words.ends_with(['}', ';'])
        {
            open.push((indent, number, name));
        }
        let ended = words.starts_with('}') || words.ends_with(';');
        while let Some((_, started, name)) = open.pop_if(|(at, ..)| ended && *at == indent) {
            functions.push((started, name, number + 1 - started));
        }
    }
    functions
}

fn function_name(words: &str) -> Option<&str> {
    let before_and_name = words.split_once("fn ")?;
    let qualifiers = ["", "pub", "pub(crate)", "pub(super)", "const", "async", "extern"];
    let qualified = before_and_name.0.split_whitespace().all(|word| qualifiers.contains(&word));
    qualified.then(|| before_and_name.1.split(['(', '<']).next().unwrap_or_default())
}

#[test]
fn names_say_something() {
    let files = all_crates();
    let offences = files.iter().flat_map(|file| {
        let in_path = file.name.split(['/', '.', '_']).filter(|part| BANNED_NAMES.contains(part));
        let in_path = in_path.map(|part| format!("{}: `{part}`", file.name));
        let in_code = code(file).filter_map(move |(line, text)| {
            let name = declared_name(text)?;
            let banned = words_of(name).into_iter().find(|word| BANNED_NAMES.contains(&word.as_str()))?;
            Some(format!("{}:{line} `{name}`: `{banned}`", file.name))
        });
        in_path.chain(in_code).collect::<Vec<_>>()
    });
    none("names that are banned", offences);
}

/// The name of a module, type or trait that a line declares.
fn declared_name(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
    let kind = words.next()?;
    let name = words.next()?;
    ["mod", "struct", "enum", "trait", "type"].contains(&kind).then(|| name.split(['<', '(', ';']).next())?
}

/// `FieldManager` and `field_manager` as `field`, `manager`.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if letter == '_' || letter.is_uppercase() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter != '_', words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

#[test]
fn pure_crates_touch_nothing() {
    let files: Vec<File> = PURE.iter().flat_map(|name| rust_files(&format!("crates/{name}/src"))).collect();
    let offences = files.iter().flat_map(|file| {
        code(file).flat_map(move |(line, text)| {
            let banned = BANNED_IN_PURE.iter().filter(move |banned| text.contains(**banned));
            banned.map(move |banned| format!("{}:{line} {banned}", file.name))
        })
    });
    none("a pure crate touches the world", offences);
}
