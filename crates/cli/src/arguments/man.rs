//! `rulebook man`

use std::path::PathBuf;

use clap::Args;

/// Print the manual page, or write the pages of all commands into a folder
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rulebook man | man -l -
  rulebook man --out ~/.local/share/man/man1")]
pub(crate) struct Man {
    /// The folder to write one page for each command into
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}
