//! Literals: numbers, durations, dates, texts with their interpolated pieces, `missing`.

use diagnostics::problems::{NameProblem, SyntaxProblem, TypeProblem};
use syntax::ast::{self, DurationUnit as Unit, ExprKind, Piece, Span};
use values::{Currency, Duration, DurationUnit, Money, Type, Value, literal};

use super::build::{applied, constant};
use super::{Checker, Wanted};
use crate::db::Workspace;
use crate::names::nearest;
use crate::typed::{Expr, ExprKind as Typed};

impl Checker<'_> {
    pub(super) fn literal(&mut self, expr: &ast::Expr) -> Option<Expr> {
        match &expr.kind {
            ExprKind::Number(digits) => self.number(digits, expr.span),
            ExprKind::Money { amount, currency } => self.money(amount, currency, expr.span),
            ExprKind::Duration { amount, unit, calendar } => {
                let is_business = matches!(unit, Unit::BusinessDay | Unit::BusinessHour);
                match is_business {
                    true => self.business(amount, *unit == Unit::BusinessDay, calendar.as_ref(), expr.span),
                    false => self.duration(amount, *unit, expr.span),
                }
            }
            ExprKind::Date(text) => match literal::date(text) {
                Ok(date) => Some(constant(Value::Date(date), Type::Date)),
                Err(reason) => self.impossible(text, reason.to_string(), expr.span),
            },
            ExprKind::DateTime(text) => match literal::instant(text, &self.zone()) {
                Ok(instant) => Some(constant(Value::DateTime(instant), Type::DateTime)),
                Err(reason) => self.impossible(text, reason.to_string(), expr.span),
            },
            ExprKind::Truth(truth) => Some(constant(Value::Truth(*truth), Type::Truth)),
            ExprKind::Time(text) => {
                let construct = format!("a time of day such as `{text}` outside a calendar");
                self.problem(SyntaxProblem::NotYet { construct }, expr.span);
                None
            }
            _ => {
                let (expected, found) = (vec!["a value".to_owned()], self.written(expr.span).to_owned());
                self.problem(SyntaxProblem::Unexpected { expected, found, suggestion: None }, expr.span);
                None
            }
        }
    }

    fn number(&mut self, digits: &str, span: Span) -> Option<Expr> {
        if let Ok(number) = literal::number(digits) {
            return Some(constant(Value::Number(number), Type::Number));
        }
        self.problem(TypeProblem::NumberOutOfRange { text: digits.to_owned() }, span);
        None
    }

    fn money(&mut self, digits: &str, code: &ast::Name, span: Span) -> Option<Expr> {
        let (amount, currency) = (self.number(digits, span), self.currency(code));
        let Typed::Constant(Value::Number(amount)) = amount?.kind else { return None };
        let currency = currency?;
        Some(constant(Value::Money(Money::new(amount, currency)), Type::Money(Some(currency))))
    }

    /// The currency of a code.
    pub(crate) fn currency(&mut self, code: &ast::Name) -> Option<Currency> {
        if let Some(currency) = Currency::named(&code.text) {
            return Some(currency);
        }
        // Of several that are as near, the one that is met most often.
        let suggestion = nearest(&code.text, ["EUR", "USD", "GBP", "CHF"].into_iter().chain(Currency::codes()));
        self.problem(NameProblem::UnknownCurrency { code: code.text.clone(), suggestion }, code.span);
        None
    }

    fn duration(&mut self, amount: &str, unit: Unit, span: Span) -> Option<Expr> {
        let unit = match unit {
            Unit::Second => DurationUnit::Second,
            Unit::Minute => DurationUnit::Minute,
            Unit::Hour => DurationUnit::Hour,
            Unit::Day => DurationUnit::Day,
            Unit::Week => DurationUnit::Week,
            Unit::Month => DurationUnit::Month,
            Unit::Year => DurationUnit::Year,
            Unit::BusinessDay | Unit::BusinessHour => return None,
        };
        let length = literal::number(amount).ok().and_then(|amount| Duration::of(amount, unit).ok());
        match length {
            Some(length @ Duration::Exact(_)) => Some(constant(Value::Duration(length), Type::Duration)),
            Some(length) => Some(constant(Value::Duration(length), Type::AnchoredDuration)),
            None => {
                self.problem(TypeProblem::DurationOutOfRange { text: self.written(span).to_owned() }, span);
                None
            }
        }
    }

    fn impossible(&mut self, text: &str, reason: String, span: Span) -> Option<Expr> {
        self.problem(SyntaxProblem::ImpossibleDate { text: text.to_owned(), reason, meant: None }, span);
        None
    }

    /// The rulebook's time zone; UTC when its name is unknown, which whoever set it has reported.
    pub(super) fn zone(&self) -> jiff::tz::TimeZone {
        values::zone_named(Workspace::get(self.db).zone(self.db)).unwrap_or(jiff::tz::TimeZone::UTC)
    }

    pub(super) fn missing(&mut self, span: Span, wanted: Option<Wanted<'_>>) -> Option<Expr> {
        if let Some(wanted) = wanted {
            return Some(constant(Value::Missing, wanted.ty.clone()));
        }
        let (context, expected) = ("the place".to_owned(), "a value".to_owned());
        self.problem(TypeProblem::Expected { context, expected, found: "missing".into() }, span);
        None
    }

    /// An expression where the word `missing` makes no sense, for nothing equals it.
    pub(super) fn present(&mut self, expr: &ast::Expr, wanted: Option<Wanted<'_>>) -> Option<Expr> {
        if matches!(expr.kind, ExprKind::Missing) {
            self.problem(SyntaxProblem::CompareWithMissing { negated: false }, expr.span);
            return None;
        }
        self.expr(expr, wanted)
    }

    /// A text literal: a label where a `one of` is wanted, else a text, its interpolated pieces turned into text.
    pub(super) fn text(&mut self, pieces: &[Piece], span: Span, wanted: Option<Wanted<'_>>) -> Option<Expr> {
        let plain = match pieces {
            [] => Some(""),
            [Piece::Text(text)] => Some(text.as_str()),
            _ => None,
        };
        match (plain, wanted) {
            (Some(text), Some(Wanted { ty: ty @ Type::OneOf(_), what, .. })) => self.label(text, ty, what, span),
            (Some(text), _) => Some(constant(Value::text(text), Type::Text)),
            (None, _) => {
                let typed: Vec<Option<Expr>> = pieces.iter().map(|piece| self.piece(piece)).collect();
                let pieces = typed.into_iter().collect::<Option<Vec<_>>>()?;
                Some(Expr { kind: Typed::Join(pieces), ty: Type::Text, optional: false })
            }
        }
    }

    /// One of the labels, in its declared spelling.
    fn label(&mut self, text: &str, ty: &Type, what: &str, span: Span) -> Option<Expr> {
        let Type::OneOf(labels) = ty else { return None };
        let found = labels.iter().find(|label| values::text::equal_ignoring_case(label, text));
        if let Some(label) = found {
            return Some(constant(Value::Text(label.clone()), ty.clone()));
        }
        let suggestion = nearest(text, labels.iter().map(|label| &**label));
        let labels = labels.iter().map(ToString::to_string).collect();
        let (literal, field) = (text.to_owned(), what.to_owned());
        self.problem(TypeProblem::NotOneOf { literal, field, suggestion, labels }, span);
        None
    }

    fn piece(&mut self, piece: &Piece) -> Option<Expr> {
        match piece {
            Piece::Text(text) => Some(constant(Value::text(text.as_str()), Type::Text)),
            Piece::Expr(expr) => {
                let typed = self.expr(expr, None)?;
                self.shown(typed, expr.span)
            }
        }
    }

    /// A value as it is shown inside a text.
    fn shown(&mut self, typed: Expr, span: Span) -> Option<Expr> {
        if typed.ty.is_textual() {
            return Some(typed);
        }
        if let Ok((builtin, ty)) = values::builtins::function("text", std::slice::from_ref(&typed.ty)) {
            return Some(self.fold(applied(builtin, ty, vec![typed])));
        }
        let (context, expected) = ("a value inside a text".to_owned(), "a single value".to_owned());
        self.problem(TypeProblem::Expected { context, expected, found: typed.ty.with_article() }, span);
        None
    }
}
