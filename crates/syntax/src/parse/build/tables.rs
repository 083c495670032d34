//! The head, the headings and the cells of a table; `parse/table.rs` finds them.

use super::{Build, Pair, Parts, Rule};
use crate::ast::{Comparison, Entry, Expr, ExprKind, Grid, Heading, Presence, Span, Table, TablePolicy};

impl<'s> Build<'s> {
    /// `table territory for lead, first match {`
    pub(in super::super) fn table_head(&mut self, pair: Pair<'s>) -> Table {
        let mut parts = Parts::of(pair);
        let name = self.declared(parts.seek(Rule::declared_name).as_ref());
        let record = self.declared(parts.seek(Rule::declared_name).as_ref());
        let policy = parts.part(Rule::table_policy).map(|policy| self.table_policy(policy));
        let from = parts.seek(Rule::text).map(|text| self.quoted(&text));
        Table { name, record, policy, from, grid: Grid::default() }
    }

    fn table_policy(&self, pair: Pair<'s>) -> (TablePolicy, Span) {
        let span = self.span(&pair);
        let policy = match Parts::of(pair).next().map(|word| word.as_rule()) {
            Some(Rule::kw_unique) => TablePolicy::Unique,
            Some(Rule::kw_any) => TablePolicy::Any,
            Some(Rule::kw_collect) => TablePolicy::Collect,
            Some(Rule::kw_sum) => TablePolicy::Sum,
            Some(Rule::kw_min) => TablePolicy::Min,
            Some(Rule::kw_max) => TablePolicy::Max,
            Some(Rule::kw_count) => TablePolicy::Count,
            _ => TablePolicy::First,
        };
        (policy, span)
    }

    /// `lead.country`, `=> lead.territory`
    pub(in super::super) fn heading(&mut self, pair: Pair<'s>) -> Heading {
        match pair.as_rule() {
            Rule::output => {
                let field = Parts::of(pair).seek(Rule::derived_field);
                field.map_or(Heading::Error, |field| Heading::Output(self.derived_field(field)))
            }
            _ => Heading::Input(self.condition(pair)),
        }
    }

    pub(in super::super) fn any_entry(&mut self, pair: Pair<'s>) -> Entry {
        let span = self.span(&pair);
        self.entry(pair, span)
    }

    /// `not "DE", 5..10, >= 500, missing`: the entries mean *or*, `not` turns all of them round.
    pub(in super::super) fn cell(&mut self, pair: Pair<'s>, column: &Expr, at: Span) -> Expr {
        let (mut plain, mut tests, mut negated) = (Vec::new(), Vec::new(), false);
        for part in Parts::of(pair) {
            match part.as_rule() {
                Rule::kw_not => negated = true,
                Rule::any_entry => match self.any_entry(part) {
                    Entry::One(Expr { kind: ExprKind::Missing, span }) => tests.push(is_missing(column, span)),
                    entry => plain.push(entry),
                },
                Rule::cell_in => {
                    let entries = Parts::of(part).seek(Rule::list_operand).map(|list| self.list_operand(list));
                    plain.extend(entries.unwrap_or_default());
                }
                Rule::cell_order => tests.push(self.cell_order(part, column)),
                _ => {}
            }
        }
        if !plain.is_empty() {
            let kind = ExprKind::In { value: Box::new(column.clone()), negated: false, between: false, entries: plain };
            tests.insert(0, Expr { kind, span: at });
        }
        let test = if tests.len() == 1 { tests.remove(0) } else { Expr { kind: ExprKind::Or(tests), span: at } };
        if negated { Expr { kind: ExprKind::Not(Box::new(test)), span: at } } else { test }
    }

    /// `>= 500`
    fn cell_order(&mut self, pair: Pair<'s>, column: &Expr) -> Expr {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let sign = parts.next().map(|sign| sign.as_rule());
        let (operator, negated) = match sign {
            Some(Rule::at_most) => (Comparison::LessOrEqual, false),
            Some(Rule::less) => (Comparison::Less, false),
            Some(Rule::at_least) => (Comparison::GreaterOrEqual, false),
            Some(Rule::greater) => (Comparison::Greater, false),
            sign => (Comparison::Equal, sign == Some(Rule::not_equals)),
        };
        let right = parts.seek(Rule::sum).map_or_else(|| Expr::error(span), |sum| self.sum(sum));
        let kind = ExprKind::Compare { operator, negated, left: Box::new(column.clone()), right: Box::new(right) };
        Expr { kind, span }
    }
}

fn is_missing(column: &Expr, span: Span) -> Expr {
    let kind = ExprKind::Presence { test: Presence::Missing, negated: false, value: Box::new(column.clone()) };
    Expr { kind, span }
}
