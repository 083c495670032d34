//! How many values the machine has to hold at once, which is bounded: its verifier refuses a program that needs more.

use diagnostics::problems::TypeProblem;
use limits::fixed::VALUES;
use syntax::ast::Span;

use super::Checker;
use crate::typed::{Deadline, Effect, Expr, ExprKind, Recipient, Selection};

impl Checker<'_> {
    /// Says so when an effect needs too many values at once; it is none then.
    pub(super) fn with_room(&mut self, effect: Effect, span: Span) -> Option<Effect> {
        self.bounded(beside(&operands(&effect)), span)?;
        Some(effect)
    }

    /// The same for an expression by itself.
    pub(super) fn expr_with_room(&mut self, expr: Expr, span: Span) -> Option<Expr> {
        self.bounded(height(&expr), span)?;
        Some(expr)
    }

    fn bounded(&mut self, height: usize, span: Span) -> Option<()> {
        if height <= VALUES {
            return Some(());
        }
        self.problem(TypeProblem::TooManyValues { limit: VALUES }, span);
        None
    }
}

/// The most values held while expressions are computed one after the other and all kept.
fn beside<'a>(exprs: impl IntoIterator<Item = &'a &'a Expr>) -> usize {
    exprs.into_iter().enumerate().map(|(kept, expr)| kept + height(expr)).max().unwrap_or(0)
}

/// The same where the compiler hands the values over in groups, the result so far in front of each.
fn in_groups(exprs: &[Expr]) -> usize {
    const GROUP: usize = 64;
    exprs.iter().enumerate().map(|(place, expr)| place.min(GROUP) + height(expr)).max().unwrap_or(0)
}

/// The most values held while an expression is computed, its own included.
fn height(expr: &Expr) -> usize {
    let inner = match &expr.kind {
        ExprKind::Call { builtin, arguments } if builtin.row().variadic => in_groups(arguments),
        ExprKind::Call { arguments, .. } | ExprKind::Join(arguments) => beside(&arguments.iter().collect::<Vec<_>>()),
        ExprKind::Compare { left, right, .. } => beside(&[&**left, &**right]),
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().map(height).max().map_or(0, |height| height + 1),
        ExprKind::Not(part)
        | ExprKind::Holds(part)
        | ExprKind::IsMissing(part)
        | ExprKind::Lookup { key: part, .. }
        | ExprKind::Previous(part)
        | ExprKind::In { value: part, .. }
        | ExprKind::Matches { value: part, .. } => height(part),
        ExprKind::Default { value, fallback } => height(value).max(height(fallback)),
        ExprKind::Cases { cases, otherwise } => {
            let heights = cases.iter().flat_map(|(condition, value)| [height(condition), height(value)]);
            heights.max().unwrap_or(0).max(height(otherwise))
        }
        ExprKind::If { condition, then, otherwise } => height(condition).max(height(then)).max(height(otherwise)),
        ExprKind::Fold { list, filter, item, .. } => {
            [Some(list), filter.as_ref(), item.as_ref()].into_iter().flatten().map(|it| height(it)).max().unwrap_or(1)
        }
        ExprKind::Constant(_)
        | ExprKind::Field(_)
        | ExprKind::Definition(_)
        | ExprKind::Element { .. }
        | ExprKind::Actor(_)
        | ExprKind::IsNew
        | ExprKind::HasBefore
        | ExprKind::Now
        | ExprKind::Today => 1,
    };
    inner.max(1)
}

/// What an effect holds together.
fn operands(effect: &Effect) -> Vec<&Expr> {
    match effect {
        Effect::Assign { target, by, within } => {
            let hash = by.as_ref().and_then(|by| if let Selection::HashOf(value) = by { Some(value) } else { None });
            let deadline = within.as_ref().map(of_deadline).unwrap_or_default();
            of_recipients([target]).into_iter().chain(hash).chain(deadline).collect()
        }
        Effect::Set { value, .. } | Effect::Add { value, .. } | Effect::Remove { value, .. } => vec![value],
        Effect::Task { text, owner, due } => of_recipients(owner).into_iter().chain([text]).chain(due).collect(),
        Effect::Notify { to, text } => of_recipients(to).into_iter().chain([text]).collect(),
        Effect::Email { template, to, cc, from, reply_to, with } => {
            let recipients = of_recipients(to.iter().chain(cc).chain(from).chain(reply_to));
            recipients.into_iter().chain([template]).chain(with.iter().map(|(_, value)| value)).collect()
        }
        Effect::Call { with, .. } => with.iter().map(|(_, value)| value).collect(),
        Effect::Reject { reason, .. } => vec![reason],
        Effect::LeaveUnassigned | Effect::KeepOwner | Effect::Accept | Effect::Start { .. } | Effect::Stop => {
            Vec::new()
        }
    }
}

fn of_recipients<'a>(recipients: impl IntoIterator<Item = &'a Recipient>) -> Vec<&'a Expr> {
    let computed = |recipient: &'a Recipient| match recipient {
        Recipient::Computed { value, .. } => Some(value),
        _ => None,
    };
    recipients.into_iter().filter_map(computed).collect()
}

fn of_deadline(deadline: &Deadline) -> Vec<&Expr> {
    let mut all = vec![&deadline.due];
    if let Some(escalation) = &deadline.escalate {
        all.extend(of_recipients([&escalation.target]));
        all.extend(escalation.within.iter().flat_map(of_deadline));
    }
    all
}
