//! What can be done with amounts of money: operators, functions, and functions of lists of amounts.
//!
//! ```text
//!   money + -  money     money         money /    money      number
//!   money * /  number    money         number *   money      money
//! ```
//!
//! Wherever two amounts meet, different currencies are a fault.

use super::kind::{Kind, ResultType};
use super::row::{Call, Parameter, Row};
use crate::{Clock, Currency, FaultCode, Money, Number, Value, compare};

const MONEY: Parameter = Parameter { name: "money", kind: Kind::Money };
/// The amount in functions that numbers have too, whose parameters are told once for both.
const AMOUNT: Parameter = Parameter { name: "number", kind: Kind::Money };
const VALUE: Parameter = Parameter { name: "value", kind: Kind::Money };
const VALUES: Parameter = Parameter { name: "value", kind: Kind::AsFirst };
const OTHER: Parameter = Parameter { name: "money", kind: Kind::AsFirst };
const NUMBER: Parameter = Parameter { name: "number", kind: Kind::Number };
const DIGITS: Parameter = Parameter { name: "digits", kind: Kind::Number };
const CODE: Parameter = Parameter { name: "currency", kind: Kind::Text };
const AMOUNTS: Parameter = Parameter { name: "list", kind: Kind::Amounts };

pub(super) const ROWS: &[Row] = &[
    Row::operator("+", "money + money", &[MONEY, OTHER], ResultType::Money, |_, given| joined(given, Number::add))
        .explained("2 EUR + 0.50 EUR = 2.5 EUR", "the sum of two amounts of one currency"),
    Row::operator("-", "money - money", &[MONEY, OTHER], ResultType::Money, |_, given| joined(given, Number::subtract))
        .explained("2 EUR - 0.50 EUR = 1.5 EUR", "the difference of two amounts of one currency"),
    Row::operator("*", "money * number", &[MONEY, NUMBER], ResultType::Money, multiplied)
        .explained("2 EUR * 3 = 6 EUR", "the amount so many times"),
    Row::operator("*", "number * money", &[NUMBER, MONEY], ResultType::Money, multiplied)
        .explained("3 * 2 EUR = 6 EUR", "the amount so many times"),
    Row::operator("/", "money / number", &[MONEY, NUMBER], ResultType::Money, divided)
        .explained("3 EUR / 2 = 1.5 EUR", "the amount in so many equal parts"),
    Row::operator("/", "money / money", &[MONEY, OTHER], ResultType::Number, ratio)
        .explained("3 EUR / 2 EUR = 1.5", "how many times the second amount fits into the first"),
    Row::operator("unary-", "- money", &[MONEY], ResultType::AsFirst, |_, given| changed(given, |it| Ok(it.negate())))
        .never_faults()
        .explained("-(2 EUR) = -2 EUR", "the amount with the other sign"),
    Row::function("amount", &[MONEY], ResultType::Number, amount)
        .explained("amount(2.50 EUR) = 2.5", "the amount without its currency"),
    Row::function("currency", &[MONEY], ResultType::Text, currency)
        .explained(r#"currency(2.50 EUR) = "EUR""#, "the currency, by its three letters"),
    Row::function("money", &[NUMBER, CODE], ResultType::AnyMoney, money).may_be_missing().explained(
        r#"money(2.50, "EUR") = 2.5 EUR"#,
        "the number as an amount of a currency; missing where the text names no currency",
    ),
    Row::function("round", &[AMOUNT], ResultType::AsFirst, |_, given| changed(given, |it| it.round(0)))
        .keyed("round money")
        .explained("round(2.50 EUR) = 2 EUR", "the nearest whole amount; of two, the even one"),
    Row::function("round", &[AMOUNT, DIGITS], ResultType::AsFirst, round_to)
        .keyed("round money to digits")
        .may_fault()
        .explained("round(9.999 EUR, 2) = 10 EUR", "the amount with so many digits after the point"),
    Row::function("floor", &[AMOUNT], ResultType::AsFirst, |_, given| changed(given, |it| Ok(it.floor())))
        .keyed("floor money")
        .explained("floor(2.99 EUR) = 2 EUR", "the next whole amount below"),
    Row::function("ceiling", &[AMOUNT], ResultType::AsFirst, |_, given| changed(given, |it| Ok(it.ceiling())))
        .keyed("ceiling money")
        .explained("ceiling(2.01 EUR) = 3 EUR", "the next whole amount above"),
    Row::function("abs", &[AMOUNT], ResultType::AsFirst, |_, given| changed(given, |it| Ok(it.abs())))
        .keyed("abs money")
        .explained("abs(-7 EUR) = 7 EUR", "the amount without its sign"),
    extreme("min", "min money", &[VALUE, VALUES], |_, given| least(given))
        .variadic()
        .explained("min(3 EUR, 1 EUR) = 1 EUR", "the least of several amounts of one currency"),
    extreme("max", "max money", &[VALUE, VALUES], |_, given| greatest(given))
        .variadic()
        .explained("max(3 EUR, 1 EUR) = 3 EUR", "the greatest of several amounts of one currency"),
    of_list("sum", "sum of money", |_, given| sum(members(given))).explained(
        "sum((1 EUR, 2 EUR)) = 3 EUR",
        "the sum of the members; missing for an empty list, which tells no currency",
    ),
    of_list("average", "average of money", |_, given| average(members(given)))
        .explained("average((1 EUR, 2 EUR)) = 1.5 EUR", "the average of the members; missing for an empty list"),
    of_list("min", "min of list of money", |_, given| least(members(given)))
        .explained("min((3 EUR, 1 EUR)) = 1 EUR", "the least member; missing for an empty list"),
    of_list("max", "max of list of money", |_, given| greatest(members(given)))
        .explained("max((3 EUR, 1 EUR)) = 3 EUR", "the greatest member; missing for an empty list"),
];

type Outcome = Result<Value, FaultCode>;

const fn extreme(name: &'static str, key: &'static str, parameters: &'static [Parameter], call: Call) -> Row {
    Row::function(name, parameters, ResultType::Money, call).keyed(key).may_fault()
}

const fn of_list(name: &'static str, key: &'static str, call: Call) -> Row {
    Row::function(name, &[AMOUNTS], ResultType::MemberOfFirst, call).keyed(key).may_fault().may_be_missing()
}

fn joined(arguments: &[Value], operation: fn(Number, Number) -> Result<Number, FaultCode>) -> Outcome {
    let [Value::Money(left), Value::Money(right)] = arguments else { return Ok(Value::Missing) };
    let (first, second) = left.amounts(right)?;
    Ok(Value::Money(left.with(operation(first, second)?)))
}

fn multiplied(_: &Clock, arguments: &[Value]) -> Outcome {
    let ([Value::Money(money), Value::Number(times)] | [Value::Number(times), Value::Money(money)]) = arguments else {
        return Ok(Value::Missing);
    };
    Ok(Value::Money(money.with(money.amount().multiply(*times)?)))
}

fn divided(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Money(money), Value::Number(parts)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Money(money.with(money.amount().divide(*parts)?)))
}

