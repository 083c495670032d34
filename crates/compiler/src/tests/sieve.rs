//! Of many cases a sieve finds those that hold: sums, first cases and only cases come out as if each had been asked.

use semantics::typed::{Comparison, Expr, ExprKind, Policy};
use values::builtins::Builtin;
use values::{Type, Value};
use vm::Program;
use vm::instruction::Instruction;
use vm::program::sieve::TOGETHER;

use super::build::*;
use super::index::{records, rulebook};
use super::random::run;
use crate::{compile, compile_unplanned};

/// Rules that hold where a value is above thresholds decide alike with and without a sieve.
#[track_caller]
fn check(value: &Expr) -> Program {
    let above = |threshold| compare(Comparison::Greater, value.clone(), number(threshold));
    let set = set(Policy::All, [-5_000, 0, 1, 7, 64, 65, 1_000].map(above).to_vec());
    let (sieved, plain) = (compile(&rulebook(&set)), compile_unplanned(&rulebook(&set)));
    assert!(!sieved.decisions[0].sieves.is_empty() && plain.decisions[0].sieves.is_empty());
    for record in records(&[-1, 0, 1, 63, 64, 65, 500], &[-1, 0, 3], &["DE", "c7", "none"]) {
        assert_eq!(run(&sieved, &record), run(&plain, &record), "{record:?}");
    }
    sieved
}

fn made(key: &str, arguments: Vec<Expr>) -> Expr {
    expr(ExprKind::Call { builtin: Builtin::keyed(key).unwrap(), arguments }, Type::Number, true)
}

fn counted(condition: Expr, value: Expr) -> Expr {
    let nothing = expr(ExprKind::Constant(Value::Missing), Type::Number, true);
    choose(condition, value, nothing)
}

#[test]
fn a_sum_over_many_lines() {
    let line = |line: i64| {
        let condition = match line % 4 {
            0 => is(country(), &format!("C{line}")),
            1 => more(score(), line),
            2 => and([missing(budget()), not(more(score(), line))]),
            _ => more(quotient(budget(), score()), line),
        };
        counted(condition, if line % 5 == 0 { budget() } else { number(line) })
    };
    let start = std::iter::once(number(3));
    let program = check(&made("sum of present", start.chain((0..200).map(line)).collect()));
    assert!(program.decisions[0].sieves[0].cases.len() > 3 * TOGETHER as usize);
}

#[test]
fn the_first_of_many_cases() {
    let case =
        |case: i64| (and([more(score(), case), is(country(), if case % 2 == 0 { "DE" } else { "C7" })]), number(case));
    let cases = (0..70).rev().map(case).collect();
    check(&expr(ExprKind::Cases { cases, otherwise: Box::new(budget()) }, Type::Number, true));
}

#[test]
fn the_only_one_of_many_cases_or_a_fault() {
    let case = |case: i64| counted(compare(Comparison::Equal, score(), number(case / 2 * 2)), number(case));
    check(&made("only one", (0..130).map(case).collect()));
    check(&made("greatest present", (0..130).map(case).collect()));
}

#[test]
fn cases_of_which_nothing_can_be_told_are_asked() {
    let cases = (0..70).map(|case| (more(quotient(budget(), score()), case), number(case))).collect();
    let value = expr(ExprKind::Cases { cases, otherwise: Box::new(number(0)) }, Type::Number, false);
    let program = compile(&rulebook(&set(Policy::First, vec![more(value, 1)])));
    assert!(program.decisions[0].sieves.is_empty());
    assert!(!program.decisions[0].code.iter().any(|it| matches!(it, Instruction::Sieve(..))));
}
