//! `rulebook build`

use std::path::PathBuf;

use clap::Args;

use super::limits::CompileLimits;

/// Save checked rules as one file that `rulebook run` takes
///
/// The file holds everything that is needed to decide records, lists from other files and the time zone included. `run`
/// refuses it if it is damaged or was made by another version.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  rulebook build rules/ -o routing.rulebook
  rulebook run routing.rulebook leads.csv")]
pub(crate) struct Build {
    /// A rule file, or a folder of rule files
    #[arg(value_name = "RULES")]
    pub(crate) rules: PathBuf,

    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    /// Keep what `rulebook run --trace` needs; the file is about twice as large
    #[arg(long)]
    pub(crate) trace: bool,

    /// The time zone of dates and times without one, such as Europe/Berlin; else as in rulebook.toml, or UTC
    #[arg(long, value_name = "ZONE")]
    pub(crate) time_zone: Option<String>,

    /// How far rules may go.
    #[command(flatten)]
    pub(crate) limits: CompileLimits,
}
