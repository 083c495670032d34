//! What `semantics` finds while it binds names.

use super::wording::{names, quote};
use crate::Severity;

/// A problem with a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NameProblem {
    /// A declared record type has no such field.
    UnknownField {
        /// The record type or nested path: `lead`, `lead.company`.
        record: String,
        /// The name that is not there.
        field: String,
        /// A field that it nearly is.
        suggestion: Option<String>,
        /// The fields that are there, in declared order.
        known: Vec<String>,
    },
    /// A record type that is named (`for leed`, `list of activty`) and not declared.
    UnknownRecord {
        /// The name.
        name: String,
        /// A record type that it nearly is.
        suggestion: Option<String>,
    },
    /// A bare name that is no constant and no list.
    UnknownName {
        /// The name.
        name: String,
        /// A constant or list that it nearly is; or a field, as `lead.score`.
        suggestion: Option<String>,
    },
    /// A target that no declaration names.
    UnknownTarget {
        /// The name.
        name: String,
        /// A declared target that it nearly is.
        suggestion: Option<String>,
        /// Whether the rulebook declares any targets: an error then, a warning while it declares none.
        any_declared: bool,
    },
    /// A target of another kind than is written before it.
    WrongTargetKind {
        /// The name.
        name: String,
        /// `team`, `queue` or `user`, as declared.
        declared: String,
        /// As written.
        written: String,
    },
    /// A function that does not exist.
    UnknownFunction {
        /// The name.
        name: String,
        /// A function that it nearly is.
        suggestion: Option<String>,
    },
    /// One name declared twice; the related place is the first.
    Duplicate {
        /// "record type", "constant", "list", "field", "rule", "team" …
        what: String,
        /// The name.
        name: String,
    },
    /// Definitions that need each other; the related places are the others of the circle.
    Circle {
        /// The whole circle in order, beginning with the one at this place.
        names: Vec<String>,
    },
    /// Declared and never used.
    Unused {
        /// "constant", "list", "definition", "team" …
        what: String,
        /// The name.
        name: String,
        /// Whether verdicts tell its value all the same (a hint).
        told: bool,
    },
    /// A rule that reads more than one kind of record.
    SeveralRecords {
        /// Their names.
        names: Vec<String>,
    },
    /// A second record in a set or definition of which it is clear what record it is about.
    OtherRecord {
        /// The record type that it is about.
        decided: String,
        /// The other one.
        name: String,
    },
    /// A rule outside a set `for` a record type that reads no record, so that nobody knows what it decides.
    NoRecord,
    /// A constant, team or the like used where it cannot stand: a list as a value, a record as a value.
    WrongPlace {
        /// The name.
        name: String,
        /// What it is: "a list".
        is: String,
        /// What was expected: "a value".
        expected: String,
    },
    /// Three letters that stand for no currency.
    UnknownCurrency {
        /// The letters.
        code: String,
        /// A code that they nearly are.
        suggestion: Option<String>,
    },
    /// A list from a file that cannot be read.
    UnreadableFile {
        /// The file as written.
        file: String,
        /// Why.
        reason: String,
    },
}

