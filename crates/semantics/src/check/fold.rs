//! What can be known before any record is known here: a call on constants becomes its value.
//!
//! What a calendar decides is left to the machine, so that no rule is checked again when a holiday is added. A call that faults stays as it is, for its fault belongs to the record that meets it. *Now* is never known.

use values::{Clock, Instant, Value};

use super::Checker;
use super::build::constant;
use crate::typed::{Expr, ExprKind as Typed};

impl Checker<'_> {
    /// The same expression, as a constant where its operands are.
    pub(super) fn fold(&self, expr: Expr) -> Expr {
        let Typed::Call { builtin, arguments } = &expr.kind else { return expr };
        let values: Option<Vec<Value>> = arguments.iter().map(known).collect();
        let Some(values) = values.filter(|values| !values.iter().any(is_business)) else { return expr };
        let clock = Clock::new(Instant::UNIX_EPOCH, self.zone());
        match builtin.call(&clock, &values) {
            Ok(value) => constant(value, expr.ty),
            Err(_) => expr,
        }
    }
}

fn known(expr: &Expr) -> Option<Value> {
    match &expr.kind {
        Typed::Constant(value) => Some(value.clone()),
        _ => None,
    }
}

fn is_business(value: &Value) -> bool {
    matches!(value, Value::Duration(duration) if duration.calendar().is_some())
}
