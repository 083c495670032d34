//! The machine decides what the reference says, which was written from the guide alone: verdicts and faults.

use std::collections::BTreeMap;

use rulebook_tests::reference::{self, Situation, Turns};

use crate::decide::{How, verdicts, verified};
use crate::generate::Wish;
use crate::trial::{Given, Tried, holds, rulebook};

#[test]
fn the_machine_decides_what_the_reference_says() {
    holds("the machine decides what the reference says", Wish::default(), agrees);
}

fn agrees(given: &mut Given) -> Result<Tried, String> {
    let Ok(rulebook) = rulebook(given) else { return Ok(Tried::Refused) };
    let program = verified(compiler::compile(&rulebook))?;
    let lines = given.lines();
    let decided = verdicts(&program, &given.book, &lines, How::default())?;
    let now = given.book.now.parse().map_err(|error| format!("{error}"))?;
    let mut turns = Turns::default();
    let mut others = BTreeMap::new();
    for (record, _) in &given.book.others {
        let read = given.book.source(record).lines().map(reference::exact).collect::<Result<Vec<_>, _>>();
        others.insert((*record).to_owned(), read.map_err(|error| error.to_string())?);
    }
    for (line, decided) in lines.lines().zip(&decided) {
        let shown = reference::exact(decided).map_err(|error| error.to_string())?;
        if reference::is_of_the_reader(&shown) {
            continue;
        }
        let read = reference::exact(line).map_err(|error| error.to_string())?;
        let (record, situation) = if given.book.events {
            reference::opened(&read, now).ok_or("an envelope without a record")?
        } else {
            (read, Situation::at(now))
        };
        let situation = Situation { others: others.clone(), ..situation };
        let said = reference::decide_next(&rulebook, given.book.root, &record, &situation, &mut turns);
        reference::agrees(&said, &shown).map_err(|reason| format!("of {line}\n  {reason}"))?;
    }
    Ok(Tried::Holds(given.records.len()))
}
