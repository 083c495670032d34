//! How rule sets stand together: their order, and what they do to one record.

use super::wording::quote;
use crate::Severity;

/// A problem with how rule sets stand together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SetProblem {
    /// `after` names a set that is not there.
    Unknown {
        /// The name.
        name: String,
        /// A set that it nearly is.
        suggestion: Option<String>,
    },
    /// `after` names a set that decides another type of record.
    OtherRecord {
        /// The set that is named.
        name: String,
        /// What it decides.
        decides: String,
        /// What the set that names it decides.
        decided: String,
    },
    /// Sets that come after each other in a circle; one name for a set after itself.
    Circle {
        /// The sets, each after the next, the last after the first.
        names: Vec<String>,
    },
}

impl SetProblem {
    pub(super) const fn severity(&self) -> Severity {
        Severity::Error
    }

    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Unknown { name, .. } => format!("no rule set is called {}", quote(name)),
            Self::OtherRecord { name, decides, decided } => {
                format!("{} decides {}, and this set decides {}", quote(name), quote(decides), quote(decided))
            }
            Self::Circle { names } => circle(names),
        }
    }

    pub(super) fn label(&self) -> String {
        match self {
            Self::Unknown { suggestion: Some(name), .. } => format!("did you mean {}?", quote(name)),
            Self::Unknown { .. } => "no such rule set".into(),
            Self::OtherRecord { .. } => "is about another record".into(),
            Self::Circle { .. } => "comes after itself in the end".into(),
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        let help = match self {
            Self::Unknown { suggestion: Some(name), .. } => format!("write `after \"{name}\"`"),
            Self::Unknown { .. } => "name a set as it stands behind its `rules`, in quotes".into(),
            Self::OtherRecord { .. } => "remove it: a record is never left by rules for another".into(),
            Self::Circle { names } if names.len() == 1 => "remove it".into(),
            Self::Circle { .. } => "remove one of their `after`".into(),
        };
        Some(help)
    }

    pub(super) fn replacements(&self) -> Vec<(String, String)> {
        match self {
            Self::Unknown { suggestion: Some(name), .. } => {
                vec![(format!("write {}", quote(name)), format!("\"{name}\""))]
            }
            _ => Vec::new(),
        }
    }
}

fn circle(names: &[String]) -> String {
    match names {
        [] | [_] => format!("{} comes after itself", names.first().map_or_else(String::new, |name| quote(name))),
        [first, rest @ ..] => {
            let others: Vec<String> = rest.iter().chain([first]).map(|name| quote(name)).collect();
            format!("{} comes after {}", quote(first), others.join(", which comes after "))
        }
    }
}
