//! `assign`: who gets the record, how a member is chosen, and who is told when it is overdue.

use diagnostics::problems::{EffectProblem, SyntaxProblem, TypeProblem};
use syntax::ast::{self, TargetKind, Who};
use values::{Text, Type};

use super::Checker;
use super::build::now;
use crate::db::parsed;
use crate::loads::numbers;
use crate::names::{Space, find, target_word};
use crate::typed::{Deadline, Effect, Escalation, Expr, ExprKind as Typed, Loads, Recipient, Selection};

impl Checker<'_> {
    pub(super) fn assign(
        &mut self,
        target: &ast::Target,
        by: Option<&ast::Selection>,
        within: Option<&ast::Deadline>,
    ) -> Option<Effect> {
        if target.who == Who::Assignee {
            let (expected, found) = (vec!["a team, queue or user".to_owned()], "assignee".to_owned());
            self.problem(SyntaxProblem::Unexpected { expected, found, suggestion: None }, target.span);
            return None;
        }
        let recipient = self.recipient(target);
        if by.is_some() {
            self.members_to_choose(target, recipient.as_ref());
        }
        let by = self.selection(by);
        let within = self.deadline(within, &now());
        Some(Effect::Assign { target: recipient?, by: by?, within: within? })
    }

    /// The outer `None` is a mistake, the inner one no selection.
    pub(super) fn selection(&mut self, by: Option<&ast::Selection>) -> Option<Option<Selection>> {
        Some(match by {
            None => None,
            Some(ast::Selection::RoundRobin) => Some(Selection::RoundRobin),
            Some(ast::Selection::LeastLoaded(None)) => Some(Selection::LeastLoaded(None)),
            Some(ast::Selection::LeastLoaded(Some(from))) => Some(Selection::LeastLoaded(Some(self.loads(from)?))),
            Some(ast::Selection::HashOf(value)) => Some(Selection::HashOf(self.single_value(value, "`by hash of`")?)),
        })
    }

    /// A deadline that counts from an instant; each escalation's counts from the deadline before.
    pub(super) fn deadline(&mut self, deadline: Option<&ast::Deadline>, from: &Expr) -> Option<Option<Deadline>> {
        let Some(deadline) = deadline else { return Some(None) };
        let distance = self.distance(&deadline.within, "within");
        if let Some(distance) = &distance {
            self.missing_deadline(distance, &deadline.within, deadline.escalate.is_some());
        }
        let due = distance.and_then(|distance| self.moved("+", from.clone(), distance));
        let escalate = match &deadline.escalate {
            None => None,
            Some(escalation) => {
                let target = self.recipient(&escalation.target);
                let within = self.deadline(escalation.within.as_ref(), due.as_ref().unwrap_or(from));
                Some(Box::new(Escalation { target: target?, within: within? }))
            }
        };
        Some(Some(Deadline { due: due?, escalate }))
    }

    /// Warns where a deadline can come to nothing.
    pub(super) fn missing_deadline(&mut self, value: &Expr, written: &ast::Expr, escalates: bool) {
        if self.may_be_missing(value) {
            let within = self.written(written.span).to_owned();
            self.problem(EffectProblem::DeadlineMayBeMissing { within, escalates }, written.span);
        }
    }

    /// A member can be chosen only where there are some: of a declared team, or of what a computed name turns out to be.
    fn members_to_choose(&mut self, target: &ast::Target, recipient: Option<&Recipient>) {
        let what = match (recipient, &target.who) {
            (Some(Recipient::Declared(_)), Who::Name(name)) => match self.without_members(&name.text) {
                Some(what) => Some(what),
                None => return,
            },
            (Some(Recipient::Undeclared { kind, .. }), _) => {
                kind.filter(|kind| *kind != TargetKind::Team).map(target_word)
            }
            (Some(Recipient::Computed { kind: Some(kind), .. }), _) if *kind != TargetKind::Team => {
                Some(target_word(*kind))
            }
            (Some(Recipient::Computed { value: Expr { kind: Typed::Constant(_), .. }, kind: None, .. }), _) => {
                Some("user")
            }
            _ => return,
        };
        let name = self.written(target.span);
        let name = name.strip_prefix(what.unwrap_or("team")).map_or(name, str::trim_start).to_owned();
        self.problem(EffectProblem::NoMembers { name, what }, target.span);
    }

    /// What a declared target is, if it has no members.
    fn without_members(&self, name: &str) -> Option<&'static str> {
        let item = find(self.db, Space::Target, name)?;
        match &parsed(self.db, item).item {
            ast::Item::Target(declared) if declared.kind == TargetKind::Team && !declared.members.is_empty() => None,
            ast::Item::Target(declared) => Some(target_word(declared.kind)),
            _ => None,
        }
    }

    /// The column that tells what each member has already, which may be left out where a table has only one of numbers.
    fn loads(&mut self, from: &ast::Path) -> Option<Loads> {
        let table = from.root.text.as_str();
        let shape = self.reference(&from.root)?;
        let numbers: Vec<&Text> = numbers(&shape).map(|column| &column.name).collect();
        let column = match (from.fields.as_slice(), numbers.as_slice()) {
            ([], [only]) => (*only).clone(),
            ([], several) => {
                let columns = several.iter().map(ToString::to_string).collect();
                self.problem(EffectProblem::LoadColumn { table: table.to_owned(), columns }, from.span);
                return None;
            }
            ([name, ..], _) => match shape.columns.iter().find(|column| *column.name == *name.text) {
                None => return self.no_column(&shape, table, name),
                Some(column) if column.ty == Some(Type::Number) => column.name.clone(),
                Some(column) => {
                    let context = "the load of a member".to_owned();
                    let found = column.ty.as_ref()?.with_article();
                    self.problem(TypeProblem::Expected { context, expected: "a number".into(), found }, name.span);
                    return None;
                }
            },
        };
        if shape.key.ty == Some(Type::Number) {
            let context = format!("the key of `{table}`");
            let (expected, found) = ("a text".to_owned(), "a number".to_owned());
            self.problem(TypeProblem::Expected { context, expected, found }, from.root.span);
            return None;
        }
        Some(Loads { reference: Text::from(table), column })
    }
}
