//! A second semantics: a rulebook as one SELECT, run by SQLite.
//!
//! It was written from the guide, over the words of the rules as they are parsed: names, types, sugar and the order of rules
//! are worked out anew here, and nothing of the check, the compiler or the machine is used. What SQL has no like of is struck
//! out first, item by item, and the machine decides the same remainder. Where the languages mean different things, above all
//! by NULL, the README of the tests lists how a translation says what the rules mean.
//!
//! ```text
//! rules ──source──▶ items ──translate, run──▶ the rules that are left ──the machine──▶ verdicts ─┐
//!                             │                                                             agree
//!                             └──▶ layers of one SELECT ──database──▶ rows ──────────────────────┘
//! ```

mod agree;
mod column;
mod condition;
mod database;
mod derived;
mod effect;
mod expression;
mod function;
mod layers;
mod record;
mod run;
mod scope;
mod source;
mod time;
mod translate;
mod words;

pub use agree::agrees;
pub use database::{Said, run};
pub use translate::{Translation, translate};

/// Why something is not said in SQL.
#[derive(Clone, Copy, Debug)]
pub struct Unsaid(pub &'static str);
