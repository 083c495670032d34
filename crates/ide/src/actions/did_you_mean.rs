//! What a finding itself says could stand there instead.

use diagnostics::{Code, Finding};

use super::{Action, Context};

pub(super) fn offer(context: &Context<'_>) -> Vec<Action> {
    let findings = context.findings.iter().filter(|finding| finding.problem.code() != Code::MixedAndOr);
    findings.flat_map(|finding| fixes(context, finding)).collect()
}

fn fixes(context: &Context<'_>, finding: &Finding) -> Vec<Action> {
    let fixes = finding.fixes();
    let preferred = fixes.len() == 1;
    let action = |fix: diagnostics::Fix| {
        let edit = (fix.place.start..fix.place.end, fix.replacement);
        Action { preferred, ..context.fix(finding, fix.title, vec![edit]) }
    };
    fixes.into_iter().map(action).collect()
}
