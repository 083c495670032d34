//! From a name and the types of the arguments to a built-in.

use super::kind::Kind;
use super::row::{Form, Row};
use super::{Builtin, table};
use crate::Type;

/// Why a call fits no function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// No function has the name.
    Unknown,
    /// It takes another number of arguments.
    Count {
        /// How it is called: `left(text, count)`; the ways are joined by ` or `.
        signature: String,
    },
    /// An argument has the wrong type.
    Argument {
        /// Which, counting from 0.
        index: usize,
        /// What would do: `number`, `list of text`.
        expected: String,
    },
}

/// The function with a name for arguments of given types, and the type of its result.
pub fn function(name: &str, arguments: &[Type]) -> Result<(Builtin, Type), Mismatch> {
    let named = || candidates(name, Form::Function);
    if named().next().is_none() {
        return Err(Mismatch::Unknown);
    }
    let counted = || named().filter(|builtin| builtin.row().takes(arguments.len()));
    if counted().next().is_none() {
        let signatures = distinct(named().map(|builtin| builtin.row().signature()));
        return Err(Mismatch::Count { signature: signatures.join(" or ") });
    }
    let fitting = counted().find(|builtin| first_misfit(builtin.row(), arguments).is_none());
    fitting.map(|builtin| (builtin, builtin.row().result_for(arguments))).ok_or_else(|| misfit(counted(), arguments))
}

/// The operator with a sign (`+ - * / %`, `unary-`) for operands of given types, and the type of its result.
pub fn operator(sign: &str, arguments: &[Type]) -> Option<(Builtin, Type)> {
    candidates(sign, Form::Operator)
        .find(|builtin| builtin.row().takes(arguments.len()) && first_misfit(builtin.row(), arguments).is_none())
        .map(|builtin| (builtin, builtin.row().result_for(arguments)))
}

/// The names of all functions, in the order of the table.
pub fn names() -> impl Iterator<Item = &'static str> {
    distinct(table::rows().filter(|row| row.form == Form::Function).map(|row| row.name)).into_iter()
}

/// What the argument at a place, counting from 0, of a function most likely is, where nothing else tells.
pub fn parameter_hint(name: &str, place: usize, count: usize) -> Option<Type> {
    let fits = |builtin: &Builtin| builtin.row().takes(count);
    let fitting = candidates(name, Form::Function).filter(fits);
    let mut rows = fitting.chain(candidates(name, Form::Function)).map(Builtin::row);
    rows.find_map(|row| row.parameter(place)).and_then(|parameter| parameter.kind.hint())
}

/// Whether a function with so many arguments takes them all of one type.
pub fn takes_alike(name: &str, count: usize) -> bool {
    let mut rows = candidates(name, Form::Function).map(Builtin::row);
    rows.any(|row| count > 1 && row.takes(count) && row.parameter(1).is_some_and(|other| other.kind == Kind::AsFirst))
}

/// Whether an argument is a list, whatever it holds.
pub fn takes_any_list(name: &str, place: usize) -> bool {
    let mut rows = candidates(name, Form::Function).map(Builtin::row);
    rows.find_map(|row| row.parameter(place)).is_some_and(|parameter| parameter.kind == Kind::List)
}

/// The place, counting from 0, at which a function is given a calendar, if it is; rules may leave it out.
pub fn calendar_place(name: &str) -> Option<usize> {
    let mut rows = candidates(name, Form::Function).map(Builtin::row);
    rows.find_map(|row| row.parameters.iter().position(|parameter| parameter.kind == Kind::Calendar))
}

/// What a function gives, as far as it does not depend on its arguments.
pub fn result_hint(name: &str) -> Option<Type> {
    candidates(name, Form::Function).next().and_then(|builtin| builtin.row().result.hint())
}

fn candidates(name: &str, form: Form) -> impl Iterator<Item = Builtin> {
    Builtin::all().filter(move |builtin| builtin.row().form == form && builtin.row().name == name)
}

/// The place of the first argument that a row does not take.
fn first_misfit(row: &Row, arguments: &[Type]) -> Option<usize> {
    let first = arguments.first()?;
    let fits = |(place, ty): (usize, &Type)| row.parameter(place).is_some_and(|it| it.kind.accepts(ty, first));
    arguments.iter().enumerate().position(|argument| !fits(argument))
}

/// The argument at which the last candidate gives up, and what all that got so far would have taken there.
fn misfit(candidates: impl Iterator<Item = Builtin>, arguments: &[Type]) -> Mismatch {
    let given_up: Vec<(usize, &Row)> = candidates
        .filter_map(|builtin| first_misfit(builtin.row(), arguments).map(|place| (place, builtin.row())))
        .collect();
    let index = given_up.iter().map(|(place, _)| *place).max().unwrap_or(0);
    let there = given_up.iter().filter(|(place, _)| *place == index);
    let first = arguments.first();
    let expected = distinct(there.filter_map(|(_, row)| row.parameter(index)).map(|parameter| {
        // What is to be like the first argument is best said by naming its type.
        match (parameter.kind, first) {
            (Kind::AsFirst, Some(first)) => first.to_string(),
            (kind, _) => kind.words().to_owned(),
        }
    }));
    Mismatch::Argument { index, expected: expected.join(" or ") }
}

/// Each once, in order.
fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for one in all {
        if !distinct.contains(&one) {
            distinct.push(one);
        }
    }
    distinct
}
