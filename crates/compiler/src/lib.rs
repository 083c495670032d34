//! Typed rules to decision tree to program. Nothing here can fail: whatever the checker accepted has a program.
//!
//! ```text
//! typed::RuleSet ──plan──▶ tree::Tree ──┐
//! typed::Expr, typed::Effect ───────────┴──emit──▶ vm::Program
//! ```
//!
//! [`compile`] is the whole way; [`plan`] is its first half for one rule set, for those who want to look at a [`tree`].

mod compile;
mod emit;
mod plan;
mod traits;
pub mod tree;

#[cfg(test)]
mod tests;

pub use compile::{Compiled, Cut, compile, compile_indexed, compile_traceable, compile_unplanned, compile_within};
pub use emit::{Purpose, field};
pub use plan::{plan, plan_within};
