//! Trees as people read them.

use semantics::typed::{Comparison, Effect, Expr, ExprKind, Policy, RuleSet};

use super::build::*;
use crate::plan::{plan, plan_within};
use crate::tree;

#[track_caller]
fn check(set: RuleSet, expected: &str) {
    let decision = decision(Vec::new());
    let shown = tree::text(&plan(&decision, &set), &decision, &set);
    let expected: Vec<&str> = expected.lines().map(|line| line.strip_prefix("        ").unwrap_or(line)).collect();
    assert_eq!(shown.trim(), expected.join("\n").trim(), "\n{shown}");
}

#[track_caller]
fn check_first(conditions: impl Into<Vec<Expr>>, expected: &str) {
    check(set(Policy::First, conditions.into()), expected);
}

#[test]
fn the_first_rule_that_holds_ends_the_set() {
    check(
        with_otherwise(set(Policy::First, vec![more(score(), 70), is(country(), "DE")])),
        r#"
        1  lead.score > 70
             yes  fire `1`, end
             no   2
        2  lead.country is "DE"
             yes  fire `2`, end
             no   otherwise, end"#,
    );
}

#[test]
fn all_matches_go_on_and_share_what_follows() {
    check(
        with_otherwise(set(Policy::All, vec![more(score(), 70), is(country(), "DE")])),
        r#"
        1  lead.score > 70
             yes  fire `1`, 2
             no   2
        2  lead.country is "DE"
             yes  fire `2`, otherwise, end
             no   otherwise, end"#,
    );
}

#[test]
fn a_stop_ends_the_set() {
    let mut set = set(Policy::All, vec![more(score(), 70), is(country(), "DE")]);
    set.rules.first_mut().unwrap().effects.push(Effect::Stop);
    check(
        set,
        r#"
        1  lead.score > 70
             yes  fire `1`, end
             no   2
        2  lead.country is "DE"
             yes  fire `2`, end
             no   end"#,
    );
}

#[test]
fn a_test_is_asked_once_however_it_is_written() {
    let alone = is_in(country(), &["DE"]);
    check_first(
        [and([more(score(), 70), is(country(), "DE")]), and([alone, more(score(), 70)]), more(score(), 70)],
        r#"
        1  lead.score > 70
             yes  2
             no   end
        2  lead.country is "DE"
             yes  fire `1`, end
             no   fire `3`, end"#,
    );
}

#[test]
fn an_answer_about_a_label_answers_for_the_others() {
    check_first(
        [is(stage(), "new"), is_in(stage(), &["New", "WON"]), is(stage(), "lost")],
        r#"
        1  lead.stage is "new"
             yes  fire `1`, end
             no   2
        2  lead.stage in "New", "WON"
             yes  fire `2`, end
             no   fire `3`, end"#,
    );
}

#[test]
fn an_answer_about_a_threshold_answers_for_others() {
    check(
        set(Policy::All, vec![more(score(), 70), more(score(), 50), compare(Comparison::Equal, score(), number(70))]),
        r#"
        1  lead.score > 70
             yes  fire `1`, fire `2`, end
             no   2
        2  lead.score > 50
             yes  fire `2`, 3
             no   end
        3  lead.score = 70
             yes  fire `3`, end
             no   end"#,
    );
}

#[test]
fn no_leaves_it_open_whether_a_value_is_missing() {
    let less = compare(Comparison::LessOrEqual, budget(), number(50));
    check_first(
        [more(budget(), 50), less, missing(budget())],
        r#"
        1  lead.budget > 50
             yes  fire `1`, end
             no   2
        2  lead.budget <= 50
             yes  fire `2`, end
             no   fire `3`, end"#,
    );
}

#[test]
fn of_a_missing_value_nothing_holds() {
    let word = expr(
        ExprKind::Matches { value: Box::new(country()), pattern: values::Pattern::new("D", false, 1 << 20).unwrap() },
        values::Type::Truth,
        false,
    );
    check_first(
        [missing(country()), not(is(country(), "DE")), word, not(missing(country()))],
        r#"
        1  lead.country is missing
             yes  fire `1`, end
             no   2
        2  lead.country is "DE"
             yes  3
             no   fire `2`, end
        3  lead.country matches /D/
             yes  fire `3`, end
             no   fire `4`, end"#,
    );
}

#[test]
fn truths_are_labels_too() {
    check_first(
        [holds(vip()), is_false(vip()), missing(vip())],
        r#"
        1  lead.vip
             yes  fire `1`, end
             no   2
        2  lead.vip is false
             yes  fire `2`, end
             no   fire `3`, end"#,
    );
    check_first(
        [open(), not(open())],
        r#"
        1  lead.open
             yes  fire `1`, end
             no   fire `2`, end"#,
    );
}

#[test]
fn what_may_fault_is_asked_where_it_stands() {
    // By `no` to the country the second rule is lost, but a score of 0 must still fault there.
    check_first(
        [is(country(), "DE"), and([more(ratio(), 2), is(country(), "DE")]), more(ratio(), 1)],
        r#"
        1  lead.country is "DE"
             yes  fire `1`, end
             no   2
        2  lead.ratio > 2
             yes  fire `3`, end
             no   3
        3  lead.ratio > 1
             yes  fire `3`, end
             no   end"#,
    );
}

#[test]
fn what_cannot_fault_is_not_asked_in_vain() {
    check_first(
        [is(country(), "DE"), and([more(score(), 2), is(country(), "DE")]), more(score(), 1)],
        r#"
        1  lead.country is "DE"
             yes  fire `1`, end
             no   2
        2  lead.score > 1
             yes  fire `3`, end
             no   end"#,
    );
}

#[test]
fn beyond_the_budget_rules_are_tested_one_by_one() {
    let decision = decision(Vec::new());
    let set = with_otherwise(set(Policy::First, vec![more(score(), 70), is(country(), "DE"), open()]));
    let tree = plan_within(&decision, &set, 3);
    let expected = "\
1  lead.score > 70
     yes  test each rule from `1` on, otherwise, end
     no   test each rule from `2` on, otherwise, end
";
    assert_eq!(tree::text(&tree, &decision, &set), expected);
    assert_eq!((tree.cut_off(), plan(&decision, &set).cut_off()), (Some(0), None));
}

#[test]
fn trees_can_be_drawn() {
    let decision = decision(Vec::new());
    let set = set(Policy::First, vec![is(country(), "DE")]);
    let tree = plan(&decision, &set);
    let chart = "\
flowchart TD
  n1{\"lead.country is &quot;DE&quot;\"}
  n1 -->|yes| n2
  n1 -->|no| n0
  n2[\"fire '1'\"]
  n2 --> n0
  n0([\"end\"])
";
    assert_eq!(tree::mermaid(&tree, &decision, &set), chart);
    let graph = "\
digraph \"test\" {
  node [shape=box]
  n1 [label=\"lead.country is \\\"DE\\\"\", shape=diamond]
  n1 -> n2 [label=yes]
  n1 -> n0 [label=no]
  n2 [label=\"fire `1`\"]
  n2 -> n0
  n0 [label=\"end\", shape=oval]
}
";
    assert_eq!(tree::dot(&tree, &decision, &set), graph);
}
