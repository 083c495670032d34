//! Makes a case smaller as long as it fails: fewer choices, and lower ones. It knows nothing of rules and records.

use std::time::{Duration, Instant};

use crate::trial::Choices;

/// How long to look for a smaller case.
const TIME: Duration = Duration::from_secs(40);

/// The smallest case that is found to fail.
pub(crate) fn smallest(choices: Choices, fails: impl Fn(&Choices) -> bool) -> Choices {
    let ends = Instant::now() + TIME;
    let goes_on = || Instant::now() < ends;
    let mut best = choices;
    fewer_records(&mut best, &fails);
    loop {
        let before = size(&best);
        for part in 0..best.records.len() + 2 {
            let tries = |choices: &[u32], best: &mut Choices| {
                let mut smaller = best.clone();
                *smaller.part(part) = choices.to_vec();
                let took = goes_on() && size(&smaller) < size(best) && fails(&smaller);
                if took {
                    *best = smaller;
                }
                took
            };
            without_chunks(&mut best, part, &tries);
            lower(&mut best, part, &tries);
        }
        fewer_records(&mut best, &fails);
        if size(&best) >= before || !goes_on() {
            return best;
        }
    }
}

impl Choices {
    fn part(&mut self, place: usize) -> &mut Vec<u32> {
        match place {
            0 => &mut self.book,
            1 => &mut self.own,
            other => &mut self.records[other - 2],
        }
    }
}

/// Fewer choices are smaller than lower ones.
fn size(choices: &Choices) -> (usize, usize, u64) {
    let parts = || choices.records.iter().chain([&choices.book, &choices.own]);
    let sum = parts().flatten().map(|choice| u64::from(*choice)).sum();
    (choices.records.len(), parts().map(Vec::len).sum(), sum)
}

/// Leaves out records: halves, quarters, and so on down to single ones.
fn fewer_records(best: &mut Choices, fails: &impl Fn(&Choices) -> bool) {
    let mut chunk = best.records.len();
    while chunk > 0 {
        let mut at = 0;
        while at < best.records.len() {
            let mut smaller = best.clone();
            smaller.records.drain(at..(at + chunk).min(smaller.records.len()));
            if fails(&smaller) { *best = smaller } else { at += chunk }
        }
        chunk /= 2;
    }
}

type Tries<'a> = dyn Fn(&[u32], &mut Choices) -> bool + 'a;

/// Leaves out stretches of choices.
fn without_chunks(best: &mut Choices, part: usize, tries: &Tries<'_>) {
    let mut chunk = best.part(part).len().max(1);
    while chunk > 0 {
        let mut at = 0;
        while at < best.part(part).len() {
            let mut choices = best.part(part).clone();
            choices.drain(at..(at + chunk).min(choices.len()));
            if !tries(&choices, best) {
                at += chunk;
            }
        }
        chunk /= 2;
    }
}

/// Makes single choices lower, and stretches of them the simplest.
fn lower(best: &mut Choices, part: usize, tries: &Tries<'_>) {
    for chunk in [16, 4, 1] {
        for at in (0..best.part(part).len()).step_by(chunk) {
            let mut choices = best.part(part).clone();
            let end = (at + chunk).min(choices.len());
            if at < end {
                choices[at..end].fill(0);
                tries(&choices, best);
            }
        }
    }
    for at in 0..best.part(part).len() {
        for divisor in [2, 1] {
            let mut choices = best.part(part).clone();
            if let Some(choice) = choices.get_mut(at).filter(|choice| **choice > 0) {
                *choice = if divisor == 2 { *choice / 2 } else { *choice - 1 };
                tries(&choices, best);
            }
        }
    }
}
