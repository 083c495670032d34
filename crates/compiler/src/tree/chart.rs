//! A tree as a drawing, in the languages of two programs that draw.

use semantics::typed::{Decision, RuleSet};

use super::text::step;
use super::wording::words;
use super::{Node, NodeId, Tree};

/// The tree of a decision's rule set as a Mermaid flow chart.
pub fn mermaid(tree: &Tree, decision: &Decision, set: &RuleSet) -> String {
    let mut chart = String::from("flowchart TD\n");
    for id in tree.order() {
        let node = tree.node(id);
        let label = label(tree, node, decision, set).replace('&', "&amp;").replace('"', "&quot;").replace('`', "'");
        let (open, close) = match node {
            Node::Ask { .. } => ("{", "}"),
            Node::End => ("([", "])"),
            _ => ("[", "]"),
        };
        chart.push_str(&format!("  n{}{open}\"{label}\"{close}\n", id.0));
        for (answer, next) in ways(node) {
            let answer = answer.map(|answer| format!("|{answer}|")).unwrap_or_default();
            chart.push_str(&format!("  n{} -->{answer} n{}\n", id.0, next.0));
        }
    }
    chart
}

/// The tree of a decision's rule set in DOT, the language of Graphviz.
pub fn dot(tree: &Tree, decision: &Decision, set: &RuleSet) -> String {
    let mut graph = format!("digraph {} {{\n  node [shape=box]\n", quoted(&set.name));
    for id in tree.order() {
        let node = tree.node(id);
        let shape = match node {
            Node::Ask { .. } => ", shape=diamond",
            Node::End => ", shape=oval",
            _ => "",
        };
        graph.push_str(&format!("  n{} [label={}{shape}]\n", id.0, quoted(&label(tree, node, decision, set))));
        for (answer, next) in ways(node) {
            let answer = answer.map(|answer| format!(" [label={answer}]")).unwrap_or_default();
            graph.push_str(&format!("  n{} -> n{}{answer}\n", id.0, next.0));
        }
    }
    graph.push_str("}\n");
    graph
}

fn label(tree: &Tree, node: Node, decision: &Decision, set: &RuleSet) -> String {
    match node {
        Node::Ask { test, .. } => tree.test(test).map(|test| words(test, decision)).unwrap_or_default(),
        other => step(other, set),
    }
}

/// Where a node leads, and by which answer.
fn ways(node: Node) -> Vec<(Option<&'static str>, NodeId)> {
    match node {
        Node::Ask { yes, no, .. } if yes != no => vec![(Some("yes"), yes), (Some("no"), no)],
        other => other.nexts().map(|next| (None, next)).collect(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
