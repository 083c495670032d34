//! What holds for every rulebook and every record: properties, each tried on as many random cases as there is time for.
//!
//! [`generate`] writes a rulebook and records out of the choices of a [`source`]; [`trial`] tries a property on one case
//! after the other, and where it does not hold [`shrink`] makes the case small. The [`properties`] are files of their own.
//! How to try them for longer, and what they have found, stands in the README of the tests.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "what cannot go on is a failure, and what was tried is told"
)]

mod decide;
mod generate;
mod properties;
mod shrink;
mod source;
mod trial;
