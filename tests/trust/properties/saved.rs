//! A program that was saved and loaded is the one that was made, and the same rules make the same bytes.

use vm::file;

use super::same;
use crate::decide::{How, checked, verdicts, verified};
use crate::generate::Wish;
use crate::trial::{Given, Tried, holds, rulebook};

#[test]
fn a_saved_program_decides_the_same() {
    holds("a saved program decides the same", Wish::default(), saved_or_fresh);
}

fn saved_or_fresh(given: &mut Given) -> Result<Tried, String> {
    let Ok(rulebook) = rulebook(given) else { return Ok(Tried::Refused) };
    let program = compiler::compile(&rulebook);
    let bytes = file::save(&program);
    let again = checked(&given.book, &given.book.rules()).map_err(|findings| format!("{findings:?}"))?;
    if file::save(&compiler::compile(&again)) != bytes {
        return Err("the same rules made other bytes".to_owned());
    }
    let loaded = file::load(&bytes).map_err(|error| format!("does not load: {error}"))?;
    if *loaded != program || file::save(&loaded) != bytes {
        return Err("what was loaded is not what was saved".to_owned());
    }
    let (fresh, lines) = (verified(program)?, given.lines());
    let one = verdicts(&fresh, &given.book, &lines, How::default())?;
    let other = verdicts(&loaded, &given.book, &lines, How::default())?;
    same(["fresh", "loaded"], &lines, &one, &other)?;
    Ok(Tried::Holds(given.records.len()))
}
