//! What expressions have in them, themselves or in the derived values that they ask for.
//!
//! - Which may fault. What cannot may be left out where its value does not matter; what can must be computed exactly where
//!   a plain reading of the rules computes it.
//! - In which a value is chosen by a condition. Where such a choice hangs on missing values, the machine tries it both ways.

use semantics::typed::{Definition, Expr, ExprKind};
use values::Type;

/// Something that expressions may have in them.
pub(crate) struct Trait {
    /// Whether an expression has it although its parts do not.
    itself: fn(&Expr) -> bool,
    /// Whether each definition has it.
    definitions: Vec<bool>,
}

impl Trait {
    /// That computing it may fault.
    pub(crate) fn fault(definitions: &[Definition]) -> Self {
        Self::new(definitions, faults_itself)
    }

    /// That a value in it is chosen by a condition.
    pub(crate) fn choice(definitions: &[Definition]) -> Self {
        Self::new(definitions, |expr| matches!(expr.kind, ExprKind::If { .. } | ExprKind::Cases { .. }))
    }

    /// Looks at all definitions. One that uses another which has it has it too.
    fn new(definitions: &[Definition], itself: fn(&Expr) -> bool) -> Self {
        let mut known = vec![false; definitions.len()];
        let mut users = vec![Vec::new(); definitions.len()];
        let mut having = Vec::new();
        for (index, definition) in (0..).zip(definitions) {
            visit(&definition.value, &mut |expr| match expr.kind {
                ExprKind::Definition(used) => users.get_mut(used as usize).into_iter().for_each(|it| it.push(index)),
                _ if itself(expr) => having.push(index),
                _ => {}
            });
        }
        while let Some(index) = having.pop() {
            let Some(known) = known.get_mut(index) else { continue };
            if !std::mem::replace(known, true) {
                having.extend(users.get(index).into_iter().flatten());
            }
        }
        Self { itself, definitions: known }
    }

    /// Whether an expression has it.
    pub(crate) fn is_in(&self, expr: &Expr) -> bool {
        let mut has = false;
        visit(expr, &mut |expr| {
            has |= match expr.kind {
                ExprKind::Definition(used) => self.definitions.get(used as usize).is_none_or(|has| *has),
                _ => (self.itself)(expr),
            };
        });
        has
    }
}

/// Whether an expression may fault although its parts do not.
fn faults_itself(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Call { builtin, .. } => builtin.may_fault(),
        ExprKind::Compare { left, right, .. } => differ_in_currency(&left.ty, &right.ty),
        ExprKind::Join(_) => true, // The text may grow over its limit.
        _ => false,
    }
}

/// Whether amounts of two types may be, or are, of different currencies.
fn differ_in_currency(left: &Type, right: &Type) -> bool {
    match (left, right) {
        (Type::Money(Some(left)), Type::Money(Some(right))) => left != right,
        _ => left.may_differ_in_currency(right),
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
