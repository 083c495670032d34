//! A piece of the work: some records that stand behind each other, and what becomes of them.

use records::{Batch, Rejected};
use values::Text;
use vm::Verdict;

use crate::tally::Tally;

/// Records on their way, first as texts, then also as outcomes. Its memory is used again.
#[derive(Default)]
pub(super) struct Job {
    /// The texts.
    pub(super) batch: Batch,
    /// The verdicts as they are written, if nothing has to be done with them before.
    pub(super) written: String,
    /// The others, with what they call their records.
    pub(super) verdicts: Vec<(Text, Verdict)>,
    /// The records that could not be decided.
    pub(super) rejected: Vec<Rejected>,
    /// What was counted, but for `rejected` and `verdicts`.
    pub(super) tally: Tally,
    /// Whether a fault ended the work, and the run with it.
    pub(super) stopped: bool,
}
