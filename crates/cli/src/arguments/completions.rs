//! `rulebook completions`

use clap::Args;
use clap_complete::Shell;

/// Print what a shell needs to complete commands and options
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  rulebook completions bash > ~/.local/share/bash-completion/completions/rulebook")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}
