//! What an expression will be, as far as its form tells.

use syntax::ast::{self, Arithmetic, Entry, Expr, ExprKind, Path};
use values::Type;
use values::builtins;

use super::Walk;
use crate::db::{Item, parsed};
use crate::names::{Space, find, path_text};
use crate::reference::shape;
use crate::table_file::grid;

/// How far a hint follows constants and definitions.
const DEEPEST: usize = 8;

impl Walk<'_> {
    /// The type of an expression, seen from outside.
    pub(super) fn hint(&self, expr: &Expr) -> Option<Type> {
        self.hint_below(expr, 0)
    }

    /// The type of a list's entry.
    pub(super) fn entry_hint(&self, entry: &Entry) -> Option<Type> {
        crate::walk::entry_parts(entry).into_iter().find_map(|part| self.hint(part))
    }

    fn hint_below(&self, expr: &Expr, depth: usize) -> Option<Type> {
        if depth > DEEPEST {
            return None;
        }
        match &expr.kind {
            ExprKind::Number(_) => Some(Type::Number),
            ExprKind::Negate(inner) => self.hint_below(inner, depth).or(Some(Type::Number)),
            ExprKind::Money { .. } => Some(Type::Money(None)),
            ExprKind::Duration { .. } => Some(Type::Duration),
            ExprKind::Date(_) | ExprKind::DateTime(_) | ExprKind::Now | ExprKind::Today => Some(Type::DateTime),
            ExprKind::Text(_) => Some(Type::Text),
            ExprKind::Group(inner) => self.hint_below(inner, depth),
            ExprKind::If { then: first, otherwise: second, .. }
            | ExprKind::Default { value: second, fallback: first } => {
                self.hint_below(first, depth).or_else(|| self.hint_below(second, depth))
            }
            ExprKind::Call { function, arguments } => builtins::result_hint(&function.text)
                .or_else(|| arguments.first().and_then(|first| self.hint_below(first, depth))),
            ExprKind::Lookup { reference, fields, .. } => self.column(&reference.text, fields.first()?),
            ExprKind::Over { function, item, .. } => match (function.text.as_str(), item) {
                ("any" | "all" | "none", _) => Some(Type::Truth),
                ("count" | "sum" | "average", _) => Some(Type::Number),
                (_, item) => item.as_ref().and_then(|item| self.hint_below(item, depth)),
            },
            ExprKind::Arithmetic { operator, left, right } => {
                arithmetic(*operator, self.hint_below(left, depth), self.hint_below(right, depth))
            }
            ExprKind::Path(path) if path.fields.is_empty() => self.constant(&path.root.text, depth),
            ExprKind::Path(path) => self.definition(path, depth),
            ExprKind::Missing | ExprKind::Error | ExprKind::Time(_) | ExprKind::Pattern(_) => None,
            _ => Some(Type::Truth),
        }
    }

    /// The type of a column of reference data.
    fn column(&self, reference: &str, column: &ast::Name) -> Option<Type> {
        let shape = shape(self.db, find(self.db, Space::Value, reference)?).as_ref()?;
        shape.columns.iter().find(|known| *known.name == *column.text)?.ty.clone()
    }

    /// The type of the keys of reference data.
    pub(super) fn key(&self, reference: &str) -> Option<Type> {
        let shape = shape(self.db, find(self.db, Space::Value, reference)?).as_ref()?;
        shape.key.ty.clone()
    }

    fn constant(&self, name: &str, depth: usize) -> Option<Type> {
        match &parsed(self.db, find(self.db, Space::Value, name)?).item {
            ast::Item::Let(constant) => self.hint_below(&constant.value, depth + 1),
            ast::Item::List(list) => match list.entries.first() {
                Some(Entry::One(one) | Entry::Range { low: one, .. }) => self.hint_below(one, depth + 1),
                None => list.from.as_ref().map(|_| Type::Text),
            },
            _ => None,
        }
    }

    fn definition(&self, path: &Path, depth: usize) -> Option<Type> {
        let item = find(self.db, Space::Derived, &path_text(path))?;
        match &parsed(self.db, item).item {
            ast::Item::Define(define) => self.hint_below(&define.value, depth + 1),
            ast::Item::Score(_) => Some(Type::Number),
            ast::Item::Table(_) => self.output(item, path, depth),
            ast::Item::Decide(decide) => decide.lines.iter().find_map(|line| self.hint_below(&line.value, depth + 1)),
            _ => None,
        }
    }
}

impl Walk<'_> {
    fn output(&self, item: Item<'_>, path: &Path, depth: usize) -> Option<Type> {
        let is_it = |column: &ast::Column| match &column.heading {
            ast::Heading::Output(output) => path_text(output) == path_text(path),
            _ => false,
        };
        let grid = grid(self.db, item)?;
        let place = grid.columns.iter().position(is_it)?;
        let mut cells = grid.rows.iter().filter_map(|row| row.cells.get(place));
        cells.find_map(|cell| match &cell.kind {
            ast::CellKind::Value(value) => self.hint_below(value, depth + 1),
            _ => None,
        })
    }
}

/// The type of a sum, difference, product …, from what is known of its operands.
fn arithmetic(operator: Arithmetic, left: Option<Type>, right: Option<Type>) -> Option<Type> {
    let moment = |ty: &Option<Type>| *ty == Some(Type::DateTime);
    let money = |ty: &Option<Type>| *ty == Some(Type::Money(None));
    match operator {
        Arithmetic::Add if moment(&left) || moment(&right) => Some(Type::DateTime),
        Arithmetic::Subtract if moment(&left) && right == Some(Type::Duration) => Some(Type::DateTime),
        Arithmetic::Subtract if moment(&left) || moment(&right) => Some(Type::Duration),
        Arithmetic::Add | Arithmetic::Subtract if left.is_none() && right == Some(Type::Duration) => None,
        Arithmetic::Add | Arithmetic::Subtract => left.or(right),
        Arithmetic::Multiply if money(&left) || money(&right) => Some(Type::Money(None)),
        Arithmetic::Divide if money(&left) && !money(&right) => Some(Type::Money(None)),
        _ if left == Some(Type::Duration) && right != Some(Type::Duration) => left,
        _ => Some(Type::Number),
    }
}
