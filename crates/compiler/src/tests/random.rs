//! Random rule sets decide random records like a plain reading, faults included; with a plan, with half a plan, and with
//! none.

use semantics::typed::{Comparison, Decision, Effect, Expr, Fold, Policy, RuleSet, Rulebook};
use values::{Currency, FaultCode, Money, Number, Value};
use vm::{Machine, Options, Program, Record, verify};

use super::build::*;
use super::oracle;
use crate::compile;
use crate::emit::{Purpose, emit};
use crate::plan::{Budget, plan_with};

#[test]
fn random_rule_sets_decide_like_a_plain_reading() {
    let mut dice = Dice(7);
    for round in 0..400 {
        let set = random_set(&mut dice);
        let budget = [None, Some(3), Some(8), Some(20)][dice.below(4)];
        let program = program(
            &set,
            budget.map(|nodes| Budget {
                nodes,
                work: 100_000,
                indexed: [1, 4, usize::MAX][dice.below(3)],
                searched: [1, 20][dice.below(2)],
                sieved: usize::MAX,
            }),
        );
        for _ in 0..40 {
            let record = random_record(&mut dice);
            let expected = oracle::decide(&decision(Vec::new()), &set, &record);
            assert_eq!(run(&program, &record), expected, "round {round}: {record:?}\n{set:#?}");
        }
    }
}

fn program(set: &RuleSet, budget: Option<Budget>) -> Program {
    let decision = decision(vec![set.clone()]);
    let tree = budget.map_or_else(|| crate::plan(&decision, set), |budget| plan_with(&decision, set, |_| budget));
    let mut program = compile(&Rulebook {
        zone: "UTC".to_owned(),
        decisions: Vec::new(),
        targets: Vec::new(),
        references: Vec::new(),
        calendars: Vec::new(),
    });
    program.decisions.push(emit(&decision, &[tree], Purpose::Decide, usize::MAX));
    program
}

/// The rules that fire, or what goes wrong.
pub(super) fn run(program: &Program, record: &[Value]) -> Result<Vec<u32>, FaultCode> {
    let fields = &program.decisions[0].fields;
    let all = decision(Vec::new()).fields;
    let values = fields.iter().map(|field| all.iter().position(|it| it.name == field.name).unwrap());
    let record = Record::of(values.map(|place| record[place].clone()).collect());
    let program = verify(program.clone()).unwrap();
    let mut machine = Machine::new(&program, 0, oracle::clock(), Options::default()).unwrap();
    machine.run(&record).map(|verdict| verdict.fired).map_err(|fault| fault.code)
}

fn random_set(dice: &mut Dice) -> RuleSet {
    let policy = [Policy::First, Policy::All, Policy::Unique][dice.below(3)];
    let conditions = (0..1 + dice.below(7)).map(|_| random_condition(dice, 2)).collect();
    let mut set = set(policy, conditions);
    for rule in &mut set.rules {
        rule.effects.extend((dice.below(6) == 0).then_some(Effect::Stop));
    }
    if dice.below(2) == 0 { with_otherwise(set) } else { set }
}

fn random_condition(dice: &mut Dice, depth: usize) -> Expr {
    let parts = |dice: &mut Dice| (0..2 + dice.below(2)).map(|_| random_condition(dice, depth - 1)).collect::<Vec<_>>();
    match dice.below(if depth == 0 { 3 } else { 6 }) {
        0 => not(random_test(dice)),
        1 | 2 => random_test(dice),
        3 => and(parts(dice)),
        4 => or(parts(dice)),
        _ => not(random_condition(dice, depth - 1)),
    }
}

