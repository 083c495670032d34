//! Teams, queues and users: their declarations, and the places where a target stands.

use diagnostics::problems::{ConditionProblem, NameProblem, TypeProblem};
use syntax::ast::{self, TargetKind, Who};
use values::{Text, Type, Value};

use super::path::place_of;
use super::{Checker, Meaning, check};
use crate::names::{Space, any_targets, find, names_in, nearest, target_word};
use crate::typed::{Expr, ExprKind as Typed, Recipient, Target};

/// Stands among the names that an item uses for every target: a computed one may name any.
pub(crate) const ANY_TARGET: &str = "*";

impl Checker<'_> {
    pub(super) fn target_declaration(&mut self, target: &ast::TargetDeclaration) -> Target {
        let members = self.team_members(target);
        Target { kind: target.kind, name: Text::from(target.name.text.as_str()), members }
    }

    /// Who receives something.
    pub(super) fn recipient(&mut self, target: &ast::Target) -> Option<Recipient> {
        match &target.who {
            Who::Assignee => Some(Recipient::Assignee),
            Who::Name(name) => self.named_target(target.kind, name),
            Who::Expr(expr) => self.computed_target(target.kind, expr),
        }
    }

    fn named_target(&mut self, kind: Option<TargetKind>, name: &ast::Name) -> Option<Recipient> {
        let Some(item) = find(self.db, Space::Target, &name.text) else {
            let any_declared = *any_targets(self.db);
            let suggestion = nearest(&name.text, names_in(self.db, Space::Target));
            let problem = NameProblem::UnknownTarget { name: name.text.clone(), suggestion, any_declared };
            self.problem(problem, name.span);
            return (!any_declared).then(|| Recipient::Undeclared { kind, name: Text::from(name.text.as_str()) });
        };
        self.used(Space::Target, &name.text);
        let Meaning::Target(declared) = &check(self.db, item).meaning else { return None };
        if let Some(written) = kind.filter(|kind| *kind != declared.kind) {
            let (declared, written) = (target_word(declared.kind).to_owned(), target_word(written).to_owned());
            self.problem(NameProblem::WrongTargetKind { name: name.text.clone(), declared, written }, name.span);
            return None;
        }
        let place = place_of(&mut self.symbols.targets, &Text::from(name.text.as_str()));
        Some(Recipient::Declared(place))
    }

    fn computed_target(&mut self, written_kind: Option<TargetKind>, expr: &ast::Expr) -> Option<Recipient> {
        let typed = self.expr(expr, None)?;
        let written = self.written(expr.span);
        let of_type = match &typed.ty {
            Type::User => Some(TargetKind::User),
            Type::Team => Some(TargetKind::Team),
            Type::Queue => Some(TargetKind::Queue),
            ty if ty.is_textual() => None,
            other => {
                let (context, expected) = ("a target".to_owned(), "a team, queue, user or address".to_owned());
                self.problem(TypeProblem::Expected { context, expected, found: other.with_article() }, expr.span);
                return None;
            }
        };
        self.target_labels(&typed, expr);
        if self.may_be_missing(&typed) {
            self.problem(ConditionProblem::TargetMayBeMissing { target: written.to_owned() }, expr.span);
        }
        Some(Recipient::Computed { kind: written_kind.or(of_type), value: typed, written: Text::from(written) })
    }

    /// Each value that a computed target of a closed type can have must be a declared target, or an address.
    fn target_labels(&mut self, typed: &Expr, expr: &ast::Expr) {
        let labels: Vec<Text> = match (&typed.kind, &typed.ty) {
            (Typed::Constant(Value::Text(text)), _) => vec![text.clone()],
            (_, Type::OneOf(labels)) => labels.to_vec(),
            _ => return self.used(Space::Target, ANY_TARGET),
        };
        let mut members = Vec::new();
        for label in &labels {
            match self.declared_target(label) {
                Some(name) => self.used(Space::Target, &name),
                None if label.contains('@') || !*any_targets(self.db) => {}
                None => members.push(label.to_string()),
            }
        }
        if !members.is_empty() {
            self.problem(TypeProblem::UndeclaredMember { members }, expr.span);
        }
    }

    /// The declared target that a text names, case aside.
    fn declared_target(&self, label: &str) -> Option<String> {
        let mut names = names_in(self.db, Space::Target);
        names.find(|name| values::text::equal_ignoring_case(name, label)).map(str::to_owned)
    }
}
