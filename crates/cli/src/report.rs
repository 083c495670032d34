//! Talk: everything that is said beside the data, on standard error; and how a run ends.

use std::fmt::Display;
use std::io::{Write, stderr};
use std::process::ExitCode;

use clap::builder::styling::AnsiColor;

use crate::terminal::Terminal;
pub(crate) use folder::wording::{listed, nearest};

/// How a command ends.
pub(crate) type Ending = Result<Exit, Failure>;

/// How a command that could do its work ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing to complain about: status 0.
    Clean,
    /// Something was found: errors in rules, faults in records, files that are not formatted. Status 1.
    Found,
}

/// Why a command could not do its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Wrong use, or a file that cannot be read or written: status 2.
    Told {
        /// What is wrong: one sentence, lower case, without full stop.
        sentence: String,
        /// What to do about it, beginning with a verb.
        help: Option<String>,
    },
    /// Nobody reads on (`| head`): no failure to whoever stopped reading. Status 0.
    ClosedPipe,
}

impl Failure {
    /// A failure without advice.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self::Told { sentence: sentence.into(), help: None }
    }

    /// The same with advice.
    #[must_use]
    pub(crate) fn help(self, advice: impl Into<String>) -> Self {
        match self {
            Self::Told { sentence, .. } => Self::Told { sentence, help: Some(advice.into()) },
            Self::ClosedPipe => Self::ClosedPipe,
        }
    }
}

impl From<records::SourceError> for Failure {
    fn from(error: records::SourceError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<folder::Trouble> for Failure {
    fn from(trouble: folder::Trouble) -> Self {
        Self::Told { sentence: trouble.sentence, help: trouble.help }
    }
}

/// Says why a command failed, if it did, and turns the ending into the status that the shell sees.
pub(crate) fn exit_code(ending: Ending, terminal: Terminal) -> ExitCode {
    match ending {
        Ok(Exit::Clean) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Ok(Exit::Found) => ExitCode::from(1),
        Err(Failure::Told { sentence, help }) => {
            error(terminal, &sentence, help.as_deref());
            ExitCode::from(2)
        }
    }
}

/// `error: …`, and `help: …` below it.
pub(crate) fn error(terminal: Terminal, sentence: &str, help: Option<&str>) {
    say(format_args!("{} {sentence}", terminal.painted("error:", AnsiColor::Red)));
    if let Some(help) = help {
        say(format_args!("{} {help}", terminal.painted("help:", AnsiColor::Cyan)));
    }
}

/// `note: …`: worth knowing, nothing wrong.
pub(crate) fn note(terminal: Terminal, sentence: &str) {
    say(format_args!("{} {sentence}", terminal.painted("note:", AnsiColor::Cyan)));
}

/// That a file lacks columns that fields name, if it does.
pub(crate) fn absent_columns(file: &str, absent: &[records::Absent]) -> Option<String> {
    if absent.is_empty() {
        return None;
    }
    let columns = listed(absent.iter().map(|absent| absent.column.as_str()));
    let noun = if absent.len() == 1 { "column" } else { "columns" };
    let mut sentence = format!("`{file}` has no {noun} {columns}: missing in each of its records");
    for similar in absent.iter().filter_map(|absent| absent.similar.as_ref()) {
        sentence += &format!("; it has `{similar}`: write `from \"{similar}\"` behind the type of the field");
    }
    Some(sentence)
}

/// A line of talk. That nobody listens is no failure.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(stderr(), "{line}");
}

/// `1 file`, `3 files`, `1 000 000 records`: a number with its noun, which takes an `s` in the plural.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(count))
}

/// A number with a space between groups of three digits, from 10 000 on.
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}
