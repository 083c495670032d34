//! Typed expressions put together in their one form.

use values::builtins::Builtin;
use values::{Type, Value};

use crate::typed::{Comparison, Expr, ExprKind};

/// A constant of a type.
pub(super) fn constant(value: Value, ty: Type) -> Expr {
    Expr { optional: value.is_missing(), kind: ExprKind::Constant(value), ty }
}

/// The instant of the evaluation.
pub(super) fn now() -> Expr {
    Expr { kind: ExprKind::Now, ty: Type::DateTime, optional: false }
}

/// A condition: always present once it is tested.
pub(super) fn truth(kind: ExprKind) -> Expr {
    Expr { kind, ty: Type::Truth, optional: false }
}

/// The exact opposite of a condition, if it was written in its negative form.
pub(super) fn negated(condition: Expr, negated: bool) -> Expr {
    match (negated, condition.kind) {
        (false, kind) => truth(kind),
        (true, ExprKind::Not(inner)) => *inner,
        (true, ExprKind::Constant(Value::Truth(value))) => constant(Value::Truth(!value), Type::Truth),
        (true, kind) => truth(ExprKind::Not(Box::new(truth(kind)))),
    }
}

/// A call whose result may be missing when an operand may, or when the function itself can find nothing.
pub(super) fn applied(builtin: Builtin, ty: Type, arguments: Vec<Expr>) -> Expr {
    let row = builtin.row();
    let optional = row.may_be_missing || (row.propagates() && arguments.iter().any(|argument| argument.optional));
    Expr { kind: ExprKind::Call { builtin, arguments }, ty, optional }
}

/// A built-in test as a condition: false when an operand is missing.
pub(super) fn tested(builtin: Builtin, arguments: Vec<Expr>) -> Expr {
    let call = applied(builtin, Type::Truth, arguments);
    if call.optional { truth(ExprKind::Holds(Box::new(call))) } else { call }
}

/// A comparison, its constant on the right.
pub(super) fn comparison(operator: Comparison, left: Expr, right: Expr) -> Expr {
    let exact = left.ty.is_exact() || right.ty.is_exact();
    let (operator, left, right) = match (&left.kind, &right.kind) {
        (ExprKind::Constant(_), ExprKind::Constant(_)) => (operator, left, right),
        (ExprKind::Constant(_), _) => (mirrored(operator), right, left),
        _ => (operator, left, right),
    };
    truth(ExprKind::Compare { operator, exact, left: Box::new(left), right: Box::new(right) })
}

/// `low <= value <= high`, or `low <= value < high`
pub(super) fn within(value: &Expr, low: Expr, high: Expr, exclusive: bool) -> Expr {
    let upper = if exclusive { Comparison::Less } else { Comparison::LessOrEqual };
    truth(ExprKind::And(vec![
        comparison(Comparison::GreaterOrEqual, value.clone(), low),
        comparison(upper, value.clone(), high),
    ]))
}

const fn mirrored(operator: Comparison) -> Comparison {
    match operator {
        Comparison::Equal => Comparison::Equal,
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
    }
}
