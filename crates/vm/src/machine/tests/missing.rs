//! Rules that were decided by missing values.

use super::*;

/// Whether one rule with this condition fires on a record with one missing field, and whether the missing field
/// decided it. `open` is a test of that field, `yes` and `no` are constants.
fn decided(
    condition: fn(open: [Instruction; 3], yes: Instruction, no: Instruction) -> Vec<Instruction>,
) -> (bool, bool) {
    let mut sample = Sample::new(&["score"]);
    let (seventy, yes, no) = (sample.number(70), Value::Truth(true), Value::Truth(false));
    let (yes, no) = (sample.constant(yes), sample.constant(no));
    let condition = condition([Instruction::Field(0), seventy, Instruction::Greater], yes, no);
    sample.set(Policy::All, vec![rule("only", &condition, &[])]);
    let verdict = sample.run(&[Value::Missing]).unwrap();
    (!verdict.fired.is_empty(), !verdict.by_missing.is_empty())
}

#[test]
fn a_test_of_a_missing_value_is_false_and_its_negation_true() {
    assert_eq!(decided(|open, _, _| open.to_vec()), (false, true));
    assert_eq!(decided(|[a, b, c], _, _| vec![a, b, c, Instruction::Not]), (true, true));
}

#[test]
fn unknown_and_false_is_false() {
    assert_eq!(decided(|[a, b, c], _, no| vec![a, b, c, no, Instruction::And]), (false, false));
    assert_eq!(decided(|[a, b, c], yes, _| vec![a, b, c, yes, Instruction::And]), (false, true));
    assert_eq!(decided(|[a, b, c], yes, _| vec![a, b, c, yes, Instruction::Or]), (true, false));
    assert_eq!(decided(|[a, b, c], _, no| vec![a, b, c, no, Instruction::Or]), (false, true));
}

#[test]
fn stopping_early_changes_nothing() {
    let and = |[a, b, c]: [Instruction; 3], _, no| vec![a, b, c, Instruction::JumpIfFalse(6), no, Instruction::And];
    assert_eq!(decided(and), (false, false));
    let or = |[a, b, c]: [Instruction; 3], yes, _| vec![a, b, c, Instruction::JumpIfTrue(6), yes, Instruction::Or];
    assert_eq!(decided(or), (true, false));
}

#[test]
fn presence_is_never_unknown() {
    assert_eq!(decided(|[a, ..], _, _| vec![a, Instruction::IsMissing]), (true, false));
    assert_eq!(
        decided(|[a, ..], yes, _| vec![a, Instruction::JumpIfPresent(3), yes, Instruction::Holds]),
        (true, false)
    );
}

#[test]
fn a_predicate_is_unknown_too() {
    let mut sample = Sample::new(&["name"]);
    let contains = builtins::Builtin::keyed("contains").unwrap();
    let acme = sample.text("acme");
    let condition = [Instruction::Field(0), acme, Instruction::Call(contains, 2), Instruction::Holds];
    sample.set(Policy::All, vec![rule("only", &condition, &[])]);
    let verdict = sample.run(&[Value::Missing]).unwrap();
    assert_eq!((verdict.fired, verdict.by_missing), (vec![], vec![0]));
}

#[test]
fn a_derived_truth_is_remembered_for_each_mode() {
    let mut sample = Sample::new(&["score"]);
    let seventy = sample.number(70);
    let hot = sample.definition("hot", &[Instruction::Field(0), seventy, Instruction::Greater]);
    sample.set(Policy::All, vec![rule("cold", &[hot, Instruction::Not], &[])]);
    let verdict = sample.run(&[Value::Missing]).unwrap();
    assert_eq!((verdict.fired, verdict.by_missing), (vec![0], vec![0]));
    assert_eq!(verdict.values, [Ok(Value::Truth(false))]);
}

#[test]
fn rules_behind_the_winner_were_not_considered() {
    let mut sample = Sample::new(&["a", "b"]);
    let [a, b] = [0, 1].map(Instruction::Field);
    let one = sample.number(1);
    let drafts = vec![
        rule("before", &[a, one, Instruction::Equal], &[]),
        rule("winner", &[b, one, Instruction::Equal], &[]),
        rule("behind", &[a, one, Instruction::Less], &[]),
    ];
    sample.set(Policy::First, drafts);
    let record = [Value::Missing, number(1)];
    assert_eq!(sample.run(&record).unwrap().by_missing, [0]);
    let options = Options { by_missing: false, ..Options::default() };
    assert_eq!(sample.run_with(&record, options).unwrap().by_missing, [] as [u32; 0]);
}

#[test]
fn rules_behind_a_stop_were_not_considered() {
    let mut sample = Sample::new(&["a", "b"]);
    let [a, b] = [0, 1].map(Instruction::Field);
    let one = sample.number(1);
    let drafts =
        vec![rule("stops", &[b, one, Instruction::Equal], &[]), rule("behind", &[a, one, Instruction::Less], &[])];
    sample.set(Policy::All, drafts);
    let record = [Value::Missing, number(1)];
    assert_eq!(sample.run(&record).unwrap().by_missing, [1]);
    sample.decision().rules[0].stops = true;
    assert_eq!(sample.run(&record).unwrap().by_missing, [] as [u32; 0]);
}
