//! The pieces of a file: one chunk for each item, broken ones too.

use std::ops::Range;

use diagnostics::problems::SyntaxProblem;

use crate::ast::TargetKind;

/// A file, cut into its items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// The items in file order.
    pub chunks: Vec<Chunk>,
    /// What is wrong between the items or with a set as a whole, with absolute places. All else is found by `parse`.
    pub problems: Vec<(Range<usize>, SyntaxProblem)>,
}

/// One item of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chunk {
    /// What it is, as far as its first words tell.
    pub kind: ChunkKind,
    /// Its bytes in the file: from the first of the comment lines directly above it to its last word. What follows,
    /// also a comment, is outside, so that a change there does not change the item.
    pub range: Range<usize>,
    /// The name by which it is known again after an edit: `lead`, `lead.tier`, `Hot leads`; empty when it has none.
    pub key: String,
    /// For what stands inside a rule set: the place of the set's header among the chunks.
    pub set: Option<usize>,
}

/// What an item is, told by its first words. `parse` reads each kind with its own rule of the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChunkKind {
    /// `record lead { … }`
    Record,
    /// `let hot = 70`
    Let,
    /// `list emea = …`
    List,
    /// `define lead.is_enterprise = …`
    Define,
    /// `decide lead.tier { … }`
    Decide,
    /// `score lead.fit { … }`
    Score,
    /// `calendar office { … }`
    Calendar,
    /// `table territory for lead { | … | }`
    Table,
    /// `reference inventory from "…" keyed by product { … }`
    Reference,
    /// `team …`, `queue …`, `user …`
    Target(TargetKind),
    /// `never send email when …`
    Never,
    /// `rules "…" for lead {`
    RulesHeader,
    /// `rule "…" when … then …`, `when … then …`
    Rule,
    /// `otherwise …`
    Otherwise,
    /// `test "…" { … }`
    Test,
    /// The `}` that closes a rule set.
    Close,
    /// An item that this version does not decide yet, with the word that begins it.
    NotYet(&'static str),
    /// Nothing that begins an item, also an item word with a slip.
    Unknown,
}
