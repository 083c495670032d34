//! A rulebook as it lies on disk: which files make it up, what its settings say, and where the files lie that its rules name.
//!
//! The command line and the language server look for rulebooks in the same way: here. Start with [`rule_files`].

mod files;
mod roots;
mod settings;
mod text;
pub mod wording;

pub use files::{Found, RuleFile, rule_files};
pub use roots::roots;
pub use settings::{SETTINGS, Settings, zone_named};
pub use text::{MAGIC, RuleText, inside, read_data, read_text, reason};

/// Why files are no rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong: one sentence, lower case, without full stop.
    pub sentence: String,
    /// What to do about it, beginning with a verb.
    pub help: Option<String>,
}

impl Trouble {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), help: None }
    }

    /// The same with advice.
    #[must_use]
    pub(crate) fn help(self, advice: impl Into<String>) -> Self {
        Self { help: Some(advice.into()), ..self }
    }
}
