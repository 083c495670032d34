//! The rulebook that is being edited.

use limits::Limits;
use semantics::{Listed, Project};

use crate::Snapshot;

/// A rulebook that is being edited. One thread owns it; others ask its [`Snapshot`]s, and each edit waits until those are
/// gone.
#[derive(Default)]
pub struct Workspace {
    project: Project,
}

/// What belongs to no single rule: how `rulebook.toml` says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The name of the time zone in which dates and times without offset are read; it must be known.
    pub zone: String,
    /// The name of the calendar by which business time is counted where rules name none.
    pub calendar: Option<String>,
    /// Which integrations and templates there are.
    pub listed: Listed,
    /// How much there may be of what rules are made of.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self { zone: "UTC".to_owned(), calendar: None, listed: Listed::default(), limits: Limits::default() }
    }
}

impl Workspace {
    /// A rulebook without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a rule file in, or gives it another text. Its path is relative to the folder of the rulebook, with `/`.
    pub fn set_file(&mut self, path: &str, text: &str) {
        self.project.set_file(path, text);
    }

    /// Takes a rule file out.
    pub fn remove_file(&mut self, path: &str) {
        self.project.remove_file(path);
    }

    /// Takes over what the settings say.
    pub fn set_settings(&mut self, settings: &Settings) {
        self.project.set_zone(&settings.zone);
        self.project.set_limits(settings.limits);
        self.project.set_listed(settings.listed.clone());
        self.project.set_calendar(settings.calendar.as_deref());
    }

    /// Hands in the text of a file that rules name, or why it cannot be read.
    pub fn set_data(&mut self, name: &str, text: Result<&str, String>) {
        self.project.set_data(name, text);
    }

    /// The files that the rules name: to be handed in with [`set_data`](Self::set_data).
    pub fn data_files(&self) -> Vec<String> {
        self.project.wanted_files()
    }

    /// The rulebook as it is now, to be asked on another thread.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::new(self.project.snapshot())
    }
}
