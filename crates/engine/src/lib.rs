//! Rulebook inside another program: rules are loaded once, and decide one record after the other. Start with [`Engine`].
//!
//! ```text
//! Rules ─compile▶ Engine ─decider▶ Decider ─json, values▶ Decided
//! bytes ──load──▶    (shared)   (one a thread)          or Refused
//! ```
#![doc = include_str!("../README.md")]

mod decided;
mod decider;
mod error;
mod related;
mod rules;

pub use decided::Decided;
pub use decider::{Decider, Settings, Slot};
pub use error::{Error, FoundInRules, Refused};
pub use related::Related;
pub use rules::Rules;

pub use limits::Limits;
pub use records::{Format, Source, SourceError};
pub use values::{Currency, Date, Duration, Instant, Money, Number, Text, Value};
pub use vm::choose::{Chooser, Standings};
pub use vm::{Verdict, effect, verdict};

use vm::Verified;

/// Compiled rules, proved once. Threads share it; a clone costs next to nothing.
#[derive(Clone, Debug)]
pub struct Engine {
    program: Verified,
    limits: Limits,
}

impl Engine {
    /// Compiles the rules of one file; `name` is what messages and verdicts call it.
    ///
    /// # Errors
    ///
    /// [`Error::Rules`], with all that is wrong.
    pub fn compile(name: &str, text: &str) -> Result<Self, Error> {
        Rules::new().file(name, text).compile()
    }

    /// The rules in the bytes of a file that `rulebook build` or [`save`](Self::save) wrote, which takes a fraction of the
    /// time that compiling them takes.
    ///
    /// # Errors
    ///
    /// [`Error::Program`] if the bytes are anything else, of another version, or damaged. Never panics.
    pub fn load(bytes: &[u8]) -> Result<Self, Error> {
        Ok(Self { program: vm::file::load(bytes)?, limits: Limits::default() })
    }

    /// The bytes that [`load`](Self::load) loads: without the limits, which whoever loads sets.
    pub fn save(&self) -> Vec<u8> {
        vm::file::save(&self.program)
    }

    /// The same rules, with other limits on records and computations.
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The types of records that the rules decide, in the order of their names.
    pub fn record_types(&self) -> impl Iterator<Item = &str> {
        self.program.decisions.iter().map(|decision| &*decision.record)
    }

    /// Who chooses members where rules say `by round robin` and the like: one for all deciders, asked in the order of the
    /// records ([`Decided::choose`]). It goes on from what an earlier one remembered.
    pub fn chooser(&self, standings: Standings) -> Chooser {
        Chooser::new(&self.program, standings)
    }
}
