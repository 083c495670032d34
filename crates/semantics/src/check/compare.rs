//! Comparisons: `=`, `is`, `<` and their like.

use std::cmp::Ordering;

use diagnostics::problems::{ConditionProblem, TypeProblem};
use syntax::ast::{self, Arithmetic, Comparison as Sign, Entry, ExprKind, Span};
use values::text::equal_ignoring_case;
use values::{Type, Value, compare};

use super::build::{applied, comparison};
use super::{Checker, Wanted};
use crate::typed::{Comparison, Expr, ExprKind as Typed};

impl Checker<'_> {
    pub(super) fn compare(&mut self, sign: Sign, left: &ast::Expr, right: &ast::Expr, span: Span) -> Option<Expr> {
        if let Some(moved) = self.anchored_distance(sign, left, right) {
            return moved;
        }
        let (left_typed, right_typed) = self.pair(left, right)?;
        let kinds = (left_typed.ty.clone(), right_typed.ty.clone());
        self.midnight_only(sign, (left, &kinds.0), (right, &kinds.1));
        if sign == Sign::Equal {
            self.absent_text(&left_typed, &right_typed, right.span);
            self.absent_text(&right_typed, &left_typed, left.span);
        }
        let Some((left_typed, right_typed)) = self.join(left_typed, right_typed, sign != Sign::Equal) else {
            self.no_comparison((left, right), &kinds, span);
            return None;
        };
        if let (Type::OneOf(some), Type::OneOf(others)) = &kinds
            && !some.iter().any(|label| others.iter().any(|other| equal_ignoring_case(label, other)))
        {
            let reason = "no value of the one is a value of the other".to_owned();
            self.always(false, reason, span);
        }
        let compared = comparison(operator(sign), left_typed, right_typed);
        self.known_answer(&compared, span);
        self.empty_text(&compared, span);
        Some(compared)
    }

    /// Says so when a stored text is compared with `""`: a table holds no such text, JSON may.
    fn empty_text(&mut self, compared: &Expr, span: Span) {
        let Typed::Compare { left, right, .. } = &compared.kind else { return };
        if matches!(left.kind, Typed::Field(_)) && right.kind == Typed::Constant(Value::text("")) {
            self.problem(ConditionProblem::EmptyText, span);
        }
    }

    /// Says so when a moment is to equal a day: but for the first of the day, it never does.
    fn midnight_only(&mut self, sign: Sign, left: (&ast::Expr, &Type), right: (&ast::Expr, &Type)) {
        let (moment, day, until) = match (sign, left.1, right.1) {
            (Sign::Equal, Type::DateTime, Type::Date) => (left.0, right.0, false),
            (Sign::Equal, Type::Date, Type::DateTime) => (right.0, left.0, false),
            (Sign::LessOrEqual | Sign::Greater, Type::DateTime, Type::Date) => (left.0, right.0, true),
            (Sign::GreaterOrEqual | Sign::Less, Type::Date, Type::DateTime) => (right.0, left.0, true),
            _ => return,
        };
        self.first_moment(moment, day.span, until);
    }

    /// The same of a list and of the end of a range, which stand for days where they are written as such.
    pub(super) fn midnights_in(&mut self, moment: &ast::Expr, entries: &[Entry]) {
        let is_day = |expr: &&ast::Expr| matches!(expr.kind, ExprKind::Date(_));
        let found = entries.iter().find_map(|entry| match entry {
            Entry::One(one) => Some((one, false)).filter(|(day, _)| is_day(day)),
            Entry::Range { high, exclusive: false, .. } => Some((high, true)).filter(|(day, _)| is_day(day)),
            Entry::Range { .. } => None,
        });
        if let Some((day, until)) = found {
            self.first_moment(moment, day.span, until);
        }
    }

    fn first_moment(&mut self, moment: &ast::Expr, day: Span, until: bool) {
        let [words, day] = [moment.span, day].map(|span| self.written(span).to_owned());
        self.problem(ConditionProblem::MidnightOnly { moment: words, day, until }, moment.span);
    }

    fn no_comparison(&mut self, (left, right): (&ast::Expr, &ast::Expr), kinds: &(Type, Type), span: Span) {
        for (side, ty) in [(right, &kinds.1), (left, &kinds.0)] {
            if *ty == Type::AnchoredDuration {
                let text = self.written(side.span).to_owned();
                return self.problem(TypeProblem::AnchoredDuration { text }, side.span);
            }
        }
        let between = Span::new(left.span.end, right.span.start);
        let operator = self.written(between).trim().to_owned();
        let left = format!("`{}` is {}", self.written(left.span), kinds.0.with_article());
        self.problem(TypeProblem::Operands { operator, left, right: kinds.1.with_article() }, span);
    }

    /// Both sides, a literal taking its type from the other side.
    fn pair(&mut self, left: &ast::Expr, right: &ast::Expr) -> Option<(Expr, Expr)> {
        let (left_words, right_words) = (self.written(left.span), self.written(right.span));
        if is_literal(left) && !is_literal(right) {
            let right = self.present(right, None);
            let wanted = right.as_ref().map(|right| Wanted::new(&right.ty, right_words));
            let left = self.present(left, wanted);
            return left.zip(right);
        }
        let left = self.present(left, None);
        let wanted = left.as_ref().map(|left| Wanted::new(&left.ty, left_words));
        let right = self.present(right, wanted);
        left.zip(right)
    }

    /// Two values made to be of one kind, if they can be.
    fn join(&mut self, left: Expr, right: Expr, ordered: bool) -> Option<(Expr, Expr)> {
        match (&left.ty, &right.ty) {
            (Type::Date, Type::DateTime) => Some((self.start_of_day(left)?, right)),
            (Type::DateTime, Type::Date) => Some((left, self.start_of_day(right)?)),
            (a, b) if a.is_ordered() && (a == b || a.may_differ_in_currency(b)) => Some((left, right)),
            (a, b) if !ordered && a.is_textual() && b.is_textual() => Some((left, right)),
            (Type::Truth, Type::Truth) if !ordered => Some((left, right)),
            _ => None,
        }
    }

    /// `A - B > D` with an anchored `D` means `A > B + D`, for a month has no length of its own. The outer `None` says
    /// that this is something else.
    fn anchored_distance(&mut self, sign: Sign, left: &ast::Expr, right: &ast::Expr) -> Option<Option<Expr>> {
        let ExprKind::Arithmetic { operator: Arithmetic::Subtract, left: later, right: earlier } =
            &ungrouped(left).kind
        else {
            return None;
        };
        if !self.is_anchored(right) {
            return None;
        }
        let words = "-";
        let (later, earlier) = (self.moment(later, words), self.moment(earlier, words));
        let distance = self.expr(right, None);
        let (Some(later), Some(earlier), Some(distance)) = (later, earlier, distance) else { return Some(None) };
        Some(self.later_by(sign, later, earlier, distance))
    }

    /// `later > earlier + distance`: between dates by days, else by instants.
    fn later_by(&mut self, sign: Sign, later: Expr, earlier: Expr, distance: Expr) -> Option<Expr> {
        let (earlier, distance) = self.with_hours(earlier, distance)?;
        let (later, earlier) = self.aligned(later, earlier)?;
        let moved = self.operate("+", vec![earlier, distance])?;
        let (later, moved) = self.aligned(later, moved)?;
        Some(comparison(operator(sign), later, moved))
    }

    /// Whether an expression is a literal or constant of anchored length. Looks without saying anything.
    fn is_anchored(&self, expr: &ast::Expr) -> bool {
        let mut trial = Checker::constant(self.db, self.source);
        let typed = match &ungrouped(expr).kind {
            ExprKind::Duration { .. } => trial.expr(expr, None),
            ExprKind::Path(path) if path.fields.is_empty() => trial.expr(expr, None),
            _ => None,
        };
        typed.is_some_and(|typed| typed.ty == Type::AnchoredDuration)
    }

    /// Says so when both sides are known before any record.
    fn known_answer(&mut self, compared: &Expr, span: Span) {
        let Typed::Compare { operator, exact, left, right } = &compared.kind else { return };
        let (Typed::Constant(left), Typed::Constant(right)) = (&left.kind, &right.kind) else { return };
        let order = compare::order(left, right);
        let holds = match operator {
            Comparison::Equal => compare::equal(left, right, *exact),
            Comparison::Less => order == Some(Ordering::Less),
            Comparison::LessOrEqual => order.is_some_and(Ordering::is_le),
            Comparison::Greater => order == Some(Ordering::Greater),
            Comparison::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        };
        self.always(holds, "both sides are known before any record".to_owned(), span);
    }

    /// Says that a condition holds for every record, or for none.
    pub(super) fn always(&mut self, holds: bool, reason: String, span: Span) {
        let problem =
            if holds { ConditionProblem::AlwaysTrue { reason } } else { ConditionProblem::AlwaysFalse { reason } };
        self.problem(problem, span);
    }

    /// A built-in operator on typed operands.
    pub(super) fn operate(&mut self, sign: &str, operands: Vec<Expr>) -> Option<Expr> {
        let types: Vec<Type> = operands.iter().map(|operand| operand.ty.clone()).collect();
        let (builtin, ty) = values::builtins::operator(sign, &types)?;
        Some(self.fold(applied(builtin, ty, operands)))
    }

    /// The start of a day in the rulebook's zone.
    pub(super) fn start_of_day(&mut self, date: Expr) -> Option<Expr> {
        let (builtin, ty) = values::builtins::function("datetime", std::slice::from_ref(&date.ty)).ok()?;
        Some(self.fold(applied(builtin, ty, vec![date])))
    }
}

const fn operator(sign: Sign) -> Comparison {
    match sign {
        Sign::Equal => Comparison::Equal,
        Sign::Less => Comparison::Less,
        Sign::LessOrEqual => Comparison::LessOrEqual,
        Sign::Greater => Comparison::Greater,
        Sign::GreaterOrEqual => Comparison::GreaterOrEqual,
    }
}

fn is_literal(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ExprKind::Group(inner) | ExprKind::Negate(inner) => is_literal(inner),
        ExprKind::Text(_)
        | ExprKind::Number(_)
        | ExprKind::Money { .. }
        | ExprKind::Date(_)
        | ExprKind::DateTime(_)
        | ExprKind::Duration { .. }
        | ExprKind::Truth(_)
        | ExprKind::Missing => true,
        _ => false,
    }
}

fn ungrouped(expr: &ast::Expr) -> &ast::Expr {
    match &expr.kind {
        ExprKind::Group(inner) => ungrouped(inner),
        _ => expr,
    }
}
