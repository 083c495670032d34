//! Rule text to syntax tree, and back to its canonical layout.
//!
//! `split` cuts a file into items, `parse` makes an [`ast::Item`] of each, `format` writes a file in the one canonical
//! layout. pest stays inside: its rule names never leave this crate.

pub mod ast;
