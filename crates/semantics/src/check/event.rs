//! What an event changed: `changed`, `was`, `becomes`, `is new`, `previous`.
//!
//! Each of them is said by three things: whether the event has made the record, whether the record before is known, and a
//! value on that record. Where the record before is not known, nothing has changed and nothing was anything.

use diagnostics::problems::TypeProblem;
use syntax::ast::{self, Entry, EventTest, ExprKind, Span};
use values::{Type, Value};

use super::build::{comparison, negated, truth};
use super::{Checker, Wanted};
use crate::typed::{Comparison, Expr, ExprKind as Typed};
use crate::walk::parts;

impl Checker<'_> {
    pub(super) fn event_test(&mut self, expr: &ast::Expr) -> Option<Expr> {
        let ExprKind::Event { test, negated: not, value, from, to } = &expr.kind else { return None };
        let found = match test {
            EventTest::New => self.is_new(value)?,
            EventTest::Changed => self.changed(value, from, to, expr.span)?,
            EventTest::Was => {
                let before = previous(self.event_value(value)?);
                let test = self.one_of(&before, value, from, expr.span)?;
                all(vec![has_before(), test])
            }
            EventTest::Becomes => {
                let now = self.event_value(value)?;
                becoming(self.one_of(&now, value, to, expr.span)?)
            }
        };
        Some(negated(found, *not))
    }

    /// `previous(lead.score)`
    pub(super) fn previous(&mut self, arguments: &[ast::Expr], span: Span) -> Option<Expr> {
        let [only] = arguments else {
            let (function, found) = ("previous".to_owned(), arguments.len());
            self.problem(TypeProblem::ArgumentCount { function, signature: "previous(value)".into(), found }, span);
            return None;
        };
        self.event_value(only).map(previous)
    }

    /// What can be compared with what it was: a single value, or a list of them.
    fn event_value(&mut self, value: &ast::Expr) -> Option<Expr> {
        if self.reads_item(value) {
            let (context, found) = ("the value before the event".to_owned(), "a part of an item of a list".to_owned());
            let expected = "a value of the record itself".to_owned();
            self.problem(TypeProblem::Expected { context, expected, found }, value.span);
            return None;
        }
        self.single_value(value, "the value before the event")
    }

    /// Whether something is read from an item of a list that is gone through: which item it was before nobody knows.
    fn reads_item(&self, value: &ast::Expr) -> bool {
        let is_item = |name: &str| self.variables.iter().any(|variable| variable.name == name);
        match &value.kind {
            ExprKind::Path(path) => is_item(&path.root.text),
            _ => parts(value).into_iter().any(|part| self.reads_item(part)),
        }
    }

    fn is_new(&mut self, value: &ast::Expr) -> Option<Expr> {
        let is_record = |name: &str| self.record.as_deref() == Some(name);
        if let ExprKind::Path(path) = &value.kind
            && path.fields.is_empty()
            && is_record(&path.root.text)
        {
            return Some(truth(Typed::IsNew));
        }
        let record = self.record.clone().unwrap_or_else(|| "lead".to_owned());
        let (context, expected) = ("`is new`".to_owned(), format!("the record itself, `{record}`"));
        let found = format!("`{}`", self.written(value.span));
        self.problem(TypeProblem::Expected { context, expected, found }, value.span);
        None
    }

    /// From missing to something is a change; from missing to missing is none.
    fn changed(&mut self, value: &ast::Expr, from: &[Entry], to: &[Entry], span: Span) -> Option<Expr> {
        let now = self.event_value(value)?;
        let before = previous(now.clone());
        let mut same = vec![comparison(Comparison::Equal, now.clone(), before.clone())];
        if now.optional {
            let missing = |value: &Expr| truth(Typed::IsMissing(Box::new(value.clone())));
            same.push(all(vec![missing(&now), missing(&before)]));
        }
        let same = if same.len() == 1 { same.remove(0) } else { truth(Typed::Or(same)) };
        let mut tests = vec![has_before(), negated(same, true)];
        if !from.is_empty() {
            tests.push(self.one_of(&before, value, from, span)?);
        }
        if !to.is_empty() {
            tests.push(self.one_of(&now, value, to, span)?);
        }
        Some(all(tests))
    }

    /// Whether a value is one of a list in which `missing` may stand.
    fn one_of(&mut self, typed: &Expr, value: &ast::Expr, entries: &[Entry], span: Span) -> Option<Expr> {
        let is_missing = |entry: &&Entry| matches!(entry, Entry::One(one) if one.kind == ExprKind::Missing);
        let listed: Vec<Entry> = entries.iter().filter(|entry| !is_missing(entry)).cloned().collect();
        let mut parts = Vec::new();
        if !listed.is_empty() {
            let what = self.written(value.span);
            let members = self.members_of(&listed, Wanted::new(&typed.ty, what), span)?;
            parts.push(self.membership(typed, members)?);
        }
        if listed.len() < entries.len() {
            parts.push(truth(Typed::IsMissing(Box::new(typed.clone()))));
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { truth(Typed::Or(parts)) })
    }
}

/// A condition that holds now and did not before; on a new record it did not hold before.
pub(super) fn becoming(condition: Expr) -> Expr {
    let before = previous(condition.clone());
    let held = truth(Typed::Holds(Box::new(before)));
    let ceased = all(vec![has_before(), negated(held, true)]);
    let is_new = truth(Typed::IsNew);
    if condition.kind == Typed::Constant(Value::Truth(true)) {
        return is_new;
    }
    all(vec![condition, truth(Typed::Or(vec![is_new, ceased]))])
}

fn has_before() -> Expr {
    truth(Typed::HasBefore)
}

/// A value on the record before the event. Looking back twice sees nothing more.
fn previous(value: Expr) -> Expr {
    let ty = value.ty.clone();
    Expr { kind: Typed::Previous(Box::new(value)), ty, optional: true }
}

fn all(tests: Vec<Expr>) -> Expr {
    let flat = tests.into_iter().flat_map(|test| match test.kind {
        Typed::And(members) => members,
        kind => vec![Expr { kind, ty: Type::Truth, optional: test.optional }],
    });
    truth(Typed::And(flat.collect()))
}
