//! What can be wrong with a whole input. One record that is wrong is a [`Rejected`](crate::Rejected) instead.

use std::fmt;
use std::io;

use crate::read::Absent;

/// Why an input as a whole cannot be read, or cannot be read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// There is no such file.
    NotFound {
        /// The file as the user named it.
        file: String,
    },
    /// It is a directory.
    Directory {
        /// The file as the user named it.
        file: String,
    },
    /// The user may not read it.
    NotPermitted {
        /// The file as the user named it.
        file: String,
    },
    /// Reading failed before the first record: a disk error, a compressed file that is damaged or cut off.
    Unreadable {
        /// The file as the user named it.
        file: String,
        /// What the system or the unpacking says.
        reason: String,
    },
    /// Reading failed on the way: the records before stand, the others are not known.
    BrokenOff {
        /// The file as the user named it.
        file: String,
        /// What the system or the unpacking says.
        reason: String,
        /// How many records were read of it, the last of which may itself be cut off.
        records: u64,
        /// The line on which the last of them begins.
        line: u64,
    },
    /// Its name promises compression that its content does not have.
    NotCompressed {
        /// The file as the user named it.
        file: String,
        /// The ending that promises it: `.gz`.
        ending: &'static str,
    },
    /// It is UTF-16 text.
    Utf16 {
        /// The file as the user named it.
        file: String,
    },
    /// It is no text.
    NotText {
        /// The file as the user named it.
        file: String,
        /// What it is, with its article.
        what: &'static str,
    },
    /// It is a Parquet file, and this build does not read any.
    NoParquet {
        /// The file as the user named it.
        file: String,
    },
    /// It is a Parquet file that is piped in or packed: what it holds is told at its end.
    ParquetInStream {
        /// The input as the user named it.
        file: String,
    },
    /// Events in a table, which has no room for what was before.
    EventsInTable {
        /// The file as the user named it.
        file: String,
    },
    /// The header of a CSV file cannot be read.
    Header {
        /// The file as the user named it.
        file: String,
        /// Why.
        reason: String,
    },
    /// Columns that must be there are not.
    MissingColumns {
        /// The file as the user named it.
        file: String,
        /// The columns asked for.
        missing: Vec<Absent>,
        /// The columns that are there.
        present: Vec<String>,
    },
    /// References lead to records of a type that nobody has read.
    NoSource {
        /// The type.
        record: String,
    },
    /// A column that is used stands twice.
    DuplicateColumn {
        /// The file as the user named it.
        file: String,
        /// Its name.
        column: String,
    },
}

impl SourceError {
    /// What a failed attempt to open a file means.
    pub(crate) fn opening(file: &str, error: &io::Error) -> Self {
        let file = file.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound { file },
            io::ErrorKind::PermissionDenied => Self::NotPermitted { file },
            io::ErrorKind::IsADirectory => Self::Directory { file },
            _ => Self::reading(&file, error),
        }
    }

    /// What a failed attempt to read the beginning means.
    pub(crate) fn reading(file: &str, error: &io::Error) -> Self {
        Self::Unreadable { file: file.to_owned(), reason: reason(error) }
    }

    /// What a failed attempt to read on means, after some records, the last of which begins on `line`.
    pub(crate) fn reading_on(file: &str, error: &io::Error, records: u64, line: u64) -> Self {
        match records {
            0 => Self::reading(file, error),
            _ => Self::BrokenOff { file: file.to_owned(), reason: reason(error), records, line },
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { file } => write!(out, "there is no file `{file}`"),
            Self::Directory { file } => write!(out, "`{file}` is a folder, not a file of records"),
            Self::NotPermitted { file } => write!(out, "you may not read `{file}`"),
            Self::Unreadable { file, reason } => write!(out, "`{file}` cannot be read: {reason}"),
            Self::BrokenOff { file, reason, records, line } => {
                let were = if *records == 1 { "record of it was" } else { "records of it were" };
                write!(
                    out,
                    "`{file}` cannot be read to its end: {reason}; {records} {were} read, none behind line {line}"
                )
            }
            Self::NotCompressed { file, ending } => {
                write!(out, "`{file}` is named `{ending}` but is not compressed that way")
            }
            Self::Utf16 { file } => write!(out, "`{file}` is UTF-16 text, save it as UTF-8"),
            Self::NotText { file, what } => write!(out, "`{file}` is {what}, export it as CSV or NDJSON"),
            Self::NoParquet { file } => {
                write!(out, "`{file}` is a Parquet file, which this build of Rulebook does not read: ")?;
                out.write_str("take one that is built with `--features parquet`, or export it as CSV or NDJSON")
            }
            Self::ParquetInStream { file } => {
                write!(out, "`{file}` is a Parquet file, which can be read only where it lies: name the file itself")
            }
            Self::EventsInTable { file } => {
                write!(out, "`{file}` is a table, which has no room for events: they come as JSON, one object a line")
            }
            Self::Header { file, reason } => write!(out, "the header of `{file}` cannot be read: {reason}"),
            Self::MissingColumns { file, missing, present } => {
                let noun = if missing.len() == 1 { "column" } else { "columns" };
                let names: Vec<String> = missing.iter().map(|absent| absent.column.clone()).collect();
                write!(out, "`{file}` has no {noun} {}", listed(&names))?;
                for similar in missing.iter().filter_map(|absent| absent.similar.as_ref()) {
                    write!(out, "; it has `{similar}`: write `from \"{similar}\"` behind the type of the field")?;
                }
                write!(out, "; its columns are {}", listed(present))
            }
            Self::NoSource { record } => write!(out, "there is no source of `{record}` records"),
            Self::DuplicateColumn { file, column } => write!(out, "`{file}` has more than one column `{column}`"),
        }
    }
}

impl std::error::Error for SourceError {}

/// What the system or the unpacking says, in plain words.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "it is cut off in the middle".to_owned(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => format!("it is damaged ({error})"),
        _ => error.to_string(),
    }
}

/// The most names in a list, and the longest as it is shown, in characters. What is no table has headings without end.
const MOST: usize = 30;
const LONGEST: usize = 60;

fn listed(names: &[String]) -> String {
    let shown = |name: &String| {
        let visible = name.chars().map(|sign| if sign.is_control() { '\u{fffd}' } else { sign });
        let mut shown: String = visible.take(LONGEST).collect();
        if name.chars().nth(LONGEST).is_some() {
            shown.push('…');
        }
        format!("`{shown}`")
    };
    let mut quoted: Vec<String> = names.iter().take(MOST).map(shown).collect();
    if names.len() > MOST {
        quoted.push(format!("and {} more", names.len() - MOST));
    }
    quoted.join(", ")
}
