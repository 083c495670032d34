//! `rulebook fmt`

use std::path::PathBuf;

use clap::Args;

use super::limits::ReadLimits;

/// Put rule files into the one layout that all rulebooks share
///
/// Only the layout changes, never the meaning; comments stay. A file with mistakes is put into layout as far as it can be
/// read.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rulebook fmt                          all rule files below this folder
  rulebook fmt --check                  only say which files would change
  rulebook fmt - < draft.rules          print a draft in the common layout

Exit status: 0 done (or nothing to change), 1 files would change under --check, 2 wrong use.")]
pub(crate) struct Fmt {
    /// Files, or folders that hold rule files; `-` reads from standard input and prints the result
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    /// Change nothing; name the files that would change
    #[arg(long)]
    pub(crate) check: bool,

    /// How far rules may go.
    #[command(flatten)]
    pub(crate) limits: ReadLimits,
}
