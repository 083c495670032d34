//! A list for several literals: it gets a name, and other rules can use it.

use semantics::{outermost, parts};
use syntax::ast::{Entry, Expr, ExprKind, Span};

use super::{Action, ActionKind, Context};

pub(super) fn offer(context: &Context<'_>) -> Vec<Action> {
    let mut found = None;
    for outer in outermost(context.view.tree()) {
        search(context, outer, &mut found);
    }
    found.and_then(|(value, entries)| extracted(context, value, entries)).into_iter().collect()
}

/// The innermost test with several literals around the selection.
fn search<'e>(context: &Context<'_>, expr: &'e Expr, found: &mut Option<(&'e Expr, &'e [Entry])>) {
    if !context.is_within(expr.span) {
        return;
    }
    if let ExprKind::In { value, entries, between: false, .. } | ExprKind::TextTest { value, operands: entries, .. } =
        &expr.kind
        && entries.len() > 1
        && entries.iter().all(is_literal)
    {
        *found = Some((value, entries));
    }
    for part in parts(expr) {
        search(context, part, found);
    }
}

const fn is_literal(entry: &Entry) -> bool {
    let Entry::One(value) = entry else { return false };
    matches!(
        value.kind,
        ExprKind::Text(_)
            | ExprKind::Number(_)
            | ExprKind::Date(_)
            | ExprKind::Money { .. }
            | ExprKind::Duration { .. }
    )
}

fn extracted(context: &Context<'_>, value: &Expr, entries: &[Entry]) -> Option<Action> {
    let (Entry::One(first), Entry::One(last)) = (entries.first()?, entries.last()?) else { return None };
    let span = first.span.to(last.span);
    let written = context.words(span);
    if written.contains(['#', '{']) {
        return None;
    }
    let text = context.view.text();
    let before = text.get(..span.start as usize)?.trim_end();
    let behind = text.get(span.end as usize..)?;
    let closed = behind.trim_start().strip_prefix(',').unwrap_or(behind).trim_start();
    // Brackets around the literals go with them.
    let place = match (before.ends_with('('), closed.starts_with(')')) {
        (true, true) => {
            let end = text.len() - closed.len() + 1;
            Span::new(u32::try_from(before.len() - 1).ok()?, u32::try_from(end).ok()?)
        }
        _ => span,
    };
    let field = match &value.kind {
        ExprKind::Path(path) => path.fields.last().map_or("values", |name| name.text.as_str()),
        _ => "values",
    };
    let project = context.snapshot.project();
    let name = context.free_name(&format!("{field}_list"), |name| project.value_named(name).is_some());
    let name = crate::edits::backquoted(&name);
    let at = context.before_item();
    let list = format!("list {name} = {}\n\n", syntax::one_line(written));
    let edits = vec![(at..at, list), (context.in_file(place), name.clone())];
    Some(context.action(format!("make a list of them, `{name}`"), ActionKind::Extract, edits))
}
