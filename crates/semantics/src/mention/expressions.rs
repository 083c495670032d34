//! The names in expressions and conditions.

use syntax::ast::{Each, Entry, Expr, ExprKind, Name, Path};

use super::{Kind, Role, Thing, Variable, Walk, origin};
use crate::schema::{EACH, FieldPath};
use crate::walk::{entry_parts, parts};

impl Walk<'_> {
    pub(super) fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Path(path) => return self.path(path, Role::Reads),
            ExprKind::Event { value, .. } => {
                // `lead is new`: a record type alone, which no other expression can be.
                if let ExprKind::Path(Path { root, fields, .. }) = &value.kind
                    && fields.is_empty()
                {
                    self.record(root);
                }
            }
            ExprKind::Call { function, .. } => self.reads(Kind::Function, function),
            ExprKind::Over { function, item, each } => {
                self.reads(Kind::Function, function);
                return self.each(&item.as_deref().into_iter().collect::<Vec<_>>(), each);
            }
            ExprKind::Lookup { reference, fields, .. } => {
                self.record(reference);
                self.names_below(&reference.text, &[], fields, Role::Reads);
            }
            ExprKind::Duration { calendar: Some(calendar), .. } | ExprKind::During { calendar, .. } => {
                self.reads(Kind::Calendar, calendar);
            }
            _ => {}
        }
        parts(expr).into_iter().for_each(|part| self.expr(part));
    }

    pub(super) fn entries(&mut self, entries: &[Entry]) {
        entries.iter().flat_map(entry_parts).for_each(|part| self.expr(part));
    }

    /// What is said of each item of a list.
    pub(super) fn each(&mut self, said: &[&Expr], each: &Each) {
        self.expr(&each.list);
        let thing = Thing::of(Kind::Variable, &each.variable.span.start.to_string(), &each.variable.text);
        self.put(thing.clone(), each.variable.span, Role::Declares);
        let path = self.list_path(&each.list);
        self.variables.push(Variable { name: each.variable.text.clone(), thing, path });
        said.iter().copied().chain(each.filter.as_deref()).for_each(|part| self.expr(part));
        self.variables.pop();
    }

    /// The record type in which a list lies, and the names from there to its items.
    fn list_path(&self, list: &Expr) -> Option<(String, Vec<String>)> {
        match &list.kind {
            ExprKind::Group(inner) => self.list_path(inner),
            ExprKind::Path(path) => {
                let (record, mut names) = match self.variable(&path.root.text) {
                    Some(variable) => variable.path.clone()?,
                    None => (path.root.text.clone(), Vec::new()),
                };
                names.extend(path.fields.iter().map(|name| name.text.clone()));
                names.push(EACH.to_owned());
                Some((record, names))
            }
            _ => None,
        }
    }

    fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().rev().find(|variable| variable.name == name)
    }

    /// A path; what it leads to is read or written, what it leads through is read.
    pub(super) fn path(&mut self, path: &Path, role: Role) {
        if let Some(variable) = self.variable(&path.root.text) {
            let (thing, around) = (variable.thing.clone(), variable.path.clone());
            self.put(thing, path.root.span, Role::Reads);
            if let Some((record, names)) = around {
                self.names_below(&record, &names, &path.fields, role);
            }
        } else if path.fields.is_empty() {
            self.value(&path.root);
        } else {
            self.record(&path.root);
            self.names_below(&path.root.text, &[], &path.fields, role);
        }
    }

    fn names_below(&mut self, record: &str, around: &[String], fields: &[Name], role: Role) {
        let mut names = around.to_vec();
        for (place, field) in fields.iter().enumerate() {
            names.push(field.text.clone());
            let role = if place + 1 == fields.len() { role } else { Role::Reads };
            self.field(record, &names, field, role);
        }
    }

    /// The field at the end of the names below a record type.
    pub(super) fn field(&mut self, record: &str, names: &[String], at: &Name, role: Role) {
        let path = FieldPath::new(self.db, record.to_owned(), names.to_vec());
        if let Some(thing) = origin(self.db, path).clone() {
            self.put(thing, at.span, role);
        }
    }
}
