//! Findings for one medium each: a terminal, programs (JSON, SARIF), the annotations of GitHub.
//!
//! Each takes the findings in the order in which they are to be shown, and shows all that it is given: what is left out,
//! such as hints on a command line, is the caller's business.

mod excerpt;
mod github;
mod json;
mod sarif;
mod terminal;

pub use github::github;
pub use json::json;
pub use sarif::sarif;
pub use terminal::{notice, terminal};

#[cfg(test)]
mod tests;
