//! Rules that the check accepts meet no type error: records that conform to the record type are decided, or a computation
//! went wrong in a way that the guide names. Records that do not conform are told apart, by the field that is wrong.
//! And to ask how a verdict came about does not change it.

use serde_json::Value;
use values::FaultCode;

use crate::decide::{How, is_fault, parsed, verdicts, verified};
use crate::generate::Wish;
use crate::trial::{Given, Tried, holds, rulebook};

#[test]
fn what_is_checked_meets_no_type_error() {
    holds("what is checked meets no type error", Wish::default(), soundness);
}

fn soundness(given: &mut Given) -> Result<Tried, String> {
    let Ok(rulebook) = rulebook(given) else { return Ok(Tried::Refused) };
    let program = verified(compiler::compile(&rulebook))?;
    let traceable = verified(compiler::compile_traceable(&rulebook))?;
    let lines = given.lines();
    let decided = verdicts(&program, &given.book, &lines, How::default())?;
    let traced = verdicts(&traceable, &given.book, &lines, How { trace: true, ..How::default() })?;
    for ((line, verdict), traced) in lines.lines().zip(&decided).zip(&traced) {
        let told = parsed(verdict);
        conforms(&told).map_err(|reason| format!("of {line}\n  {verdict}\n  {reason}"))?;
        if traceless(traced) != traceless(verdict) {
            return Err(format!("of {line}\n  without trace: {verdict}\n  with trace:    {traced}"));
        }
    }
    wrong(given, &program)?;
    Ok(Tried::Holds(2 * given.records.len()))
}

/// That what is told of a conforming record is a verdict or a fault of computing.
fn conforms(told: &Value) -> Result<(), String> {
    if !is_fault(told) {
        return Ok(());
    }
    let code = told["code"].as_str().unwrap_or_default();
    let known = FaultCode::all().iter().any(|fault| fault.code() == code && *fault != FaultCode::TooManySteps);
    if known { Ok(()) } else { Err(format!("`{code}` is no fault of computing")) }
}

/// A verdict without what only a trace tells: the sets that wait for another event are part of it.
fn traceless(line: &str) -> Value {
    let mut told = parsed(line);
    if let Some(members) = told.as_object_mut() {
        members.remove("trace");
        let waits = |set: &Value| set["because"].as_str().is_some_and(|because| because.starts_with("it waits for"));
        let not_run: Vec<Value> =
            members.remove("not_run").and_then(|sets| sets.as_array().cloned()).unwrap_or_default();
        members.insert("not_run".to_owned(), not_run.into_iter().filter(|set| !waits(set)).collect());
    }
    told
}

/// Records of which one value does not fit. If the rules ask for it, it is named; if they do not, nothing changes.
fn wrong(given: &Given, program: &vm::Verified) -> Result<(), String> {
    let Some(decision) = program.decisions.iter().find(|decision| &*decision.record == given.book.root) else {
        return Err("nothing is decided".to_owned());
    };
    if given.book.events {
        return Ok(());
    }
    let (mut lines, mut expected) = (String::new(), Vec::new());
    for record in &given.records {
        let Some((path, value)) = &record.slip else { continue };
        let wrong = record.fields.with(path, value.clone());
        lines.push_str(&(wrong.written() + "\n"));
        let asked = decision.fields.iter().find(|asked| {
            asked.through.is_none() && asked.source.iter().map(ToString::to_string).eq(path.iter().cloned())
        });
        expected.push(asked.map(|asked| asked.name.to_string()));
    }
    let told = verdicts(program, &given.book, &lines, How::default())?;
    for ((line, told), expected) in lines.lines().zip(&told).zip(&expected) {
        let verdict = parsed(told);
        let named = verdict["field"].as_str().map(str::to_owned);
        let right = match expected {
            Some(field) => is_fault(&verdict) && named.as_ref() == Some(field),
            None => conforms(&verdict).is_ok(),
        };
        if !right {
            return Err(format!("of {line}\n  where `{expected:?}` is wrong: {told}"));
        }
    }
    Ok(())
}
