//! What `semantics` finds about what rules do, and about those who are to do it.

use super::wording::{code, did_you_mean, names, quote};
use crate::Severity;

/// A problem with an effect, a team, or who is named in an effect.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EffectProblem {
    /// A member is to be chosen where there is none.
    NoMembers {
        /// The target.
        name: String,
        /// What it is: `team`, `queue`, `user`; none for a name that nobody declared.
        what: Option<&'static str>,
    },
    /// A day on which every member of a team is away (a hint).
    EverybodyAway {
        /// The team.
        team: String,
        /// The first such day.
        day: String,
    },
    /// An escalation to somebody who has had the work before; the related place is where.
    CircularEscalation {
        /// Who, as written.
        target: String,
    },
    /// Two effects of one rule for which there is room only once; the related place is the first.
    Conflict {
        /// The first effect: `assign`, `set lead.stage`, `accept`.
        first: String,
        /// The second.
        second: String,
    },
    /// A length of time that may be missing, so that there is no deadline then.
    DeadlineMayBeMissing {
        /// The expression.
        within: String,
        /// Whether somebody is to be told when it passes.
        escalates: bool,
    },
    /// A table is to tell what members of a team have already, and no column of it can, or several.
    LoadColumn {
        /// The table.
        table: String,
        /// Its number columns.
        columns: Vec<String>,
    },
    /// An integration or template that `rulebook.toml` does not list, though it lists some.
    Unlisted {
        /// "integration", "template".
        what: &'static str,
        /// The name.
        name: String,
        /// A listed name that it nearly is.
        suggestion: Option<String>,
    },
}

impl EffectProblem {
    pub(super) const fn severity(&self) -> Severity {
        match self {
            Self::NoMembers { .. } | Self::LoadColumn { .. } | Self::Unlisted { .. } => Severity::Error,
            Self::CircularEscalation { .. } | Self::Conflict { .. } | Self::DeadlineMayBeMissing { .. } => {
                Severity::Warning
            }
            Self::EverybodyAway { .. } => Severity::Hint,
        }
    }

    pub(super) fn sentence(&self) -> String {
        match self {
            Self::NoMembers { name, what: Some("team") } => {
                format!("the team {} has no members to choose from", quote(name))
            }
            Self::NoMembers { name, what: Some(what) } => {
                format!("{} is a {what}, which has no members to choose from", quote(name))
            }
            Self::NoMembers { name, what: None } => {
                format!("{} is not declared, so there are no members to choose from", quote(name))
            }
            Self::EverybodyAway { team, day } => format!("everybody in {} is away on {day}", quote(team)),
            Self::CircularEscalation { target } => {
                format!("{} has had this work already when it is escalated to them", quote(target))
            }
            Self::Conflict { first, second } if first == second => {
                format!("{} stands twice in one rule, and only the first counts", quote(first))
            }
            Self::Conflict { first, second } if first == "accept" || second == "accept" => {
                "this rule both accepts and rejects the record, and only the rejection counts".into()
            }
            Self::Conflict { first, second } => {
                format!(
                    "{} and {} exclude each other in one rule, and only the first counts",
                    quote(first),
                    quote(second)
                )
            }
            Self::DeadlineMayBeMissing { within, escalates: false } => {
                format!("{} may be missing, and then there is no deadline", quote(within))
            }
            Self::DeadlineMayBeMissing { within, escalates: true } => {
                format!("{} may be missing, and then there is neither a deadline nor an escalation", quote(within))
            }
            Self::LoadColumn { table, columns } if columns.is_empty() => {
                format!("{} has no number to begin with", quote(table))
            }
            Self::LoadColumn { table, columns } => {
                format!("{} has several numbers to begin with: {}", quote(table), names(columns))
            }
            Self::Unlisted { what, name, .. } => format!("`rulebook.toml` lists no {what} {}", quote(name)),
        }
    }

    pub(super) fn label(&self) -> String {
        match self {
            Self::NoMembers { .. } => "nobody to choose".into(),
            Self::EverybodyAway { .. } => "nobody is left".into(),
            Self::CircularEscalation { .. } => "goes round in a circle".into(),
            Self::Conflict { first, second } if first == second => "the second".into(),
            Self::Conflict { .. } => "does not go with the first".into(),
            Self::DeadlineMayBeMissing { .. } => "may be missing".into(),
            Self::LoadColumn { columns, .. } if columns.is_empty() => "no column of numbers".into(),
            Self::LoadColumn { .. } => "which of them?".into(),
            Self::Unlisted { suggestion, .. } => {
                did_you_mean(suggestion.as_ref()).unwrap_or_else(|| "not listed".into())
            }
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        let help = match self {
            Self::NoMembers { name, what: Some("team") } => {
                format!("list its members: {}", code(&format!("team {name} {{ \"ana@example.com\" }}")))
            }
            Self::NoMembers { what: Some(_), .. } => "leave out `by`, or assign a team".into(),
            Self::NoMembers { name, what: None } => {
                format!("declare it: {}", code(&format!("team {name} {{ \"ana@example.com\" }}")))
            }
            Self::EverybodyAway { .. } => {
                "keep somebody there, if work comes on such days: the team gets it as a whole then".into()
            }
            Self::CircularEscalation { .. } => "escalate to somebody else".into(),
            Self::Conflict { first, second } if first != second && (first == "accept" || second == "accept") => {
                "leave out `accept`, or make two rules of them".into()
            }
            Self::Conflict { .. } => "keep the one that is meant, or make two rules of them".into(),
            Self::DeadlineMayBeMissing { within, .. } => {
                format!(
                    "ask whether it `is present`, or say what holds then: {}",
                    code(&format!("({within} default …)"))
                )
            }
            Self::LoadColumn { table, columns } => match columns.first() {
                Some(first) => format!("say which: {}", code(&format!("from {table}.{first}"))),
                None => "give it a column that tells how much each member has: `open: number`".into(),
            },
            Self::Unlisted { suggestion: Some(name), .. } => format!("write {}", quote(name)),
            Self::Unlisted { what, .. } => format!("correct it, or add it to `{what}s` in `rulebook.toml`"),
        };
        Some(help)
    }

    pub(super) fn replacements(&self) -> Vec<(String, String)> {
        match self {
            Self::Unlisted { what: "integration", suggestion: Some(name), .. } => {
                vec![(format!("write {}", quote(name)), name.clone())]
            }
            _ => Vec::new(),
        }
    }
}
