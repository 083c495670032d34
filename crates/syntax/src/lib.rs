//! Rule text to syntax tree, and back to its canonical layout.
//!
//! [`split`] cuts a file into items, [`parse`] makes an [`ast::Item`] of each, [`format`](format()) writes a file in the
//! one canonical layout. None of them fails: what cannot be read becomes a problem and an `Error` in the tree. pest stays
//! inside: its rule names never leave this crate.

pub mod ast;
mod bounds;
mod characters;
mod chunk;
mod format;
pub mod keywords;
mod parse;
mod spans;
mod split;
#[cfg(test)]
mod tests;
mod tokens;

pub use chunk::{Chunk, ChunkKind, Split};
pub use format::{Formatted, format, format_within};
pub use parse::{Continuations, Parsed, Wanted, continuations, parse, parse_within};
pub use spans::{equal_ignoring_spans, spans_around};
pub use split::split;
pub use tokens::{Token, TokenKind, one_line, scan};
