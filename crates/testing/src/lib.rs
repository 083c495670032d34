//! Runs the tests of a rulebook: what each expects is held against what the program decides.
//!
//! ```text
//! typed::Test ─┬─ given ──json──▶ records::Reader ──▶ Machine ──▶ Verdict ──facts──┐
//!              └─ expectations ──exprs──▶ Calculator ──▶ values ───────────────────┴─judge──▶ Outcome
//! ```
//! Start with [`Bench`]: it is made once for a rulebook and runs any of its tests. The program that decides is the very
//! one that `rulebook run` would use, and the records of a test come through the reader that reads files. What a test
//! computes by itself, such as the deadline that it expects, is done by a second small program, the [`calculator`].
//! An [`Outcome`] is plain data; who shows it is another's business. What the same rules make of a sample of records without
//! any expectation, says [`sample`](fn@sample).

mod bench;
mod calculator;
mod coverage;
mod crowd;
mod fact;
mod given;
mod joins;
mod judge;
mod outcome;
mod record_type;
mod sample;
mod seen;
mod show;
mod tables;

pub use bench::{Bench, Files};
pub use coverage::{Coverage, CoveredLeaf, CoveredLine, CoveredRule, coverage};
pub use outcome::{Failure, Outcome};
pub use record_type::record_type;
pub use sample::{Example, Sample, SampledCondition, SampledRule, Sampling, sample};
pub use seen::Seen;
