//! `rulebook test`

use std::num::NonZero;
use std::path::PathBuf;

use clap::Args;

use super::limits::RunLimits;

/// Run the tests that stand in rule files
///
/// A test gives a record and says what must come of it; one `over` a file says what must come of all its records. Each test
/// that fails is shown with the place, what was expected, and what was found instead.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rulebook test                                all tests below this folder
  rulebook test routing.rules                  the tests of one file
  rulebook test --filter \"hot lead\"            the tests whose names have these words in them
  rulebook test --coverage=coverage.html       what the tests try, and what not

Exit status: 0 all tests passed, 1 a test failed, 2 wrong use, or rules that cannot be used.")]
pub(crate) struct Test {
    /// Files, or folders that hold rule files
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    /// The file that holds the records of a type to which references lead, such as account=accounts.csv; else as in
    /// rulebook.toml
    #[arg(long = "source", value_name = "TYPE=FILE")]
    pub(crate) sources: Vec<String>,

    /// Run only tests whose name has this in it; may be given several times
    #[arg(short, long, value_name = "TEXT")]
    pub(crate) filter: Vec<String>,

    /// Write the results to a file as JUnit XML, for automatic checks
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,

    /// Tell which rules and conditions no test tries; with a file, also as a page with the rules in colour
    #[arg(long, value_name = "FILE.html", num_args = 0..=1, require_equals = true)]
    pub(crate) coverage: Option<Option<PathBuf>>,

    /// Run again whenever a rule file or a file of data changes, until Ctrl-C
    #[arg(short, long)]
    pub(crate) watch: bool,

    /// How many tests run at a time [default: as many as the machine has processors]
    #[arg(short, long, value_name = "NUMBER")]
    pub(crate) jobs: Option<NonZero<usize>>,

    /// Show only tests that fail, and the sum
    #[arg(short, long)]
    pub(crate) quiet: bool,

    /// How far rules and tests may go.
    #[command(flatten)]
    pub(crate) limits: RunLimits,
}
