//! On one thread or several, the same comes out: verdicts and rejected records, byte by byte and in order.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use vm::file;

use super::same;
use crate::decide::verified;
use crate::generate::Wish;
use crate::trial::{Given, Tried, holds, rulebook};

#[test]
fn threads_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    holds("threads change nothing", Wish::default(), |given| on_threads(given, folder.path()));
}

/// Records are piped in, so that they arrive in small batches and even a few of them occupy all threads.
fn on_threads(given: &mut Given, folder: &Path) -> Result<Tried, String> {
    let Ok(rulebook) = rulebook(given) else { return Ok(Tried::Refused) };
    let program = verified(compiler::compile(&rulebook))?;
    fs::write(folder.join("program"), file::save(&program)).unwrap();
    let lines = given.lines();
    let book = &given.book;
    let run = |threads: &str| -> Result<Vec<String>, String> {
        let mut command = Command::new(rulebook_tests::rulebook()?);
        command.current_dir(folder).args(["run", "program"]);
        command.args(if book.events { vec!["--events", "-"] } else { vec!["-"] });
        command.args(["--input-format", "ndjson", "--format", "ndjson", "--rejects", "rejects", "--quiet"]);
        for join in program.decisions.iter().flat_map(|decision| &decision.joins).take(1) {
            fs::write(folder.join("others.ndjson"), book.source(&join.record)).unwrap();
            command.args(["--source", &format!("{}=others.ndjson", join.record)]);
        }
        command.args(["--type", book.root, "--now", book.now, "--threads", threads]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (mut stdin, text) = (child.stdin.take().unwrap(), lines.clone());
        let feeding = std::thread::spawn(move || {
            text.lines().try_for_each(|line| stdin.write_all(line.as_bytes()).and_then(|()| stdin.write_all(b"\n")))
        });
        let done = child.wait_with_output().unwrap();
        let fed = feeding.join().unwrap();
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        match (done.status.code(), fed) {
            (Some(0 | 1), Ok(())) => {}
            (status, fed) => return Err(format!("the run ended with {status:?} ({fed:?}): {told}")),
        }
        let rejects = fs::read_to_string(folder.join("rejects")).unwrap();
        let verdicts = String::from_utf8(done.stdout).map_err(|error| error.to_string())?;
        Ok(verdicts.lines().chain(rejects.lines()).map(|line| format!("{line}\n")).collect())
    };
    let alone = run("1")?;
    for threads in ["2", "5"] {
        same(["alone", "on threads"], &lines, &alone, &run(threads)?)?;
    }
    Ok(Tried::Holds(given.records.len()))
}
