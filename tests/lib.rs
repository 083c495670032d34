//! What Rulebook promises, as tests: `pages` runs the Markdown pages, `suite` holds the tests that are programs. Here is
//! what both need.

pub mod arbitrary;
mod binary;
pub mod client;
mod conforms;
pub mod reference;
pub mod sql;

pub use binary::rulebook;
pub use conforms::conforms;
