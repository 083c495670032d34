//! The records that references lead to: read once, shared by deciders.

use std::sync::Arc;

use records::{Asked, Joined, Options, Report, Source};

use crate::{Engine, Error, Instant};

/// The records that the references of one type of record lead to, for [`Settings::related`](crate::Settings::related). Threads share it.
#[derive(Clone, Debug)]
pub struct Related(pub(crate) Arc<Joined>);

impl Related {
    /// What was found in each source: how many records, and what is wrong among them.
    pub fn reports(&self) -> &[Report] {
        self.0.reports()
    }
}

impl Engine {
    /// Reads the records that references in records of a type lead to (the only type that is decided, if none is named);
    /// `open` opens those of one of the types that [`Rules`](crate::Rules) refer to.
    ///
    /// # Errors
    ///
    /// Whatever `open` says, a source that cannot be read to its end, and [`Error::NoSuchType`].
    pub fn related(
        &self,
        record_type: Option<&str>,
        mut open: impl FnMut(&str) -> Result<Source, Error>,
    ) -> Result<Related, Error> {
        let decision = self.decision(record_type)?.1;
        let clock = self.program.clock(Instant::UNIX_EPOCH);
        let options = Options { zone: clock.zone, limits: self.limits, ..Options::default() };
        Joined::read(Asked::from(decision), |record| open(record), &options).map(Arc::new).map(Related)
    }
}
