//! Types: what the checker knows of a value before a record arrives.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Currency, Text};

/// The most labels that a sentence names.
const MOST_NAMED: usize = 4;

/// The type of a value that is present. Whether it may be missing is kept beside it, never inside.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Type {
    /// `true or false`.
    Truth,
    /// `number`.
    Number,
    /// `money`, of a currency that each value tells; or `money in EUR`, all of one.
    Money(Option<Currency>),
    /// `text`: compared ignoring case.
    Text,
    /// `text exact`: compared to the letter.
    ExactText,
    /// `one of "a", "b"`: the labels in their declared order and spelling.
    OneOf(Arc<[Text]>),
    /// `date`.
    Date,
    /// `datetime`.
    DateTime,
    /// `duration`, of exact length.
    Duration,
    /// A duration whose length depends on where it starts: months, years, business days and hours.
    AnchoredDuration,
    /// `user`: a person, by the name or address the records use.
    User,
    /// `team`: by name.
    Team,
    /// `queue`: by name.
    Queue,
    /// `list of T`.
    List(Box<Type>),
    /// A nested `{ … }` or another record type; the name or path under which its fields are declared.
    Record(Text),
}

impl Type {
    /// Whether values of the type are texts for the machine (compared, searched and joined as text).
    pub const fn is_textual(&self) -> bool {
        matches!(self, Self::Text | Self::ExactText | Self::OneOf(_) | Self::User | Self::Team | Self::Queue)
    }

    /// Whether equality of two such values looks at every letter. Only `text exact` does.
    pub const fn is_exact(&self) -> bool {
        matches!(self, Self::ExactText)
    }

    /// As part of a sentence: `a number`, `one of "new", "won"`, `a list of records`. Of many labels only the first are
    /// named.
    pub fn with_article(&self) -> String {
        match self {
            Self::Truth => self.to_string(),
            Self::OneOf(labels) if labels.len() > MOST_NAMED => {
                let first: Vec<String> =
                    labels.iter().take(MOST_NAMED - 1).map(|label| format!("\"{label}\"")).collect();
                format!("one of {} and {} more", first.join(", "), labels.len() - first.len())
            }
            Self::OneOf(_) => self.to_string(),
            Self::Money(_) => self.to_string(),
            Self::ExactText => "a text".to_owned(),
            Self::Record(_) => "a record".to_owned(),
            Self::List(member) => match &**member {
                Self::Record(_) => "a list of records".to_owned(),
                Self::ExactText => "a list of text".to_owned(),
                member => format!("a list of {member}"),
            },
            _ => format!("a {self}"),
        }
    }

    /// The type that holds the values of both, if there is one without a change of what they are: the same, or money of
    /// whatever currency.
    pub fn joined(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (left, right) if left == right => Some(left.clone()),
            (Self::Money(_), Self::Money(_)) => Some(Self::Money(None)),
            _ => None,
        }
    }

    /// Whether values of the one can be put where the other is wanted, as they are.
    pub fn holds(&self, other: &Self) -> bool {
        self == other || matches!((self, other), (Self::Money(None), Self::Money(_)))
    }

    /// Whether two such values may turn out to be of different currencies, so that comparing them is a fault.
    pub const fn may_differ_in_currency(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Money(None), Self::Money(_)) | (Self::Money(_), Self::Money(None)))
    }

    /// Whether `<`, `between` and their like make sense.
    pub const fn is_ordered(&self) -> bool {
        matches!(self, Self::Number | Self::Money(_) | Self::Date | Self::DateTime | Self::Duration)
    }
}

/// As it is written in a rule file, for messages and for canonical text: `number`, `one of "new", "won"`, `list of text`.
impl fmt::Display for Type {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truth => out.write_str("true or false"),
            Self::Number => out.write_str("number"),
            Self::Money(None) => out.write_str("money"),
            Self::Money(Some(currency)) => write!(out, "money in {currency}"),
            Self::Text => out.write_str("text"),
            Self::ExactText => out.write_str("text exact"),
            Self::OneOf(labels) => {
                out.write_str("one of ")?;
                for (index, label) in labels.iter().enumerate() {
                    if index > 0 {
                        out.write_str(", ")?;
                    }
                    write!(out, "\"{label}\"")?;
                }
                Ok(())
            }
            Self::Date => out.write_str("date"),
            Self::DateTime => out.write_str("datetime"),
            Self::Duration | Self::AnchoredDuration => out.write_str("duration"),
            Self::User => out.write_str("user"),
            Self::Team => out.write_str("team"),
            Self::Queue => out.write_str("queue"),
            Self::List(member) => write!(out, "list of {member}"),
            Self::Record(name) => write!(out, "record {name}"),
        }
    }
}
