//! The rows of a table, or the entries of a list, in order, where order says nothing.

use syntax::ast::{Entry, Item, Span, TablePolicy};

use super::{Action, ActionKind, Context};

pub(super) fn offer(context: &Context<'_>) -> Vec<Action> {
    let sorted = match context.view.tree() {
        Item::Table(table) => {
            let policy = table.policy.map_or(TablePolicy::First, |(policy, _)| policy);
            let free = !matches!(policy, TablePolicy::First | TablePolicy::Collect);
            free.then(|| rows(context, table)).flatten()
        }
        Item::List(list) => entries(context, &list.entries),
        _ => None,
    };
    sorted.into_iter().collect()
}

fn rows(context: &Context<'_>, table: &syntax::ast::Table) -> Option<Action> {
    let text = context.view.text();
    // A row takes its line with it, with the comment behind it.
    let line = |span: Span| {
        let end = text
            .get(span.end as usize..)
            .and_then(|rest| rest.find('\n'))
            .map_or(text.len(), |at| span.end as usize + at);
        Some(Span::new(span.start, u32::try_from(end).ok()?))
    };
    let spans: Vec<Span> = table.grid.rows.iter().map(|row| line(row.span)).collect::<Option<_>>()?;
    reordered(context, &spans, "sort the rows")
}

fn entries(context: &Context<'_>, entries: &[Entry]) -> Option<Action> {
    let span = |entry: &Entry| match entry {
        Entry::One(value) => value.span,
        Entry::Range { span, .. } => *span,
    };
    let spans: Vec<Span> = entries.iter().map(span).collect();
    if context.has_comments(context.view) {
        return None;
    }
    reordered(context, &spans, "sort the entries")
}

/// The words at some places, put into the same places in order.
fn reordered(context: &Context<'_>, spans: &[Span], title: &str) -> Option<Action> {
    let written: Vec<&str> = spans.iter().map(|span| context.words(*span)).collect();
    let mut sorted = written.clone();
    sorted.sort_by_key(|words| words.to_lowercase());
    if sorted == written {
        return None;
    }
    let moved = spans.iter().zip(&written).zip(&sorted).filter(|((_, before), after)| before != after);
    let edits = moved.map(|((span, _), after)| (context.in_file(*span), (*after).to_owned())).collect();
    Some(context.action(title, ActionKind::Rewrite, edits))
}