fn ratio(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Money(left), Value::Money(right)] = arguments else { return Ok(Value::Missing) };
    let (left, right) = left.amounts(right)?;
    left.divide(right).map(Value::Number)
}

fn changed(arguments: &[Value], change: fn(Number) -> Result<Number, FaultCode>) -> Outcome {
    let [Value::Money(money)] = arguments else { return Ok(Value::Missing) };
    change(money.amount()).map(|amount| Value::Money(money.with(amount)))
}

fn amount(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Money(money)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::Number(money.amount()))
}

fn currency(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Money(money)] = arguments else { return Ok(Value::Missing) };
    Ok(Value::text(money.currency().code()))
}

/// Capitals and blanks around do not count: exports are not careful with them.
fn money(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Number(amount), Value::Text(code)] = arguments else { return Ok(Value::Missing) };
    let currency = Currency::named(&code.trim().to_ascii_uppercase());
    Ok(currency.map_or(Value::Missing, |currency| Value::Money(Money::new(*amount, currency))))
}

fn round_to(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Money(money), Value::Number(digits)] = arguments else { return Ok(Value::Missing) };
    let rounded = super::number::rounded(money.amount(), *digits)?;
    Ok(Value::Money(money.with(rounded)))
}

/// What stands in the one list that a function is given.
fn members(arguments: &[Value]) -> &[Value] {
    match arguments {
        [Value::List(members)] => members,
        _ => &[],
    }
}

fn sum(members: &[Value]) -> Outcome {
    let mut present = members.iter().filter(|member| !member.is_missing()).cloned();
    let first = present.next().unwrap_or_default();
    present.try_fold(first, |total, member| joined(&[total, member], Number::add))
}

fn average(members: &[Value]) -> Outcome {
    let count = members.iter().filter(|member| !member.is_missing()).count();
    match sum(members)? {
        Value::Money(total) => {
            let count = Number::from(i64::try_from(count).unwrap_or(i64::MAX));
            Ok(Value::Money(total.with(total.amount().divide(count)?)))
        }
        other => Ok(other),
    }
}

fn least(amounts: &[Value]) -> Outcome {
    of_one_currency(amounts)?;
    Ok(super::number::least(amounts))
}

fn greatest(amounts: &[Value]) -> Outcome {
    of_one_currency(amounts)?;
    Ok(super::number::greatest(amounts))
}

fn of_one_currency(amounts: &[Value]) -> Result<(), FaultCode> {
    let mut present = amounts.iter().filter(|amount| !amount.is_missing());
    let Some(first) = present.next() else { return Ok(()) };
    present.try_for_each(|amount| compare::comparable(first, amount))
}
