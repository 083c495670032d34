//! `rulebook man`: the manual, made from the same table as the help.

use std::fs;
use std::io;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man as Page;

use crate::arguments::{Arguments, Man};
use crate::output;
use crate::report::{self, Ending, Exit, Failure};

/// Prints the page of `rulebook`, or writes the pages of all commands.
pub(crate) fn man(arguments: &Man) -> Ending {
    let mut command = Arguments::command();
    command.build();
    match &arguments.out {
        None => output::print(&String::from_utf8_lossy(&page(&command)?))?,
        Some(folder) => {
            let failed = |error: io::Error| Failure::new(format!("`{}`: {error}", folder.display()));
            fs::create_dir_all(folder).map_err(failed)?;
            write_pages(&command, "rulebook", folder)?;
        }
    }
    Ok(Exit::Clean)
}

/// Writes `rulebook-run.1` and its like: a page for a command and for each below it.
fn write_pages(command: &Command, name: &str, folder: &Path) -> Result<(), Failure> {
    let file = folder.join(format!("{name}.1"));
    output::replace(&file, &page(command)?)?;
    report::say(file.display());
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        write_pages(below, &format!("{name}-{}", below.get_name()), folder)?;
    }
    Ok(())
}

fn page(command: &Command) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    let rendered = Page::new(command.clone()).render(&mut page);
    rendered.map_err(|error| Failure::new(format!("the manual page cannot be made: {error}")))?;
    Ok(page)
}
