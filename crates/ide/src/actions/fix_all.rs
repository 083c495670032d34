//! All cures of a file that are the only ones of what they cure.

use super::{Action, ActionKind, Context};

pub(super) fn offer(context: &Context<'_>) -> Vec<Action> {
    let findings = context.snapshot.project().item_findings(&context.path);
    let mut edits = Vec::new();
    let mut end = 0;
    for finding in findings.iter().filter(|finding| finding.place.file == context.path) {
        let fixes = finding.fixes();
        let [fix] = fixes.as_slice() else { continue };
        if fix.place.start >= end {
            end = fix.place.end.max(fix.place.start + 1);
            edits.push((fix.place.start..fix.place.end, fix.replacement.clone()));
        }
    }
    if edits.len() < 2 {
        return Vec::new();
    }
    vec![context.action(format!("mend all {} of this file", edits.len()), ActionKind::FixAll, edits)]
}
