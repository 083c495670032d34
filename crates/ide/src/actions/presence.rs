//! `is present` where a negative condition also holds for records without a value.

use diagnostics::problems::ConditionProblem;
use diagnostics::{Finding, Problem};

use super::{Action, Context};

pub(super) fn offer(context: &Context<'_>) -> Vec<Action> {
    context.findings.iter().filter_map(|finding| present(context, finding)).collect()
}

fn present(context: &Context<'_>, finding: &Finding) -> Option<Action> {
    let Problem::Condition(ConditionProblem::HoldsWhenMissing { field }) = &finding.problem else { return None };
    let place = finding.place.start..finding.place.end;
    let before = context.text.get(..place.start)?.split_whitespace().next_back().unwrap_or_default();
    let behind = context.text.get(place.end..)?.split_whitespace().next().unwrap_or_default();
    // Among conditions that are joined by `and`, or alone, no brackets are needed.
    let alone = matches!(before, "when" | "and") && matches!(behind, "then" | "and" | "");
    let mut edits =
        vec![(place.start..place.start, format!("{}{field} is present and ", if alone { "" } else { "(" }))];
    if !alone {
        edits.push((place.end..place.end, ")".to_owned()));
    }
    Some(context.fix(finding, format!("leave out records without `{field}`"), edits))
}
