//! The nodes of a tree in an order in which they can be written down: forwards only.

use super::{NodeId, Tree};

/// Reverse postorder, by an explicit stack: a way through a tree may be as long as a rulebook.
pub(super) fn order(tree: &Tree) -> Vec<NodeId> {
    let mut seen = vec![false; tree.nodes.len()];
    let mut finished = Vec::new();
    let mut open = vec![Step::Enter(tree.root)];
    while let Some(step) = open.pop() {
        match step {
            Step::Leave(id) => finished.push(id),
            Step::Enter(id) => {
                let Some(seen) = seen.get_mut(id.0 as usize) else { continue };
                if !std::mem::replace(seen, true) {
                    open.push(Step::Leave(id));
                    // What is finished last comes first: `no` is taken from the stack before `yes`.
                    open.extend(tree.node(id).nexts().map(Step::Enter));
                }
            }
        }
    }
    finished.reverse();
    finished
}

enum Step {
    Enter(NodeId),
    Leave(NodeId),
}
