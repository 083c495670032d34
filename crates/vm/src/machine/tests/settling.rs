//! Where there is room for one: the assignment, a field, the outcome.

use super::*;

fn two_rules(first: Effect<Operand>, second: Effect<Operand>, record: &[Value]) -> Verdict {
    let mut sample = Sample::new(&["a", "b"]);
    let always = always(&mut sample);
    let code = |sample: &mut Sample, effect: Effect<Operand>, field: u32| {
        let operands = (0..effect.operand_count()).map(|_| Instruction::Field(field));
        operands.chain([sample.effect(effect)]).collect::<Vec<_>>()
    };
    let (first, second) = (code(&mut sample, first, 0), code(&mut sample, second, 1));
    sample.set(Policy::All, vec![rule("first", &always, &first), rule("second", &always, &second)]);
    sample.run(record).unwrap()
}

#[test]
fn the_earliest_assignment_wins() {
    let both = [Value::text("ana"), Value::text("bo")];
    let verdict = two_rules(assign(computed(0)), assign(computed(0)), &both);
    let ana = Recipient::Computed { kind: None, value: Value::text("ana"), written: Text::from("lead.owner") };
    assert_eq!(verdict.assignment, assigned_to(ana));
    assert_eq!(verdict.lost, [lost(1, "assign", Because::Earlier(0))]);

    let verdict = two_rules(Effect::LeaveUnassigned, assign(computed(0)), &both);
    assert_eq!(verdict.assignment, Some(Assignment::Nobody));
    assert_eq!(verdict.lost, [lost(1, "assign", Because::Earlier(0))]);

    let verdict = two_rules(Effect::KeepOwner, Effect::LeaveUnassigned, &both);
    assert_eq!(verdict.assignment, Some(Assignment::KeepOwner));
    assert_eq!(verdict.lost, [lost(1, "leave unassigned", Because::Earlier(0))]);
}

#[test]
fn a_missing_target_settles_nothing() {
    let verdict = two_rules(assign(computed(0)), assign(computed(0)), &[Value::Missing, Value::text("bo@x.example")]);
    let bo = Recipient::Computed {
        kind: Some(TargetKind::User),
        value: Value::text("bo@x.example"),
        written: Text::from("lead.owner"),
    };
    assert_eq!(verdict.assignment, assigned_to(bo));
    assert_eq!(verdict.lost, [lost(0, "assign", Because::TargetMissing(Text::from("lead.owner")))]);
}

#[test]
fn a_field_is_set_once() {
    let set = || Effect::Set { field: Text::from("stage"), value: Operand(0) };
    let verdict = two_rules(set(), set(), &[number(1), number(2)]);
    assert_eq!(verdict.set, [(Text::from("stage"), number(1))]);
    assert_eq!(verdict.lost, [lost(1, "set stage", Because::Earlier(0))]);
    assert_eq!(two_rules(set(), set(), &[number(1), number(1)]).lost, []);
}

#[test]
fn a_rejection_voids_every_acceptance() {
    let reject = || Effect::Reject { field: None, reason: Operand(0) };
    let words = [Value::text("too late"), Value::text("too small")];
    let reason = |text: &str| Reason { field: None, text: Text::from(text) };

    let verdict = two_rules(Effect::Accept, reject(), &words);
    assert_eq!(verdict.outcome, Some(Outcome::Reject(vec![reason("too small")])));
    assert_eq!(verdict.lost, [lost(0, "accept", Because::Rejected(1))]);

    let verdict = two_rules(reject(), Effect::Accept, &words);
    assert_eq!(verdict.lost, [lost(1, "accept", Because::Rejected(0))]);

    let verdict = two_rules(reject(), reject(), &words);
    assert_eq!(verdict.outcome, Some(Outcome::Reject(vec![reason("too late"), reason("too small")])));
    assert_eq!(two_rules(Effect::Accept, Effect::Accept, &words).outcome, Some(Outcome::Accept));
}
