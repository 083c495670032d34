//! The tests that are programs: everything that a Markdown page cannot say.

mod attack;
mod cli;
mod corpus;
mod editors;
mod functions;
mod interchange;
mod json;
mod laws;
mod limits;
mod lsp;
mod real;
mod round_trips;
mod second_opinion;
mod sql;
