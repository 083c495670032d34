//! `rulebook completions`: what shells need to complete commands and options.

use clap::CommandFactory;
use clap_complete::generate;

use crate::arguments::{Arguments, Completions};
use crate::output;
use crate::report::{Ending, Exit};

/// Prints the completions for a shell.
pub(crate) fn completions(arguments: &Completions) -> Ending {
    let mut script = Vec::new();
    generate(arguments.shell, &mut Arguments::command(), "rulebook", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}
