//! `decide`: the first line that holds gives the value.
//!
//! When every value is a text in quotes, the type is `one of` those texts, so
//! that a rule which compares with any other is a mistake.

use std::collections::HashSet;
use std::sync::Arc;

use diagnostics::problems::{ConditionProblem, TypeProblem};
use syntax::ast::{self, ExprKind, Piece, Span};
use values::text::fold;
use values::{Text, Type, Value};

use super::build::constant;
use super::established::established;
use super::{Checker, DefinitionMeaning, LineMeaning, Wanted};
use crate::names::path_text;
use crate::typed::{Comparison, Expr, ExprKind as Typed};

impl Checker<'_> {
    pub(super) fn decide(&mut self, decide: &ast::Decide) -> Option<DefinitionMeaning> {
        self.enter_derived(&decide.path)?;
        let mut ty = labels(decide.lines.iter().map(|line| &line.value).chain(&decide.otherwise));
        let mut lines: Vec<Option<(Expr, Expr)>> = Vec::new();
        for line in &decide.lines {
            let condition = self.condition(&line.condition);
            self.present = condition.as_ref().map(established).unwrap_or_default();
            let value = self.decided_value(&line.value, &mut ty);
            self.present.clear();
            lines.push(condition.zip(value));
        }
        let otherwise = decide.otherwise.as_ref().map(|otherwise| self.decided_value(otherwise, &mut ty));
        let lines: Vec<(Expr, Expr)> = lines.into_iter().collect::<Option<_>>()?;
        let Some(ty) = ty else { return self.no_value(decide) };
        let explained = explained(decide, &lines);
        let otherwise = match otherwise {
            Some(otherwise) => otherwise?,
            None => {
                self.gap(decide, &lines);
                constant(Value::Missing, ty.clone())
            }
        };
        let value = self.expr_with_room(cases(lines, otherwise, ty), decide.path.span)?;
        Some(DefinitionMeaning { value, lines: explained, first_only: true })
    }

    /// The value of a line; the first one that is not `missing` tells the type of all.
    pub(super) fn decided_value(&mut self, value: &ast::Expr, known: &mut Option<Type>) -> Option<Expr> {
        let what = "the value of this line";
        match known.clone() {
            Some(ty) => {
                let typed = self.expr(value, Some(Wanted::new(&ty, what)))?;
                let wider = ty.joined(&typed.ty).unwrap_or(ty);
                let typed = self.fit(typed, &wider, what, value.span);
                *known = Some(wider);
                typed
            }
            None if matches!(value.kind, ExprKind::Missing) => Some(constant(Value::Missing, Type::Text)),
            None => {
                let typed = self.expr(value, None)?;
                let typed = self.no_records(typed, what, value.span)?;
                *known = Some(typed.ty.clone());
                Some(typed)
            }
        }
    }

    fn no_value<T>(&mut self, decide: &ast::Decide) -> Option<T> {
        let (context, expected) = ("a line".to_owned(), "a value".to_owned());
        let found = if decide.lines.is_empty() { "nothing" } else { "missing" }.to_owned();
        self.problem(TypeProblem::Expected { context, expected, found }, decide.path.span);
        None
    }

    /// Says that no line may hold, unless the lines name every value of one field.
    fn gap(&mut self, decide: &ast::Decide, lines: &[(Expr, Expr)]) {
        if !covers_every_label(lines) {
            let span: Span = decide.path.span;
            self.problem(ConditionProblem::Gap { definition: path_text(&decide.path) }, span);
        }
    }
}

/// The most values that make a closed type. What has more is a catalogue, which nobody compares value by value.
const MOST_LABELS: usize = 1_000;

/// `one of` the values, when all of them are texts in quotes and not too many.
pub(super) fn labels<'a>(values: impl Iterator<Item = &'a ast::Expr>) -> Option<Type> {
    let mut labels: Vec<Text> = Vec::new();
    let mut known = HashSet::new();
    for value in values {
        let label = match &value.kind {
            ExprKind::Missing => continue,
            ExprKind::Text(pieces) => match pieces.as_slice() {
                [Piece::Text(text)] => text.as_str(),
                _ => return None,
            },
            _ => return None,
        };
        if known.insert(fold(label)) {
            labels.push(Text::from(label));
        }
        if labels.len() > MOST_LABELS {
            return Some(Type::Text);
        }
    }
    (!labels.is_empty()).then(|| Type::OneOf(Arc::from(labels)))
}

/// Each line by itself: whether it holds.
fn explained(decide: &ast::Decide, lines: &[(Expr, Expr)]) -> Vec<LineMeaning> {
    let line = |(line, (condition, _)): (&ast::DecideLine, &(Expr, Expr))| LineMeaning {
        limits: false,
        span: line.span,
        value: condition.clone(),
    };
    decide.lines.iter().zip(lines).map(line).collect()
}

/// The value of the first of some lines that holds.
pub(super) fn cases(lines: Vec<(Expr, Expr)>, otherwise: Expr, ty: Type) -> Expr {
    let optional = otherwise.optional || lines.iter().any(|(_, value)| value.optional);
    let kind = Typed::Cases { cases: lines, otherwise: Box::new(otherwise) };
    Expr { kind, ty, optional }
}

/// Whether the lines test one field of a closed type that is never missing, and name all its values.
fn covers_every_label(lines: &[(Expr, Expr)]) -> bool {
    let mut subject: Option<&Expr> = None;
    let mut named: Vec<&Value> = Vec::new();
    for (condition, _) in lines {
        let (value, constants) = match &condition.kind {
            Typed::In { value, constants, .. } => (value, &**constants),
            Typed::Compare { operator: Comparison::Equal, left, right, .. } => match &right.kind {
                Typed::Constant(constant) => (left, std::slice::from_ref(constant)),
                _ => return false,
            },
            _ => return false,
        };
        if **subject.get_or_insert(value) != **value {
            return false;
        }
        named.extend(constants);
    }
    match subject {
        Some(Expr { ty: Type::OneOf(labels), optional: false, .. }) => {
            labels.iter().all(|label| named.contains(&&Value::Text(label.clone())))
        }
        _ => false,
    }
}
