//! Functions of whole lists. Members that are missing are left out.

use super::kind::{Kind, ResultType};
use super::number::{greatest, least};
use super::row::{Parameter, Row};
use crate::{Clock, FaultCode, Number, Value};

const NUMBERS: Parameter = Parameter { name: "list", kind: Kind::Numbers };
const ORDERED: Parameter = Parameter { name: "list", kind: Kind::OrderedList };
const LIST: Parameter = Parameter { name: "list", kind: Kind::List };

pub(super) const ROWS: &[Row] = &[
    Row::function("sum", &[NUMBERS], ResultType::Number, sum)
        .may_fault()
        .explained("sum((1, 2, 3)) = 6", "the sum of the members; 0 for an empty list"),
    Row::function("average", &[NUMBERS], ResultType::Number, average)
        .may_fault()
        .may_be_missing()
        .explained("average((1, 2, 6)) = 3", "the average of the members; missing for an empty list"),
    Row::function("min", &[ORDERED], ResultType::MemberOfFirst, min)
        .keyed("min of list")
        .may_be_missing()
        .explained("min((3, 1, 2)) = 1", "the least member; missing for an empty list"),
    Row::function("max", &[ORDERED], ResultType::MemberOfFirst, max)
        .keyed("max of list")
        .may_be_missing()
        .explained("max((3, 1, 2)) = 3", "the greatest member; missing for an empty list"),
    Row::function("count", &[LIST], ResultType::Number, count)
        .explained(r#"count(("a", "b")) = 2"#, "how many members there are"),
    Row::function("first", &[LIST], ResultType::MemberOfFirst, first)
        .may_be_missing()
        .explained(r#"first(("a", "b")) = "a""#, "the first member; missing for an empty list"),
    Row::function("last", &[LIST], ResultType::MemberOfFirst, last)
        .may_be_missing()
        .explained(r#"last(("a", "b")) = "b""#, "the last member; missing for an empty list"),
];

type Outcome = Result<Value, FaultCode>;

fn sum(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::List(members)] = arguments else { return Ok(Value::Missing) };
    total(members).map(|(total, _)| Value::Number(total))
}

fn average(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::List(members)] = arguments else { return Ok(Value::Missing) };
    match total(members)? {
        (_, 0) => Ok(Value::Missing),
        (total, count) => total.divide(count.into()).map(Value::Number),
    }
}

fn min(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::List(members)] = arguments else { return Ok(Value::Missing) };
    Ok(least(members))
}

fn max(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::List(members)] = arguments else { return Ok(Value::Missing) };
    Ok(greatest(members))
}

fn count(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::List(members)] = arguments else { return Ok(Value::Missing) };
    let count = present(members).count();
    Ok(Value::Number(i64::try_from(count).unwrap_or(i64::MAX).into()))
}

fn first(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::List(members)] = arguments else { return Ok(Value::Missing) };
    Ok(present(members).next().cloned().unwrap_or_default())
}

fn last(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::List(members)] = arguments else { return Ok(Value::Missing) };
    Ok(present(members).next_back().cloned().unwrap_or_default())
}

fn present(members: &[Value]) -> impl DoubleEndedIterator<Item = &Value> {
    members.iter().filter(|member| !member.is_missing())
}

/// The sum of the numbers among the members and how many they are.
fn total(members: &[Value]) -> Result<(Number, i64), FaultCode> {
    let numbers =
        members.iter().filter_map(|member| if let Value::Number(number) = member { Some(*number) } else { None });
    numbers.into_iter().try_fold((Number::ZERO, 0), |(total, count), number| Ok((total.add(number)?, count + 1)))
}
