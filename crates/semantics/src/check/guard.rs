//! What guards whole sets: the days on which they are in force, and `only when`.

use syntax::ast;

use super::Checker;
use super::rule::all_of;
use crate::db::Item;
use crate::sets::header_record;
use crate::typed::Expr;

/// When a set runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardMeaning {
    /// Its effective dates, as a test of today.
    pub in_force: Option<Expr>,
    /// Its `only when`.
    pub condition: Option<Expr>,
}

impl<'db> Checker<'db> {
    /// When a set runs; none if it always does.
    pub(super) fn guard(&mut self, header: Item<'db>, rules: &ast::Rules) -> Option<GuardMeaning> {
        let days = rules.effective.as_ref().and_then(|days| self.in_force(days));
        let in_force = days.and_then(|mut days| days.pop().map(|last| all_of(days, last)));
        let condition = rules.guard.as_ref().and_then(|guard| self.only_when(header, guard));
        (in_force.is_some() || condition.is_some()).then_some(GuardMeaning { in_force, condition })
    }

    fn only_when(&mut self, header: Item<'db>, guard: &ast::Expr) -> Option<Expr> {
        let record = header_record(self.db, header).clone()?;
        self.settled = true;
        self.enter(&record, guard.span)?;
        let condition = self.condition(guard)?;
        self.expr_with_room(condition, guard.span)
    }
}