impl NameProblem {
    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::Unused { told: true, .. } => Severity::Hint,
            Self::Unused { .. } | Self::UnknownTarget { any_declared: false, .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    pub(super) fn sentence(&self) -> String {
        match self {
            Self::UnknownField { record, field, .. } => format!("{} has no field {}", quote(record), quote(field)),
            Self::UnknownRecord { name, .. } => format!("no record type is called {}", quote(name)),
            Self::UnknownName { name, .. } => format!("no constant or list is called {}", quote(name)),
            Self::UnknownTarget { name, .. } => format!("no team, queue or user is called {}", quote(name)),
            Self::WrongTargetKind { name, declared, written } => {
                format!("{} is a {declared}, not a {written}", quote(name))
            }
            Self::UnknownFunction { name, .. } => format!("no function is called {}", quote(name)),
            Self::Duplicate { what, name } => format!("there is more than one {what} {}", quote(name)),
            Self::Circle { names } => circle(names),
            Self::Unused { name, told: true, .. } => {
                format!("nothing asks for {}: verdicts tell it, and that is all", quote(name))
            }
            Self::Unused { what, name, .. } => format!("the {what} {} is never used", quote(name)),
            Self::SeveralRecords { names: records } => {
                format!("this rule reads {}, so it is not clear which of them it decides", names(records))
            }
            Self::OtherRecord { decided, name } => {
                format!("this is about {}, and {} is another record", quote(decided), quote(name))
            }
            Self::NoRecord => "this rule reads no record, so it is not clear what it decides".into(),
            Self::WrongPlace { name, is, expected } => {
                format!("{} is {is}, and {expected} is needed here", quote(name))
            }
            Self::UnknownCurrency { code, .. } => format!("{} is no currency", quote(code)),
            Self::UnreadableFile { file, reason } => format!("{} cannot be read: {reason}", quote(file)),
        }
    }

    pub(super) fn label(&self) -> String {
        let known = self.suggestion().map(|name| format!("did you mean {}?", quote(name)));
        known.unwrap_or_else(|| match self {
            Self::UnknownField { .. } => "no such field".into(),
            Self::UnknownRecord { .. } => "no such record type".into(),
            Self::UnknownName { .. } => "no such constant or list".into(),
            Self::UnknownTarget { .. } => "not declared".into(),
            Self::WrongTargetKind { declared, .. } => format!("declared as a {declared}"),
            Self::UnknownFunction { .. } => "no such function".into(),
            Self::Duplicate { .. } => "declared again".into(),
            Self::Circle { .. } => "needs itself in the end".into(),
            Self::Unused { told: true, .. } => "only told".into(),
            Self::Unused { .. } => "never used".into(),
            Self::SeveralRecords { .. } => "more than one kind of record".into(),
            Self::OtherRecord { .. } => "another record".into(),
            Self::NoRecord => "no record is read".into(),
            Self::WrongPlace { is, .. } => format!("this is {is}"),
            Self::UnknownCurrency { .. } => "no such currency".into(),
            Self::UnreadableFile { .. } => "cannot be read".into(),
        })
    }

    pub(super) fn help(&self) -> Option<String> {
        let help = match self {
            Self::UnknownField { record, suggestion, known, .. } => unknown_field(record, suggestion.as_ref(), known),
            Self::UnknownRecord { name, suggestion } => {
                or_else(suggestion, &format!("declare `record {name} {{ … }}`"))
            }
            Self::UnknownName { name, suggestion: Some(near) } => {
                format!("write {}, or `\"{name}\"` if the text is meant", quote(near))
            }
            Self::UnknownName { name, .. } => {
                format!("write `\"{name}\"` if the text is meant, else declare it with `let` or `list`")
            }
            Self::UnknownTarget { name, suggestion, .. } => or_else(
                suggestion,
                &format!("declare it: `queue {name}`, `team {name} {{ … }}` or `user {name} = \"…\"`"),
            ),
            Self::WrongTargetKind { name, declared, .. } => format!("write `{declared} {name}`, or only `{name}`"),
            Self::UnknownFunction { suggestion, .. } => format!("write {}", quote(suggestion.as_ref()?)),
            Self::Duplicate { .. } => "rename one of them, or remove it".into(),
            Self::Circle { names } if names.len() == 1 => "write it without itself".into(),
            Self::Circle { .. } => "write one of them without the others".into(),
            Self::Unused { told: true, .. } => {
                "leave it if readers of verdicts want it, else remove it or use it".into()
            }
            Self::Unused { .. } => "remove it, or use it".into(),
            Self::SeveralRecords { .. } => "read the fields of one record type only".into(),
            Self::OtherRecord { decided, .. } => format!("read only fields of {}", quote(decided)),
            Self::NoRecord => "put it into a set that names the record type: `rules \"…\" for … { … }`".into(),
            Self::WrongPlace { name, is, expected } => wrong_place(name, is, expected),
            Self::UnknownCurrency { suggestion, .. } => {
                or_else(suggestion, "use the three letters of ISO 4217, such as `EUR` or `USD`")
            }
            Self::UnreadableFile { .. } => {
                "correct the name, which is looked up in the folder of the whole rulebook".into()
            }
        };
        Some(help)
    }

    pub(super) fn replacements(&self) -> Vec<(String, String)> {
        self.suggestion().map(|name| (format!("write {}", quote(name)), name.to_owned())).into_iter().collect()
    }

    /// The name that was probably meant.
    fn suggestion(&self) -> Option<&str> {
        match self {
            Self::UnknownField { suggestion, .. }
            | Self::UnknownRecord { suggestion, .. }
            | Self::UnknownName { suggestion, .. }
            | Self::UnknownTarget { suggestion, .. }
            | Self::UnknownCurrency { suggestion, .. }
            | Self::UnknownFunction { suggestion, .. } => suggestion.as_deref(),
            _ => None,
        }
    }
}

fn circle(names: &[String]) -> String {
    match names {
        [] | [_] => format!("{} needs itself", names.first().map_or_else(String::new, |name| quote(name))),
        [first, rest @ ..] => {
            let needed: Vec<String> = rest.iter().chain([first]).map(|name| quote(name)).collect();
            format!("{} needs {}", quote(first), needed.join(", which needs "))
        }
    }
}

fn unknown_field(record: &str, suggestion: Option<&String>, known: &[String]) -> String {
    let fields = names(known);
    match suggestion {
        None if known.is_empty() => format!("write {} alone, which has no fields", quote(record)),
        Some(suggestion) => format!("write {}; {} has {fields}", quote(suggestion), quote(record)),
        None => format!("declare it in {}, which has {fields}", quote(record)),
    }
}

fn wrong_place(name: &str, is: &str, expected: &str) -> String {
    match is {
        "a list" => format!("write {} to ask whether the list holds a value", quote(&format!("in {name}"))),
        "reference data" => {
            format!("ask for one row by its key, and for a column of it: {}", quote(&format!("{name}[…].…")))
        }
        "a record type" | "a record" => format!("name one of its fields: {}", quote(&format!("{name}.…"))),
        _ => format!("put {expected} here"),
    }
}

/// The suggestion, or the other way when there is none.
fn or_else(suggestion: &Option<String>, other: &str) -> String {
    suggestion.as_ref().map_or_else(|| other.to_owned(), |name| format!("write {}, or {other}", quote(name)))
}
