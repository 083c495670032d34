//! Patterns: `/^[A-Z]{2}-\d+$/`, searched for in time linear in the text.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::OnceLock;

use limits::fixed::PATTERN_NESTING;
use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use serde::{Deserialize, Serialize};

use crate::Text;

/// A regular expression. It finds itself anywhere in a text unless it is anchored, and has no construct that would take
/// more than linear time (no look-around, no back-references).
///
/// One that is made is compiled; one that was read is not, before it is [prepared](Self::prepare).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Pattern {
    source: Text,
    ignore_case: bool,
    regex: OnceLock<Regex>,
}

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PatternError {
    /// It breaks the rules of patterns.
    Malformed {
        /// What is wrong: `unclosed group`.
        reason: String,
        /// Where, in bytes of the source.
        at: Range<usize>,
    },
    /// It would take more memory than the limit: usually a large repetition such as `(\w{100}){100}`.
    TooLarge,
}

impl Pattern {
    /// Compiles what stands between the slashes; `ignore_case` says whether an `i` follows them. It may take `largest`
    /// bytes of memory.
    pub fn new(source: &str, ignore_case: bool, largest: usize) -> Result<Self, PatternError> {
        let regex = OnceLock::from(compiled(source, ignore_case, largest)?);
        Ok(Self { source: source.into(), ignore_case, regex })
    }

    /// Compiles a pattern that was read; it may take `largest` bytes of memory. Tells how many it takes, at most twice as
    /// many as it needs; none for one that is compiled already. Whoever has read many keeps account.
    pub fn prepare(&self, largest: usize) -> Result<usize, PatternError> {
        let mut size = SMALL.min(largest);
        while self.regex.get().is_none() {
            match compiled(&self.source, self.ignore_case, size) {
                Ok(regex) => return Ok(self.regex.set(regex).map_or(0, |()| size)),
                Err(PatternError::TooLarge) if size < largest => size = (size * 2).min(largest),
                Err(error) => return Err(error),
            }
        }
        Ok(0)
    }

    /// Whether the pattern is found in a text. One that is not prepared is found in none.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.get().is_some_and(|regex| regex.is_match(text))
    }

    /// What stands between the slashes.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the case of letters is ignored: `/…/i`.
    pub const fn ignores_case(&self) -> bool {
        self.ignore_case
    }
}

/// What most patterns can do with, in bytes.
const SMALL: usize = 1 << 15;

fn compiled(source: &str, ignore_case: bool, largest: usize) -> Result<Regex, PatternError> {
    let mut parser = ParserBuilder::new();
    parser.case_insensitive(ignore_case).nest_limit(PATTERN_NESTING);
    parser.build().parse(source).map_err(|error| PatternError::located(&error))?;
    let mut builder = RegexBuilder::new(source);
    builder.case_insensitive(ignore_case).nest_limit(PATTERN_NESTING).size_limit(largest);
    builder.build().map_err(|_| PatternError::TooLarge)
}

/// Patterns are the same when they are written the same.
impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        (&self.source, self.ignore_case) == (&other.source, other.ignore_case)
    }
}

impl Eq for Pattern {}

impl Hash for Pattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.source, self.ignore_case).hash(state);
    }
}

/// As it stands in a rule file.
impl fmt::Display for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "/{}/{}", self.source, if self.ignore_case { "i" } else { "" })
    }
}

impl PatternError {
    fn located(error: &regex_syntax::Error) -> Self {
        let (reason, span) = match error {
            regex_syntax::Error::Parse(error) => (error.kind().to_string(), error.span()),
            regex_syntax::Error::Translate(error) => (error.kind().to_string(), error.span()),
            other => return Self::Malformed { reason: other.to_string(), at: 0..0 },
        };
        Self::Malformed { reason, at: span.start.offset..span.end.offset }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { reason, .. } => out.write_str(reason),
            Self::TooLarge => out.write_str("it would take too much memory"),
        }
    }
}

impl std::error::Error for PatternError {}

/// What is written down of a pattern.
#[derive(Serialize, Deserialize)]
struct Written {
    source: Text,
    ignore_case: bool,
}

impl From<Pattern> for Written {
    fn from(pattern: Pattern) -> Self {
        Self { source: pattern.source, ignore_case: pattern.ignore_case }
    }
}

impl From<Written> for Pattern {
    fn from(written: Written) -> Self {
        Self { source: written.source, ignore_case: written.ignore_case, regex: OnceLock::new() }
    }
}
