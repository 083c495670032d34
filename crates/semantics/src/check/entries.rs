//! Lists: `list` items, and the entries after `in`, `any of` and `one of`.

use std::collections::HashSet;

use diagnostics::Severity;
use diagnostics::problems::{ConditionProblem, NameProblem, TypeProblem};
use syntax::ast::{self, Entry, ExprKind, Span};
use values::{Text, Type, Value};

use super::build::constant;
use super::{Checker, Meaning, Wanted, check};
use crate::data::file_values;
use crate::definitions::circle;
use crate::names::{Space, declares, find};
use crate::typed::{Expr, ExprKind as Typed};

/// The members of a named list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListMeaning {
    /// The type of every member.
    pub ty: Type,
    /// The single values.
    pub values: Vec<Value>,
    /// The ranges: least, greatest, and whether the greatest is outside.
    pub ranges: Vec<(Value, Value, bool)>,
}

/// Entries sorted by what can be done with them.
#[derive(Default)]
pub(super) struct Members {
    /// Values known before any record, without duplicates.
    pub(super) constants: Vec<Value>,
    /// Ranges: least, greatest, and whether the greatest is outside.
    pub(super) ranges: Vec<(Expr, Expr, bool)>,
    /// Anything else.
    pub(super) others: Vec<Expr>,
    /// The constants again, to find one among many: a list from a file may be long.
    known: HashSet<Value>,
    /// Whether there is a list whose members nobody knows, because something is wrong with it.
    unknown: bool,
}

impl Members {
    fn add(&mut self, value: Value) {
        if self.known.insert(value.clone()) {
            self.constants.push(value);
        }
    }
}

/// `list` items.
impl Checker<'_> {
    /// `list emea = "DE", "AT"`
    pub(super) fn list(&mut self, list: &ast::List) -> Option<ListMeaning> {
        if let Some(file) = &list.from {
            return self.list_from_file(file);
        }
        let mut meaning: Option<ListMeaning> = None;
        for entry in &list.entries {
            let found = self.list_entry(entry, meaning.as_ref().map(|meaning| &meaning.ty))?;
            match &mut meaning {
                None => meaning = Some(found),
                Some(all) => {
                    all.values.extend(found.values);
                    all.ranges.extend(found.ranges);
                }
            }
        }
        meaning
    }

    fn list_from_file(&mut self, file: &ast::Quoted) -> Option<ListMeaning> {
        match file_values(self.db, &file.text) {
            Ok(values) => Some(ListMeaning { ty: Type::Text, values, ranges: Vec::new() }),
            Err(reason) => {
                self.problem(NameProblem::UnreadableFile { file: file.text.clone(), reason }, file.span);
                None
            }
        }
    }

    fn list_entry(&mut self, entry: &Entry, ty: Option<&Type>) -> Option<ListMeaning> {
        match entry {
            Entry::One(one) => {
                if let Some(list) = self.named_list(one) {
                    return self.same_list_type(list?, ty, one.span);
                }
                let (value, found) = self.list_constant(one, ty)?;
                Some(ListMeaning { ty: found, values: vec![value], ranges: Vec::new() })
            }
            Entry::Range { low, high, exclusive, span } => {
                let (least, found) = self.list_constant(low, ty)?;
                let (most, _) = self.list_constant(high, Some(&found))?;
                self.range_order(&least, &most, (low, high), *span);
                Some(ListMeaning { ty: found, values: Vec::new(), ranges: vec![(least, most, *exclusive)] })
            }
        }
    }

    fn same_list_type(&mut self, list: ListMeaning, ty: Option<&Type>, span: Span) -> Option<ListMeaning> {
        match ty {
            Some(ty) if !ty.holds(&list.ty) => {
                let (expected, found) = (ty.with_article(), list.ty.with_article());
                self.problem(TypeProblem::Expected { context: "a member of the list".into(), expected, found }, span);
                None
            }
            _ => Some(list),
        }
    }

    fn list_constant(&mut self, expr: &ast::Expr, ty: Option<&Type>) -> Option<(Value, Type)> {
        let context = "a member of the list";
        let typed = match ty {
            None => self.present(expr, None)?,
            Some(ty) => {
                let typed = self.present(expr, Some(Wanted::new(ty, context)))?;
                self.fit(typed, ty, context, expr.span)?
            }
        };
        let ty = ty.unwrap_or(&typed.ty).clone();
        if let Typed::Constant(value) = self.fold(typed).kind {
            return Some((value, ty));
        }
        self.problem(TypeProblem::NotConstant { context: context.to_owned() }, expr.span);
        None
    }

    /// The list that a bare name stands for. The outer `None` says that it is no list's name.
    fn named_list(&mut self, expr: &ast::Expr) -> Option<Option<ListMeaning>> {
        let ExprKind::Path(path) = &expr.kind else { return None };
        let item = find(self.db, Space::Value, &path.root.text).filter(|_| path.fields.is_empty())?;
        if !declares(self.db, item, "list") {
            return None;
        }
        self.used(Space::Value, &path.root.text);
        if circle(self.db, item).is_some() {
            return Some(None);
        }
        match &check(self.db, item).meaning {
            Meaning::List(list) => Some(Some(list.clone())),
            _ => Some(None),
        }
    }

    /// The members of a list or the one value of a literal, for the labels of `one of` types.
    pub(crate) fn list_members(&mut self, expr: &ast::Expr) -> Option<Vec<Value>> {
        match self.named_list(expr) {
            Some(list) => list.map(|list| list.values),
            None => self.constant_value(expr, &Type::Text, "a label").map(|value| vec![value]),
        }
    }
}