fn random_test(dice: &mut Dice) -> Expr {
    let countries = ["DE", "de", "AT", "US"];
    let country_name = countries[dice.below(4)];
    let stage_name = ["new", "won", "lost"][dice.below(3)];
    match dice.below(22) {
        0 => is(country(), country_name),
        1 => is_in(country(), &countries[dice.below(3)..]),
        2 => is(stage(), stage_name),
        3 => is_in(stage(), &["won", stage_name]),
        4 => missing(country()),
        5 => missing(budget()),
        6 => holds(vip()),
        7 => open(),
        8 => rich(),
        9 => random_comparison(dice, ratio()),
        10 => random_comparison(dice, quotient(budget(), score())),
        11 => random_comparison(dice, budget()),
        12 => random_comparison(dice, default(budget(), ratio())),
        14 => random_comparison(dice, fold(Fold::Count, 0, sizes(), Some(more(size(0), 1)), None)),
        15 => random_comparison(dice, fold(Fold::First, 0, sizes(), None, Some(quotient(number(10), size(0))))),
        16 => fold(Fold::Any, 0, sizes(), Some(random_comparison(dice, quotient(number(10), size(0)))), None),
        17 => {
            let inner = fold(Fold::Any, 1, sizes(), Some(compare(Comparison::Less, size(1), size(0))), None);
            fold(Fold::Any, 0, sizes(), Some(and([inner, rich()])), None)
        }
        18..=20 => random_comparison_of_money(dice),
        13 => choose(vip(), rich(), holds(vip())),
        _ => random_comparison(dice, score()),
    }
}

/// Faults where the one side turns out to be of another currency than the other.
fn random_comparison_of_money(dice: &mut Dice) -> Expr {
    let side = |dice: &mut Dice| match dice.below(5) {
        0 => price(),
        1 => cost(),
        2 => fee(),
        3 => default(cost(), price()),
        _ => amount(dice.money()),
    };
    let sides = (side(dice), side(dice));
    compare(random_operator(dice), sides.0, sides.1)
}

fn random_operator(dice: &mut Dice) -> Comparison {
    [Comparison::Equal, Comparison::Less, Comparison::LessOrEqual, Comparison::Greater][dice.below(4)]
}

fn random_comparison(dice: &mut Dice, operand: Expr) -> Expr {
    let operator = random_operator(dice);
    let constant = number(dice.number());
    if dice.below(4) == 0 { compare(operator, constant, operand) } else { compare(operator, operand, constant) }
}

fn random_record(dice: &mut Dice) -> Vec<Value> {
    let optional = |dice: &mut Dice, value: Value| if dice.below(3) == 0 { Value::Missing } else { value };
    let score = Value::Number(Number::from(dice.number()));
    let budget = Value::Number(Number::from(dice.number()));
    let country = Value::text(["DE", "at", "Us", "FR"][dice.below(4)]);
    let stage = Value::text(["new", "WON", "lost"][dice.below(3)]);
    let vip = Value::Truth(dice.below(2) == 0);
    let open = Value::Truth(dice.below(2) == 0);
    let (budget, country, vip) = (optional(dice, budget), optional(dice, country), optional(dice, vip));
    let sizes = (0..dice.below(4)).map(|_| Value::Number(Number::from(dice.number()))).collect::<Vec<_>>();
    let sizes = optional(dice, Value::List(sizes.into()));
    let (price, cost, fee) = (Value::Money(dice.money()), Value::Money(dice.money()), Value::Money(dice.euros()));
    let (cost, fee) = (optional(dice, cost), optional(dice, fee));
    vec![score, budget, country, stage, vip, open, Value::text("L1"), sizes, price, cost, fee]
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    /// A small number; 0 is frequent.
    fn number(&mut self) -> i64 {
        [0, 0, 1, 2, 5, 51][self.below(6)]
    }

    /// Euros, now and then dollars.
    fn money(&mut self) -> Money {
        match self.below(6) {
            0 => Money::new(self.number().into(), Currency::named("USD").unwrap()),
            _ => self.euros(),
        }
    }

    fn euros(&mut self) -> Money {
        Money::new(self.number().into(), euro())
    }
}

#[test]
fn a_decision_keeps_the_fields_that_are_asked_for() {
    let decision: Decision = decision(vec![set(Policy::First, vec![is(stage(), "won")])]);
    let emitted = emit(&decision, &[crate::plan(&decision, &decision.sets[0])], Purpose::Decide, usize::MAX);
    let names: Vec<&str> = emitted.fields.iter().map(|field| &*field.name).collect();
    assert_eq!(names, ["score", "budget", "stage", "id"], "score and budget by the definitions, id as the key");
}
