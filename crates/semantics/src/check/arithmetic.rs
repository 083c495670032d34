//! Arithmetic, functions, `default` and `if`.

use diagnostics::problems::{NameProblem, TypeProblem};
use syntax::ast::{self, Arithmetic, Span};
use values::builtins::{self, Mismatch};
use values::{Duration, Number, Type, Value};

use super::build::{applied, constant};
use super::{Checker, Wanted};
use crate::names::nearest;
use crate::typed::{Expr, ExprKind as Typed};

impl Checker<'_> {
    pub(super) fn arithmetic(&mut self, operator: Arithmetic, left: &ast::Expr, right: &ast::Expr) -> Option<Expr> {
        let sign = match operator {
            Arithmetic::Add => "+",
            Arithmetic::Subtract => "-",
            Arithmetic::Multiply => "*",
            Arithmetic::Divide => "/",
            Arithmetic::Remainder => "%",
        };
        let (left_typed, right_typed) = (self.expr(left, None), self.expr(right, None));
        let (left_typed, right_typed) = (left_typed?, right_typed?);
        if matches!(operator, Arithmetic::Divide | Arithmetic::Remainder) && self.is_zero(&right_typed) {
            self.problem(TypeProblem::ZeroDivisor, right.span);
            return None;
        }
        let kinds = [left_typed.ty.clone(), right_typed.ty.clone()];
        let (left_typed, right_typed) = self.aligned(left_typed, right_typed)?;
        let (left_typed, right_typed) = self.with_hours(left_typed, right_typed)?;
        let result = self.operate(sign, vec![left_typed, right_typed]);
        if result.is_none() {
            self.no_operation(sign, (left, right), &kinds);
        }
        result
    }

    /// Whether an operand is zero for every record.
    fn is_zero(&self, operand: &Expr) -> bool {
        matches!(self.fold(operand.clone()).kind, Typed::Constant(Value::Number(number)) if number == Number::from(0))
    }

    fn no_operation(&mut self, sign: &str, (left, right): (&ast::Expr, &ast::Expr), [of_left, of_right]: &[Type; 2]) {
        if *of_left == Type::AnchoredDuration || *of_right == Type::AnchoredDuration {
            let at = if *of_right == Type::AnchoredDuration { right.span } else { left.span };
            self.problem(TypeProblem::AnchoredDuration { text: self.written(at).to_owned() }, at);
        } else {
            let span = left.span.to(right.span);
            let left = format!("`{}` is {}", self.written(left.span), of_left.with_article());
            let problem = TypeProblem::Operands { operator: sign.to_owned(), left, right: of_right.with_article() };
            self.problem(problem, span);
        }
    }

    /// A date beside an instant stands for the start of its day.
    pub(super) fn aligned(&mut self, left: Expr, right: Expr) -> Option<(Expr, Expr)> {
        match (&left.ty, &right.ty) {
            (Type::Date, Type::DateTime) => Some((self.start_of_day(left)?, right)),
            (Type::DateTime, Type::Date) => Some((left, self.start_of_day(right)?)),
            _ => Some((left, right)),
        }
    }

    /// A date moved by hours, or by a duration that may have some, is an instant: only whole days lead to a date again.
    pub(super) fn with_hours(&mut self, left: Expr, right: Expr) -> Option<(Expr, Expr)> {
        match (&left.ty, &right.ty) {
            (Type::Date, Type::AnchoredDuration) if is_business_hours(&right) => {
                Some((self.start_of_day(left)?, right))
            }
            (Type::AnchoredDuration, Type::Date) if is_business_hours(&left) => Some((left, self.start_of_day(right)?)),
            (Type::Date, Type::Duration) if !is_whole_days(&right) => Some((self.start_of_day(left)?, right)),
            (Type::Duration, Type::Date) if !is_whole_days(&left) => Some((left, self.start_of_day(right)?)),
            _ => Some((left, right)),
        }
    }

    pub(super) fn negate(&mut self, inner: &ast::Expr, span: Span) -> Option<Expr> {
        let typed = self.expr(inner, None)?;
        let found = typed.ty.with_article();
        let result = self.operate("unary-", vec![typed]);
        if result.is_none() {
            let (context, expected) = ("`-`".to_owned(), "a number, money or a duration".to_owned());
            self.problem(TypeProblem::Expected { context, expected, found }, span);
        }
        result
    }

    pub(super) fn call(&mut self, function: &ast::Name, arguments: &[ast::Expr], span: Span) -> Option<Expr> {
        if !builtins::names().any(|name| name == function.text) {
            let known = in_spreadsheets(&function.text).map(str::to_owned);
            let suggestion = known.or_else(|| nearest(&function.text, builtins::names()));
            self.problem(NameProblem::UnknownFunction { name: function.text.clone(), suggestion }, function.span);
            return None;
        }
        if builtins::calendar_place(&function.text).is_some() {
            return self.call_by_calendar(function, arguments, span);
        }
        let typed: Vec<Option<Expr>> = arguments.iter().map(|argument| self.expr(argument, None)).collect();
        let typed: Vec<Expr> = typed.into_iter().collect::<Option<_>>()?;
        let types: Vec<Type> = typed.iter().map(|argument| argument.ty.clone()).collect();
        match builtins::function(&function.text, &types) {
            Ok((builtin, ty)) => Some(self.fold(applied(builtin, ty, typed))),
            Err(mismatch) => self.misfit(mismatch, function, arguments, &types, span),
        }
    }

    /// Says why a call fits no function.
    pub(super) fn misfit<T>(
        &mut self,
        mismatch: Mismatch,
        function: &ast::Name,
        arguments: &[ast::Expr],
        types: &[Type],
        span: Span,
    ) -> Option<T> {
        let (problem, at) = misfit(mismatch, function, arguments, types)?;
        self.problem(problem, at.unwrap_or(span));
        None
    }

    pub(super) fn default(
        &mut self,
        value: &ast::Expr,
        fallback: &ast::Expr,
        wanted: Option<Wanted<'_>>,
    ) -> Option<Expr> {
        let value_typed = self.expr(value, wanted)?;
        let what = self.written(value.span);
        let fallback = self.expect(fallback, &value_typed.ty.clone(), what)?;
        let (ty, optional) = (value_typed.ty.clone(), value_typed.optional && fallback.optional);
        let kind = Typed::Default { value: Box::new(value_typed), fallback: Box::new(fallback) };
        Some(Expr { kind, ty, optional })
    }

    /// `if c then a else b`: both results are of one type; labels widen to text.
    pub(super) fn choose(
        &mut self,
        condition: &ast::Expr,
        then: &ast::Expr,
        otherwise: &ast::Expr,
        wanted: Option<Wanted<'_>>,
    ) -> Option<Expr> {
        let condition = self.condition(condition);
        let (then_typed, otherwise_typed) = self.branches(then, otherwise, wanted)?;
        let ty = match (&then_typed.ty, &otherwise_typed.ty) {
            (a, b) if a.is_textual() && b.is_textual() && a != b => Type::Text,
            (a, b) => {
                if let Some(joined) = a.joined(b) {
                    joined
                } else {
                    let context = "what follows `else`".to_owned();
                    let (expected, found) = (a.with_article(), b.with_article());
                    self.problem(TypeProblem::Expected { context, expected, found }, otherwise.span);
                    return None;
                }
            }
        };
        let optional = then_typed.optional || otherwise_typed.optional;
        let (then, otherwise) = (Box::new(then_typed), Box::new(otherwise_typed));
        Some(Expr { kind: Typed::If { condition: Box::new(condition?), then, otherwise }, ty, optional })
    }

    /// Both results; a `missing` takes its type from the other one.
    fn branches(
        &mut self,
        then: &ast::Expr,
        otherwise: &ast::Expr,
        wanted: Option<Wanted<'_>>,
    ) -> Option<(Expr, Expr)> {
        if matches!(then.kind, ast::ExprKind::Missing) {
            let otherwise = self.expr(otherwise, wanted)?;
            return Some((constant(Value::Missing, otherwise.ty.clone()), otherwise));
        }
        let then_typed = self.expr(then, wanted)?;
        let ty = then_typed.ty.clone();
        let missing = matches!(otherwise.kind, ast::ExprKind::Missing);
        let inner = missing.then_some(Wanted::new(&ty, "the other result"));
        let otherwise = self.expr(otherwise, inner.or(wanted))?;
        Some((then_typed, otherwise))
    }
}

