//! A problem at its place in a file, ready to be rendered.

use std::sync::Arc;

use crate::Problem;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For the editor only.
    Hint,
    /// The rulebook runs, and is probably not what was meant.
    Warning,
    /// The rulebook does not run.
    Error,
}

impl Severity {
    /// `hint`, `warning` or `error`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A range of bytes in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// Another place that explains the finding, and what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is to be seen there: `first declared here`.
    pub label: String,
}

/// A change of the text that cures the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, beginning with a verb: ``write `score` ``.
    pub title: String,
    /// What is replaced.
    pub place: Place,
    /// With what.
    pub replacement: String,
}

/// A problem at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub problem: Problem,
    /// Where.
    pub place: Place,
    /// Other places that explain it.
    pub related: Vec<Related>,
}

impl Finding {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.problem.severity()
    }

    /// The changes that would cure it, the likeliest first.
    pub fn fixes(&self) -> Vec<Fix> {
        let fix = |(title, replacement)| Fix { title, place: self.place.clone(), replacement };
        self.problem.replacements().into_iter().map(fix).collect()
    }
}
