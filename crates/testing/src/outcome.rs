//! What came of a test.

use std::sync::Arc;

use diagnostics::Place;
use values::Text;

use crate::seen::Seen;

/// What came of a test: it passed if nothing failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The test's name.
    pub name: Text,
    /// The file that it stands in.
    pub file: Arc<str>,
    /// File and line: `routing.rules:31`.
    pub at: Text,
    /// The record type that it decides.
    pub record: Text,
    /// What it has seen of the rules.
    pub seen: Seen,
    /// How many records it decided.
    pub records: usize,
    /// What was not as expected, in written order.
    pub failures: Vec<Failure>,
}

impl Outcome {
    /// Whether everything was as expected.
    pub const fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}

/// An expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was expected and what was found, in a sentence: lower case, without full stop.
    pub sentence: String,
    /// The words of the test at which something is to be seen, and what; the first is the failure's own.
    pub labels: Vec<(Place, String)>,
    /// More that explains it, a line each: the rules that fired, the record.
    pub notes: Vec<String>,
}
