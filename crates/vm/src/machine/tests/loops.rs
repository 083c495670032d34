//! Loops over the items of lists.

use super::*;
use crate::program::{FieldPlace, Fold, Items, Loop};
use crate::verify::{Flaw, verify};

/// A program whose only rule has the condition `any(a in lead.list where a > 70)`.
/// The loop's code stands behind everything else.
fn sample() -> Sample {
    let mut sample = Sample::new(&["list"]);
    let seventy = sample.number(70);
    let condition = [Instruction::Field(0), Instruction::Loop(0)];
    sample.set(Policy::All, vec![rule("only", &condition, &[])]);
    let entry = sample.decision().code.len() as u32;
    sample.decision().code.extend([Instruction::Item(0), seventy, Instruction::Greater, Instruction::Return]);
    sample.decision().loops.push(Loop { fold: Fold::Any, depth: 0, filter: Some(entry), item: None });
    sample
}

fn list(numbers: &[Option<i64>]) -> Value {
    Value::List(numbers.iter().map(|it| it.map_or(Value::Missing, |it| Value::Number(it.into()))).collect())
}

/// Whether the rule fires and whether it was decided by a missing value.
fn decided(sample: &Sample, value: Value) -> (bool, bool) {
    let verdict = sample.run(&[value]).unwrap();
    (!verdict.fired.is_empty(), !verdict.by_missing.is_empty())
}

#[test]
fn any_is_true_for_one_and_false_for_none() {
    let any = sample();
    assert_eq!(decided(&any, list(&[Some(1), None, Some(71)])), (true, false));
    assert_eq!(decided(&any, list(&[Some(1), None])), (false, false), "a missing item is passed over");
    assert_eq!(decided(&any, list(&[])), (false, false));
    assert_eq!(decided(&any, Value::Missing), (false, true), "nobody knows what a missing list would hold");
}

#[test]
fn an_unknown_item_leaves_any_open_unless_another_settles_it() {
    let mut any = sample();
    let filter = any.decision().loops[0].filter.unwrap() as usize;
    any.decision().code[filter] = Instruction::Element(0, 0, 0);
    any.decision().fields[0].ty = Type::List(Box::new(Type::Record(Text::from("item"))));
    let field = Sample::new(&["points"]).decision().fields[0].clone();
    any.decision().items.push(Items { list: FieldPlace::Field(0), fields: vec![field] });
    let items = |numbers: &[Option<i64>]| {
        let of = |it: &Option<i64>| it.map_or(Value::Missing, |it| Value::Number(it.into()));
        Value::List(numbers.iter().map(|it| Value::Record([of(it)].into())).collect())
    };
    assert_eq!(decided(&any, items(&[None, Some(1)])), (false, true));
    assert_eq!(decided(&any, items(&[None, Some(71)])), (true, false));
}

#[test]
fn steps_are_counted_for_each_item() {
    let any = sample();
    let long = list(&vec![Some(1); 1000]);
    let fault = any.run_in_steps(&[long], 1000).unwrap_err();
    assert_eq!(fault.code, FaultCode::TooManySteps);
}

#[test]
fn forged_loops_are_refused() {
    let flaw = |forge: fn(&mut Decision)| {
        let mut sample = sample();
        forge(sample.decision());
        verify(sample.0).unwrap_err().flaw
    };
    let item = |decision: &Decision| decision.loops[0].filter.unwrap() as usize;
    assert_eq!(flaw(|it| it.loops.clear()), Flaw::NoSuch { what: "loop", index: 0 });
    assert_eq!(flaw(|it| it.loops[0].depth = 3), Flaw::Loop(0));
    assert_eq!(flaw(|it| it.loops[0].depth = 1), Flaw::Misplaced("loop"));
    let outside = flaw(|it| it.code[0] = Instruction::Item(0));
    assert_eq!(outside, Flaw::Misplaced("item"));
    let mut further = sample();
    let place = item(further.decision());
    further.decision().code[place] = Instruction::Item(1);
    assert_eq!(verify(further.0).unwrap_err().flaw, Flaw::Misplaced("item"));
    let mut itself = sample();
    let place = item(itself.decision());
    itself.decision().code[place + 1] = Instruction::Loop(0);
    assert_eq!(verify(itself.0).unwrap_err().flaw, Flaw::Misplaced("loop"));
}
