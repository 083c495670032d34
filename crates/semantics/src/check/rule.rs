//! Rules, `otherwise` and definitions.

use std::cmp::Ordering;

use diagnostics::problems::{ConditionProblem, NameProblem, SyntaxProblem};
use syntax::ast;
use values::{Type, Value, compare};

use super::build::{comparison, truth};
use super::established::established;
use super::event::becoming;
use super::{Checker, LeafMeaning};
use crate::db::{Db, Item, parsed};
use crate::names::{Space, names_in, path_text};
use crate::schema::{Lookup, declared_field, field_names, is_declared};
use crate::sets::{SetRecord, misspelt_record, set_record};
use crate::typed::{Comparison, Effect, Expr, ExprKind};
use crate::walk::paths;

/// What a rule or an `otherwise` means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleMeaning {
    /// The record type that it decides.
    pub record: String,
    /// When it fires; none for `otherwise`.
    pub condition: Option<Expr>,
    /// The single conditions in it.
    pub leaves: Vec<LeafMeaning>,
    /// What it does.
    pub effects: Vec<Effect>,
    /// Whether it is switched off.
    pub disabled: bool,
}

impl<'db> Checker<'db> {
    pub(super) fn define(&mut self, define: &ast::Define) -> Option<Expr> {
        self.enter_derived(&define.path)?;
        let value = self.expr(&define.value, None)?;
        let value = self.no_records(value, "a derived value", define.value.span)?;
        self.expr_with_room(value, define.value.span)
    }

    /// Makes the record of a derived value the root of paths. The value's name must not be a stored field's.
    pub(super) fn enter_derived(&mut self, path: &ast::Path) -> Option<()> {
        self.enter_record(&path.root)?;
        self.new_field(path);
        Some(())
    }

    /// Makes a record that the item names the root of paths.
    pub(super) fn enter_record(&mut self, record: &ast::Name) -> Option<()> {
        self.enter(&record.text, record.span)?;
        self.settled = true;
        Some(())
    }

    /// Says so when a derived value has the name of a stored field.
    pub(super) fn new_field(&mut self, path: &ast::Path) {
        let root = &path.root.text;
        let names: Vec<String> = path.fields.iter().map(|name| name.text.clone()).collect();
        if let Lookup::Stored(_) = declared_field(self.db, root, &names) {
            let problem = NameProblem::Duplicate { what: "field".into(), name: path_text(path) };
            self.problem(problem, path.span);
        }
    }

    pub(super) fn rule(&mut self, item: Item<'db>, rule: &ast::Rule) -> Option<RuleMeaning> {
        let record = self.decided(item, rule.span)?;
        let (condition, leaves) = self.condition_with_leaves(&rule.condition);
        let condition = condition.and_then(|condition| self.expr_with_room(condition, rule.condition.span));
        self.present = condition.as_ref().map(established).unwrap_or_default();
        let effects = self.effects(&rule.effects);
        let in_force = rule.effective.as_ref().map_or(Some(Vec::new()), |days| self.in_force(days));
        let condition =
            condition.map(|condition| if becomes_true(self.db, item) { becoming(condition) } else { condition });
        let condition = Some(all_of(in_force?, condition?));
        let effects = effects?;
        Some(RuleMeaning { record, condition, leaves, effects, disabled: rule.disabled.is_some() })
    }

    /// The tests of today that effective dates stand for.
    pub(super) fn in_force(&mut self, days: &ast::Effective) -> Option<Vec<Expr>> {
        let mut tests = Vec::new();
        let mut known = Vec::new();
        for (day, operator) in [(&days.from, Comparison::GreaterOrEqual), (&days.until, Comparison::LessOrEqual)] {
            let Some(day) = day else { continue };
            let typed = self.expect(day, &Type::Date, "the effective date")?;
            known.push((typed.clone(), day.span));
            let today = Expr { kind: ExprKind::Today, ty: Type::Date, optional: false };
            tests.push(comparison(operator, today, typed));
        }
        if let [
            (Expr { kind: ExprKind::Constant(first), .. }, from),
            (Expr { kind: ExprKind::Constant(last), .. }, until),
        ] = known.as_slice()
            && compare::order(first, last) == Some(Ordering::Greater)
        {
            let (low, high) = (self.written(*from).to_owned(), self.written(*until).to_owned());
            self.problem(ConditionProblem::EmptyRange { low, high, asked: false }, days.span);
        }
        Some(tests)
    }

