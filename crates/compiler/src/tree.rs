//! A decision tree: in which order a rule set's questions are asked, and what follows from the answers.
//!
//! ```text
//! when lead.score > 70 then …                     lead.score > 70 ?
//! when lead.country is "DE" then …                  yes ─▶ fire 1 ─▶ end
//!                                                   no ──▶ lead.country is "DE" ?
//!                                                            yes ─▶ fire 2 ─▶ end
//!                                                            no ──▶ otherwise ─▶ end
//! ```
//!
//! It is a tree to the reader and a graph without circles in memory: ways that go on alike share their continuation.
//! [`text`](text()) shows it to people, [`mermaid`] and [`dot`] draw it.

mod chart;
mod order;
mod text;
mod wording;

use semantics::typed::Expr;

pub use chart::{dot, mermaid};
pub use text::text;

/// How a rule set decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// All nodes. Every way through them ends: no node is reached from itself.
    pub nodes: Vec<Node>,
    /// Where the decision begins.
    pub root: NodeId,
    /// The questions, each once: expressions of type `Truth` that are never missing.
    pub tests: Vec<Expr>,
    /// Which of the set's rules can hold, where there are enough of them for that to be worth knowing.
    pub index: Option<Index>,
}

/// An index over the rules of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// What its dimensions look at.
    pub operands: Vec<Expr>,
    /// The index as a program has it, with the set's rules counted from 0 and without places in the code.
    pub index: vm::program::Index,
}

impl Tree {
    /// The first rule from which on rules are asked one by one, because the tree had reached its limit.
    pub fn cut_off(&self) -> Option<u32> {
        let from = |node: &Node| if let Node::Tail { from, .. } = node { Some(*from) } else { None };
        self.nodes.iter().filter_map(from).min()
    }
}

/// A place in [`Tree::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A place in [`Tree::tests`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TestId(pub u32);

/// One step of a decision. Rules are known by their place in the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// Asks a question. Both answers may lead to the same node: then it is asked for the fault it may raise.
    Ask {
        /// The question.
        test: TestId,
        /// Where to go on if it holds.
        yes: NodeId,
        /// Where to go on if not.
        no: NodeId,
    },
    /// A rule fires.
    Fire {
        /// The rule.
        rule: u32,
        /// Where to go on.
        next: NodeId,
    },
    /// The set's `otherwise` fires if no rule has.
    Otherwise {
        /// Where to go on.
        next: NodeId,
    },
    /// The rest of the set without a plan: each rule from `from` on is tested by its own condition, in order. Planning
    /// stops here when a tree outgrows its budget.
    Tail {
        /// The first rule of the rest.
        from: u32,
        /// Where to go on after the last rule, unless a rule that fired ends the set.
        next: NodeId,
    },
    /// The set's index finds the rules that hold, which fire as its policy has it. Planning ends here at once where there
    /// are so many rules that asking one question after the other would take longer, or a tree would grow too large.
    Search {
        /// Where to go on afterwards.
        next: NodeId,
    },
    /// The set is decided.
    End,
}

impl Tree {
    /// A node.
    pub fn node(&self, id: NodeId) -> Node {
        self.nodes.get(id.0 as usize).copied().unwrap_or(Node::End)
    }

    /// A question.
    pub fn test(&self, id: TestId) -> Option<&Expr> {
        self.tests.get(id.0 as usize)
    }

    /// The nodes that can be reached from the root, each after all nodes that lead to it; where possible, `yes` stands
    /// right after its question.
    pub fn order(&self) -> Vec<NodeId> {
        order::order(self)
    }
}

impl Node {
    /// Where it goes on: `yes` before `no`.
    pub fn nexts(self) -> impl DoubleEndedIterator<Item = NodeId> {
        let (first, second) = match self {
            Self::Ask { yes, no, .. } => (Some(yes), (no != yes).then_some(no)),
            Self::Fire { next, .. } | Self::Otherwise { next } | Self::Tail { next, .. } | Self::Search { next } => {
                (Some(next), None)
            }
            Self::End => (None, None),
        };
        first.into_iter().chain(second)
    }
}
