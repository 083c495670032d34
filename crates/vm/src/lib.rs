//! Program and record to verdict. Knows no source text, no files and no clock: *now* is an argument.
//!
//! [`Program`] is what the compiler makes, [`file`] saves and loads it, [`verify`] proves once that it can be run without
//! looking, [`Machine::run`] decides a record, [`Verdict`] is the answer.

// What goes in and out: start with `program`.
pub mod effect;
pub mod instruction;
pub mod program;
pub mod record;
pub mod trace;
pub mod verdict;

// What is done with a program.
mod disassemble;
pub mod file;
pub mod verify;

// What is done with a record.
pub mod choose;
pub mod machine;
mod run;

pub use choose::Chooser;
pub use disassemble::disassemble;
pub use machine::{Machine, Options};
pub use program::Program;
pub use record::Record;
pub use verdict::{Fault, Verdict};
pub use verify::{Verified, verify};

#[cfg(test)]
mod sample;
