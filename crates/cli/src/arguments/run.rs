//! `rulebook run`

use std::path::PathBuf;

use clap::{Args, ValueEnum, value_parser};

use super::limits::RunLimits;

/// Let rules decide records
///
/// Each record gets a verdict: which rules fired, who gets the record and by when, and what else follows. Records come as
/// NDJSON (one JSON object a line), as a JSON array, or as CSV or TSV with a header, also packed as .gz or .zst;
/// and, if it was built for that, as Parquet.
///
/// A record that cannot be decided is a fault: it is counted, the first few are shown at the end, and the run goes on.
/// Nothing gets lost: there are as many records as verdicts and faults together.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rulebook run routing.rules leads.csv
  rulebook run rules/ leads.ndjson.gz --out verdicts.ndjson --rejects rejects.ndjson
  rulebook run routing.rules leads.csv --source account=accounts.csv
  head -n 1 leads.ndjson | rulebook run routing.rules - --now 2026-11-20T09:00:00Z

Exit status: 0 every record was decided, 1 there were faults or a file broke off, 2 wrong use.")]
pub(crate) struct Run {
    /// A rule file, a folder of rule files, or a file that `rulebook build` has made
    #[arg(value_name = "RULES")]
    pub(crate) rules: PathBuf,

    /// Files of records; `-` reads what another program pipes in
    #[arg(value_name = "RECORDS", required_unless_present = "events")]
    pub(crate) records: Vec<PathBuf>,

    /// Which type of record the files hold, if the rules decide several and rulebook.toml does not say it
    #[arg(long = "type", value_name = "NAME")]
    pub(crate) record_type: Option<String>,

    /// The file that holds the records of a type to which references lead, such as account=accounts.csv; else as in
    /// rulebook.toml
    #[arg(long = "source", value_name = "TYPE=FILE")]
    pub(crate) sources: Vec<String>,

    /// The moment at which everything is decided, such as 2026-11-20T09:00 [default: now]
    #[arg(long, value_name = "MOMENT")]
    pub(crate) now: Option<String>,

    /// What has happened to the records, such as created; rule sets `on` an event run only then
    #[arg(long, value_name = "NAME")]
    pub(crate) event: Option<String>,

    /// A file of events: each record in an envelope with `event`, `before`, `after`, `actor` and `time`, or a CloudEvent
    #[arg(long, value_name = "FILE", conflicts_with_all = ["records", "event"])]
    pub(crate) events: Vec<PathBuf>,

    /// The time zone of dates and times without one, such as Europe/Berlin; else as in rulebook.toml, or UTC
    #[arg(long, value_name = "ZONE")]
    pub(crate) time_zone: Option<String>,

    /// How verdicts are written [default: a table on a terminal, else ndjson]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<OutputFormat>,

    /// The columns of the CSV, such as record,assign,set.priority [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,

    /// Write verdicts to a file, which appears when it is complete
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// Write each record that cannot be decided to a file, in full, with the reason
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,

    /// Remember in a file whose turn it is in each team, so that the next run goes on where this one ends
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,

    /// Stop at the first record that cannot be decided; `--out` and `--state` are then not written
    #[arg(long)]
    pub(crate) strict: bool,

    /// Tell of each record how every rule turned out, condition by condition, and what it looked at
    #[arg(long)]
    pub(crate) trace: bool,

    /// Leave out verdicts of records for which no rule fired
    #[arg(long)]
    pub(crate) only_matched: bool,

    /// Take a text in quotes for a number or a truth where it reads as one
    #[arg(long)]
    pub(crate) lenient: bool,

    /// What the files of records hold, if their names do not tell
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormat>,

    /// Say nothing about the run unless something goes wrong
    #[arg(short, long)]
    pub(crate) quiet: bool,

    /// How many threads decide; what comes out is the same for each number [default: as many as the machine runs at once, up to 8]
    #[arg(long, value_name = "COUNT", value_parser = value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,

    /// How far rules, records and deciding may go.
    #[command(flatten)]
    pub(crate) limits: RunLimits,
}

/// How verdicts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// One JSON object a line, with everything that is known
    Ndjson,
    /// For spreadsheets
    Csv,
    /// For people
    Table,
}

/// What a file of records holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// One JSON object a line
    Ndjson,
    /// A JSON array, or objects one after the other
    Json,
    /// Cells separated by commas or semicolons, with a header
    Csv,
    /// Cells separated by tabs, with a header
    Tsv,
}

impl From<InputFormat> for records::Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Ndjson => Self::Ndjson,
            InputFormat::Json => Self::Json,
            InputFormat::Csv => Self::Csv,
            InputFormat::Tsv => Self::Tsv,
        }
    }
}
