//! What a verdict says of a record, policy by policy and effect by effect.

mod derived;
mod loops;
mod missing;
mod policies;
mod recipients;
mod settling;

use values::{FaultCode, Instant, Text, Type, Value, builtins};

use super::*;
use crate::effect::{Effect, Escalation, Operand, Recipient, TargetKind};
use crate::instruction::Instruction;
use crate::program::Policy;
use crate::sample::{Sample, assign, computed, lead_routing, otherwise, rule};
use crate::verdict::{Assignment, Because, Lost, Outcome, Reason};

fn number(number: i64) -> Value {
    Value::Number(number.into())
}

fn lost(rule: u32, effect: &str, because: Because) -> Lost {
    Lost { rule, effect: effect.to_owned(), because }
}

fn assigned_to(target: Recipient<Value>) -> Option<Assignment> {
    Some(Assignment::To { target, member: None, by: None, due: None, escalations: vec![] })
}

/// A condition that always holds.
fn always(sample: &mut Sample) -> [Instruction; 1] {
    [sample.constant(Value::Truth(true))]
}

/// The verdict of one rule with these effects, each finding the record's fields on the stack.
fn effects_of(sample: &mut Sample, effects: Vec<Effect<Operand>>, record: &[Value]) -> Result<Verdict, Fault> {
    let mut code = Vec::new();
    for effect in effects {
        code.extend((0..effect.operand_count()).map(Instruction::Field));
        code.push(sample.effect(effect));
    }
    let always = always(sample);
    sample.set(Policy::All, vec![rule("only", &always, &code)]);
    sample.run(record)
}

#[test]
fn a_machine_forgets_the_record_before() {
    let program = lead_routing().verified();
    let clock = Clock::new(Instant::UNIX_EPOCH, values::zone_named("UTC").unwrap());
    let mut machine = Machine::new(&program, 0, clock, Options::default()).unwrap();
    let mut fired = |score: i64, country: &str| {
        let record = Record::of(vec![number(score), Value::text(country), Value::text("ana@x.example")]);
        machine.run(&record).unwrap().fired
    };
    assert_eq!(fired(200, "US"), [0, 3]);
    assert_eq!(fired(20, "de"), [1, 3]);
    assert_eq!(fired(20, "US"), [2, 3]);
}

#[test]
fn long_choices_answer_like_short_ones() {
    for (exact, length) in [(false, 3), (false, 300), (true, 3), (true, 300)] {
        let mut sample = Sample::new(&["country"]);
        let constants = (0..length).map(|index| Value::text(format!("Country{index}"))).collect();
        let is_in = sample.choice(constants, exact);
        sample.set(Policy::All, vec![rule("only", &[Instruction::Field(0), is_in], &[])]);
        let fires = |text: &str| !sample.run(&[Value::text(text)]).unwrap().fired.is_empty();
        assert!(fires("Country2"));
        assert_eq!(fires("cOUNTRY2"), !exact);
        assert!(!fires("Country"));
    }
}
