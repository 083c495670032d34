//! What `semantics` finds where a rulebook goes over a limit that its user may move.

use limits::{Limit, Unit};

/// A problem with a limit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LimitProblem {
    /// A rulebook of too many items; said at the first that is too many.
    Items {
        /// The most items that there may be.
        limit: usize,
    },
    /// A pattern that takes too much memory.
    Pattern {
        /// How many bytes it may take.
        limit: usize,
    },
}

impl LimitProblem {
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Items { limit } => format!("the rulebook has more than {}", Unit::Items.long(*limit)),
            Self::Pattern { limit } => format!("this pattern takes more than {} of memory", Unit::Bytes.long(*limit)),
        }
    }

    pub(super) fn label(&self) -> String {
        match self {
            Self::Items { .. } => "one too many".into(),
            Self::Pattern { .. } => "too large".into(),
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::Items { .. } => format!("join rules of one kind into a `table`; {}", moved(Limit::Items)),
            Self::Pattern { .. } => format!("make its repetitions shorter; {}", moved(Limit::PatternSize)),
        })
    }
}

/// How a limit is moved.
pub(super) fn moved(limit: Limit) -> String {
    format!("`{}` moves the limit", limit.flag())
}
