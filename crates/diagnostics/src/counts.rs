//! How many findings there are of each severity, for the line that ends a report.

use std::fmt;

use crate::{Finding, Severity};

/// How many findings there are of each severity. Shown as `2 errors, 1 warning`, without the hints; empty when there is
/// neither error nor warning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that keep the rulebook from running.
    pub errors: usize,
    /// Those that let it run.
    pub warnings: usize,
    /// Those for the editor only.
    pub hints: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity() {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Hint => counts.hints += 1,
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count| if count == 1 { "" } else { "s" };
        if self.errors > 0 {
            write!(out, "{} error{}", self.errors, plural(self.errors))?;
        }
        if self.errors > 0 && self.warnings > 0 {
            out.write_str(", ")?;
        }
        if self.warnings > 0 {
            write!(out, "{} warning{}", self.warnings, plural(self.warnings))?;
        }
        Ok(())
    }
}
