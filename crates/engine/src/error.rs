//! What can go wrong, in the words of those who wrote the rules or have the data.

use std::fmt;
use std::ops::Deref;

use diagnostics::{Finding, Sources, render};
use records::{Rejected, SourceError};
use vm::file::LoadError;

/// Why there is no engine, or no decider. One record that cannot be decided is [`Refused`].
#[derive(Debug)]
pub enum Error {
    /// There are errors in the rules.
    Rules(FoundInRules),
    /// The bytes are no saved program that can be run.
    Program(LoadError),
    /// There is no time zone of this name.
    NoSuchZone(String),
    /// The rules do not decide such records.
    NoSuchType {
        /// The type that was asked for; none if none was and the rules decide several, or nothing.
        wanted: Option<String>,
        /// Those that the rules decide.
        known: Vec<String>,
    },
    /// Verdicts are to be traced, and the program was not made for that.
    NotTraceable,
    /// Rules follow references, and what they lead to cannot be read or was not.
    Source(SourceError),
    /// The compiler made a program that does not hold: a mistake in Rulebook itself, not in the rules.
    Flaw(String),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rules(found) => fmt::Display::fmt(found, out),
            Self::Program(error) => write!(out, "the program cannot be used: {error}"),
            Self::NoSuchZone(name) => {
                write!(out, "there is no time zone `{name}`: write it like `Europe/Berlin` or `UTC`")
            }
            Self::NoSuchType { known, .. } if known.is_empty() => {
                out.write_str("these rules decide nothing: there is no rule among them")
            }
            Self::NoSuchType { wanted: None, known } => {
                write!(out, "the rules decide several types of record, and it was not said which: {}", known.join(", "))
            }
            Self::NoSuchType { wanted: Some(wanted), known } => {
                write!(out, "the rules decide no records of type `{wanted}`, but {}", known.join(", "))
            }
            Self::NotTraceable => out.write_str(
                "the program was not made to be traced: compile it with `Rules::traceable`, or build it with \
                 `rulebook build --trace`",
            ),
            Self::Source(error) => fmt::Display::fmt(error, out),
            Self::Flaw(flaw) => write!(
                out,
                "the compiled rules do not verify: {flaw}; this is a mistake in Rulebook itself, not in the rules"
            ),
        }
    }
}

impl std::error::Error for Error {}

impl From<LoadError> for Error {
    fn from(error: LoadError) -> Self {
        Self::Program(error)
    }
}

impl From<SourceError> for Error {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

/// What was found in rules, and the texts it was found in. As text it reads as on the command line, without colour.
#[derive(Clone)]
pub struct FoundInRules {
    pub(crate) findings: Vec<Finding>,
    pub(crate) sources: Sources,
}

/// How wide what is found is told, in characters.
const WIDTH: usize = 100;

impl FoundInRules {
    /// The findings, file by file in the order of the names, by place.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The findings as JSON, as `rulebook check --format json` writes them.
    pub fn to_json(&self) -> String {
        render::json(&self.findings, &self.sources)
    }
}

/// As text: what a test that unwraps an [`Error`] should show.
impl fmt::Debug for FoundInRules {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "\n{self}")
    }
}

impl fmt::Display for FoundInRules {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&render::terminal(&self.findings, &self.sources, false, WIDTH))
    }
}

/// A record that was not decided: what is wrong with it, or what could not be computed. [`Rejected`] has the details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub(crate) Box<Rejected>);

impl Refused {
    /// The line that stands for it in a file of rejects, as `rulebook run --rejects` writes it.
    pub fn to_json(&self) -> String {
        let mut line = String::new();
        records::write::rejected(&mut line, &self.0);
        line
    }
}

impl Deref for Refused {
    type Target = Rejected;

    fn deref(&self) -> &Rejected {
        &self.0
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.message)
    }
}

impl std::error::Error for Refused {}
