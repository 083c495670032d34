//! `rulebook explain`

use clap::Args;

/// Explain the code of a finding or fault, or a function
///
/// Every finding of `check` and every fault of `run` has a code. This shows why it matters, an example, and the cure.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rulebook explain                      all codes
  rulebook explain unknown-field        the page of one
  rulebook explain round                a function")]
pub(crate) struct Explain {
    /// The code, such as unknown-field, or a function, such as round; without one all are listed
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}
