//! A condition whose operands are read one by one.

use std::ops::Range;

use super::super::build::Build;
use super::super::grammar::Rule;
use super::{brackets, bytes, expected, report, span};
use crate::ast::Expr;
use diagnostics::problems::SyntaxProblem;

/// The condition that these tokens make up; what cannot be read between two `and`s or `or`s is an `Error`.
pub(super) fn condition(build: &mut Build<'_>, places: Range<usize>) -> Expr {
    let whole = span(build, places.clone());
    if places.is_empty() {
        expected(build, places.start, "a condition", None);
        return Expr::error(whole);
    }
    if let Some((span, bracket)) = brackets::unbalanced(build.source, places.clone()) {
        build.report(span, SyntaxProblem::UnbalancedBracket { bracket });
        return Expr::error(whole);
    }
    let (operands, or) = operands(build, places);
    for (operand, or) in operands.iter().zip(&or) {
        report_foreign(build, operand.end, if *or { "or" } else { "and" });
    }
    let operands = operands.into_iter().map(|operand| read(build, operand)).collect();
    build.join(operands, &or)
}

/// Reports `&&` or `||` between two operands.
fn report_foreign(build: &mut Build<'_>, joint: usize, meant: &str) {
    if build.source.word(joint) != meant {
        expected(build, joint, &format!("`{meant}`"), Some(meant));
    }
}

fn read(build: &mut Build<'_>, places: Range<usize>) -> Expr {
    let range = bytes(build, places.clone());
    let operand = build.part(Rule::condition_part, range, Build::condition);
    operand.unwrap_or_else(|(base, error)| {
        report(build, places.clone(), base, &error);
        Expr::error(span(build, places))
    })
}

/// Cuts at each `and` and `or` outside brackets that joins conditions, `&&` and `||` too, and tells which is an `or`.
fn operands(build: &Build<'_>, places: Range<usize>) -> (Vec<Range<usize>>, Vec<bool>) {
    let (mut operands, mut or) = (Vec::new(), Vec::new());
    let (mut depth, mut between, mut choices, mut start) = (0_usize, 0_usize, 0_usize, places.start);
    for place in places.clone() {
        match build.source.word(place) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            "if" => choices += 1,
            // What follows `else` reaches to the end, so nothing behind it joins outside.
            "and" if depth == 0 && between > 0 => between -= 1,
            "between" if depth == 0 => between += 1,
            word @ ("and" | "or" | "&&" | "||") if depth == 0 && choices == 0 => {
                operands.push(start..place);
                or.push(matches!(word, "or" | "||"));
                start = place + 1;
            }
            _ => {}
        }
    }
    operands.push(start..places.end);
    (operands, or)
}
