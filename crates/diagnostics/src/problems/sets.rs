//! How rule sets stand together: their order, and what they do to one record.

use super::wording::{code, quote};
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
    /// Rules of two sets that decide the same differently, and nothing says which set comes first.
    Conflict {
        /// What they decide: "the assignment", "`stage`".
        what: String,
        /// The other rule.
        other: String,
        /// Its set.
        set: String,
        /// A record for which both hold, as JSON.
        witness: Option<String>,
    },
    /// Two rules of one set that decide the same differently for some records.
    Overlap {
        /// What they decide.
        what: String,
        /// The earlier rule, which wins.
        other: String,
        /// A record for which both hold, as JSON.
        witness: String,
    },
    /// Two rules of a `unique match` set that may hold at once.
    SeveralMatch {
        /// The earlier rule.
        other: String,
        /// A record for which both hold, as JSON; none where nothing shows that they cannot.
        witness: Option<String>,
    },
    /// A rule that reads a field which a set writes that its own does not come after.
    UnorderedRead {
        /// The field: `lead.stage`.
        field: String,
        /// The set that writes it.
        set: String,
    },
    /// A rule that reads through a reference whose key another set writes.
    OldLink {
        /// The reference: `lead.account`.
        reference: String,
        /// The field that holds its key: `lead.account_id`.
        key: String,
        /// The set that writes it.
        set: String,
    },
}

impl SetProblem {
    pub(super) const fn severity(&self) -> Severity {
        match self {
            Self::Overlap { .. }
            | Self::SeveralMatch { witness: None, .. }
            | Self::UnorderedRead { .. }
            | Self::OldLink { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What is to be seen at the other rule.
    pub fn related(&self) -> String {
        match self {
            Self::UnorderedRead { field, .. } => format!("writes {}", quote(field)),
            Self::OldLink { key, .. } => format!("writes {}", quote(key)),
            Self::SeveralMatch { .. } => "holds too".into(),
            _ => "the other rule".into(),
        }
    }

    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Unknown { name, .. } => format!("no rule set is called {}", quote(name)),
            Self::OtherRecord { name, decides, decided } => {
                format!("{} decides {}, and this set decides {}", quote(name), quote(decides), quote(decided))
            }
            Self::Circle { names } => circle(names),
            Self::Conflict { what, other, set, .. } => {
                format!("{} in {} decides {what} too, and nothing says which set comes first", quote(other), quote(set))
            }
            Self::Overlap { what, other, .. } => {
                format!("where {} holds too, {what} is what that rule says", quote(other))
            }
            Self::SeveralMatch { other, witness: Some(_) } => {
                format!("{} can hold at once with this rule, and only one may", quote(other))
            }
            Self::SeveralMatch { other, witness: None } => {
                format!("nothing shows that {} and this rule never hold at once", quote(other))
            }
            Self::UnorderedRead { field, set } => {
                format!("{} is written by {}, and this set does not see that", quote(field), quote(set))
            }
            Self::OldLink { reference, key, set } => format!(
                "{} writes {}, and {} stays the record that was named before",
                quote(set),
                quote(key),
                quote(reference)
            ),
        }
    }

    pub(super) fn label(&self) -> String {
        match self {
            Self::Unknown { suggestion: Some(name), .. } => format!("did you mean {}?", quote(name)),
            Self::Unknown { .. } => "no such rule set".into(),
            Self::OtherRecord { .. } => "is about another record".into(),
            Self::Circle { .. } => "comes after itself in the end".into(),
            Self::Conflict { .. } => "may decide otherwise".into(),
            Self::Overlap { .. } => "loses there".into(),
            Self::SeveralMatch { .. } => "may hold at once".into(),
            Self::UnorderedRead { field, .. } => format!("reads {} as it came", quote(field)),
            Self::OldLink { reference, .. } => format!("reads {} as it came", quote(reference)),
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        let help = match self {
            Self::Unknown { suggestion: Some(name), .. } => format!("write `after \"{name}\"`"),
            Self::Unknown { .. } => "name a set as it stands behind its `rules`, in quotes".into(),
            Self::OtherRecord { .. } => "remove it: a record is never left by rules for another".into(),
            Self::Circle { names } if names.len() == 1 => "remove it".into(),
            Self::Circle { .. } => "remove one of their `after`".into(),
            Self::Conflict { set, witness, .. } => shown(
                &format!("say which comes first, `rules \"…\" for …, after \"{set}\"`, or tell the conditions apart"),
                witness.as_ref(),
            ),
            Self::Overlap { witness, .. } => {
                shown("put the more important rule first, or tell the conditions apart", Some(witness))
            }
            Self::SeveralMatch { witness, .. } => shown("tell the conditions apart", witness.as_ref()),
            Self::UnorderedRead { set, .. } => {
                format!(
                    "let this set come second, `rules \"…\" for …, after \"{set}\"`, or `decide` the value for both"
                )
            }
            Self::OldLink { .. } => "references are followed once, before the first set: decide here by what does not \
                                     depend on the new key, or look at the record again in another run"
                .into(),
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

/// A help line with the record that shows the problem.
fn shown(help: &str, witness: Option<&String>) -> String {
    witness.map_or_else(|| help.to_owned(), |witness| format!("{help}; both hold for {}", code(witness)))
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
