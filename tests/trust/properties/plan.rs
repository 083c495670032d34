//! Planned or not, rules decide the same: what the planner asks in another order, saves or shares does not show.

use super::same;
use crate::decide::{How, verdicts, verified};
use crate::generate::Wish;
use crate::trial::{Given, Tried, holds, rulebook};

#[test]
fn a_plan_changes_nothing() {
    holds("a plan changes nothing", Wish::default(), planned_or_not);
}

fn planned_or_not(given: &mut Given) -> Result<Tried, String> {
    let Ok(rulebook) = rulebook(given) else { return Ok(Tried::Refused) };
    let planned = verified(compiler::compile(&rulebook))?;
    let indexed = verified(compiler::compile_indexed(&rulebook))?;
    let unplanned = verified(compiler::compile_unplanned(&rulebook))?;
    let lines = given.lines();
    let verdicts = |program| verdicts(program, &given.book, &lines, How::default());
    let plain = verdicts(&unplanned)?;
    same(["with a plan", "without"], &lines, &verdicts(&planned)?, &plain)?;
    same(["with indexes", "without a plan"], &lines, &verdicts(&indexed)?, &plain)?;
    Ok(Tried::Holds(given.records.len()))
}
