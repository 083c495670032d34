//! What a verdict says of a record, policy by policy and effect by effect.

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
    Some(Assignment::To { target, by: None, due: None, escalations: vec![] })
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

mod policies {
    use super::*;

    /// The rules that fire when each of two rules holds if its field is true.
    fn fired(policy: Policy, first: bool, second: bool) -> Result<Vec<u32>, Fault> {
        let mut sample = Sample::new(&["a", "b"]);
        let drafts =
            vec![rule("a", &[Instruction::Field(0)], &[]), rule("b", &[Instruction::Field(1)], &[]), otherwise(&[])];
        sample.set(policy, drafts);
        sample.run(&[Value::Truth(first), Value::Truth(second)]).map(|verdict| verdict.fired)
    }

    #[test]
    fn first_match_fires_one() {
        assert_eq!(fired(Policy::First, true, true), Ok(vec![0]));
        assert_eq!(fired(Policy::First, false, true), Ok(vec![1]));
        assert_eq!(fired(Policy::First, false, false), Ok(vec![2]));
    }

    #[test]
    fn all_matches_fires_all() {
        assert_eq!(fired(Policy::All, true, true), Ok(vec![0, 1]));
        assert_eq!(fired(Policy::All, false, false), Ok(vec![2]));
    }

    #[test]
    fn unique_match_fires_one_or_faults() {
        assert_eq!(fired(Policy::Unique, false, true), Ok(vec![1]));
        let fault = Fault { code: FaultCode::SeveralMatches, rule: Some(1), detail: "`a` and `b`".to_owned() };
        assert_eq!(fired(Policy::Unique, true, true), Err(fault));
    }
}

mod settling {
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
        let verdict =
            two_rules(assign(computed(0)), assign(computed(0)), &[Value::Missing, Value::text("bo@x.example")]);
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
}

mod recipients {
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
        let told = Effect::Notify { to: vec![sales.clone()], text: Value::DateTime(Instant::UNIX_EPOCH) };
        assert_eq!(verdict.effects, [told]);
        let escalations = vec![Escalation { target: sales.clone(), due: None }];
        let due = Some(Instant::UNIX_EPOCH);
        assert_eq!(verdict.assignment, Some(Assignment::To { target: sales, by: None, due, escalations }));
    }
}

mod derived {
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
        let options = Options { steps: 5, ..Options::default() };
        let fault = lead_routing().run_with(&[number(1), Value::text("US"), Value::Missing], options).unwrap_err();
        assert_eq!(fault.code, FaultCode::TooManySteps);
    }
}

mod missing {
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
}

#[test]
fn a_machine_forgets_the_record_before() {
    let program = lead_routing().verified();
    let clock = Clock::new(Instant::UNIX_EPOCH, values::zone_named("UTC").unwrap());
    let mut machine = Machine::new(&program, 0, clock, Options::default()).unwrap();
    let mut fired = |score: i64, country: &str| {
        let record = Record { values: vec![number(score), Value::text(country), Value::text("ana@x.example")] };
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
