//! What trees become: questions and jumps.
//!
//! ```text
//!         field score             ┐
//!         constant 70             │ a question
//!         greater                 ┘
//!         jump-unless no ─────────┐
//!         fire "Hot leads"        │   its yes stands right behind it, unless it stands elsewhere already
//!         return                  │
//! no:     …  ◀────────────────────┘
//! rule 7: its own condition, …        the tail: once for all ways that enter it, each at its rule
//! rule 8: its own condition, …
//!         fire-otherwise
//!         return
//! ```

use semantics::typed::{Policy, RuleSet};
use vm::instruction::Instruction;

use super::Emitter;
use super::code::Label;
use crate::plan::stops;
use crate::tree::{Node, NodeId, TestId, Tree};

impl Emitter<'_> {
    /// A rule set's decision; its rules are numbered from `start`.
    pub(super) fn tree(&mut self, tree: &Tree, set: &RuleSet, start: u32) {
        let written = writing_order(tree);
        let tail = written.iter().find_map(|id| match tree.node(*id) {
            Node::Tail { from, .. } => Some(from as usize),
            _ => None,
        });
        let tail = tail.unwrap_or(set.rules.len());
        let nodes = tree.nodes.iter().map(|_| self.code.label()).collect();
        let rules = set.rules.iter().skip(tail).map(|_| self.code.label()).collect();
        let mut writer = TreeWriter { emitter: self, tree, set, start, nodes, tail, rules };
        for (place, id) in written.iter().enumerate() {
            writer.node(*id, written.get(place + 1).copied());
        }
    }
}

/// The nodes in the order of their code, which jumps forward only: questions and rules as the tree has them, then the
/// tail to which they may lead (the longest, which holds all others), `otherwise`, and the end.
fn writing_order(tree: &Tree) -> Vec<NodeId> {
    let mut order = tree.order();
    let rank = |id: &NodeId| match tree.node(*id) {
        Node::Ask { .. } | Node::Fire { .. } => (0, 0),
        Node::Tail { from, .. } => (1, from),
        Node::Search { .. } => (2, 0),
        Node::Otherwise { .. } => (3, 0),
        Node::End => (4, 0),
    };
    order.sort_by_key(rank);
    order.dedup_by_key(|id| match tree.node(*id) {
        Node::Tail { .. } => None,
        _ => Some(*id),
    });
    order
}

/// A tree being written.
struct TreeWriter<'a, 'd> {
    emitter: &'a mut Emitter<'d>,
    tree: &'a Tree,
    set: &'a RuleSet,
    /// The number of the set's first rule.
    start: u32,
    /// Where each node begins.
    nodes: Vec<Label>,
    /// The first rule of the tail.
    tail: usize,
    /// Where each rule of the tail begins.
    rules: Vec<Label>,
}

impl TreeWriter<'_, '_> {
    /// Writes a node; `behind` is the node that will be written behind it.
    fn node(&mut self, id: NodeId, behind: Option<NodeId>) {
        if let Some(label) = self.nodes.get(id.0 as usize) {
            self.emitter.code.bind(*label);
        }
        match self.tree.node(id) {
            Node::Ask { test, yes, no } => self.ask(test, yes, no, behind),
            Node::Fire { rule, next } => {
                self.emitter.code.push(Instruction::Fire(self.start + rule));
                self.go_on(next, behind);
            }
            Node::Tail { next, .. } => {
                self.tail();
                self.go_on(next, behind);
            }
            Node::Search { next } => {
                self.emitter.code.push(Instruction::Search);
                self.go_on(next, behind);
            }
            Node::Otherwise { next } => {
                let rule = self.start + u32::try_from(self.set.rules.len()).unwrap_or(0);
                self.emitter.code.push(Instruction::FireOtherwise(rule));
                self.go_on(next, behind);
            }
            Node::End => self.emitter.code.push(Instruction::Return),
        }
    }

    fn ask(&mut self, test: TestId, yes: NodeId, no: NodeId, behind: Option<NodeId>) {
        if let Some(test) = self.tree.test(test) {
            self.emitter.condition(test);
        }
        if let Some(no) = self.label(no) {
            self.emitter.code.jump(Instruction::JumpUnless, no);
        }
        self.go_on(yes, behind);
    }

    /// Goes on at a node, for which nothing is needed if it is the one behind.
    fn go_on(&mut self, next: NodeId, behind: Option<NodeId>) {
        match self.tree.node(next) {
            _ if Some(next) == behind => {}
            Node::End => self.emitter.code.push(Instruction::Return),
            _ => {
                if let Some(label) = self.label(next) {
                    self.emitter.code.jump(Instruction::Jump, label);
                }
            }
        }
    }

    /// Where a node begins: a tail at its first rule.
    fn label(&self, id: NodeId) -> Option<Label> {
        match self.tree.node(id) {
            Node::Tail { from, .. } => self.rules.get((from as usize).checked_sub(self.tail)?).copied(),
            _ => self.nodes.get(id.0 as usize).copied(),
        }
    }

    /// The rules from the first of the tail on, one after the other.
    fn tail(&mut self) {
        let rules = self.set.rules.iter().skip(self.tail);
        for (number, (rule, label)) in (self.start..).skip(self.tail).zip(rules.zip(&self.rules)) {
            let code = &mut self.emitter.code;
            let after = code.label();
            code.bind(*label);
            self.emitter.condition(&rule.condition);
            self.emitter.code.jump(Instruction::JumpUnless, after);
            self.emitter.code.push(Instruction::Fire(number));
            if self.set.policy == Policy::First || stops(rule) {
                self.emitter.code.push(Instruction::Return);
            }
            self.emitter.code.bind(after);
        }
    }
}
