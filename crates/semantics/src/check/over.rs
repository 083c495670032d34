//! Functions that go through a list item by item: `any(a in lead.activities where a.type is "demo")`.
//!
//! Two forms are enough for all of them: whether there is an item, and what is gathered from the items. `all` asks for
//! an item that does not, `sum` adds up what is gathered. [`Checker::for_each`] is the door for whatever goes through a
//! list.

use diagnostics::problems::{NameProblem, SyntaxProblem, TypeProblem};
use syntax::ast::{self, Each, ExprKind, Name, Path, Span};
use values::Type;
use values::builtins::{self, Mismatch};

use limits::fixed::LOOPS;

use super::Checker;
use super::build::{applied, negated};
use super::established::established;
use super::path::place_of;
use crate::names::{Space, find, nearest};
use crate::schema::{EACH, FieldPath, Lookup, field};
use crate::typed::{Expr, ExprKind as Typed, Fold};

/// The functions that go through a list.
const FUNCTIONS: [&str; 10] = ["any", "all", "none", "count", "sum", "min", "max", "average", "first", "last"];

/// An item of a list that is being gone through.
pub(super) struct Variable {
    /// What it is called.
    pub(super) name: String,
    /// Its type.
    ty: Type,
    /// For a record: the names from the decided record down to it, `["activities", "[]"]`.
    path: Vec<String>,
}

/// What is known of a list that is gone through.
pub(super) struct Items<T> {
    /// The list.
    pub(super) list: Expr,
    /// Which of its items count.
    pub(super) filter: Option<Expr>,
    /// What was made of an item.
    pub(super) made: T,
}

