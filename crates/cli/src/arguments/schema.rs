//! `rulebook schema`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::run::InputFormat;

/// Describe what records look like
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: SchemaCommand,
}

/// The commands about schemas.
#[derive(Debug, Subcommand)]
pub(crate) enum SchemaCommand {
    Infer(Infer),
    /// Print the JSON Schema of verdicts, as `rulebook run` writes them
    Verdict,
    /// Print the JSON Schema of what `rulebook run --rejects` writes
    Rejects,
}

/// Write a `record` block from records: fields, types, and what may be missing
///
/// What it finds is a proposal: the types that all values fit, labels that recur as `one of`, words such as `Select` or
/// `N/A` as `missing when`. Counts stand beside the fields as comments. Read it, correct it, and put it into a rule file.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  rulebook schema infer leads.csv --type lead --out lead.rules")]
pub(crate) struct Infer {
    /// A file of records; `-` reads what another program pipes in
    #[arg(value_name = "RECORDS")]
    pub(crate) records: PathBuf,

    /// What one record is called in rules [default: from the name of the file]
    #[arg(long = "type", value_name = "NAME")]
    pub(crate) record_type: Option<String>,

    /// What the file holds, if its name does not tell
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormat>,

    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}
