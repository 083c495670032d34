//! Who receives an effect.

use super::*;

fn notify(to: Vec<Recipient<Operand>>) -> Effect<Operand> {
    Effect::Notify { to, text: Operand(0) }
}

#[test]
fn a_computed_name_becomes_a_declared_target() {
    let mut sample = Sample::new(&["owner"]);
    sample.target(TargetKind::Queue, "triage");
    let sales = sample.target(TargetKind::Team, "Sales");
    let verdict = effects_of(&mut sample, vec![assign(computed(0))], &[Value::text("sALES")]).unwrap();
    assert_eq!(verdict.assignment, assigned_to(Recipient::Declared(sales)));
}

#[test]
fn a_name_that_nobody_declared_is_a_fault_once_anybody_is() {
    let mut sample = Sample::new(&["owner"]);
    sample.target(TargetKind::Team, "sales");
    let fault = effects_of(&mut sample, vec![assign(computed(0))], &[Value::text("marketing")]).unwrap_err();
    let detail = "`marketing`, from `lead.owner`".to_owned();
    assert_eq!(fault, Fault { code: FaultCode::UnknownTarget, rule: Some(0), detail });
}

#[test]
fn a_message_to_a_name_that_nobody_declared_is_lost() {
    let mut sample = Sample::new(&["text", "owner"]);
    sample.target(TargetKind::Team, "sales");
    let record = [Value::text("hello"), Value::text("marketing")];
    let verdict = effects_of(&mut sample, vec![notify(vec![computed(1)])], &record).unwrap();
    assert_eq!(verdict.effects, []);
    assert_eq!(verdict.lost, [lost(0, "notify", Because::UnknownTarget(Text::from("marketing")))]);
}

#[test]
fn a_blank_name_names_nobody() {
    let mut sample = Sample::new(&["owner"]);
    let verdict = effects_of(&mut sample, vec![assign(computed(0))], &[Value::text(" ")]).unwrap();
    assert_eq!(verdict.lost, [lost(0, "assign", Because::TargetMissing(Text::from("lead.owner")))]);
}

#[test]
fn a_user_needs_no_declaration() {
    let mut sample = Sample::new(&["owner"]);
    sample.target(TargetKind::Queue, "Ana");
    let (kind, written) = (Some(TargetKind::User), Text::from("lead.owner"));
    let target = Recipient::Computed { kind, value: Operand(0), written: written.clone() };
    let verdict = effects_of(&mut sample, vec![assign(target)], &[Value::text("Ana")]).unwrap();
    assert_eq!(verdict.assignment, assigned_to(Recipient::Computed { kind, value: Value::text("Ana"), written }));
}

#[test]
fn a_missing_recipient_drops_out() {
    let mut sample = Sample::new(&["text", "a", "b"]);
    let record = [Value::text("hello"), Value::text("ana"), Value::Missing];
    let effects = vec![notify(vec![computed(1), computed(2)]), notify(vec![Recipient::Assignee, computed(1)])];
    let verdict = effects_of(&mut sample, effects, &record).unwrap();
    let ana = Recipient::Computed { kind: None, value: Value::text("ana"), written: Text::from("lead.owner") };
    let told = Effect::Notify { to: vec![ana], text: Value::text("hello") };
    assert_eq!(verdict.effects, [told.clone(), told]);
    let missing = lost(0, "notify", Because::TargetMissing(Text::from("lead.owner")));
    assert_eq!(verdict.lost, [missing, lost(0, "notify", Because::NobodyAssigned)]);
}

#[test]
fn nobody_is_told_what_nobody_is_there_to_hear() {
    let mut sample = Sample::new(&["text"]);
    let task = Effect::Task { text: Operand(0), owner: Some(Recipient::Assignee), due: None };
    let effects = vec![Effect::KeepOwner, notify(vec![Recipient::Assignee]), task];
    let verdict = effects_of(&mut sample, effects, &[Value::text("hello")]).unwrap();
    assert_eq!(verdict.effects, []);
    let nobody = |effect| lost(0, effect, Because::NobodyAssigned);
    assert_eq!(verdict.lost, [nobody("notify"), nobody("create task")]);
}

#[test]
fn the_assignee_is_known_at_the_end() {
    let mut sample = Sample::new(&["text"]);
    let sales = Recipient::Declared(sample.target(TargetKind::Team, "sales"));
    let escalations = vec![Escalation { target: Recipient::Assignee, due: None }];
    let late = Effect::Assign { target: Recipient::Declared(0), by: None, due: Some(Operand(0)), escalations };
    let effects = vec![notify(vec![Recipient::Assignee]), late];
    let verdict = effects_of(&mut sample, effects, &[Value::DateTime(Instant::UNIX_EPOCH)]).unwrap();
    let told = Effect::Notify { to: vec![Recipient::Assignee], text: Value::DateTime(Instant::UNIX_EPOCH) };
    assert_eq!(verdict.effects, [told]);
    let escalations = vec![Escalation { target: sales.clone(), due: None }];
    let due = Some(Instant::UNIX_EPOCH);
    assert_eq!(verdict.assignment, Some(Assignment::To { target: sales, member: None, by: None, due, escalations }));
}