impl Checker<'_> {
    /// A function of the items of a list.
    pub(super) fn over(&mut self, function: &Name, item: Option<&ast::Expr>, each: &Each, span: Span) -> Option<Expr> {
        match (function.text.as_str(), item) {
            ("any", None) => self.any(each, false),
            ("none", None) => self.any(each, false).map(|any| negated(any, true)),
            ("all", None) if each.filter.is_some() => self.any(each, true).map(|other| negated(other, true)),
            ("any" | "all" | "none", item) => self.no_condition(&function.text, item, span),
            ("count", None) => {
                let items = self.for_each(each, |_| Some(()))?;
                Some(self.fold_items(Fold::Count, items.list, items.filter, None, Type::Number))
            }
            (name, item) if FUNCTIONS.contains(&name) => self.of_items(function, item, each),
            _ => self.no_function_of_items(function),
        }
    }

    /// Goes through a list: checks its condition and what `make` says of an item.
    pub(super) fn for_each<T>(&mut self, each: &Each, make: impl FnOnce(&mut Self) -> Option<T>) -> Option<Items<T>> {
        let list = self.expr(&each.list, None)?;
        let variable = self.item_of(&list, each)?;
        self.free_name(&each.variable)?;
        let before = self.present.clone();
        self.variables.push(variable);
        let filter = each.filter.as_deref().map(|filter| self.condition(filter));
        self.present.extend(filter.iter().flatten().flat_map(established));
        let made = make(self);
        self.variables.pop();
        self.present = before;
        Some(Items { list, filter: filter.map_or(Some(None), |filter| filter.map(Some))?, made: made? })
    }

    /// Whether there is an item that meets the condition, or one that does not.
    fn any(&mut self, each: &Each, opposite: bool) -> Option<Expr> {
        let items = self.for_each(each, |_| Some(()))?;
        let filter = items.filter.map(|filter| negated(filter, opposite));
        Some(self.fold_items(Fold::Any, items.list, filter, None, Type::Truth))
    }

    /// A function of a list that is given what is taken of each item.
    fn of_items(&mut self, function: &Name, item: Option<&ast::Expr>, each: &Each) -> Option<Expr> {
        let items = self.for_each(each, |checker| match item {
            Some(item) => checker.expr(item, None),
            None => checker.whole_item(&function.text, each),
        })?;
        let (value, at) = (items.made, item.map_or(each.variable.span, |item| item.span));
        let gathered = Type::List(Box::new(value.ty.clone()));
        let (builtin, ty) = match builtins::function(&function.text, std::slice::from_ref(&gathered)) {
            Ok(found) if !matches!(value.ty, Type::List(_) | Type::Record(_)) => found,
            found => return self.misfit_item(function, &value.ty, found.err(), at),
        };
        if function.text == "first" {
            return Some(self.fold_items(Fold::First, items.list, items.filter, Some(value), ty));
        }
        let gathered = self.fold_items(Fold::Gather, items.list, items.filter, Some(value), gathered);
        Some(applied(builtin, ty, vec![gathered]))
    }

    pub(super) fn fold_items(
        &self,
        fold: Fold,
        list: Expr,
        filter: Option<Expr>,
        item: Option<Expr>,
        ty: Type,
    ) -> Expr {
        let level = u32::try_from(self.variables.len()).unwrap_or(u32::MAX);
        let (list, filter, item) = (Box::new(list), filter.map(Box::new), item.map(Box::new));
        Expr { kind: Typed::Fold { fold, level, list, filter, item }, ty, optional: fold == Fold::First }
    }

    /// An item of plain values; of a record nobody knows what is meant.
    fn whole_item(&mut self, function: &str, each: &Each) -> Option<Expr> {
        let name = &each.variable.text;
        let level = self.variables.len().checked_sub(1)?;
        let variable = self.variables.get(level)?;
        if let Type::Record(_) = variable.ty {
            let (context, expected) = (
                format!("`{function}`"),
                format!("a field of each item, as in `{function}({name}.… for {name} in …)`"),
            );
            self.problem(TypeProblem::Expected { context, expected, found: "a record".to_owned() }, each.variable.span);
            return None;
        }
        Some(element(level, None, variable.ty.clone(), false))
    }

    fn misfit_item(&mut self, function: &Name, ty: &Type, found: Option<Mismatch>, at: Span) -> Option<Expr> {
        let expected = match found {
            Some(Mismatch::Argument { expected, .. }) => expected.replace("list of ", "").replace("numbers", "number"),
            _ => "a single value".to_owned(),
        };
        let context = format!("what `{}` takes of each item", function.text);
        self.problem(TypeProblem::Expected { context, expected, found: ty.with_article() }, at);
        None
    }

    /// `any` and its like ask a condition of each item and take nothing of it.
    fn no_condition(&mut self, function: &str, item: Option<&ast::Expr>, span: Span) -> Option<Expr> {
        let signature = format!("{function}(item in list where condition)");
        let found = 1 + usize::from(item.is_some());
        self.problem(TypeProblem::ArgumentCount { function: function.to_owned(), signature, found }, span);
        None
    }

    fn no_function_of_items(&mut self, function: &Name) -> Option<Expr> {
        let name = function.text.clone();
        let problem = if builtins::names().any(|known| known == name) {
            let (is, expected) =
                ("a function of single values", "a function of lists, such as `any`, `count` or `sum`,");
            NameProblem::WrongPlace { name, is: is.to_owned(), expected: expected.to_owned() }
        } else {
            let suggestion = nearest(&name, FUNCTIONS.into_iter());
            NameProblem::UnknownFunction { name, suggestion }
        };
        self.problem(problem, function.span);
        None
    }

    /// What an item of a list is.
    fn item_of(&mut self, list: &Expr, each: &Each) -> Option<Variable> {
        if self.variables.len() >= usize::from(LOOPS) {
            self.problem(SyntaxProblem::NestingLimit { limit: LOOPS.into() }, each.variable.span);
            return None;
        }
        let mut expected = "a list";
        if let Type::List(member) = &list.ty {
            let path = match **member {
                Type::Record(_) => self.list_path(&each.list),
                _ => Some(Vec::new()),
            };
            if let Some(path) = path {
                return Some(Variable { name: each.variable.text.clone(), ty: (**member).clone(), path });
            }
            expected = "the field that holds the records";
        }
        let (context, found) = ("what follows `in`".to_owned(), list.ty.with_article());
        let expected = expected.to_owned();
        self.problem(TypeProblem::Expected { context, expected, found }, each.list.span);
        None
    }

    /// Where the records of a list are found, below the decided record.
    fn list_path(&self, list: &ast::Expr) -> Option<Vec<String>> {
        match &list.kind {
            ExprKind::Group(inner) => self.list_path(inner),
            ExprKind::Path(path) => {
                let around = self.variable(&path.root.text).and_then(|level| self.variables.get(level));
                let mut names = around.map(|variable| variable.path.clone()).unwrap_or_default();
                names.extend(path.fields.iter().map(|name| name.text.clone()));
                names.push(EACH.to_owned());
                Some(names)
            }
            _ => None,
        }
    }

    /// An item's name must not be that of anything else.
    fn free_name(&mut self, name: &Name) -> Option<()> {
        let taken = self.variable(&name.text).is_some()
            || self.record.as_deref() == Some(&name.text)
            || find(self.db, Space::Value, &name.text).is_some();
        if taken {
            let what = "thing called".to_owned();
            self.problem(NameProblem::Duplicate { what, name: name.text.clone() }, name.span);
            return None;
        }
        Some(())
    }

    /// How deep the list lies whose items have this name.
    pub(super) fn variable(&self, name: &str) -> Option<usize> {
        self.variables.iter().position(|variable| variable.name == name)
    }

    /// An item of a list, or a field of it.
    pub(super) fn element(&mut self, level: usize, path: &Path) -> Option<Expr> {
        let variable = self.variables.get(level)?;
        let (ty, is_record) = (variable.ty.clone(), matches!(variable.ty, Type::Record(_)));
        match (path.fields.as_slice(), is_record) {
            ([], false) => Some(element(level, None, ty, false)),
            ([], true) => {
                let (name, is) = (path.root.text.clone(), "a record".to_owned());
                let problem = NameProblem::WrongPlace { name, is, expected: "a value".to_owned() };
                self.problem(problem, path.span);
                None
            }
            ([first, ..], false) => {
                let (record, field) = (path.root.text.clone(), first.text.clone());
                let problem = NameProblem::UnknownField { record, field, suggestion: None, known: Vec::new() };
                self.problem(problem, first.span);
                None
            }
            (fields, true) => {
                let mut names = variable.path.clone();
                names.extend(fields.iter().map(|name| name.text.clone()));
                self.field_of_item(level, names, path)
            }
        }
    }

    fn field_of_item(&mut self, level: usize, names: Vec<String>, path: &Path) -> Option<Expr> {
        let record = self.record.clone()?;
        let found = field(self.db, FieldPath::new(self.db, record, names)).clone();
        let Lookup::Stored(found) = self.known_field(found, path)? else { return None };
        let place = place_of(&mut self.symbols.fields, &found.name);
        Some(element(level, Some(place), found.ty.clone()?, found.may_be_missing()))
    }
}

fn element(level: usize, field: Option<u32>, ty: Type, optional: bool) -> Expr {
    Expr { kind: Typed::Element { level: u32::try_from(level).unwrap_or(u32::MAX), field }, ty, optional }
}
