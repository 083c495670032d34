//! Sets of many rules are searched by an index, which decides like a plain reading also where there is no room to tell all
//! values apart.

use semantics::typed::{Comparison, Expr, Policy, RuleSet, Rulebook};
use values::Value;
use vm::Program;
use vm::program::index::{PARTS, Scale};

use super::build::*;
use super::random::run;
use crate::plan::plan;
use crate::{compile, compile_unplanned};

const RULES: i64 = 3_000;

pub(super) fn rulebook(set: &RuleSet) -> Rulebook {
    Rulebook {
        zone: "UTC".to_owned(),
        decisions: vec![decision(vec![set.clone()])],
        targets: Vec::new(),
        references: Vec::new(),
        calendars: Vec::new(),
    }
}

#[track_caller]
fn check(set: &RuleSet, records: &[Vec<Value>]) -> Program {
    let (indexed, plain) = (compile(&rulebook(set)), compile_unplanned(&rulebook(set)));
    assert!(indexed.decisions[0].sets[0].index.is_some() && plain.decisions[0].sets[0].index.is_none());
    for record in records {
        assert_eq!(run(&indexed, record), run(&plain, record), "{record:?}");
    }
    indexed
}

/// Records with these scores, budgets (none below 0) and countries.
pub(super) fn records(scores: &[i64], budgets: &[i64], countries: &[&str]) -> Vec<Vec<Value>> {
    let mut records = Vec::new();
    for (score, budget) in scores.iter().flat_map(|score| budgets.iter().map(move |budget| (*score, *budget))) {
        for country in countries {
            let budget = if budget < 0 { Value::Missing } else { Value::Number(budget.into()) };
            let plain = [Value::text("new"), Value::Missing, Value::Truth(true), Value::text("L1")];
            let record = [Value::Number(score.into()), budget, Value::text(*country)].into_iter().chain(plain);
            records.push(record.chain([Value::Missing, Value::Missing, Value::Missing, Value::Missing]).collect());
        }
    }
    records
}

fn band(operand: Expr, from: i64, to: i64) -> Expr {
    and([
        compare(Comparison::GreaterOrEqual, operand.clone(), number(from)),
        compare(Comparison::Less, operand, number(to)),
    ])
}

#[test]
fn overlapping_ranges_share_parts_where_there_are_too_many() {
    let rule = |number: i64| and([band(score(), number * 7, number * 11 + 5), band(budget(), number, number + 900)]);
    let set = with_otherwise(set(Policy::First, (0..RULES).map(rule).collect()));
    let program = check(&set, &records(&[-1, 0, 5, 699, 700, 20_999, 33_000], &[-1, 0, 899, 900, 2_999], &["DE"]));
    let index = program.decisions[0].sets[0].index.as_ref().unwrap();
    let parts: usize = index.dimensions.iter().map(|dimension| dimension.scale.parts()).sum();
    assert!(parts <= PARTS && parts > PARTS / 2, "{parts} parts");
    assert!(index.rows.iter().all(|row| !row.whole), "what shares parts has to be asked");
}

#[test]
fn labels_share_parts_where_there_are_too_many() {
    let rule = |number: i64| and([is(country(), &format!("C{number}")), more(score(), number % 100)]);
    let set = set(Policy::All, (0..RULES).map(rule).collect());
    check(&set, &records(&[0, 50, 100], &[1], &["C0", "c49", "C2999", "C3000", "", "Ⅽ7"]));
}

#[test]
fn ways_to_hold_have_rows_of_their_own() {
    let rule = |number: i64| {
        let either = or([is(country(), &format!("C{}", number % 50)), more(score(), number)]);
        and([either, not(missing(budget()))])
    };
    let set = set(Policy::Unique, (1..60).map(rule).collect());
    let program = check(&set, &records(&[0, 1, 2, 61], &[-1, 1], &["c9", "C3", "none"]));
    let index = program.decisions[0].sets[0].index.as_ref().unwrap();
    assert!(index.rows.len() == 2 * 59 && index.rows.iter().all(|row| row.whole));
}

#[test]
fn what_stands_behind_a_possible_fault_rules_nothing_out() {
    let rule = |rule: i64| and([more(quotient(budget(), score()), rule), is(country(), "DE")]);
    let set = set(Policy::First, (1..60).map(rule).collect());
    let tree = plan(&decision(Vec::new()), &set);
    assert!(tree.index.is_none(), "nothing can be known before the first test");
}

#[test]
fn a_label_that_case_folds_is_one() {
    let conditions = (0..60).map(|number| is(country(), &format!("Straße {number}"))).collect();
    let program = check(&set(Policy::First, conditions), &records(&[1], &[1], &["STRASSE 7", "STRAẞE 7", "straße 59"]));
    let scale = &program.decisions[0].sets[0].index.as_ref().unwrap().dimensions[0].scale;
    assert!(matches!(scale, Scale::Labels { exact: false, labels } if labels.len() == 60));
}

#[test]
fn what_stands_in_a_text_is_found_for_all_rules_at_once() {
    let parts =
        ["a", "AB", "ab", "bc", "abc", "c d", "ß", "SS", "k", "\u{212a}", "x", "1", "2", "3", "4", "5", "6", "7", "8"];
    let holds_part = |place: usize| contains(country(), parts[place % parts.len()]);
    let rule = |number: i64| {
        let place = number as usize;
        match number % 4 {
            0 => holds_part(place / 4),
            1 => and([holds_part(place / 4), holds_part(place / 4 + 1)]),
            2 => or([holds_part(place / 4), more(score(), number)]),
            _ => and([more(score(), 1), not(holds_part(place / 4)), holds_part(place / 4 + 2)]),
        }
    };
    let set = set(Policy::All, (0..80).map(rule).collect());
    let texts =
        ["", "a", "xABCd", "ab", "Straße", "STRASSE", "desk", "DES\u{212a}", "b c d", "1234567", "none of them?"];
    let program = check(&set, &records(&[0, 2, 90], &[1], &texts));
    let index = program.decisions[0].sets[0].index.as_ref().unwrap();
    let needles = |scale: &Scale| if let Scale::Holding { needles, .. } = scale { needles.len() } else { 0 };
    assert_eq!(
        index.dimensions.iter().map(|dimension| needles(&dimension.scale)).max(),
        Some(17),
        "two are said twice"
    );
    assert!(index.rows.iter().any(|row| row.whole) && index.rows.iter().any(|row| !row.whole));
}
