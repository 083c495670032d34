//! Program and record to verdict. Knows no source text, no files and no clock: *now* is an argument.
//!
//! [`Program`] is what the compiler makes, [`file`] saves and loads it, [`verify`] proves once that it can be run without
//! looking, [`Machine::run`] decides a record, [`Verdict`] is the answer.

mod disassemble;
pub mod effect;
pub mod file;
pub mod instruction;
pub mod machine;
pub mod program;
pub mod record;
mod run;
pub mod verdict;
pub mod verify;

pub use disassemble::disassemble;
pub use machine::{Machine, Options};
pub use program::Program;
pub use record::Record;
pub use verdict::{Fault, Verdict};
pub use verify::{Verified, verify};

#[cfg(test)]
mod sample;
