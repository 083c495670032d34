//! Expressions in words, close to how an analyst wrote them.

use semantics::typed::{Comparison, Decision, Expr, ExprKind, Fold};
use values::Value;
use values::builtins::{Builtin, Form};

/// An expression about a decision's record.
pub(super) fn words(expr: &Expr, decision: &Decision) -> String {
    match &expr.kind {
        ExprKind::Constant(value) => constant(value),
        ExprKind::Field(place) => path(decision, decision.fields.get(*place as usize).map(|it| &*it.name)),
        ExprKind::Definition(place) => path(decision, decision.definitions.get(*place as usize).map(|it| &*it.name)),
        ExprKind::Actor(place) => {
            format!("actor.{}", decision.actor.get(*place as usize).map_or("?", |field| &field.name))
        }
        ExprKind::IsNew => format!("{} is new", decision.record),
        ExprKind::HasBefore => format!("{} was there before", decision.record),
        ExprKind::Previous(part) => format!("previous({})", words(part, decision)),
        ExprKind::Now => "now".to_owned(),
        ExprKind::Today => "today".to_owned(),
        ExprKind::Not(part) => format!("not {}", operand(part, decision)),
        ExprKind::And(parts) => operands(parts, decision, " and "),
        ExprKind::Or(parts) => operands(parts, decision, " or "),
        ExprKind::Holds(part) => words(part, decision),
        ExprKind::Compare { operator, left, right, .. } => {
            format!("{} {} {}", operand(left, decision), sign(*operator, right), operand(right, decision))
        }
        ExprKind::In { value, constants, .. } => {
            let constants: Vec<_> = constants.iter().map(constant).collect();
            format!("{} in {}", operand(value, decision), constants.join(", "))
        }
        ExprKind::Matches { value, pattern } => format!("{} matches {pattern}", operand(value, decision)),
        ExprKind::IsMissing(value) => format!("{} is missing", operand(value, decision)),
        ExprKind::Call { builtin, arguments } => call(*builtin, arguments, decision),
        ExprKind::Default { value, fallback } => {
            format!("{} default {}", operand(value, decision), operand(fallback, decision))
        }
        ExprKind::Cases { cases, otherwise } => {
            let case = |(condition, value): &(Expr, Expr)| {
                format!("if {} then {}", words(condition, decision), words(value, decision))
            };
            let cases: Vec<String> = cases.iter().map(case).chain([words(otherwise, decision)]).collect();
            cases.join(" else ")
        }
        ExprKind::If { condition, then, otherwise } => {
            let [condition, then, otherwise] = [condition, then, otherwise].map(|part| words(part, decision));
            format!("if {condition} then {then} else {otherwise}")
        }
        ExprKind::Lookup { reference, key, column } => {
            let column = column.as_ref().map(|column| format!(".{column}")).unwrap_or_default();
            format!("{reference}[{}]{column}", words(key, decision))
        }
        ExprKind::Element { level, field: None } => item(*level),
        ExprKind::Element { level, field: Some(place) } => {
            let name = decision.fields.get(*place as usize).map_or("?", |it| &it.name);
            format!("{}.{}", item(*level), name.rsplit("[].").next().unwrap_or(name))
        }
        ExprKind::Fold { fold, level, list, filter, item } => {
            let [filter, taken] = [filter, item].map(|part| part.as_ref().map(|part| words(part, decision)));
            let taken = taken.map(|taken| format!("{taken} for ")).unwrap_or_default();
            let filter = filter.map(|filter| format!(" where {filter}")).unwrap_or_default();
            format!("{}({taken}{} in {}{filter})", fold_word(*fold), self::item(*level), words(list, decision))
        }
        ExprKind::Join(pieces) => operands(pieces, decision, " & "),
    }
}

/// What an item is called, which has no name of its own any more: `item`, in a list inside `item2`.
fn item(level: u32) -> String {
    if level == 0 { "item".to_owned() } else { format!("item{}", level + 1) }
}

fn fold_word(fold: Fold) -> &'static str {
    match fold {
        Fold::Any => "any",
        Fold::Count => "count",
        Fold::First => "first",
        Fold::Gather => "all",
    }
}

fn path(decision: &Decision, name: Option<&str>) -> String {
    format!("{}.{}", decision.record, name.unwrap_or("?"))
}

fn operands(parts: &[Expr], decision: &Decision, connective: &str) -> String {
    parts.iter().map(|part| operand(part, decision)).collect::<Vec<_>>().join(connective)
}

/// An expression as a part of another: in brackets unless it is one thing.
fn operand(expr: &Expr, decision: &Decision) -> String {
    let text = words(expr, decision);
    let one_thing = match &expr.kind {
        ExprKind::Holds(part) => return operand(part, decision),
        ExprKind::Call { builtin, arguments } => builtin.row().form == Form::Function || arguments.len() < 2,
        ExprKind::Element { .. } | ExprKind::Fold { .. } | ExprKind::Lookup { .. } => true,
        ExprKind::Constant(_)
        | ExprKind::Field(_)
        | ExprKind::Definition(_)
        | ExprKind::Actor(_)
        | ExprKind::Previous(_)
        | ExprKind::Now
        | ExprKind::Today => true,
        _ => false,
    };
    if one_thing { text } else { format!("({text})") }
}

/// `is` for texts and truths, signs for what has a size.
fn sign(operator: Comparison, right: &Expr) -> &'static str {
    match operator {
        Comparison::Equal if right.ty.is_ordered() => "=",
        Comparison::Equal => "is",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

fn call(builtin: Builtin, arguments: &[Expr], decision: &Decision) -> String {
    let row = builtin.row();
    match (row.form, arguments) {
        (Form::Operator | Form::Test, [left, right]) => {
            format!("{} {} {}", operand(left, decision), row.name, operand(right, decision))
        }
        (Form::Test, [only]) => format!("{} {}", operand(only, decision), row.name),
        (Form::Operator, [only]) => format!("-{}", operand(only, decision)),
        _ => {
            let arguments: Vec<_> = arguments.iter().map(|argument| words(argument, decision)).collect();
            format!("{}({})", row.name, arguments.join(", "))
        }
    }
}

fn constant(value: &Value) -> String {
    match value {
        Value::Missing => "missing".to_owned(),
        Value::Truth(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Text(text) => format!("{:?}", &**text),
        Value::Date(date) => date.to_string(),
        Value::DateTime(instant) => instant.to_string(),
        Value::Duration(duration) => duration.to_string(),
        Value::Record(_) => "a record".to_owned(),
        Value::List(members) => format!("({})", members.iter().map(constant).collect::<Vec<_>>().join(", ")),
    }
}
