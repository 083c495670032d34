//! A derived value for a condition: it gets a name, and other rules can use it.

use semantics::{Kind, Role, outermost, parts};
use syntax::ChunkKind;
use syntax::ast::{Expr, ExprKind, Span};

use super::{Action, ActionKind, Context};

pub(super) fn offer(context: &Context<'_>) -> Vec<Action> {
    extracted(context).into_iter().collect()
}

fn extracted(context: &Context<'_>) -> Option<Action> {
    let kind = context.view.kind();
    let reads = matches!(
        kind,
        ChunkKind::Rule | ChunkKind::RulesHeader | ChunkKind::Decide | ChunkKind::Score | ChunkKind::Never
    );
    let record = context.view.record().filter(|_| reads)?;
    let span = selected(context)?;
    let own = context.view.mentions().iter().filter(|it| span.start <= it.span.start && it.span.end <= span.end);
    let declared = |name: &semantics::Thing| {
        let mut inside =
            context.view.mentions().iter().filter(|it| span.start <= it.span.start && it.span.end <= span.end);
        inside.any(|it| it.role == Role::Declares && it.thing == *name)
    };
    let mut variables = own.filter(|it| it.thing.kind == Kind::Variable);
    if variables.any(|variable| !declared(&variable.thing)) {
        return None;
    }
    let known = context.snapshot.project().all_below(&record);
    let name = context.free_name("condition", |name| known.iter().any(|(known, _)| known == name));
    let written = context.words(span);
    let (record, at) = (crate::edits::backquoted(&record), context.before_item());
    let edits = vec![
        (at..at, format!("define {record}.{name} = {}\n\n", written)),
        (context.in_file(with_brackets(context, span)), format!("{record}.{name}")),
    ];
    Some(context.action(format!("make it a derived value, `{record}.{name}`"), ActionKind::Extract, edits))
}

/// What is selected, if it is a condition of its own; where nothing is, the smallest condition there.
fn selected(context: &Context<'_>) -> Option<Span> {
    let written = context.text.get(context.range.clone())?;
    let start = context.range.start + (written.len() - written.trim_start().len());
    let end = start + written.trim().len();
    let mut conditions = Vec::new();
    outermost(context.view.tree()).into_iter().for_each(|expr| gather(expr, &mut conditions));
    let mut places = conditions.into_iter().filter(|span| !context.words(*span).contains('#'));
    if start == end {
        return places.filter(|span| context.is_within(*span)).min_by_key(|span| span.end - span.start);
    }
    places.find(|span| context.in_file(*span) == (start..end))
}

/// Every condition in an expression that is more than a name.
fn gather(expr: &Expr, conditions: &mut Vec<Span>) {
    let asks = matches!(
        expr.kind,
        ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Of { .. }
            | ExprKind::Compare { .. }
            | ExprKind::In { .. }
            | ExprKind::TextTest { .. }
            | ExprKind::Presence { .. }
            | ExprKind::TimeTest { .. }
            | ExprKind::During { .. }
    );
    if asks {
        conditions.push(expr.span);
    }
    parts(expr).into_iter().for_each(|part| gather(part, conditions));
}

/// The same with the brackets that stand around it and nothing else.
fn with_brackets(context: &Context<'_>, span: Span) -> Span {
    let mut groups = Vec::new();
    outermost(context.view.tree()).into_iter().for_each(|expr| around(expr, span, &mut groups));
    groups.into_iter().next().unwrap_or(span)
}

fn around(expr: &Expr, span: Span, groups: &mut Vec<Span>) {
    if let ExprKind::Group(inner) = &expr.kind
        && inner.span == span
    {
        groups.push(expr.span);
    }
    parts(expr).into_iter().for_each(|part| around(part, span, groups));
}
