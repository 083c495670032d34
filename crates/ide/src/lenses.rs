//! What stands above rules and tests: what they make of the sample, what came of the test, and what can be done.

use std::collections::BTreeMap;
use std::ops::Range;

use syntax::ChunkKind;
use testing::{Example, Outcome, Sample, SampledRule};

use crate::titles::code_start;
use crate::{Sampled, Snapshot};

/// Words above a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The words above which they stand.
    pub range: Range<usize>,
    /// The words.
    pub title: String,
    /// What happens when they are chosen; nothing where they only tell.
    pub action: Option<LensAction>,
}

/// What can be done with a rule or a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LensAction {
    /// Shows the verdict on the first record of the sample on which a rule fires: [`Tried::example`].
    ShowVerdict {
        /// The name of the rule's set.
        set: String,
        /// The name of the rule.
        rule: String,
    },
    /// Runs a test.
    RunTest {
        /// The name of the test.
        name: String,
    },
}

/// What came of trying a rulebook so far.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// What its rules make of their samples, if they have any.
    pub sampled: Option<Sampled>,
    /// What came of its tests, by their names.
    pub outcomes: BTreeMap<String, Outcome>,
}

impl Tried {
    /// The first record of the sample on which a rule fires, with the verdict on it.
    pub fn example(&self, set: &str, rule: &str) -> Option<&Example> {
        self.sampled.as_ref()?.rule(set, rule)?.1.example.as_ref()
    }
}

impl Snapshot {
    /// What stands above the rules and tests of a file. Results of an earlier text stand at what has kept its name.
    pub fn lenses(&self, path: &str, tried: &Tried) -> Vec<Lens> {
        let mut lenses: Vec<Lens> = Vec::new();
        let failed = tried.sampled.iter().flat_map(|sampled| &sampled.samples).filter_map(|it| it.as_ref().err());
        let mut failed: Vec<&String> = failed.collect();
        for view in self.project().items(path) {
            let told = match view.kind() {
                ChunkKind::Rule | ChunkKind::Otherwise => {
                    view.rule_names().and_then(|(set, rule)| of_rule(set, rule, tried.sampled.as_ref()?))
                }
                ChunkKind::Test => view.test_name().map(|name| of_test(name, tried.outcomes.get(name))),
                _ => None,
            };
            let start = view.start() + code_start(view.text());
            let line = view.text().get(start - view.start()..).and_then(|text| text.lines().next());
            let range = start..start + line.map_or(0, str::len);
            // Why there is no sample stands above the first rule.
            if view.rule_names().is_some() {
                let told = failed.drain(..).map(|why| Lens { range: range.clone(), title: why.clone(), action: None });
                lenses.extend(told);
            }
            lenses.extend(told.map(|(title, action)| Lens { range, title, action }));
        }
        lenses
    }
}

fn of_rule(set: String, rule: String, sampled: &Sampled) -> Option<(String, Option<LensAction>)> {
    let (sample, found) = sampled.rule(&set, &rule)?;
    let action = found.example.is_some().then_some(LensAction::ShowVerdict { set, rule });
    Some((fires(sample, found), action))
}

/// `fires on 12 of 200 records of leads.ndjson`
fn fires(sample: &Sample, rule: &SampledRule) -> String {
    let fired = if rule.fired == 0 { "none".to_owned() } else { rule.fired.to_string() };
    format!("fires on {fired} of {}", records(sample))
}

/// `200 records of leads.ndjson`
pub(crate) fn records(sample: &Sample) -> String {
    let first = if sample.is_part { "the first " } else { "" };
    let s = if sample.decided == 1 { "" } else { "s" };
    let undecided = if sample.rejected > 0 { format!(", {} more undecided", sample.rejected) } else { String::new() };
    format!("{first}{} record{s} of {}{undecided}", sample.decided, sample.file)
}

fn of_test(name: &str, outcome: Option<&Outcome>) -> (String, Option<LensAction>) {
    let title = match outcome {
        None => "run test".to_owned(),
        Some(outcome) => match outcome.failures.first() {
            None => "✓ passed; run again".to_owned(),
            Some(failure) => format!("✗ {}; run again", failure.sentence),
        },
    };
    (title, Some(LensAction::RunTest { name: name.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::tests::{RULES, evaluated};

    #[test]
    fn rules_say_what_they_fire_on_and_tests_what_came_of_them() {
        let (workspace, tried) = evaluated(RULES);
        let snapshot = workspace.snapshot();
        let titles: Vec<_> = snapshot.lenses("a.rules", &tried).into_iter().map(|lens| lens.title).collect();
        assert_eq!(
            titles,
            [
                "fires on 1 of 3 records of leads.ndjson, 1 more undecided",
                "fires on 2 of 3 records of leads.ndjson, 1 more undecided",
                "✓ passed; run again",
                "✗ `assign sales` was expected, and another one happens; run again",
            ]
        );
        let verdict = &tried.example("Routing", "Hot").unwrap().verdict;
        assert!(verdict.contains("\"assign\":{\"queue\":\"sales\""), "{verdict}");
    }

    #[test]
    fn why_there_is_no_sample_stands_above_the_first_rule() {
        let (workspace, mut tried) = evaluated(RULES);
        tried.sampled.as_mut().unwrap().samples = vec![Err("`gone.csv`: there is no such file".to_owned())];
        let lenses = workspace.snapshot().lenses("a.rules", &tried);
        assert_eq!((lenses.len(), &*lenses[0].title), (3, "`gone.csv`: there is no such file"));
        assert_eq!(lenses[0].action, None);
    }

    #[test]
    fn what_was_tried_stays_with_the_names_while_the_text_changes() {
        let (_, tried) = evaluated(RULES);
        let mut edited = crate::Workspace::new();
        edited.set_file("a.rules", &format!("# a line more\n\n{}", RULES.replace("\"Hot\"", "\"Warm\"")));
        let lenses = edited.snapshot().lenses("a.rules", &tried);
        let titles: Vec<_> = lenses.iter().map(|lens| lens.title.split(' ').next().unwrap()).collect();
        assert_eq!(titles, ["fires", "✓", "✗"]);
        assert_eq!(
            &edited.snapshot().text("a.rules").unwrap()[lenses[0].range.clone()],
            "otherwise assign queue triage"
        );
    }

    #[test]
    fn without_a_sample_tests_alone_have_words() {
        let mut workspace = crate::Workspace::new();
        workspace.set_file("a.rules", RULES);
        let lenses = workspace.snapshot().lenses("a.rules", &Tried::default());
        assert_eq!(lenses.iter().map(|lens| &*lens.title).collect::<Vec<_>>(), ["run test", "run test"]);
        assert_eq!(lenses[0].action, Some(LensAction::RunTest { name: "a hot lead".to_owned() }));
    }
}
