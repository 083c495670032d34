//! Whole programs: what the machine makes of compiled effects and expressions.

use semantics::typed::{Deadline, Effect, Escalation, Expr, ExprKind, Policy, Recipient, RuleSet, Rulebook};
use values::builtins::function;
use values::{Number, Text, Type, Value};
use vm::program::Decision;
use vm::{Machine, Options, Record, Verdict, disassemble, verify};

use super::build::*;
use super::oracle::clock;
use crate::compile;

/// A program of one rule that always fires.
fn always(effects: Vec<Effect>) -> vm::Program {
    let mut always = set(Policy::All, vec![open()]);
    always.rules.first_mut().unwrap().effects = effects;
    book(always)
}

fn book(set: RuleSet) -> vm::Program {
    let decision = semantics::typed::Decision { definitions: Vec::new(), ..decision(vec![set]) };
    compile(&Rulebook {
        zone: "UTC".to_owned(),
        decisions: vec![decision],
        targets: Vec::new(),
        references: Vec::new(),
        calendars: Vec::new(),
    })
}

fn run(program: vm::Program, values: Vec<Value>) -> Verdict {
    let program = verify(program).unwrap();
    let mut machine = Machine::new(&program, 0, clock(), Options::default()).unwrap();
    machine.run(&Record::of(values)).unwrap()
}

#[test]
fn a_program_reads_like_its_rules() {
    let set = with_otherwise(set(
        Policy::First,
        vec![
            or([and([more(score(), 70), not(holds(vip()))]), is_in(country(), &["DE", "AT"])]),
            more(default(budget(), choose(open(), score(), number(5))), 70),
        ],
    ));
    let program = book(set);
    let listing = disassemble(&program);
    verify(program).unwrap();
    let code = listing.lines().skip_while(|line| !line.contains("set \"test\""));
    let code: Vec<&str> = code.take_while(|line| !line.contains("rule \"2\"")).collect();
    assert_eq!(code.join("\n").trim(), EXPECTED.trim(), "{listing}");
}

const EXPECTED: &str = r#"
set "test", first match
       0  field             score
       1  constant          70
       2  greater
       3  jump-unless       7
       4  field             vip
       5  holds
       6  jump-unless       10
       7  field             country
       8  in                ("DE", "AT")
       9  jump-unless       12
      10  fire              "1"
      11  return
      12  field             budget
      13  jump-if-present   19
      14  field             open
      15  jump-unless       18
      16  field             score
      17  jump              19
      18  constant          5
      19  constant          70
      20  greater
      21  jump-unless       24
      22  fire              "2"
      23  return
      24  fire-otherwise    "otherwise"
      25  return

  rule "1", test.rules:1
    condition
      26  field             score
      27  constant          70
      28  greater
      29  jump-if-false     34
      30  field             vip
      31  holds
      32  not
      33  and
      34  jump-if-true      38
      35  field             country
      36  in                ("DE", "AT")
      37  or
      38  return
    effects
      39  perform           accept
      40  return
"#;

#[test]
fn deadlines_inside_deadlines_become_a_list() {
    let due = || expr(ExprKind::Now, Type::DateTime, false);
    let user = |name: &str| Recipient::Undeclared { kind: None, name: name.into() };
    let last = Escalation { target: user("cara"), within: None };
    let second = Escalation { target: user("bo"), within: Some(Deadline { due: due(), escalate: Some(last.into()) }) };
    let within = Deadline { due: due(), escalate: Some(second.into()) };
    let program = always(vec![Effect::Assign { target: user("ana"), by: None, within: Some(within) }, Effect::Stop]);
    let decision: &Decision = &program.decisions[0];
    let vm::effect::Effect::Assign { due: Some(due), escalations, .. } = &decision.effects[0] else { panic!() };
    assert_eq!(due.0, 0);
    assert_eq!(escalations.iter().map(|it| it.due.map(|it| it.0)).collect::<Vec<_>>(), [Some(1), None]);
    assert!(decision.rules[0].stops);
    assert!(run(program, vec![Value::Truth(true), Value::text("L1")]).assignment.is_some());
}

#[test]
fn operands_stand_in_the_order_in_which_they_are_pushed() {
    let text = |text: &str| expr(ExprKind::Constant(Value::text(text)), Type::Text, false);
    let computed = |name: &str| Recipient::Computed { kind: None, value: text(name), written: name.into() };
    let program = always(vec![Effect::Email {
        template: text("template"),
        to: vec![computed("to"), Recipient::Assignee],
        cc: vec![computed("cc")],
        from: Some(computed("from")),
        reply_to: None,
        with: vec![(Text::from("key"), text("value"))],
    }]);
    let mut pushed = Vec::new();
    program.decisions[0].effects[0].map(&mut |operand| pushed.push(operand.0));
    assert_eq!(pushed, [0, 1, 2, 3, 4]);
    let constants: Vec<_> = ["template", "to", "cc", "from", "value"].map(Value::text).into();
    assert_eq!(program.decisions[0].constants, constants);
}

#[test]
fn there_is_no_limit_to_arguments_and_pieces() {
    let (builtin, ty) = function("max", &[Type::Number, Type::Number]).unwrap();
    let arguments = (0..1000).map(number).collect();
    let max = expr(ExprKind::Call { builtin, arguments }, ty, false);
    let letter = |_| expr(ExprKind::Constant(Value::text("x")), Type::Text, false);
    let join = expr(ExprKind::Join((0..1000).map(letter).collect()), Type::Text, false);
    let set_field = |field: &str, value: Expr| Effect::Set { field: field.into(), value };
    let program = always(vec![set_field("max", max), set_field("join", join)]);
    let verdict = run(program, vec![Value::Truth(true), Value::text("L1")]);
    let expected =
        [(Text::from("max"), Value::Number(Number::from(999))), ("join".into(), Value::text("x".repeat(1000)))];
    assert_eq!(verdict.set, expected);
}
