//! A tree as a list of numbered questions: what `rulebook dump --tree` prints.
//!
//! ```text
//! 1  lead.score > 70
//!      yes  fire `Hot leads`, end
//!      no   2
//! 2  lead.country is "DE"
//!      yes  fire `DACH`, end
//!      no   otherwise, end
//! ```
//!
//! Numbers only grow on every way, so the list is read downwards; and it stays flat, however long the ways are.

use std::collections::HashMap;

use semantics::typed::{Decision, RuleSet};

use super::wording::words;
use super::{Node, NodeId, Tree};

/// Writes out the tree of a decision's rule set.
pub fn text(tree: &Tree, decision: &Decision, set: &RuleSet) -> String {
    let asks = tree.order().into_iter().filter(|id| matches!(tree.node(*id), Node::Ask { .. }));
    let numbers: HashMap<NodeId, usize> = asks.zip(1..).collect();
    let listing = Listing { tree, decision, set, numbers };
    let mut lines = Vec::new();
    if !listing.numbers.contains_key(&tree.root) {
        lines.push(listing.way(tree.root));
    }
    for id in tree.order() {
        listing.question(id, &mut lines);
    }
    lines.push(String::new());
    lines.join("\n")
}

struct Listing<'a> {
    tree: &'a Tree,
    decision: &'a Decision,
    set: &'a RuleSet,
    /// The numbers of the questions.
    numbers: HashMap<NodeId, usize>,
}

impl Listing<'_> {
    fn question(&self, id: NodeId, lines: &mut Vec<String>) {
        let (Node::Ask { test, yes, no }, Some(number)) = (self.tree.node(id), self.numbers.get(&id)) else { return };
        let test = self.tree.test(test).map(|test| words(test, self.decision)).unwrap_or_default();
        let width = self.numbers.len().to_string().len();
        lines.push(format!("{number:>width$}  {test}"));
        let indent = width + 4;
        if yes == no {
            lines.push(format!("{:indent$}then {}", "", self.way(yes)));
        } else {
            lines.push(format!("{:indent$}yes  {}", "", self.way(yes)));
            lines.push(format!("{:indent$}no   {}", "", self.way(no)));
        }
    }

    /// What happens from a node on, up to the next question.
    fn way(&self, from: NodeId) -> String {
        let mut steps = Vec::new();
        let mut next = Some(from);
        while let Some(id) = next {
            let number = self.numbers.get(&id).map(ToString::to_string);
            steps.push(number.unwrap_or_else(|| step(self.tree.node(id), self.set)));
            next = match self.tree.node(id) {
                Node::Ask { .. } | Node::End => None,
                Node::Fire { next, .. }
                | Node::Otherwise { next }
                | Node::Tail { next, .. }
                | Node::Search { next } => Some(next),
            };
        }
        steps.join(", ")
    }
}

/// A step that is no question.
pub(super) fn step(node: Node, set: &RuleSet) -> String {
    let name = |rule: u32| set.rules.get(rule as usize).map_or("?", |rule| &*rule.name);
    match node {
        Node::Ask { .. } => String::new(),
        Node::Fire { rule, .. } => format!("fire `{}`", name(rule)),
        Node::Tail { from, .. } => format!("test each rule from `{}` on", name(from)),
        Node::Search { .. } => "fire the rules that the index finds".to_owned(),
        Node::Otherwise { .. } => "otherwise".to_owned(),
        Node::End => "end".to_owned(),
    }
}
