//! Typed rulebooks in few words.

use std::sync::Arc;

use semantics::typed::*;
use values::builtins::{Builtin, operator};
use values::{Currency, Money, Number, Text, Type, Value};

/// A decision about a `lead` with the fields of all tests.
pub(super) fn decision(sets: Vec<RuleSet>) -> Decision {
    let fields = vec![
        field("score", Type::Number, false),
        field("budget", Type::Number, true),
        field("country", Type::Text, true),
        field("stage", stages(), false),
        field("vip", Type::Truth, true),
        field("open", Type::Truth, false),
        Field { key: true, ..field("id", Type::ExactText, false) },
        field("sizes", Type::List(Box::new(Type::Number)), true),
        field("price", Type::Money(None), false),
        field("cost", Type::Money(None), true),
        field("fee", Type::Money(Some(euro())), true),
    ];
    let definitions = vec![
        Definition {
            name: "ratio".into(),
            value: quotient(number(10), score()),
            lines: Vec::new(),
            first_only: false,
            hidden: false,
        },
        Definition {
            name: "rich".into(),
            value: more(budget(), 50),
            lines: Vec::new(),
            first_only: false,
            hidden: false,
        },
    ];
    Decision { record: "lead".into(), fields, actor: Vec::new(), definitions, guards: Vec::new(), sets }
}

fn field(name: &str, ty: Type, optional: bool) -> Field {
    let name = Text::from(name);
    let source = vec![name.clone()];
    Field {
        name,
        source,
        ty,
        optional,
        default: None,
        sentinels: Vec::new(),
        key: false,
        declared: true,
        through: None,
        link: None,
        list: None,
    }
}

fn stages() -> Type {
    Type::OneOf(["new", "won", "lost"].map(Text::from).into())
}

/// A set of the rules "1", "2", …
pub(super) fn set(policy: Policy, conditions: Vec<Expr>) -> RuleSet {
    let rule = |(number, condition): (usize, Expr)| Rule {
        name: number.to_string().into(),
        at: format!("test.rules:{number}").into(),
        condition,
        leaves: Vec::new(),
        effects: vec![Effect::Accept],
    };
    RuleSet {
        name: "test".into(),
        policy,
        trigger: Trigger::Always,
        sees: Vec::new(),
        guard: None,
        rules: (1..).zip(conditions).map(rule).collect(),
        otherwise: None,
    }
}

pub(super) fn with_otherwise(set: RuleSet) -> RuleSet {
    RuleSet { otherwise: Some(Otherwise { at: "test.rules:99".into(), effects: vec![Effect::KeepOwner] }), ..set }
}

pub(super) fn score() -> Expr {
    expr(ExprKind::Field(0), Type::Number, false)
}

pub(super) fn budget() -> Expr {
    expr(ExprKind::Field(1), Type::Number, true)
}

pub(super) fn country() -> Expr {
    expr(ExprKind::Field(2), Type::Text, true)
}

pub(super) fn stage() -> Expr {
    expr(ExprKind::Field(3), stages(), false)
}

pub(super) fn vip() -> Expr {
    expr(ExprKind::Field(4), Type::Truth, true)
}

pub(super) fn open() -> Expr {
    expr(ExprKind::Field(5), Type::Truth, false)
}

/// Money of any currency.
pub(super) fn price() -> Expr {
    expr(ExprKind::Field(8), Type::Money(None), false)
}

/// The same, or missing.
pub(super) fn cost() -> Expr {
    expr(ExprKind::Field(9), Type::Money(None), true)
}

/// Euros, or missing.
pub(super) fn fee() -> Expr {
    expr(ExprKind::Field(10), Type::Money(Some(euro())), true)
}

pub(super) fn euro() -> Currency {
    Currency::named("EUR").unwrap()
}

/// An amount of money as a rule writes it.
pub(super) fn amount(money: Money) -> Expr {
    let ty = Type::Money(Some(money.currency()));
    expr(ExprKind::Constant(Value::Money(money)), ty, false)
}

pub(super) fn sizes() -> Expr {
    expr(ExprKind::Field(7), Type::List(Box::new(Type::Number)), true)
}

/// An item of a list that is gone through.
pub(super) fn size(level: u32) -> Expr {
    expr(ExprKind::Element { level, field: None }, Type::Number, false)
}

