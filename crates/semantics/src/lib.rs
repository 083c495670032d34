//! Syntax tree to typed rules, incrementally.

pub mod typed;
