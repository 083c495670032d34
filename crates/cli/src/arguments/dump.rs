//! `rulebook dump`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::limits::CompileLimits;

/// Show how rules are understood, step by step, for those who want to look inside
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rulebook dump --tree routing.rules                      in which order questions are asked
  rulebook dump --tree --format mermaid routing.rules     the same as a drawing")]
pub(crate) struct Dump {
    /// What to show.
    #[command(flatten)]
    pub(crate) form: Form,

    /// How a tree is shown: as text, or as a drawing for Mermaid or Graphviz
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    #[arg(conflicts_with_all = ["ast", "typed", "bytecode"])]
    pub(crate) format: Drawing,

    /// A rule file, or a folder of rule files
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,

    /// How far rules may go.
    #[command(flatten)]
    pub(crate) limits: CompileLimits,
}

/// The forms that a rulebook takes on its way to a verdict; exactly one is asked for.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Form {
    /// What was written
    #[arg(long)]
    pub(crate) ast: bool,
    /// What was meant: names bound, types known
    #[arg(long)]
    pub(crate) typed: bool,
    /// In which order questions are asked
    #[arg(long)]
    pub(crate) tree: bool,
    /// What the machine runs
    #[arg(long)]
    pub(crate) bytecode: bool,
}

/// How a tree is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Drawing {
    /// Indented lines
    Text,
    /// A Mermaid flowchart
    Mermaid,
    /// A Graphviz drawing
    Dot,
}