/// What is made of the items of a list in which `level` others are gone through.
pub(super) fn fold(fold: Fold, level: u32, list: Expr, filter: Option<Expr>, item: Option<Expr>) -> Expr {
    let ty = match fold {
        Fold::Any => Type::Truth,
        Fold::Count | Fold::First => Type::Number,
        Fold::Gather => Type::List(Box::new(Type::Number)),
    };
    let (list, filter, item) = (Box::new(list), filter.map(Box::new), item.map(Box::new));
    expr(ExprKind::Fold { fold, level, list, filter, item }, ty, fold == Fold::First)
}

/// `10 / lead.score`: faults when the score is 0.
pub(super) fn ratio() -> Expr {
    expr(ExprKind::Definition(0), Type::Number, false)
}

/// `lead.budget > 50`
pub(super) fn rich() -> Expr {
    expr(ExprKind::Definition(1), Type::Truth, false)
}

pub(super) fn expr(kind: ExprKind, ty: Type, optional: bool) -> Expr {
    Expr { kind, ty, optional }
}

fn truth(kind: ExprKind) -> Expr {
    expr(kind, Type::Truth, false)
}

pub(super) fn number(number: i64) -> Expr {
    expr(ExprKind::Constant(Value::Number(Number::from(number))), Type::Number, false)
}

pub(super) fn quotient(left: Expr, right: Expr) -> Expr {
    let (builtin, ty) = operator("/", &[Type::Number, Type::Number]).unwrap();
    let optional = left.optional || right.optional;
    expr(ExprKind::Call { builtin, arguments: vec![left, right] }, ty, optional)
}

pub(super) fn compare(operator: Comparison, left: Expr, right: Expr) -> Expr {
    truth(ExprKind::Compare { operator, exact: false, left: Box::new(left), right: Box::new(right) })
}

pub(super) fn more(left: Expr, right: i64) -> Expr {
    compare(Comparison::Greater, left, number(right))
}

pub(super) fn is(left: Expr, text: &str) -> Expr {
    compare(Comparison::Equal, left, expr(ExprKind::Constant(Value::text(text)), Type::Text, false))
}

/// Whether a part stands in a text, in whatever case; missing where the text is.
pub(super) fn contains(text: Expr, part: &str) -> Expr {
    let builtin = Builtin::keyed("contains").unwrap();
    let part = expr(ExprKind::Constant(Value::text(part)), Type::Text, false);
    let optional = text.optional;
    expr(ExprKind::Call { builtin, arguments: vec![text, part] }, Type::Truth, optional)
}

pub(super) fn is_false(left: Expr) -> Expr {
    compare(Comparison::Equal, left, truth(ExprKind::Constant(Value::Truth(false))))
}

pub(super) fn is_in(value: Expr, texts: &[&str]) -> Expr {
    let constants: Arc<[Value]> = texts.iter().map(|text| Value::text(*text)).collect();
    truth(ExprKind::In { value: Box::new(value), constants, exact: false })
}

pub(super) fn missing(value: Expr) -> Expr {
    truth(ExprKind::IsMissing(Box::new(value)))
}

pub(super) fn not(part: Expr) -> Expr {
    truth(ExprKind::Not(Box::new(part)))
}

pub(super) fn and(parts: impl Into<Vec<Expr>>) -> Expr {
    truth(ExprKind::And(parts.into()))
}

pub(super) fn or(parts: impl Into<Vec<Expr>>) -> Expr {
    truth(ExprKind::Or(parts.into()))
}

pub(super) fn holds(part: Expr) -> Expr {
    truth(ExprKind::Holds(Box::new(part)))
}

pub(super) fn default(value: Expr, fallback: Expr) -> Expr {
    let (ty, optional) = (value.ty.clone(), fallback.optional);
    expr(ExprKind::Default { value: Box::new(value), fallback: Box::new(fallback) }, ty, optional)
}

pub(super) fn choose(condition: Expr, then: Expr, otherwise: Expr) -> Expr {
    let (ty, optional) = (then.ty.clone(), then.optional || otherwise.optional);
    let [condition, then, otherwise] = [condition, then, otherwise].map(Box::new);
    expr(ExprKind::If { condition, then, otherwise }, ty, optional)
}
