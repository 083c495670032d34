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
    let unplanned = verified(compiler::compile_unplanned(&rulebook))?;
    let lines = given.lines();
    let one = verdicts(&planned, &given.book, &lines, How::default())?;
    let other = verdicts(&unplanned, &given.book, &lines, How::default())?;
    same(["with a plan", "without"], &lines, &one, &other)?;
    Ok(Tried::Holds(given.records.len()))
}
