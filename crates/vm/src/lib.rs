//! Program and record to verdict. Knows no source text, no files and no clock: *now* is an argument.
//!
//! [`Program`] is what the compiler makes, [`file`] saves and loads it, [`verify`] proves once that it can be run without
//! looking, [`Machine::run`] decides a record, [`Verdict`] is the answer.

pub mod effect;
pub mod instruction;
pub mod program;
pub mod record;
pub mod verdict;

pub use program::Program;
pub use record::Record;
pub use verdict::{Fault, Verdict};
