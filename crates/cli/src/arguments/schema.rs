//! `rulebook schema`

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

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
    Import(Import),
    Export(Export),
    Check(Drift),
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

/// Write `record` blocks from a JSON Schema
///
/// Reads JSON Schema drafts 4 to 2020-12 and the schemas in descriptions of whole APIs. What a `record` block cannot say is
/// written beside its field as a comment.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  rulebook schema import lead.schema.json --name lead --out lead.rules")]
pub(crate) struct Import {
    /// A JSON Schema; `-` reads what another program pipes in
    #[arg(value_name = "SCHEMA")]
    pub(crate) schema: PathBuf,

    /// The record type: one that the schema defines, or what its record is to be called [default: its title]
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Write the JSON Schema of the records that a rulebook accepts
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  rulebook schema export routing.rules --type lead --out lead.schema.json")]
pub(crate) struct Export {
    /// A rule file, or a folder of them
    #[arg(value_name = "RULES")]
    pub(crate) rules: PathBuf,

    /// Which record type, if there are several
    #[arg(long = "type", value_name = "NAME")]
    pub(crate) record_type: Option<String>,

    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Compare records with what a rulebook declares and names
///
/// Reads all records and tells what does not fit: values that rules compare with and that never occur in the data, values of
/// other types, labels that nobody declares, fields that are never there, keys that stand twice, references to records that
/// their source does not have. Of each field up to 10 000 different texts are kept to name the nearest; all counts are exact.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rulebook schema check routing.rules leads.csv
  rulebook schema check rules/ leads-*.ndjson.gz --type lead --format json
  rulebook schema check rules/ leads.csv --source account=accounts.csv

Exit status: 0 nothing to tell, 1 something does not fit, 2 wrong use.")]
pub(crate) struct Drift {
    /// A rule file, or a folder of them
    #[arg(value_name = "RULES")]
    pub(crate) rules: PathBuf,

    /// Files of records; `-` reads what another program pipes in
    #[arg(value_name = "RECORDS", required = true)]
    pub(crate) records: Vec<PathBuf>,

    /// The file that holds the records of a type to which references lead, such as account=accounts.csv; else as in
    /// rulebook.toml
    #[arg(long = "source", value_name = "TYPE=FILE")]
    pub(crate) sources: Vec<String>,

    /// Which record type the files hold, if there are several
    #[arg(long = "type", value_name = "NAME")]
    pub(crate) record_type: Option<String>,

    /// What the files hold, if their names do not tell
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormat>,

    /// How the report is written: for people, or for programs that read it
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub(crate) format: Reader,
}

/// Who reads a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reader {
    /// People
    Terminal,
    /// Programs
    Json,
}
