//! Runs the Markdown pages: what they show is what happens. `BLESS=1` writes what happens into the pages instead.
//!
//! A page is any Markdown file of [`FOLDERS`]. Its fenced blocks are rules, records and what follows from them; under each
//! heading they begin anew. [`page`] reads a page, [`section`] says what each kind of block means and runs it, [`console`]
//! runs commands, [`pipeline`] is the one place that knows the crates under test.
//!
//! | block | holds |
//! |---|---|
//! | `rules`, `rules file=name.rules` | a file of the rulebook; a name that is taken, or a result before it, begins a new rulebook |
//! | any kind with `file=name` | another file beside it: a list in CSV, records for commands |
//! | `record` | records, one JSON object a line |
//! | `verdict`, `verdict now=…`, `verdict trace=yes` | the verdicts of the records above by the rules above |
//! | `diagnostics` | what the checker says of the rules above |
//! | `ast`, `typed`, `tree`, `bytecode` | a representation of the rules above |
//! | `edit`, `queries` | a change of the rules above, and the queries that ran again because of it |
//! | `hover`, `completion`, … | what an editor is told at the cursor, which is `$0` in the rules above; [`editor`] lists the questions |
//! | `console` | commands after `$`, each with what it prints |
//!
//! Rules with no result below them have at least no error.

mod console;
mod edit;
mod editor;
mod opinion;
mod page;
mod pipeline;
mod section;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use libtest_mimic::{Arguments, Failed, Trial};
use page::Page;

/// Where pages are looked for, below the root of the project.
const FOLDERS: [&str; 4] = ["README.md", "tests", "examples", "crates/cli/guide"];

fn main() -> io::Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let mut files = Vec::new();
    for folder in FOLDERS {
        markdown_below(&root.join(folder), &mut files)?;
    }
    files.sort();
    let mut trials = Vec::new();
    for file in files {
        let page = Page::parse(&fs::read_to_string(&file)?);
        if page.runs() {
            let name = file.strip_prefix(&root).unwrap_or(&file).display().to_string();
            trials.push(Trial::test(name, move || run(&file, &page)));
        }
    }
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

fn markdown_below(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            markdown_below(&entry?.path(), files)?;
        }
    } else if path.extension().is_some_and(|extension| extension == "md") {
        files.push(path.to_owned());
    }
    Ok(())
}

/// Runs a page: either it shows what happens, or `BLESS=1` makes it do so.
fn run(file: &Path, page: &Page) -> Result<(), Failed> {
    let outcome = section::run(file, page);
    let bless = env::var_os("BLESS").is_some_and(|value| value != "0");
    let mut complaints = outcome.complaints;
    if bless && !outcome.changes.is_empty() {
        fs::write(file, page.with(&outcome.changes))?;
    } else {
        complaints.extend(outcome.changes.iter().map(|change| page.difference(change)));
    }
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n\n").into()) }
}
