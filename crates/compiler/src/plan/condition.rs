//! Conditions of rules, read as formulas over questions. Each question is kept once, however it was written.

use std::collections::HashMap;

use semantics::typed::{Comparison, Expr, ExprKind};
use values::{Type, Value};

use super::formula::{FormulaId, Formulas};
use crate::tree::TestId;

/// The conditions of a set as far as they have been read.
pub(super) struct Conditions {
    pub(super) formulas: Formulas,
    /// The questions in the order in which they come up.
    pub(super) asked: Vec<Asked>,
    /// How often questions stand in conditions.
    pub(super) occurrences: usize,
    places: HashMap<Expr, TestId>,
}

/// A question with the place of the last rule that asks it.
pub(super) struct Asked {
    pub(super) test: Expr,
    pub(super) last: u32,
}

impl Conditions {
    pub(super) fn new() -> Self {
        Self { formulas: Formulas::new(), asked: Vec::new(), occurrences: 0, places: HashMap::new() }
    }

    /// Reads the condition of a rule; the rules are read in their order.
    pub(super) fn read(&mut self, rule: u32, condition: &Expr) -> FormulaId {
        self.formula(rule, condition, true)
    }

    /// The formula of a condition, or of its opposite.
    fn formula(&mut self, rule: u32, expr: &Expr, positive: bool) -> FormulaId {
        match &expr.kind {
            ExprKind::Constant(value) => Formulas::settled(value.holds() == positive),
            ExprKind::Not(part) => self.formula(rule, part, !positive),
            ExprKind::And(parts) => self.connect(rule, positive, parts, positive),
            ExprKind::Or(parts) => self.connect(rule, !positive, parts, positive),
            ExprKind::Holds(part) if !part.optional => self.formula(rule, part, positive),
            _ => match truth_asked_for(expr) {
                Some((part, wanted)) if !part.optional => self.formula(rule, part, positive == wanted),
                _ => self.literal(rule, question(expr), positive),
            },
        }
    }

    fn connect(&mut self, rule: u32, all: bool, parts: &[Expr], positive: bool) -> FormulaId {
        let parts: Vec<_> = parts.iter().map(|part| self.formula(rule, part, positive)).collect();
        self.formulas.connect(all, &parts)
    }

    fn literal(&mut self, rule: u32, test: Expr, positive: bool) -> FormulaId {
        self.occurrences += 1;
        let next = TestId(u32::try_from(self.asked.len()).unwrap_or(u32::MAX));
        let id = *self.places.entry(test.clone()).or_insert(next);
        match self.asked.get_mut(id.0 as usize) {
            Some(asked) => asked.last = rule,
            None => self.asked.push(Asked { test, last: rule }),
        }
        self.formulas.literal(id, positive)
    }
}

/// `x is true` and `x is false`: the `x`, and what it is compared with.
fn truth_asked_for(expr: &Expr) -> Option<(&Expr, bool)> {
    let ExprKind::Compare { operator: Comparison::Equal, left, right, .. } = &expr.kind else { return None };
    match &right.kind {
        ExprKind::Constant(Value::Truth(wanted)) => Some((left, *wanted)),
        _ => None,
    }
}

/// One form for the twins of a question, never missing: `x in "a"` is `x is "a"`, `t is true` is what `t` itself is. The
/// check has put constants on the right.
fn question(expr: &Expr) -> Expr {
    let truth = |kind| Expr { kind, ty: Type::Truth, optional: false };
    match &expr.kind {
        ExprKind::Compare { operator, exact, left, right } => match (&left.kind, &right.kind) {
            (_, ExprKind::Constant(Value::Truth(true))) if *operator == Comparison::Equal => {
                truth(ExprKind::Holds(left.clone()))
            }
            (ExprKind::Constant(_), ExprKind::Constant(_)) => truth(expr.kind.clone()),
            (_, ExprKind::Constant(value)) => truth(compare(*operator, *exact, left, value)),
            _ => truth(expr.kind.clone()),
        },
        ExprKind::In { value, constants, exact } => match &**constants {
            [only] => question(&truth(compare(Comparison::Equal, *exact, value, only))),
            _ => truth(expr.kind.clone()),
        },
        _ if expr.optional => truth(ExprKind::Holds(Box::new(expr.clone()))),
        _ => expr.clone(),
    }
}

/// A comparison with a constant, which takes the type of what it is compared with: `"new"` is one question whether it
/// was written as a text or as one of a field's values. An amount keeps its currency: to compare it may fault.
fn compare(operator: Comparison, exact: bool, left: &Expr, right: &Value) -> ExprKind {
    let ty = if let Value::Money(money) = right { Type::Money(Some(money.currency())) } else { left.ty.clone() };
    let right = Expr { kind: ExprKind::Constant(right.clone()), ty, optional: false };
    ExprKind::Compare { operator, exact, left: Box::new(left.clone()), right: Box::new(right) }
}
