//! What an expression or effect breaks into when it is too long for its line.

use std::ops::Range;

use super::super::sheet::Sheet;
use crate::ast::{Argument, Deadline, Each, Effect, EffectKind, Entry, Expr, ExprKind, Selection, Span, Target, Who};

/// Some words that stand on one line if they fit, and where they break if not.
pub(super) struct Block {
    pub(super) range: Range<usize>,
    /// The first bytes of words that begin a line, and how much deeper than the line of the block.
    pub(super) breaks: Vec<(usize, usize)>,
    pub(super) style: Style,
    /// What may break in turn.
    pub(super) parts: Vec<Block>,
}

/// How a block breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// At every place.
    All,
    /// Where the line is full.
    Fill,
}

impl Block {
    fn new(range: Range<usize>, breaks: Vec<(usize, usize)>, parts: Vec<Self>) -> Self {
        Self { range, breaks, style: Style::All, parts }
    }

    /// Values of which each may begin a line.
    pub(super) fn filled(range: Range<usize>, starts: impl Iterator<Item = usize>) -> Self {
        Self { range, breaks: starts.map(|start| (start, 2)).collect(), style: Style::Fill, parts: Vec::new() }
    }
}

/// A place as a range of bytes.
pub(super) fn bytes(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// What stands in brackets or braces, each on a line of its own, up to the closing one at the end of `range`.
pub(super) fn braces(range: Range<usize>, starts: impl Iterator<Item = usize>, parts: Vec<Block>) -> Block {
    let close = range.end.saturating_sub(1);
    let mut breaks: Vec<_> = starts.map(|start| (start, 2)).collect();
    if !breaks.is_empty() {
        breaks.push((close, 0));
    }
    Block::new(range, breaks, parts)
}

/// The entries of a list, as far as they begin a line.
pub(super) fn entries(range: Range<usize>, entries: &[Entry]) -> Block {
    Block::filled(range, entries.iter().skip(1).map(|entry| entry_span(entry).start as usize))
}

fn entry_span(entry: &Entry) -> Span {
    match entry {
        Entry::One(value) => value.span,
        Entry::Range { span, .. } => *span,
    }
}

/// How an expression breaks. Also puts the brackets around the lists in it.
pub(super) fn expr(value: &Expr, sheet: &mut Sheet<'_>) -> Block {
    let range = bytes(value.span);
    match &value.kind {
        ExprKind::And(operands) | ExprKind::Or(operands) => chain(range, operands, sheet),
        ExprKind::Of { members, .. } => {
            members.iter().for_each(|member| bracket_lists(member, sheet));
            let starts: Vec<_> = members.iter().map(|member| member.span.start as usize).collect();
            let parts = members.iter().map(|member| expr(member, sheet)).collect();
            braces(range, starts.into_iter(), parts)
        }
        ExprKind::If { .. } => choice(value, sheet),
        ExprKind::Arithmetic { left, right, .. } => {
            let breaks = vec![(word_before(right, sheet), 2)];
            Block::new(range, breaks, vec![expr(left, sheet), expr(right, sheet)])
        }
        ExprKind::Call { arguments, .. } => {
            let parts: Vec<_> = arguments.iter().map(|argument| expr(argument, sheet)).collect();
            let starts: Vec<_> = parts.iter().map(|part| part.range.start).collect();
            braces(range, starts.into_iter(), parts)
        }
        ExprKind::Over { item, each, .. } => over(range, item.as_deref(), each, sheet),
        ExprKind::In { entries: list, between: false, .. } => entries(range, list),
        ExprKind::Event { to, .. } if !to.is_empty() => entries(range, to),
        ExprKind::Event { from, .. } => entries(range, from),
        ExprKind::TextTest { operands, .. } => entries(range, operands),
        _ => {
            let parts = parts(&value.kind).into_iter().map(|part| expr(part, sheet)).collect();
            Block::new(range, Vec::new(), parts)
        }
    }
}

/// `count(a in lead.activities where …)` breaks before `for` and before `where`.
fn over(range: Range<usize>, item: Option<&Expr>, each: &Each, sheet: &mut Sheet<'_>) -> Block {
    let close = range.end.saturating_sub(1);
    let first = item.map_or(each.variable.span, |item| item.span).start as usize;
    let mut breaks = vec![(first, 2)];
    if item.is_some() {
        breaks.extend(sheet.last_before(each.variable.span.start as usize).map(|word| (word.start, 2)));
    }
    breaks.extend(each.filter.iter().map(|filter| (word_before(filter, sheet), 2)));
    breaks.push((close, 0));
    let parts = item.into_iter().chain([&*each.list]).chain(each.filter.as_deref());
    let parts = parts.map(|part| expr(part, sheet)).collect();
    Block::new(range, breaks, parts)
}

/// The parts of a form that has no break of its own.
fn parts(kind: &ExprKind) -> Vec<&Expr> {
    match kind {
        ExprKind::Group(inner) | ExprKind::Not(inner) | ExprKind::Negate(inner) => vec![inner],
        ExprKind::Default { value, fallback } => vec![value, fallback],
        ExprKind::Compare { left, right, .. } => vec![left, right],
        ExprKind::Presence { value, .. } => vec![value],
        ExprKind::TimeTest { value, operand, .. } => vec![value, operand],
        ExprKind::During { value, .. } => vec![value],
        ExprKind::In { value, entries, .. } => {
            let bounds = entries.iter().flat_map(|entry| match entry {
                Entry::One(value) => vec![value],
                Entry::Range { low, high, .. } => vec![low, high],
            });
            [&**value].into_iter().chain(bounds).collect()
        }
        _ => Vec::new(),
    }
}

/// `if a then b else if c then d else e` breaks before each `else`.
fn choice(value: &Expr, sheet: &mut Sheet<'_>) -> Block {
    let (mut breaks, mut parts, mut rest) = (Vec::new(), Vec::new(), value);
    while let ExprKind::If { condition, then, otherwise } = &rest.kind {
        parts.extend([expr(condition, sheet), expr(then, sheet)]);
        breaks.push((word_before(otherwise, sheet), 2));
        rest = otherwise;
    }
    parts.push(expr(rest, sheet));
    Block::new(bytes(value.span), breaks, parts)
}

/// `a and b and c` breaks before each `and`.
fn chain(range: Range<usize>, operands: &[Expr], sheet: &mut Sheet<'_>) -> Block {
    let breaks = operands.iter().skip(1).map(|operand| (word_before(operand, sheet), 2)).collect();
    let parts = operands.iter().map(|operand| expr(operand, sheet)).collect();
    Block::new(range, breaks, parts)
}

/// Where the word before an expression begins: `and`, `then`, `+`.
fn word_before(value: &Expr, sheet: &Sheet<'_>) -> usize {
    sheet.last_before(value.span.start as usize).map_or(value.span.start as usize, |token| token.start)
}

/// In a list of conditions, where a comma ends a condition, a list of values is clearer in brackets of its own.
fn bracket_lists(value: &Expr, sheet: &mut Sheet<'_>) {
    match &value.kind {
        ExprKind::In { entries, between: false, .. } => bracket(entries, sheet),
        ExprKind::TextTest { operands, .. } => bracket(operands, sheet),
        ExprKind::And(operands) | ExprKind::Or(operands) => {
            operands.iter().for_each(|operand| bracket_lists(operand, sheet));
        }
        ExprKind::Not(inner) => bracket_lists(inner, sheet),
        _ => {}
    }
}

fn bracket(entries: &[Entry], sheet: &mut Sheet<'_>) {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return };
    let range = entry_span(first).start as usize..entry_span(last).end as usize;
    let before = sheet.last_before(range.start);
    if entries.len() > 1 && before.is_some_and(|before| sheet.says(&before) != "(") {
        sheet.enclose(range);
    }
}

/// How an effect breaks.
pub(super) fn effect(effect: &Effect, sheet: &mut Sheet<'_>) -> Block {
    let range = bytes(effect.span);
    match &effect.kind {
        EffectKind::Assign { target: who, by, within } => {
            let mut parts = vec![target(who, sheet)];
            if let Some(Selection::HashOf(value)) = by {
                parts.push(expr(value, sheet));
            }
            let mut breaks = Vec::new();
            within.iter().for_each(|within| deadline(within, &mut breaks, sheet));
            Block::new(range, breaks, parts)
        }
        EffectKind::Call { with, .. } => arguments(range, with, sheet),
        EffectKind::Email { with, to, .. } if !with.is_empty() => {
            to.iter().for_each(|to| drop(target(to, sheet)));
            arguments(range, with, sheet)
        }
        EffectKind::Notify { to, text } => {
            let mut parts: Vec<_> = to.iter().map(|to| target(to, sheet)).collect();
            parts.push(expr(text, sheet));
            Block::new(range, Vec::new(), parts)
        }
        kind => {
            let parts = values(kind).into_iter().map(|value| expr(value, sheet)).collect();
            Block::new(range, Vec::new(), parts)
        }
    }
}

/// The values in the effects that have no break of their own.
fn values(kind: &EffectKind) -> Vec<&Expr> {
    match kind {
        EffectKind::Set { value, .. } | EffectKind::Add { value, .. } | EffectKind::Remove { value, .. } => vec![value],
        EffectKind::Task { text, .. } => vec![text],
        EffectKind::Reject { reason, .. } => vec![reason],
        _ => Vec::new(),
    }
}

fn target(target: &Target, sheet: &mut Sheet<'_>) -> Block {
    match &target.who {
        Who::Expr(value) => expr(value, sheet),
        Who::Name(_) | Who::Assignee => Block::new(bytes(target.span), Vec::new(), Vec::new()),
    }
}

/// Each `else escalate to …` begins a line.
fn deadline(deadline: &Deadline, breaks: &mut Vec<(usize, usize)>, sheet: &mut Sheet<'_>) {
    drop(expr(&deadline.within, sheet));
    let Some(escalation) = &deadline.escalate else { return };
    let otherwise = sheet.at(deadline.within.span.end as usize);
    breaks.extend(otherwise.map(|otherwise| (otherwise.start, 2)));
    drop(target(&escalation.target, sheet));
    if let Some(within) = &escalation.within {
        self::deadline(within, breaks, sheet);
    }
}

/// Each argument between the braces of `with` begins a line.
fn arguments(range: Range<usize>, with: &[Argument], sheet: &mut Sheet<'_>) -> Block {
    let parts: Vec<_> = with.iter().map(|argument| expr(&argument.value, sheet)).collect();
    let mut breaks: Vec<_> = with.iter().map(|argument| (argument.name.span.start as usize, 2)).collect();
    let behind = parts.last().and_then(|last| sheet.at(last.range.end));
    let brace = behind.and_then(|token| if sheet.says(&token) == "," { sheet.at(token.end) } else { Some(token) });
    breaks.extend(brace.map(|brace| (brace.start, 0)));
    Block::new(range, breaks, parts)
}
