//! How much of the sample makes a condition true.

use std::ops::Range;
use std::sync::Arc;

use diagnostics::Place;

use crate::lenses::records;
use crate::{Snapshot, Tried};

/// What a condition makes of the sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The condition.
    pub range: Range<usize>,
    /// What it makes of it, in Markdown.
    pub text: String,
}

impl Snapshot {
    /// How much of the sample makes the condition at a byte of a file true; none once the file has another text than the
    /// sample was decided by.
    pub fn share(&self, path: &str, offset: usize, tried: &Tried) -> Option<Share> {
        let place = Place { file: Arc::from(path), start: offset, end: offset };
        let (sample, rule, condition) = tried.sampled.as_ref()?.condition(self, &place)?;
        let asked = condition.was_true + condition.was_false;
        let text = match asked {
            0 => format!("none of {} came to `{}`", records(sample), rule.name),
            _ => {
                let share = percent(condition.was_true, asked);
                let all = if asked == sample.decided { "all" } else { "those" };
                format!(
                    "true for {} of {asked} records: {share} of {all} that came to `{}`, among {}",
                    condition.was_true,
                    rule.name,
                    records(sample)
                )
            }
        };
        Some(Share { range: condition.place.start as usize..condition.place.end as usize, text })
    }
}

/// A share in whole percent; what is not quite all or nothing is not called so.
fn percent(part: usize, all: usize) -> String {
    let rounded = (part * 100 + all / 2) / all.max(1);
    match rounded {
        0 if part > 0 => "under 1%".to_owned(),
        100 if part < all => "over 99%".to_owned(),
        _ => format!("{rounded}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::tests::{RULES, evaluated};

    #[test]
    fn a_condition_says_for_how_many_it_is_true() {
        let (workspace, tried) = evaluated(RULES);
        let share = workspace.snapshot().share("a.rules", RULES.find("score").unwrap(), &tried).unwrap();
        assert_eq!(&RULES[share.range], "lead.score > 70");
        assert_eq!(
            share.text,
            "true for 2 of 3 records: 67% of all that came to `Hot`, among 3 records of leads.ndjson, 1 more undecided"
        );
        assert_eq!(workspace.snapshot().share("a.rules", 0, &tried), None);
    }

    #[test]
    fn little_is_more_than_nothing_and_much_less_than_all() {
        assert_eq!(
            [percent(0, 9), percent(1, 900), percent(1, 2), percent(899, 900), percent(9, 9)],
            ["0%", "under 1%", "50%", "over 99%", "100%"]
        );
    }
}
