//! Runs the commands of a page through the real binary, in a copy of the page's folder.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs, io};

use crate::pipeline::Project;

/// What is never copied: it is large, or none of a page's business.
const LEFT_OUT: [&str; 1] = ["target"];

/// The content of a `console` block as it would be now: each command after its `$`, followed by what it prints to stdout
/// and stderr, and by `[exit status N]` where that is not 0.
pub(crate) fn run(page: &Path, project: &Project, content: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    prepare(page, project, folder.path()).map_err(|error| format!("cannot copy the page's folder: {error}"))?;
    let mut out = String::new();
    for command in content.lines().filter_map(|line| line.strip_prefix("$ ")) {
        out.push_str(&format!("$ {command}\n"));
        out.push_str(&output(command, folder.path())?);
    }
    Ok(out)
}

/// A representation of a rulebook, as `rulebook dump` prints it: `ast`, `typed`, `tree` or `bytecode`.
pub(crate) fn dump(kind: &str, project: &Project) -> Result<String, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    write(project, folder.path()).map_err(|error| error.to_string())?;
    // What the checker remarks goes to stderr; it is no part of the representation.
    output(&format!("rulebook dump --{kind} {} 2>/dev/null", project.rule_files().join(" ")), folder.path())
}

fn prepare(page: &Path, project: &Project, folder: &Path) -> io::Result<()> {
    copy(page.parent().unwrap_or(Path::new(".")), folder)?;
    write(project, folder)
}

fn write(project: &Project, folder: &Path) -> io::Result<()> {
    for (name, text) in project.files() {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(file, text)?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') || LEFT_OUT.iter().any(|left_out| name == *left_out) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}

/// What a command may use up: seconds of processor time, and kilobytes of address space. What needs more has run away.
const BOUNDS: &str = "ulimit -t 60; ulimit -v 2000000;";

/// Runs one command line in a shell that finds `rulebook`, and returns what a person would see.
fn output(command: &str, folder: &Path) -> Result<String, String> {
    let binary = rulebook_tests::rulebook()?;
    let mut path = binary.parent().map(Path::as_os_str).unwrap_or_default().to_owned();
    path.push(":");
    path.push(env::var_os("PATH").unwrap_or_default());
    let run = || -> io::Result<(String, i32)> {
        let (mut reader, writer) = io::pipe()?;
        let mut child = Command::new("sh")
            .args(["-c", &format!("{BOUNDS} {command}")])
            .current_dir(folder)
            .env("PATH", path)
            .env("LC_ALL", "C.UTF-8")
            .env_remove("BLESS")
            .stdin(Stdio::null())
            .stdout(writer.try_clone()?)
            .stderr(writer)
            .spawn()?;
        let mut seen = Vec::new();
        reader.read_to_end(&mut seen)?;
        Ok((String::from_utf8_lossy(&seen).into_owned(), child.wait()?.code().unwrap_or(-1)))
    };
    let (mut seen, status) = run().map_err(|error| format!("`{command}` cannot be run: {error}"))?;
    if !seen.is_empty() && !seen.ends_with('\n') {
        seen.push('\n');
    }
    if status != 0 {
        seen.push_str(&format!("[exit status {status}]\n"));
    }
    Ok(seen)
}
