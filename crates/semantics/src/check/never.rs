//! `never … when …`: which effects, and under which condition.

use diagnostics::problems::TypeProblem;
use syntax::ast::{self, BlockedKind};
use values::Text;

use super::Checker;
use super::path::below;
use crate::db::Item;
use crate::names::path_text;
use crate::typed::{Blocked, Expr, Recipient};

/// What a guard of the whole rulebook means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeverMeaning {
    /// The record type that it is about.
    pub record: String,
    /// The effects that it is about.
    pub effect: Blocked,
    /// When they are not performed.
    pub condition: Expr,
}

impl<'db> Checker<'db> {
    pub(super) fn never(&mut self, item: Item<'db>, never: &ast::Never) -> Option<NeverMeaning> {
        let record = self.decided(item, never.span)?;
        let effect = self.blocked(&never.effect.kind);
        let condition = self.condition(&never.condition)?;
        let condition = self.expr_with_room(condition, never.condition.span)?;
        Some(NeverMeaning { record, effect: effect?, condition })
    }

    fn blocked(&mut self, kind: &BlockedKind) -> Option<Blocked> {
        Some(match kind {
            BlockedKind::Assign(None) => Blocked::Assign(None),
            BlockedKind::Assign(Some(target)) => Blocked::Assign(Some(self.blocked_target(target)?)),
            BlockedKind::LeaveUnassigned => Blocked::LeaveUnassigned,
            BlockedKind::KeepOwner => Blocked::KeepOwner,
            BlockedKind::Set(field) => Blocked::Set(self.blocked_field(field.as_ref())?),
            BlockedKind::Clear(field) => Blocked::Clear(self.blocked_field(field.as_ref())?),
            BlockedKind::Add(field) => Blocked::Add(self.blocked_field(field.as_ref())?),
            BlockedKind::Remove(field) => Blocked::Remove(self.blocked_field(field.as_ref())?),
            BlockedKind::Task => Blocked::Task,
            BlockedKind::Notify => Blocked::Notify,
            BlockedKind::Email(template) => Blocked::Email(template.as_ref().map(|it| Text::from(it.text.as_str()))),
            BlockedKind::Call(name) => Blocked::Call(name.as_ref().map(|it| Text::from(it.text.as_str()))),
            BlockedKind::Start(name) => Blocked::Start(name.as_ref().map(|it| Text::from(it.text.as_str()))),
            BlockedKind::Accept => Blocked::Accept,
            BlockedKind::Reject => Blocked::Reject,
            BlockedKind::Error => return None,
        })
    }

    /// A guard names a target; one that is computed would be another for every record.
    fn blocked_target(&mut self, target: &ast::Target) -> Option<Recipient> {
        match &target.who {
            ast::Who::Name(_) => self.recipient(target),
            _ => {
                let found = format!("`{}`", self.written(target.span));
                let (context, expected) = ("`never assign`".to_owned(), "the name of a team, queue or user".to_owned());
                self.problem(TypeProblem::Expected { context, expected, found }, target.span);
                None
            }
        }
    }

    /// The outer `None` is a mistake, the inner one any field.
    fn blocked_field(&mut self, path: Option<&ast::Path>) -> Option<Option<Text>> {
        let Some(path) = path else { return Some(None) };
        if path.fields.is_empty() {
            let (context, expected) = ("`never`".to_owned(), "a field of the record".to_owned());
            self.problem(
                TypeProblem::Expected { context, expected, found: format!("`{}`", path_text(path)) },
                path.span,
            );
            return None;
        }
        self.writable(path)?;
        Some(Some(below(path)))
    }
}
