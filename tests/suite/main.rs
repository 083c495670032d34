//! The tests that are programs: everything that a Markdown page cannot say.

mod laws;
mod real;
