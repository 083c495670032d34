//! Derived values, their faults, and limits.

use super::*;

/// `ratio = a / b`, and a rule that asks for it where `c` is true.
fn ratio() -> Sample {
    let mut sample = Sample::new(&["a", "b", "c"]);
    let divide = builtins::operator("/", &[Type::Number, Type::Number]).unwrap().0;
    let [a, b, c] = [0, 1, 2].map(Instruction::Field);
    let ratio = sample.definition("ratio", &[a, b, Instruction::Call(divide, 2)]);
    let two = sample.number(2);
    sample.set(Policy::All, vec![rule("unconcerned", &[c, Instruction::Holds], &[])]);
    let asks = [c, Instruction::JumpIfFalse(6), ratio, two, Instruction::Greater, Instruction::And];
    sample.set(Policy::All, vec![rule("asks", &asks, &[])]);
    sample
}

#[test]
fn values_are_listed() {
    let verdict = ratio().run(&[number(6), number(2), Value::Truth(true)]).unwrap();
    assert_eq!(verdict.values, [Ok(number(3))]);
    assert_eq!(verdict.fired, [0, 1]);
    let options = Options { values: false, ..Options::default() };
    assert_eq!(ratio().run_with(&[number(6), number(2), Value::Truth(true)], options).unwrap().values, []);
}

#[test]
fn a_fault_spoils_the_record_only_if_a_rule_needs_the_value() {
    let verdict = ratio().run(&[number(6), number(0), Value::Truth(false)]).unwrap();
    assert_eq!(verdict.values, [Err(FaultCode::DivisionByZero)]);
    let fault = ratio().run(&[number(6), number(0), Value::Truth(true)]).unwrap_err();
    let detail = "in `ratio`".to_owned();
    assert_eq!(fault, Fault { code: FaultCode::DivisionByZero, rule: Some(1), detail });
}

#[test]
fn a_fault_in_an_effect_names_the_rule() {
    let mut sample = ratio();
    let always = always(&mut sample);
    let set = sample.effect(Effect::Set { field: Text::from("x"), value: Operand(0) });
    sample.set(Policy::All, vec![rule("acts", &always, &[Instruction::Definition(0), set])]);
    let fault = sample.run(&[number(6), number(0), Value::Truth(false)]).unwrap_err();
    assert_eq!(fault.rule, Some(2));
}

#[test]
fn too_many_steps_are_fatal() {
    let fault = lead_routing().run_in_steps(&[number(1), Value::text("US"), Value::Missing], 5).unwrap_err();
    assert_eq!(fault.code, FaultCode::TooManySteps);
    assert_eq!(fault.detail, "in `half`; the limit is 5 steps, and `--limit-steps` moves it");
}
