//! Reference data: a row by its key, `inventory[order.product].stock`.

use diagnostics::problems::{ConditionProblem, NameProblem};
use syntax::ast::{self, Name, Span};
use values::{Text, Type, Value};

use super::Checker;
use crate::names::{Space, declares, find, names_in, nearest};
use crate::reference::{Shape, always_filled, no_such_text, shape};
use crate::typed::{Expr, ExprKind as Typed};

impl Checker<'_> {
    /// A row, or a value in it: missing where there is no such row.
    pub(super) fn row_of(&mut self, reference: &Name, key: &ast::Expr, fields: &[Name]) -> Option<Expr> {
        let shape = self.reference(reference);
        let ty = shape.as_ref().and_then(|shape| shape.key.ty.clone());
        let written_key = key;
        let key = match ty {
            Some(ty) => self.expect(key, &wide(ty), &format!("the key of `{}`", reference.text)),
            None => self.expr(key, None),
        };
        let shape = shape?;
        if let Some(key) = &key {
            self.in_column((&reference.text, &shape.key.name), key, written_key.span);
        }
        let (ty, column) = match fields {
            [] => (Type::Record(Text::from(reference.text.as_str())), None),
            [name, rest @ ..] => {
                let Some(column) = shape.columns.iter().find(|column| *column.name == *name.text) else {
                    return self.no_column(&shape, &reference.text, name);
                };
                if let [inner, ..] = rest {
                    let record = format!("{}[…].{}", reference.text, name.text);
                    let field = inner.text.clone();
                    let problem = NameProblem::UnknownField { record, field, suggestion: None, known: Vec::new() };
                    self.problem(problem, inner.span);
                    return None;
                }
                (column.ty.clone()?, Some(column.name.clone()))
            }
        };
        let reference = Text::from(reference.text.as_str());
        Some(Expr { kind: Typed::Lookup { reference, key: Box::new(key?), column }, ty, optional: true })
    }

    pub(super) fn reference(&mut self, name: &Name) -> Option<Shape> {
        let Some(item) = find(self.db, Space::Value, &name.text) else {
            let references = names_in(self.db, Space::Value).filter(|known| {
                find(self.db, Space::Value, known).is_some_and(|it| declares(self.db, it, "reference"))
            });
            let suggestion = nearest(&name.text, references);
            self.problem(NameProblem::UnknownName { name: name.text.clone(), suggestion }, name.span);
            return None;
        };
        self.used(Space::Value, &name.text);
        if !declares(self.db, item, "reference") {
            let is =
                ["constant", "list"].into_iter().find(|what| declares(self.db, item, what)).unwrap_or("record type");
            let (name_text, is) = (name.text.clone(), format!("a {is}"));
            let expected = "reference data".to_owned();
            self.problem(NameProblem::WrongPlace { name: name_text, is, expected }, name.span);
            return None;
        }
        shape(self.db, item).clone()
    }

    /// Warns of a text that a column is compared with and that no row has there.
    pub(super) fn absent_text(&mut self, value: &Expr, compared: &Expr, span: Span) {
        if let Typed::Lookup { reference, column: Some(column), .. } = &value.kind {
            self.in_column((reference, column), compared, span);
        }
    }

    /// Whether a row is certainly there, and each row has a value in the column: then one value of the row that was found
    /// tells of all others.
    pub(super) fn row_has(&self, reference: &Text, key: &Expr, column: &Text) -> bool {
        let same_row = |known: &Expr| matches!(&known.kind, Typed::Lookup { reference: of, key: by, .. } if of == reference && **by == *key);
        let item = || find(self.db, Space::Value, reference);
        self.present.iter().any(same_row) && item().is_some_and(|item| always_filled(self.db, item, column))
    }

    fn in_column(&mut self, (reference, column): (&str, &Text), compared: &Expr, span: Span) {
        let Typed::Constant(Value::Text(text)) = &compared.kind else { return };
        let Some(item) = find(self.db, Space::Value, reference) else { return };
        let Some(absent) = no_such_text(self.db, item, column.clone(), text.clone()) else { return };
        let (reference, column) = (reference.to_owned(), column.to_string());
        let problem = ConditionProblem::NotInColumn {
            text: text.to_string(),
            reference,
            column,
            suggestion: absent.suggestion.clone(),
        };
        self.problem(problem, span);
    }

    pub(super) fn no_column<T>(&mut self, shape: &Shape, reference: &str, name: &Name) -> Option<T> {
        let known: Vec<String> = shape.columns.iter().map(|column| column.name.to_string()).collect();
        let suggestion = nearest(&name.text, known.iter().map(String::as_str));
        let (record, field) = (reference.to_owned(), name.text.clone());
        self.problem(NameProblem::UnknownField { record, field, suggestion, known }, name.span);
        None
    }
}

/// A key of any text will do where the column holds labels: one that is none of them finds nothing.
fn wide(ty: Type) -> Type {
    if let Type::OneOf(_) = ty { Type::Text } else { ty }
}
