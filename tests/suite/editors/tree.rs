//! The grammar for tree-sitter as editors use it: its C code, compiled with the library into `reader.c`, which is asked.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::SystemTime;

use serde_json::Value;

use super::root;

/// A node of a tree.
pub(super) struct Node {
    /// Its first byte.
    pub(super) start: usize,
    /// The byte behind its last.
    pub(super) end: usize,
    /// What it is called.
    pub(super) kind: String,
    /// Whether it is more than a word or a sign.
    pub(super) is_named: bool,
    /// Whether it stands for what could not be read, or for what is missing.
    pub(super) is_error: bool,
    /// Whether there is such a node in it.
    pub(super) is_broken: bool,
}

/// A text as it was read.
pub(super) struct Tree {
    /// The tree in brackets.
    pub(super) written: String,
    /// Its nodes down to the depth that was asked for.
    pub(super) nodes: Vec<Node>,
}

/// Reads texts. There is a tree for each.
pub(super) fn trees(texts: &[&str], depth: usize) -> Vec<Tree> {
    let answers = ask(&["trees", &depth.to_string()], texts);
    answers
        .iter()
        .map(|answer| Tree { written: answer[0].clone(), nodes: answer[1..].iter().map(|line| node(line)).collect() })
        .collect()
}

fn node(line: &str) -> Node {
    let [start, end, flags, kind] = words(line);
    Node {
        start: start.parse().unwrap(),
        end: end.parse().unwrap(),
        kind: kind.to_owned(),
        is_named: flags.contains('n'),
        is_error: flags.contains(['e', 'm']),
        is_broken: flags.contains('b'),
    }
}

/// What a query captures in a text: first and last byte, number of the pattern, name of the capture.
pub(super) fn captures(query: &Path, text: &str) -> Vec<(usize, usize, usize, String)> {
    let answers = ask(&["query", query.to_str().unwrap()], &[text]);
    let capture = |line: &String| {
        let [start, end, pattern, name] = words(line);
        (start.parse().unwrap(), end.parse().unwrap(), pattern.parse().unwrap(), name.to_owned())
    };
    answers[0].iter().map(capture).collect()
}

/// Every kind of node, and whether it is more than a word or a sign.
pub(super) fn kinds() -> Vec<(bool, String)> {
    let output = Command::new(reader()).arg("kinds").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| (line.starts_with('1'), line[2..].to_owned())).collect()
}

/// The four words of a line; the last goes to its end.
fn words(line: &str) -> [&str; 4] {
    line.splitn(4, ' ').collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("`{line}` is no answer"))
}

/// Asks the reader; an answer for each text, in lines.
fn ask(arguments: &[&str], texts: &[&str]) -> Vec<Vec<String>> {
    let mut command = Command::new(reader());
    let mut child =
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let asked = texts.iter().map(|text| format!("{}\n{text}", text.len())).collect::<String>();
    // A reader that ends early says why; then what it did not read does not matter.
    let writer = thread::spawn(move || drop(input.write_all(asked.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut answers = vec![Vec::new()];
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        if line == "." {
            answers.push(Vec::new());
        } else {
            answers.last_mut().unwrap().push(line.to_owned());
        }
    }
    answers.pop();
    assert_eq!(answers.len(), texts.len());
    answers
}

/// The reader. It is compiled once into `target/`, and again when one of its sources is newer.
fn reader() -> &'static Path {
    static READER: OnceLock<PathBuf> = OnceLock::new();
    READER.get_or_init(|| {
        let grammar = root().join("editors/tree-sitter/src");
        let sources = [root().join("tests/suite/editors/reader.c"), grammar.join("parser.c")];
        let program = root().join("target/tree-sitter/reader");
        let age = |path: &Path| fs::metadata(path).and_then(|it| it.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        if sources.iter().all(|source| age(source) < age(&program)) {
            return program;
        }
        fs::create_dir_all(program.parent().unwrap()).unwrap();
        let library = library();
        let mut command = Command::new("cc");
        command.args(["-O1", "-std=c11", "-D_POSIX_C_SOURCE=200112L", "-D_DEFAULT_SOURCE"]).args(&sources);
        command.arg(library.join("src/lib.c")).arg("-I").arg(grammar);
        command.arg("-I").arg(library.join("src")).arg("-I").arg(library.join("include")).arg("-o").arg(&program);
        let output = command.output().unwrap_or_else(|error| panic!("this needs a C compiler, `cc`: {error}"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        program
    })
}

/// The folder of the library's C code, which comes with its crate.
fn library() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--format-version", "1", "--offline", "--locked"];
    let output = Command::new(cargo).args(arguments).current_dir(root()).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "tree-sitter").unwrap();
    Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}
