//! Rules as text, on their way to an [`Engine`].

use std::collections::BTreeMap;

use compiler::Purpose;
use diagnostics::{Severity, Sources};
use limits::Limits;
use semantics::Project;

use crate::{Engine, Error, FoundInRules};

/// The files of a rulebook, and what holds for all of them.
///
/// ```no_run
/// # use rulebook_engine::Rules;
/// # let (routing, countries) = ("", "");
/// let engine = Rules::new()
///     .file("routing.rules", routing)
///     .data("countries.csv", countries)
///     .zone("Europe/Berlin")
///     .compile()?;
/// # Ok::<(), rulebook_engine::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rules {
    files: BTreeMap<String, String>,
    data: BTreeMap<String, String>,
    zone: String,
    calendar: Option<String>,
    limits: Limits,
    purpose: Purpose,
}

impl Default for Rules {
    fn default() -> Self {
        Self::new()
    }
}

impl Rules {
    /// No rules yet, in the time zone `UTC`.
    pub fn new() -> Self {
        Self {
            files: BTreeMap::new(),
            data: BTreeMap::new(),
            zone: "UTC".to_owned(),
            calendar: None,
            limits: Limits::default(),
            purpose: Purpose::Decide,
        }
    }

    /// Adds a rule file; `name` is what messages and verdicts call it.
    #[must_use]
    pub fn file(mut self, name: &str, text: &str) -> Self {
        self.files.insert(name.to_owned(), text.to_owned());
        self
    }

    /// Adds a file of reference data under the name by which rules speak of it: `"countries.csv"`.
    #[must_use]
    pub fn data(mut self, name: &str, text: &str) -> Self {
        self.data.insert(name.to_owned(), text.to_owned());
        self
    }

    /// Sets the time zone in which days begin and dates and times without an offset are read: `Europe/Berlin`.
    #[must_use]
    pub fn zone(mut self, name: &str) -> Self {
        name.clone_into(&mut self.zone);
        self
    }

    /// Sets the calendar that counts business hours where rules name none.
    #[must_use]
    pub fn calendar(mut self, name: &str) -> Self {
        self.calendar = Some(name.to_owned());
        self
    }

    /// Sets how far rules, records and computations may go.
    #[must_use]
    pub const fn within(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Keeps what traces need ([`Settings::trace`](crate::Settings::trace)); it makes the program larger, not slower.
    #[must_use]
    pub const fn traceable(mut self) -> Self {
        self.purpose = Purpose::Trace;
        self
    }

    /// Checks and compiles the rules.
    ///
    /// # Errors
    ///
    /// [`Error::Rules`] if there is an error in them, with all that was found; [`Error::NoSuchZone`].
    pub fn compile(&self) -> Result<Engine, Error> {
        if values::zone_named(&self.zone).is_none() {
            return Err(Error::NoSuchZone(self.zone.clone()));
        }
        let project = self.project();
        let Some(rulebook) = project.rulebook() else { return Err(Error::Rules(self.found(&project))) };
        let compiled = compiler::compile_within(&rulebook, self.purpose, self.limits.tree_size);
        let program = vm::verify(compiled.program).map_err(|flaw| Error::Flaw(flaw.to_string()))?;
        Ok(Engine { program, limits: self.limits })
    }

    /// What is wrong with the rules, and what is probably not meant: warnings are found where there is no error too.
    pub fn check(&self) -> FoundInRules {
        self.found(&self.project())
    }

    fn project(&self) -> Project {
        let mut project = Project::new();
        project.set_zone(&self.zone);
        project.set_limits(self.limits);
        project.set_calendar(self.calendar.as_deref());
        for (name, text) in &self.files {
            project.set_file(name, text);
        }
        for name in project.wanted_files() {
            let text = self.data.get(&name).map(String::as_str);
            project.set_data(&name, text.ok_or_else(|| "it has not been handed in".to_owned()));
        }
        project
    }

    fn found(&self, project: &Project) -> FoundInRules {
        let mut sources = Sources::new();
        for (name, text) in self.files.iter().chain(&self.data) {
            sources.insert(name.as_str(), text.as_str());
        }
        let findings = project.findings().into_iter().filter(|finding| finding.severity() > Severity::Hint);
        FoundInRules { findings: findings.collect(), sources }
    }
}
