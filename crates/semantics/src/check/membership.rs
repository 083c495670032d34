//! `in` and `between`: whether a value is one of several.

use std::sync::Arc;

use diagnostics::problems::{ConditionProblem, TypeProblem};
use syntax::ast::{self, Entry, Span};
use values::{Text, Type, Value};

use super::build::{comparison, constant, truth};
use super::entries::Members;
use super::{Checker, Wanted};
use crate::typed::{Comparison, Expr, ExprKind as Typed};

impl Checker<'_> {
    /// Whether a value is one of several: constants in one test, ranges and other expressions beside it.
    pub(super) fn is_in(&mut self, value: &ast::Expr, entries: &[Entry], operator: &str, span: Span) -> Option<Expr> {
        let typed = self.expr(value, None)?;
        let what = self.written(value.span);
        let members = self.members_of(entries, Wanted { operator, ..Wanted::new(&typed.ty, what) }, span)?;
        if typed.ty == Type::DateTime {
            self.midnights_in(value, entries);
        }
        if let Type::Money(_) = typed.ty {
            self.one_currency(&members, span)?;
        }
        for entry in entries {
            if let Entry::One(ast::Expr { kind: ast::ExprKind::Text(pieces), span }) = entry
                && let [ast::Piece::Text(text)] = pieces.as_slice()
            {
                self.absent_text(&typed, &constant(Value::text(text.as_str()), Type::Text), *span);
            }
        }
        if let Type::OneOf(labels) = &typed.ty {
            self.label_coverage(labels, &members, typed.optional, span);
        }
        self.membership(&typed, members)
    }

    /// Constants in one test, everything else beside it.
    pub(super) fn membership(&mut self, value: &Expr, members: Members) -> Option<Expr> {
        let exact = value.ty.is_exact();
        let mut parts: Vec<Expr> = Vec::new();
        if let Type::Money(None) = value.ty {
            // Of two currencies one is always the wrong one, and each comparison may be a fault.
            let amounts = members.constants.iter().map(|constant| money_constant(constant.clone()));
            parts.extend(amounts.map(|amount| comparison(Comparison::Equal, value.clone(), amount)));
        } else if let [only] = members.constants.as_slice() {
            parts.push(comparison(Comparison::Equal, value.clone(), constant(only.clone(), value.ty.clone())));
        } else if !members.constants.is_empty() {
            let constants: Arc<[Value]> = members.constants.into();
            parts.push(truth(Typed::In { value: Box::new(value.clone()), constants, exact }));
        }
        for (low, high, exclusive) in members.ranges {
            let upper = if exclusive { Comparison::Less } else { Comparison::LessOrEqual };
            let above = self.beside(Comparison::GreaterOrEqual, value, low)?;
            parts.push(truth(Typed::And(vec![above, self.beside(upper, value, high)?])));
        }
        for other in members.others {
            parts.push(self.beside(Comparison::Equal, value, other)?);
        }
        Some(match parts.len() {
            1 => parts.remove(0),
            0 => constant(Value::Truth(false), Type::Truth),
            _ => truth(Typed::Or(parts)),
        })
    }

    /// Says so when a list holds amounts of two currencies, of which one always is another than the value's.
    fn one_currency(&mut self, members: &Members, span: Span) -> Option<()> {
        let ends = members.ranges.iter().flat_map(|(low, high, _)| [&low.ty, &high.ty]).cloned();
        let mut types = members.constants.iter().map(|constant| money_constant(constant.clone()).ty).chain(ends);
        let Some(first @ Type::Money(Some(_))) = types.next() else { return Some(()) };
        let Some(other) = types.find(|ty| matches!(ty, Type::Money(Some(_))) && *ty != first) else { return Some(()) };
        let context = "the list".to_owned();
        let (expected, found) = (first.with_article(), other.with_article());
        self.problem(TypeProblem::Expected { context, expected, found }, span);
        None
    }

    /// The value compared with one member; of a date and an instant, the date stands for the start of its day.
    fn beside(&mut self, operator: Comparison, value: &Expr, member: Expr) -> Option<Expr> {
        let (value, member) = self.aligned(value.clone(), member)?;
        Some(comparison(operator, value, member))
    }

    /// A test that names every label is no test.
    fn label_coverage(&mut self, labels: &[Text], members: &Members, optional: bool, span: Span) {
        let named = |label: &Text| members.constants.contains(&Value::Text(label.clone()));
        if !optional && labels.iter().all(named) {
            let reason = "the list names every value that the field can have".to_owned();
            self.problem(ConditionProblem::AlwaysTrue { reason }, span);
        }
    }
}

/// A constant that may be money, of its own type.
fn money_constant(value: Value) -> Expr {
    let ty = match &value {
        Value::Money(money) => Type::Money(Some(money.currency())),
        _ => Type::Money(None),
    };
    constant(value, ty)
}
