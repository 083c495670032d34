//! Large rule sets are planned in time, and their trees stay in proportion.

use limits::Limits;
use semantics::typed::{Comparison, Expr, Policy};

use super::build::*;
use vm::program::index::PARTS;

use crate::compile;
use crate::plan::{Budget, plan, plan_with};
use crate::tree::Node;

const RULES: i64 = 10_000;

/// The usual budget of a tree, and no index.
fn tree_only(occurrences: usize) -> Budget {
    Budget { indexed: usize::MAX, ..Budget::new(occurrences, Limits::default().tree_size) }
}

#[track_caller]
fn check(policy: Policy, conditions: Vec<Expr>, largest: usize) {
    let set = set(policy, conditions);
    let tree = plan_with(&decision(Vec::new()), &set, tree_only);
    assert!(!tree.nodes.iter().any(|node| matches!(node, Node::Tail { .. })), "{} nodes", tree.nodes.len());
    assert!(tree.nodes.len() <= largest, "{} nodes", tree.nodes.len());
    // So many rules are searched, by an index that is no larger than they are.
    let planned = plan(&decision(Vec::new()), &set);
    let index = planned.index.map(|it| it.index).unwrap();
    let parts: usize = index.dimensions.iter().map(|dimension| dimension.scale.parts()).sum();
    assert!(planned.nodes.iter().any(|node| matches!(node, Node::Search { .. })));
    assert!(index.rows.len() <= set.rules.len() && parts <= PARTS, "{} rows, {parts} parts", index.rows.len());
}

#[test]
fn many_values_of_one_field() {
    let conditions = || (0..RULES).map(|number| is(country(), &format!("C{number}"))).collect();
    check(Policy::First, conditions(), 20_001);
    check(Policy::All, conditions(), 20_001);
}

#[test]
fn many_bands_of_one_field() {
    let band = |low| {
        let from = compare(Comparison::GreaterOrEqual, score(), number(low));
        and([from, compare(Comparison::Less, score(), number(low + 1))])
    };
    check(Policy::First, (0..RULES).map(band).collect(), 30_001);
    check(Policy::All, (0..RULES).map(band).collect(), 30_001);
}

#[test]
fn many_territories() {
    let rule = |number: i64| and([is(country(), &format!("C{}", number % 200)), more(budget(), RULES - number)]);
    check(Policy::First, (0..RULES).map(rule).collect(), 60_000);
}

#[test]
fn many_alternatives_in_one_rule() {
    let parts: Vec<_> = (0..2_000).map(|number| is(country(), &format!("C{number}"))).collect();
    let set = set(Policy::First, vec![or(parts)]);
    let tree = plan(&decision(Vec::new()), &set);
    assert!(tree.cut_off().is_none() && tree.nodes.len() <= 2_002, "{} nodes", tree.nodes.len());
}

#[test]
fn what_cannot_be_shared_ends_in_a_tail() {
    // Each pair of thresholds is asked about again by the last rules, so that no answer can be forgotten.
    let pair = |number: usize| or([more(quotient(score(), number_of(number)), 1), more(budget(), 1)]);
    let mut conditions: Vec<_> = (1..60).map(pair).collect();
    conditions.extend((1..60).rev().map(|number| not(pair(number))));
    let set = set(Policy::All, conditions);
    let decision = decision(vec![set.clone()]);
    let tree = plan_with(&decision, &set, tree_only);
    assert!(tree.nodes.len() < 64 + 32 * 4 * 60 + 120, "{} nodes", tree.nodes.len());
    assert!(vm::verify(compile_one(decision)).is_ok());
}

fn number_of(number_: usize) -> Expr {
    number(i64::try_from(number_).unwrap())
}

fn compile_one(decision: semantics::typed::Decision) -> vm::Program {
    compile(&semantics::typed::Rulebook {
        zone: "UTC".to_owned(),
        decisions: vec![decision],
        targets: Vec::new(),
        references: Vec::new(),
        calendars: Vec::new(),
    })
}
