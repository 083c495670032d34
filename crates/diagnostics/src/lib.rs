//! What we say about a rulebook: code, place, sentence, help, fix. Detection is elsewhere.
//!
//! A phase that detects something returns a [`Problem`]: a struct of plain fields, without a sentence and without a place
//! in a file, so that it compares equal when nothing but positions has changed. Its sentence is written here, in
//! [`problems`], one file per phase. With its place in a file a problem becomes a [`Finding`], which [`render`] writes for
//! one medium: the terminal, JSON, SARIF, GitHub annotations.

mod code;
mod counts;
mod finding;
pub mod problems;
pub mod render;
mod sources;
mod unseen;

pub use code::Code;
pub use counts::Counts;
pub use finding::{Finding, Fix, Place, Related, Severity};
pub use problems::{ConditionProblem, NameProblem, Problem, SyntaxProblem, TestProblem, TypeProblem};
pub use sources::{Position, Sources};