    pub(super) fn otherwise(&mut self, item: Item<'db>, otherwise: &ast::Otherwise) -> Option<RuleMeaning> {
        if item.set(self.db).is_none() {
            if parsed(self.db, item).problems.is_empty() {
                self.problem(SyntaxProblem::StrayOtherwise, otherwise.span);
            }
            return None;
        }
        let record = self.decided(item, otherwise.span)?;
        let effects = self.effects(&otherwise.effects)?;
        Some(RuleMeaning { record, condition: None, leaves: Vec::new(), effects, disabled: false })
    }

    /// The record type that a rule decides: its set's, or else its own only root.
    pub(super) fn decided(&mut self, item: Item<'db>, span: ast::Span) -> Option<String> {
        match set_record(self.db, item) {
            SetRecord::Known { record, at } => {
                let record = record.clone();
                self.settled = at.is_none();
                self.enter(&record, at.unwrap_or(span)).map(|()| record)
            }
            SetRecord::None if parsed(self.db, item).problems.is_empty() => {
                match self.field_without_record(item) {
                    Some((problem, at)) => self.problem(problem, at),
                    None => self.problem(NameProblem::NoRecord, span),
                }
                None
            }
            SetRecord::None | SetRecord::Reported => None,
        }
    }

    /// A field that was written without its record, in a rule that reads no record.
    fn field_without_record(&self, item: Item<'db>) -> Option<(NameProblem, ast::Span)> {
        let ast::Item::Rule(rule) = &parsed(self.db, item).item else { return None };
        let mut found = Vec::new();
        paths(&rule.condition, &mut found);
        let records: Vec<&str> = names_in(self.db, Space::Value).filter(|name| is_declared(self.db, name)).collect();
        found.into_iter().filter(|path| path.fields.is_empty()).find_map(|path| {
            let name = &path.root.text;
            let holds = |record: &&&str| field_names(self.db, record).contains(name);
            let suggestion = records.iter().find(holds).map(|record| format!("{record}.{name}"))?;
            let problem = NameProblem::UnknownName { name: name.clone(), suggestion: Some(suggestion) };
            Some((problem, path.span))
        })
    }

    /// Makes a record type the root of paths. An undeclared one is inferred, unless it looks like a declared one misspelt.
    pub(super) fn enter(&mut self, record: &str, span: ast::Span) -> Option<()> {
        if let Some(suggestion) = misspelt_record(self.db, record) {
            let problem = NameProblem::UnknownRecord { name: record.to_owned(), suggestion: Some(suggestion) };
            self.problem(problem, span);
            return None;
        }
        self.record = Some(record.to_owned());
        Some(())
    }
}

/// Whether the rules of an item's set fire when their condition comes true.
fn becomes_true<'db>(db: &'db dyn Db, item: Item<'db>) -> bool {
    let trigger = item.set(db).and_then(|header| match &parsed(db, header).item {
        ast::Item::Rules(rules) => rules.trigger.as_ref(),
        _ => None,
    });
    trigger.is_some_and(|trigger| trigger.kind == ast::TriggerKind::Becoming)
}

/// A condition behind tests that must hold too.
pub(super) fn all_of(mut tests: Vec<Expr>, condition: Expr) -> Expr {
    if tests.is_empty() {
        return condition;
    }
    match condition.kind {
        ExprKind::And(members) => tests.extend(members),
        ExprKind::Constant(Value::Truth(true)) => {}
        kind => tests.push(truth(kind)),
    }
    if tests.len() > 1 { truth(ExprKind::And(tests)) } else { tests.remove(0) }
}
