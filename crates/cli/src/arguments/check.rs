//! `rulebook check`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::limits::CheckLimits;

/// Find mistakes in rules, before any record is read
///
/// Reads all rule files (`*.rules`) below the folders that are named, as one rulebook, and shows what is wrong with them:
/// the place, the cause, and how to mend it. An error keeps the rules from running; a warning does not, and is probably
/// not what was meant.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rulebook check                        all rule files below this folder
  rulebook check routing.rules          one file alone
  rulebook check --deny warnings        warnings count like errors, for automatic checks

Exit status: 0 nothing wrong, 1 errors (or warnings that are denied), 2 wrong use.")]
pub(crate) struct Check {
    /// Files, or folders that hold rule files
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    /// How findings are written: for people, or for programs that read them
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub(crate) format: Medium,

    /// What counts like an error, beside errors
    #[arg(long, value_name = "WHAT")]
    pub(crate) deny: Option<Deny>,

    /// How far rules may go.
    #[command(flatten)]
    pub(crate) limits: CheckLimits,
}

/// Who reads findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Medium {
    /// People
    Terminal,
    /// Programs
    Json,
    /// Code scanners (SARIF 2.1.0)
    Sarif,
    /// GitHub, as annotations beside the lines of a change
    Github,
}

/// What counts like an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Every warning
    Warnings,
}
