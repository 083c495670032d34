//! Conditions that guard whole sets: `only when`.

use syntax::ast;

use super::Checker;
use crate::db::Item;
use crate::sets::header_record;
use crate::typed::Expr;

impl<'db> Checker<'db> {
    /// The condition under which a set runs.
    pub(super) fn guard(&mut self, header: Item<'db>, rules: &ast::Rules) -> Option<Expr> {
        let guard = rules.guard.as_ref()?;
        let record = header_record(self.db, header).clone()?;
        self.settled = true;
        self.enter(&record, guard.span)?;
        let condition = self.condition(guard)?;
        self.expr_with_room(condition, guard.span)
    }
}
