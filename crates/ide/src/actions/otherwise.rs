//! `otherwise`, where a set or a `decide` says nothing of the records that none of its lines takes.

use syntax::ChunkKind;
use syntax::ast::{Item, Policy};

use super::{Action, ActionKind, Context};

pub(super) fn offer(context: &Context<'_>) -> Vec<Action> {
    match context.view.tree() {
        Item::Decide(decide) if decide.otherwise.is_none() => in_decide(context).into_iter().collect(),
        _ => in_set(context).into_iter().collect(),
    }
}

fn in_decide(context: &Context<'_>) -> Option<Action> {
    let brace = context.view.text().rfind('}')?;
    let at = context.view.start() + brace;
    let edit = before_brace(context.text, at, "  otherwise missing");
    Some(context.action("add `otherwise`", ActionKind::Rewrite, vec![edit]))
}

fn in_set(context: &Context<'_>) -> Option<Action> {
    let header =
        context.view.set().or_else(|| (context.view.kind() == ChunkKind::RulesHeader).then_some(context.view))?;
    let Item::Rules(rules) = header.tree() else { return None };
    if !rules.policy.is_some_and(|(policy, _)| policy != Policy::All) {
        return None;
    }
    let items = context.snapshot.project().items(&context.path);
    let mut members = items.into_iter().skip_while(|item| item.start() <= header.start());
    let mut close = None;
    for member in members.by_ref() {
        match member.kind() {
            ChunkKind::Close => {
                close = Some(member);
                break;
            }
            ChunkKind::Otherwise => return None,
            _ => {}
        }
    }
    let edit = before_brace(context.text, close?.start(), "  otherwise leave unassigned");
    Some(context.action("add `otherwise` to the set", ActionKind::Rewrite, vec![edit]))
}

/// Puts a line before the line of a closing brace, or before the brace where it stands behind something.
fn before_brace(text: &str, brace: usize, line: &str) -> (std::ops::Range<usize>, String) {
    let before = text.get(..brace).unwrap_or_default();
    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
    if before.trim_end_matches([' ', '\t']).ends_with('\n') {
        let start = brace - blanks;
        (start..start, format!("{line}\n"))
    } else {
        (brace..brace, format!("{}{} ", if blanks == 0 { " " } else { "" }, line.trim_start()))
    }
}
