//! What `semantics` finds in tests.

use super::wording::{did_you_mean, names, quote};

/// A problem with a test.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TestProblem {
    /// A rule that is expected and that no rule set has.
    UnknownRule {
        /// The name.
        name: String,
        /// A rule that it nearly is.
        suggestion: Option<String>,
        /// The record type that the test decides.
        record: String,
    },
    /// A fault that does not exist.
    UnknownFault {
        /// The name.
        name: String,
        /// A fault that it nearly is.
        suggestion: Option<String>,
        /// All faults.
        known: Vec<String>,
    },
    /// A test that can tell nothing, because something is not there.
    Incomplete {
        /// What: "gives no record", "expects nothing".
        lacks: String,
        /// What to write, beginning with a verb.
        help: String,
    },
    /// A line that does not belong into this test.
    Misplaced {
        /// Why: "`share of` is about many records, and this test gives single ones".
        reason: String,
        /// What to do instead, beginning with a verb.
        help: String,
    },
    /// A value that a test gives to something that has none, or must have one.
    CannotGive {
        /// The field.
        field: String,
        /// Why: "it is computed by a definition".
        reason: String,
        /// What to do instead, beginning with a verb.
        help: String,
    },
}

impl TestProblem {
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::UnknownRule { name, record, .. } => {
                format!("no rule about {} is called {}", quote(record), quote(name))
            }
            Self::UnknownFault { name, .. } => format!("no fault is called {}", quote(name)),
            Self::Incomplete { lacks, .. } => format!("this test {lacks}"),
            Self::Misplaced { reason, .. } => reason.clone(),
            Self::CannotGive { field, reason, .. } => format!("{} cannot be given: {reason}", quote(field)),
        }
    }

    pub(super) fn label(&self) -> String {
        match self {
            Self::UnknownRule { suggestion, .. } => {
                did_you_mean(suggestion.as_ref()).unwrap_or_else(|| "no such rule".into())
            }
            Self::UnknownFault { suggestion, .. } => {
                did_you_mean(suggestion.as_ref()).unwrap_or_else(|| "no such fault".into())
            }
            Self::Incomplete { lacks, .. } => lacks.clone(),
            Self::Misplaced { .. } => "does not belong here".into(),
            Self::CannotGive { .. } => "cannot be given".into(),
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::UnknownRule { suggestion: Some(suggestion), .. } => format!("write {}", quote(suggestion)),
            Self::UnknownRule { .. } => {
                "write the name as it stands behind `rule`; a rule without a name needs one first".into()
            }
            Self::UnknownFault { suggestion: Some(suggestion), .. } => format!("write {}", quote(suggestion)),
            Self::UnknownFault { known, .. } => format!("write one of {}", names(known)),
            Self::Incomplete { help, .. } | Self::Misplaced { help, .. } | Self::CannotGive { help, .. } => {
                help.clone()
            }
        })
    }

    pub(super) fn replacements(&self) -> Vec<(String, String)> {
        match self {
            Self::UnknownRule { suggestion: Some(name), .. } => {
                vec![(format!("write {}", quote(name)), format!("\"{name}\""))]
            }
            Self::UnknownFault { suggestion: Some(name), .. } => {
                vec![(format!("write {}", quote(name)), name.clone())]
            }
            _ => Vec::new(),
        }
    }
}