/// Whether a duration is known to be so many days and nothing beside.
fn is_whole_days(duration: &Expr) -> bool {
    const DAY: i64 = 24 * 60 * 60 * 1_000_000_000;
    matches!(duration.kind, Typed::Constant(Value::Duration(Duration::Exact(length))) if length % DAY == 0)
}

/// Whether a duration is counted in business hours.
fn is_business_hours(duration: &Expr) -> bool {
    matches!(duration.kind, Typed::Constant(Value::Duration(Duration::BusinessHours { .. })))
}

/// What is to be said of a call that fits no function, and where, unless at the whole call.
fn misfit(
    mismatch: Mismatch,
    function: &ast::Name,
    arguments: &[ast::Expr],
    types: &[Type],
) -> Option<(TypeProblem, Option<Span>)> {
    match mismatch {
        Mismatch::Argument { index, expected } => {
            let context = format!("argument {} of `{}`", index + 1, function.text);
            let found = types.get(index).map(Type::with_article).unwrap_or_default();
            let at = arguments.get(index).map(|argument| argument.span);
            Some((TypeProblem::Expected { context, expected, found }, at))
        }
        Mismatch::Count { signature } => {
            let (function, found) = (function.text.clone(), arguments.len());
            Some((TypeProblem::ArgumentCount { function, signature, found }, None))
        }
        Mismatch::Unknown => None,
    }
}

/// The function that spreadsheets and databases call differently.
fn in_spreadsheets(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "len" => "length",
        "substr" | "substring" => "mid",
        "substitute" => "replace",
        "search" | "instr" => "find",
        "avg" | "mean" => "average",
        "ceil" | "roundup" => "ceiling",
        "rounddown" | "int" | "trunc" => "floor",
        _ => return None,
    })
}