/// Entries where they are compared with something.
impl Checker<'_> {
    /// The entries after `in`, made to fit what they are compared with.
    pub(super) fn members_of(&mut self, entries: &[Entry], wanted: Wanted<'_>, span: Span) -> Option<Members> {
        let mut members = Members::default();
        let before = self.found.len();
        for entry in entries {
            match entry {
                Entry::One(one) => self.one_member(one, wanted, &mut members),
                Entry::Range { low, high, exclusive, span } => {
                    let range = self.range_member((low, high), wanted, *span);
                    members.ranges.extend(range.map(|(low, high)| (low, high, *exclusive)));
                }
            }
        }
        self.say_once(before);
        let is_empty = members.constants.is_empty() && members.ranges.is_empty() && members.others.is_empty();
        let any_error = self.found.iter().skip(before).any(|found| found.problem.severity() == Severity::Error);
        if any_error || members.unknown || entries.is_empty() {
            return None;
        }
        if is_empty {
            let reason = format!("no member of the list is a value that `{}` can have", wanted.what);
            self.problem(ConditionProblem::AlwaysFalse { reason }, span);
        }
        Some(members)
    }

    /// Several entries that do not fit for the same reason are one mistake.
    fn say_once(&mut self, before: usize) {
        let mut said: Vec<_> = Vec::new();
        for found in self.found.split_off(before) {
            if !said.contains(&found.problem) {
                said.push(found.problem.clone());
                self.found.push(found);
            }
        }
    }

    fn one_member(&mut self, one: &ast::Expr, wanted: Wanted<'_>, members: &mut Members) {
        if let Some(list) = self.named_list(one) {
            match list {
                Some(list) => self.add_list(list, wanted, one.span, members),
                None => members.unknown = true,
            }
            return;
        }
        let typed = self.present(one, Some(wanted)).and_then(|typed| self.member_fit(typed, wanted, one.span));
        let Some(typed) = typed else { return };
        self.add_member(typed, wanted, members);
    }

    /// A named list may hold more than the field can be: what it cannot be is left out.
    fn add_list(&mut self, list: ListMeaning, wanted: Wanted<'_>, span: Span, members: &mut Members) {
        let values = list.values.iter().map(|value| constant(value.clone(), list.ty.clone()));
        let ends = list.ranges.iter().flat_map(|(low, high, _)| [low, high]);
        let ends = ends.map(|end| constant(end.clone(), list.ty.clone()));
        let fitted: Option<Vec<Expr>> = values.chain(ends).map(|one| self.member_fit(one, wanted, span)).collect();
        let Some(mut fitted) = fitted else { return };
        let mut ends = fitted.split_off(list.values.len()).into_iter();
        for value in fitted {
            self.add_member(value, wanted, members);
        }
        for (_, _, exclusive) in list.ranges {
            if let (Some(low), Some(high)) = (ends.next(), ends.next()) {
                members.ranges.push((low, high, exclusive));
            }
        }
    }

    /// A constant of the type that is wanted, or anything else. What is none of the labels of a `one of` is left out.
    fn add_member(&self, typed: Expr, wanted: Wanted<'_>, members: &mut Members) {
        let typed = self.fold(typed);
        match (&typed.kind, wanted.ty) {
            (Typed::Constant(value), Type::OneOf(labels)) => {
                declared_label(labels, value).into_iter().for_each(|label| members.add(label));
            }
            (Typed::Constant(_), Type::Date) if typed.ty == Type::DateTime => members.others.push(typed),
            (Typed::Constant(value), _) => members.add(value.clone()),
            _ => members.others.push(typed),
        }
    }

    fn range_member(
        &mut self,
        (low, high): (&ast::Expr, &ast::Expr),
        wanted: Wanted<'_>,
        span: Span,
    ) -> Option<(Expr, Expr)> {
        if !wanted.ty.is_ordered() {
            let left = format!("`{}` is {}", wanted.what, wanted.ty.with_article());
            let operator = wanted.operator.to_owned();
            self.problem(TypeProblem::Operands { operator, left, right: "a range".into() }, span);
            return None;
        }
        let least = self.range_end(low, wanted);
        let most = self.range_end(high, wanted);
        let (least, most) = (least?, most?);
        if let (Typed::Constant(least), Typed::Constant(most)) = (&least.kind, &most.kind) {
            self.range_order(least, most, (low, high), span);
        }
        Some((least, most))
    }

    fn range_end(&mut self, end: &ast::Expr, wanted: Wanted<'_>) -> Option<Expr> {
        let typed = self.present(end, Some(wanted))?;
        self.member_fit(typed, wanted, end.span).map(|typed| self.fold(typed))
    }

    fn range_order(&mut self, least: &Value, most: &Value, (low, high): (&ast::Expr, &ast::Expr), span: Span) {
        if values::compare::order(least, most).is_some_and(std::cmp::Ordering::is_gt) {
            let (low, high) = (self.written(low.span).to_owned(), self.written(high.span).to_owned());
            self.problem(ConditionProblem::EmptyRange { low, high, asked: true }, span);
        }
    }

    /// A member must be comparable with what is looked for.
    fn member_fit(&mut self, typed: Expr, wanted: Wanted<'_>, span: Span) -> Option<Expr> {
        match (&typed.ty, wanted.ty) {
            (Type::Date, Type::DateTime) => self.start_of_day(typed),
            (Type::DateTime, Type::Date) if wanted.operator != "contains" => Some(typed),
            (a, b) if a.may_differ_in_currency(b) => Some(typed),
            (a, b) if a == b && !matches!(a, Type::Record(_) | Type::List(_)) => Some(typed),
            (a, b) if a.is_textual() && b.is_textual() => Some(typed),
            (Type::AnchoredDuration, Type::Duration) => self.not_exact(span),
            (found, expected) => {
                let whole = wanted.whole.unwrap_or(expected);
                let left = format!("`{}` is {}", wanted.what, whole.with_article());
                let right = found.with_article();
                self.problem(TypeProblem::Operands { operator: wanted.operator.to_owned(), left, right }, span);
                None
            }
        }
    }
}

/// A label in its declared spelling.
fn declared_label(labels: &[Text], value: &Value) -> Option<Value> {
    let same = |label: &&Text| values::compare::equal(&Value::Text((*label).clone()), value, false);
    labels.iter().find(same).map(|label| Value::Text(label.clone()))
}
