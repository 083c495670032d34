//! The `rulebook` command: speaks terminal, so that the other crates need not.
//!
//! ```text
//! arguments ─▶ command ─▶ load rules ─▶ check ─▶ compile ─▶ decide records ─▶ output, summary
//! ```
//! What may be typed stands in [`arguments`], what is done about it in [`commands`], one file each. Data goes to standard
//! output ([`output`]), talk to standard error ([`report`]).

mod arguments;
mod commands;
mod decide;
mod load;
mod outline;
mod output;
mod progress;
mod report;
mod sources;
mod summary;
mod table;
mod tally;
mod terminal;

use std::process::ExitCode;
use std::thread;

use clap::Parser;

use arguments::Arguments;
use report::Failure;
use terminal::Terminal;

/// Rules may nest deeply, and what works on them calls itself as deeply.
const STACK: usize = 64 * 1024 * 1024;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(arguments.color);
    output::remove_unfinished_files_on_signals();
    let work = thread::Builder::new().stack_size(STACK).spawn(move || commands::run(arguments.command, terminal));
    let ending = match work.map(thread::JoinHandle::join) {
        Ok(Ok(ending)) => ending,
        Ok(Err(_)) => Err(Failure::new("this is a mistake in rulebook itself, not in your rules")
            .help("report it with the lines above and the files that lead to it")),
        Err(error) => Err(Failure::new(format!("the system gives no thread to work on: {error}"))),
    };
    report::exit_code(ending, terminal)
}
