//! Laying out a rule file changes its looks only, and once is enough.

use super::placeless;
use crate::decide::{How, checked, verdicts, verified};
use crate::generate::Wish;
use crate::trial::{Given, Tried, holds, rulebook};

#[test]
fn laying_out_keeps_the_meaning() {
    holds("laying out keeps the meaning", Wish::default(), laid_out);
}

fn laid_out(given: &mut Given) -> Result<Tried, String> {
    let Ok(rulebook) = rulebook(given) else { return Ok(Tried::Refused) };
    let once = syntax::format(&given.book.rules()).text;
    let twice = syntax::format(&once).text;
    if once != twice {
        return Err(format!("laid out twice it is different\n--- once\n{once}--- twice\n{twice}"));
    }
    let again = checked(&given.book, &once).map_err(|findings| format!("{findings:?}\n--- laid out\n{once}"))?;
    let (before, after) = (verified(compiler::compile(&rulebook))?, verified(compiler::compile(&again))?);
    let lines = given.lines();
    let one = verdicts(&before, &given.book, &lines, How::default())?;
    let other = verdicts(&after, &given.book, &lines, How::default())?;
    for (one, other) in one.iter().zip(&other) {
        if placeless(one) != placeless(other) {
            return Err(format!("as written: {one}  laid out:   {other}--- laid out\n{once}"));
        }
    }
    Ok(Tried::Holds(given.records.len()))
}
