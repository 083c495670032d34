//! What a policy makes of rows that hold.

use std::sync::Arc;

use diagnostics::problems::TypeProblem;
use syntax::ast::TablePolicy;
use values::{Number, Text, Type, Value};

use super::super::build::{comparison, constant};
use super::super::decide::cases;
use super::super::path::place_of;
use super::super::score::{call, counted_when};
use super::super::{Checker, DefinitionMeaning};
use super::Output;
use super::overlap::Certain;
use crate::typed::{Comparison, Expr, ExprKind as Typed};

impl Checker<'_> {
    /// The derived values of a table.
    pub(super) fn outcomes(
        &mut self,
        policy: TablePolicy,
        conditions: Vec<Expr>,
        mut outputs: Vec<Output<'_>>,
        certain: Certain,
        hidden: Text,
    ) -> Option<Vec<(Text, DefinitionMeaning)>> {
        let exclusive = certain.exclusive;
        match policy {
            TablePolicy::First | TablePolicy::Unique if exclusive && outputs.len() == 1 => {
                let output = outputs.pop()?;
                let nothing = constant(Value::Missing, output.ty.clone());
                let (name, at) = (output.name(), output.path.span);
                let optional = output.may_be_missing(certain);
                let value = cases(conditions.into_iter().zip(output.values).collect(), nothing, output.ty);
                let value = Expr { optional, ..value };
                Some(vec![(name, self.roomy(value, at)?)])
            }
            TablePolicy::First | TablePolicy::Unique => self.picked(conditions, &outputs, certain, hidden),
            _ => {
                let each = outputs.iter().map(|output| {
                    let value = self.together(policy, &conditions, output)?;
                    Some((output.name(), self.roomy(value, output.path.span)?))
                });
                each.collect()
            }
        }
    }

    /// Which row holds, as a hidden value, and what each output gives there.
    fn picked(
        &mut self,
        conditions: Vec<Expr>,
        outputs: &[Output<'_>],
        certain: Certain,
        hidden: Text,
    ) -> Option<Vec<(Text, DefinitionMeaning)>> {
        let numbered = conditions.into_iter().zip(1..).map(|(condition, row)| (condition, number(row)));
        let row = if certain.exclusive {
            cases(numbered.collect(), constant(Value::Missing, Type::Number), Type::Number)
        } else {
            let rows = numbered.map(|(condition, row)| counted_when(condition, row)).collect();
            call("only one", Type::Number, rows)?
        };
        let place = place_of(&mut self.symbols.definitions, &hidden);
        let chosen = Expr { kind: Typed::Definition(place), ty: Type::Number, optional: !certain.complete };
        let mut meanings = Vec::new();
        for output in outputs {
            let value = Expr { optional: output.may_be_missing(certain), ..pick(&chosen, output)? };
            meanings.push((output.name(), self.roomy(value, output.path.span)?));
        }
        let at = outputs.first()?.path.span;
        let row = Expr { optional: !certain.complete, ..row };
        meanings.push((hidden, self.roomy(row, at)?));
        Some(meanings)
    }

    /// What all rows that hold give together.
    fn together(&mut self, policy: TablePolicy, conditions: &[Expr], output: &Output<'_>) -> Option<Expr> {
        let given = |value: &dyn Fn(&Expr) -> Expr| -> Vec<Expr> {
            let pairs = conditions.iter().zip(&output.values);
            pairs.map(|(condition, cell)| counted_when(condition.clone(), value(cell))).collect()
        };
        let ty = output.ty.clone();
        match policy {
            TablePolicy::Any => call("agreed", ty, given(&Expr::clone)),
            TablePolicy::Collect => {
                let list = Type::List(Box::new(ty));
                let mut parts = vec![constant(Value::List(Arc::from([])), list.clone())];
                parts.extend(given(&Expr::clone));
                call("collected", list, parts).map(always)
            }
            TablePolicy::Count => call("sum of present", Type::Number, given(&|cell| one_if_present(cell))).map(always),
            TablePolicy::Sum => {
                self.fits_policy(ty == Type::Number, "`sum`", "numbers", output)?;
                call("sum of present", Type::Number, given(&Expr::clone)).map(always)
            }
            _ => {
                let (word, key) = match policy {
                    TablePolicy::Min => ("`min`", "least present"),
                    _ => ("`max`", "greatest present"),
                };
                self.fits_policy(ty.is_ordered(), word, "numbers, dates or durations", output)?;
                call(key, ty, given(&Expr::clone))
            }
        }
    }

    fn fits_policy(&mut self, fits: bool, policy: &str, expected: &str, output: &Output<'_>) -> Option<()> {
        if !fits {
            let (context, found) = (format!("a table with {policy}"), output.ty.with_article());
            let problem = TypeProblem::Expected { context, expected: expected.to_owned(), found };
            self.problem(problem, output.path.span);
        }
        fits.then_some(())
    }
}

impl Output<'_> {
    /// Whether a record may find no row, or one that gives nothing.
    fn may_be_missing(&self, certain: Certain) -> bool {
        !certain.complete || self.values.iter().any(|value| value.optional)
    }
}

/// The value of an output in the row that holds.
fn pick(row: &Expr, output: &Output<'_>) -> Option<Expr> {
    if let Some(constants) = output.constants() {
        let list = constant(Value::List(Arc::from(constants)), Type::List(Box::new(output.ty.clone())));
        return call("member at", output.ty.clone(), vec![list, row.clone()]);
    }
    let is_row = |place: i64| comparison(Comparison::Equal, row.clone(), number(place));
    let picked = output.values.iter().zip(1..).map(|(value, place)| (is_row(place), value.clone())).collect();
    Some(cases(picked, constant(Value::Missing, output.ty.clone()), output.ty.clone()))
}

fn number(number: i64) -> Expr {
    constant(Value::Number(Number::from(number)), Type::Number)
}

fn one_if_present(cell: &Expr) -> Expr {
    match &cell.kind {
        Typed::Constant(value) if value.is_missing() => constant(Value::Missing, Type::Number),
        _ if !cell.optional => number(1),
        _ => {
            let missing = Expr { kind: Typed::IsMissing(Box::new(cell.clone())), ty: Type::Truth, optional: false };
            let present = Expr { kind: Typed::Not(Box::new(missing)), ty: Type::Truth, optional: false };
            counted_when(present, number(1))
        }
    }
}

fn always(expr: Expr) -> Expr {
    Expr { optional: false, ..expr }
}
