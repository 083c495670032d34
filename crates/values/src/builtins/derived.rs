//! What scores and tables are made of. No rule calls these by name: the checker says `score` and `table` with them.
//!
//! A line that does not hold contributes nothing, so most of them leave out what is missing. Those that take any number of
//! arguments may be called with some of them and then with the result and the others.

use super::kind::{Kind, ResultType};
use super::number::{greatest, least};
use super::row::{Form, Parameter, Row};
use crate::{Clock, Duration, FaultCode, Number, Value, compare};

const NUMBER: Parameter = Parameter { name: "number", kind: Kind::Number };
const MOST: Parameter = Parameter { name: "most", kind: Kind::Number };
const NOW: Parameter = Parameter { name: "now", kind: Kind::DateTime };
const SINCE: Parameter = Parameter { name: "since", kind: Kind::DateTime };
const EVERY: Parameter = Parameter { name: "every", kind: Kind::Duration };
const VALUE: Parameter = Parameter { name: "value", kind: Kind::Ordered };
const OTHER: Parameter = Parameter { name: "value", kind: Kind::AsFirst };
const LIST: Parameter = Parameter { name: "list", kind: Kind::List };

pub(super) const ROWS: &[Row] = &[
    part("sum of present", &[NUMBER], ResultType::Number, sum)
        .leaves_out_missing()
        .may_fault()
        .explained("10, missing, 5: 15", "the sum of the numbers that are there; 0 when none is"),
    part("least present", &[VALUE], ResultType::AsFirst, |_, given| Ok(least(given)))
        .leaves_out_missing()
        .may_be_missing()
        .explained("3, missing, 1: 1", "the least of the values that are there"),
    part("greatest present", &[VALUE], ResultType::AsFirst, |_, given| Ok(greatest(given)))
        .leaves_out_missing()
        .may_be_missing()
        .explained("3, missing, 1: 3", "the greatest of the values that are there"),
    part("at most", &[NUMBER, MOST], ResultType::Number, at_most)
        .may_be_missing()
        .explained("45 at most 40: 40", "the number, or the most that it may be; all of it where no most is known"),
    part("limited", &[NUMBER, NUMBER, MOST], ResultType::Number, limited)
        .explained("120 limited to 0..100: 100", "the number, or the end of a range that it lies beyond"),
    part("halved", &[NUMBER, NOW, SINCE, EVERY], ResultType::Number, halved)
        .may_be_missing()
        .explained("5 halving every 14d for 14d: 2.5", "what is left of a number that halves since an instant"),
    part("only one", &[VALUE], ResultType::AsFirst, only_one)
        .leaves_out_missing()
        .may_be_missing()
        .may_fault()
        .explained("missing, 2: 2", "the only value that is there"),
    part("agreed", &[OTHER], ResultType::AsFirst, agreed)
        .leaves_out_missing()
        .may_be_missing()
        .may_fault()
        .explained("missing, 2, 2: 2", "the value that all give which are there"),
    part("collected", &[LIST, OTHER], ResultType::AsFirst, collected)
        .leaves_out_missing()
        .may_fault()
        .explained("1, missing, 2: (1, 2)", "a list and behind it the values that are there"),
    part("member at", &[LIST, NUMBER], ResultType::MemberOfFirst, member_at)
        .may_be_missing()
        .explained("2 of (\"a\", \"b\"): \"b\"", "the member of a list at a place, counted from 1"),
];

type Outcome = Result<Value, FaultCode>;

/// A row that looks at missing values itself and that no rule can call.
const fn part(key: &'static str, parameters: &'static [Parameter], result: ResultType, call: super::row::Call) -> Row {
    Row { form: Form::Test, ..Row::function(key, parameters, result, call).handles_missing() }
}

fn present(values: &[Value]) -> impl Iterator<Item = &Value> {
    values.iter().filter(|value| !value.is_missing())
}

fn sum(_: &Clock, arguments: &[Value]) -> Outcome {
    let mut total = Number::ZERO;
    for value in arguments {
        if let Value::Number(number) = value {
            total = total.add(*number)?;
        }
    }
    Ok(Value::Number(total))
}

fn at_most(_: &Clock, arguments: &[Value]) -> Outcome {
    Ok(match arguments {
        [Value::Number(number), Value::Number(most)] => Value::Number(*number.min(most)),
        [number, _] => number.clone(),
        _ => Value::Missing,
    })
}

/// Where the ends are the wrong way round, the upper one counts.
fn limited(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Number(number), low, high] = arguments else { return Ok(Value::Missing) };
    let raised = if let Value::Number(low) = low { number.max(low) } else { number };
    let limited = if let Value::Number(high) = high { raised.min(high) } else { raised };
    Ok(Value::Number(*limited))
}

/// Nothing is left of what begins in the future or never stays.
fn halved(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::Number(amount), Value::DateTime(now), Value::DateTime(since), Value::Duration(Duration::Exact(every))] =
        arguments
    else {
        return Ok(Value::Missing);
    };
    let age = u128::try_from(now.as_nanosecond() - since.as_nanosecond());
    match (age, u64::try_from(*every)) {
        (Ok(age), Ok(every @ 1..)) => amount.halved(age, every).map(Value::Number),
        _ => Ok(Value::Missing),
    }
}

fn only_one(_: &Clock, arguments: &[Value]) -> Outcome {
    let mut present = present(arguments);
    match (present.next(), present.next()) {
        (Some(_), Some(_)) => Err(FaultCode::SeveralRows),
        (only, _) => Ok(only.cloned().unwrap_or_default()),
    }
}

fn agreed(_: &Clock, arguments: &[Value]) -> Outcome {
    let mut present = present(arguments);
    let Some(first) = present.next() else { return Ok(Value::Missing) };
    if present.all(|other| compare::equal(first, other, false)) {
        Ok(first.clone())
    } else {
        Err(FaultCode::RowsDisagree)
    }
}

fn collected(clock: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::List(before), more @ ..] = arguments else { return Ok(Value::Missing) };
    if present(more).next().is_none() {
        return Ok(Value::List(before.clone()));
    }
    let members: Vec<Value> = before.iter().chain(present(more)).cloned().collect();
    clock.list(members)
}

fn member_at(_: &Clock, arguments: &[Value]) -> Outcome {
    let [Value::List(members), Value::Number(place)] = arguments else { return Ok(Value::Missing) };
    let place = place.as_i64().and_then(|place| usize::try_from(place.checked_sub(1)?).ok());
    Ok(place.and_then(|place| members.get(place)).cloned().unwrap_or_default())
}
