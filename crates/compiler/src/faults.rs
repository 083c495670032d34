//! Which expressions may fault. What cannot may be left out where its value does not matter; what can must be computed
//! exactly where a plain reading of the rules computes it.

use semantics::typed::{Definition, Expr, ExprKind};

/// What is known of the derived values of a decision.
pub(crate) struct Faults {
    /// Whether each definition may fault.
    definitions: Vec<bool>,
}

impl Faults {
    /// Looks at all definitions. One that uses a faulty one is faulty itself.
    pub(crate) fn new(definitions: &[Definition]) -> Self {
        let mut faults = Self { definitions: vec![false; definitions.len()] };
        let mut users = vec![Vec::new(); definitions.len()];
        let mut faulty = Vec::new();
        for (index, definition) in (0..).zip(definitions) {
            visit(&definition.value, &mut |expr| match expr.kind {
                ExprKind::Definition(used) => users.get_mut(used as usize).into_iter().for_each(|it| it.push(index)),
                _ if faults_itself(expr) => faulty.push(index),
                _ => {}
            });
        }
        while let Some(index) = faulty.pop() {
            let Some(known) = faults.definitions.get_mut(index) else { continue };
            if !std::mem::replace(known, true) {
                faulty.extend(users.get(index).into_iter().flatten());
            }
        }
        faults
    }

    /// Whether computing an expression may fault.
    pub(crate) fn may(&self, expr: &Expr) -> bool {
        let mut may = false;
        visit(expr, &mut |expr| {
            may |= match expr.kind {
                ExprKind::Definition(used) => self.definitions.get(used as usize).is_none_or(|faulty| *faulty),
                _ => faults_itself(expr),
            };
        });
        may
    }
}

/// Whether an expression may fault although its parts do not.
fn faults_itself(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Call { builtin, .. } => builtin.may_fault(),
        ExprKind::Compare { left, right, .. } => left.ty.may_differ_in_currency(&right.ty),
        ExprKind::Join(_) => true, // The text may grow over its limit.
        _ => false,
    }
}

/// Shows an expression and all its parts to `see`, outer ones first.
fn visit(expr: &Expr, see: &mut impl FnMut(&Expr)) {
    see(expr);
    match &expr.kind {
        ExprKind::Constant(_)
        | ExprKind::Field(_)
        | ExprKind::Definition(_)
        | ExprKind::Actor(_)
        | ExprKind::IsNew
        | ExprKind::HasBefore
        | ExprKind::Element { .. }
        | ExprKind::Now
        | ExprKind::Today => {}
        ExprKind::Fold { list, filter, item, .. } => {
            [Some(list), filter.as_ref(), item.as_ref()].into_iter().flatten().for_each(|part| visit(part, see));
        }
        ExprKind::Not(part)
        | ExprKind::Holds(part)
        | ExprKind::IsMissing(part)
        | ExprKind::Lookup { key: part, .. }
        | ExprKind::Previous(part)
        | ExprKind::In { value: part, .. }
        | ExprKind::Matches { value: part, .. } => visit(part, see),
        ExprKind::And(parts)
        | ExprKind::Or(parts)
        | ExprKind::Join(parts)
        | ExprKind::Call { arguments: parts, .. } => {
            parts.iter().for_each(|part| visit(part, see));
        }
        ExprKind::Compare { left: first, right: second, .. } | ExprKind::Default { value: first, fallback: second } => {
            visit(first, see);
            visit(second, see);
        }
        ExprKind::Cases { cases, otherwise } => {
            let parts = cases.iter().flat_map(|(condition, value)| [condition, value]);
            parts.chain([&**otherwise]).for_each(|part| visit(part, see));
        }
        ExprKind::If { condition, then, otherwise } => {
            [condition, then, otherwise].into_iter().for_each(|part| visit(part, see));
        }
    }
}
