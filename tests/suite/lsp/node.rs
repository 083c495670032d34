//! A client of others' making, in Node, speaks with the real program.

#![expect(clippy::print_stderr, reason = "what is skipped is told")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use rulebook_tests::rulebook;

/// The package that editors in Node are made with.
const PACKAGE: &str = "vscode-languageserver-protocol@3.17.5";

/// What the client tells when all is well.
const TOLD: &str = "\
encoding utf-16
found unexpected {\"end\":{\"character\":31,\"line\":1},\"start\":{\"character\":26,\"line\":1}}
edits 1
action write `assign`
status 0
";

/// A folder in which the package is installed; or why there is none.
fn installed() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("node");
    if !folder.join("node_modules/vscode-languageserver-protocol").is_dir() {
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let arguments = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", ".", PACKAGE];
        let npm = Command::new("npm").args(arguments).current_dir(&folder).output();
        let npm = npm.map_err(|error| format!("npm cannot be called: {error}"))?;
        if !npm.status.success() {
            return Err(format!("{PACKAGE} cannot be installed: {}", String::from_utf8_lossy(&npm.stderr)));
        }
    }
    Ok(folder)
}

#[test]
fn a_client_in_node_is_served_over_streams_and_sockets() {
    let folder = match installed() {
        Ok(folder) => folder,
        Err(reason) => return eprintln!("skipped: {reason}"),
    };
    let client = folder.join("client.cjs");
    fs::write(&client, include_str!("client.cjs")).unwrap();
    for way in ["stdio", "socket"] {
        let node = Command::new("node").arg(&client).arg(rulebook().unwrap()).arg(way).output();
        let node = match node {
            Ok(node) => node,
            Err(error) => return eprintln!("skipped: node cannot be called: {error}"),
        };
        let (told, complaints) = (String::from_utf8_lossy(&node.stdout), String::from_utf8_lossy(&node.stderr));
        assert_eq!(told, TOLD, "{way}: {complaints}");
    }
}
