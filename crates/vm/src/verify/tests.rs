//! Each thing that must not be run, refused for its own reason.

use values::{Text, Type, Value};

use super::*;
use crate::effect::{Effect, Operand, Recipient, Selection};
use crate::instruction::Instruction;
use crate::program::index::{Cut, Demand, Dimension, Index, Missing, Row, Scale};
use crate::program::sieve::{Case, Made, Sieve};
use crate::program::{Column, Decision, Field, FieldPlace, Fold, Items, Join, Lookup, Loop, Policy, Reference};
use crate::sample::{Sample, assign, lead_routing, otherwise, rule};

/// What the verifier says about the sample once it is changed.
fn flaw<T>(change: impl FnOnce(&mut Sample) -> T) -> Flaw {
    let mut sample = lead_routing();
    change(&mut sample);
    verify(sample.0).unwrap_err().flaw
}

/// What it says about a derived value with this code.
fn flaw_in(code: &[Instruction]) -> Flaw {
    flaw(|sample| sample.definition("odd", code))
}

#[test]
fn a_good_program_passes() {
    lead_routing().verified();
}

#[test]
fn the_error_names_the_place() {
    let mut sample = lead_routing();
    sample.definition("odd", &[Instruction::Field(99)]);
    let place = sample.decision().code.len() - 2;
    let error = verify(sample.0).unwrap_err();
    assert_eq!(error.to_string(), format!("`lead`: instruction {place}: there is no field 99"));
}

#[test]
fn whatever_is_named_exists() {
    let named = [
        (Instruction::Constant(99), "constant"),
        (Instruction::Field(99), "field"),
        (Instruction::Definition(99), "derived value"),
        (Instruction::In(99), "choice"),
        (Instruction::Matches(99), "pattern"),
        (Instruction::Perform(99), "effect"),
        (Instruction::Fire(99), "rule"),
    ];
    for (instruction, what) in named {
        assert_eq!(flaw_in(&[instruction]), Flaw::NoSuch { what, index: 99 });
    }
    let stranger = assign(Recipient::Declared(99));
    assert_eq!(flaw(|it| it.effect(stranger)), Flaw::NoSuch { what: "target", index: 99 });
    assert_eq!(flaw(|it| it.0.zone = "Middle/Earth".to_owned()), Flaw::UnknownZone("Middle/Earth".to_owned()));
}

#[test]
fn references_lead_somewhere_and_not_in_a_circle() {
    let join = |name: &str, by: u32, key: Field| Join {
        name: Text::from(name),
        record: Text::from("account"),
        by: FieldPlace::Field(by),
        key,
    };
    let with = |change: &dyn Fn(&mut Decision)| {
        let mut sample = Sample::new(&["account_id", "account.parent_id", "account.parent.region"]);
        let decision = sample.decision();
        let key = decision.fields[0].clone();
        decision.joins = vec![join("account", 0, key.clone()), join("account.parent", 1, key)];
        decision.fields[1].through = Some(0);
        decision.fields[2].through = Some(1);
        change(decision);
        verify(sample.0).map_err(|error| error.flaw)
    };
    let no_key = |name: &str| Flaw::Join(Text::from(name));
    assert!(with(&|_| ()).is_ok());
    assert!(
        with(&|it| (it.fields[2].source, it.fields[2].ty) = (Vec::new(), Type::Record(Text::from("account")))).is_ok()
    );
    assert_eq!(with(&|it| it.fields[2].source.clear()).unwrap_err(), Flaw::Field(Text::from("account.parent.region")));
    assert_eq!(with(&|it| it.fields[1].through = Some(1)).unwrap_err(), no_key("account.parent"));
    assert_eq!(with(&|it| it.joins.swap(0, 1)).unwrap_err(), no_key("account.parent"));
    assert_eq!(with(&|it| it.joins[0].by = FieldPlace::Field(9)).unwrap_err(), no_key("account"));
    assert_eq!(with(&|it| it.joins[0].key.ty = Type::Text).unwrap_err(), no_key("account"));
    assert_eq!(with(&|it| it.joins[1].key.source.clear()).unwrap_err(), no_key("account.parent"));
    assert_eq!(with(&|it| it.fields[2].through = Some(9)).unwrap_err(), Flaw::NoSuch { what: "reference", index: 9 });
}

#[test]
fn jumps_go_forward_and_stay_inside() {
    let field = Instruction::Field(0);
    let mut back = lead_routing();
    let entry = back.decision().code.len() as u32;
    back.definition("odd", &[field, Instruction::JumpIfTrue(0), Instruction::Not]);
    assert_eq!(verify(back.0).unwrap_err().flaw, Flaw::Jump(entry));
    assert!(matches!(flaw_in(&[field, Instruction::JumpIfFalse(3)]), Flaw::Jump(_)));
}

#[test]
fn every_piece_ends_in_return() {
    let last = lead_routing().decision().code.len() as u32 - 1;
    assert_eq!(flaw(|it| it.decision().code.pop()), Flaw::NoSuch { what: "instruction", index: last });
    assert_eq!(flaw(|it| *it.decision().code.last_mut().unwrap() = Instruction::Now), Flaw::Endless);
    assert_eq!(flaw(|it| it.decision().rules[0].effects = 9999), Flaw::NoSuch { what: "instruction", index: 9999 });
    assert_eq!(flaw(|it| it.decision().definitions.clear()), Flaw::NoSuch { what: "derived value", index: 0 });
    assert_eq!(flaw(|it| it.decision().sets[1].entry = 0), Flaw::SharedCode);
}

#[test]
fn code_that_belongs_to_nothing_is_refused() {
    let mut sample = Sample::new(&[]);
    sample.decision().code.push(Instruction::Return);
    assert_eq!(verify(sample.0).unwrap_err().flaw, Flaw::StrayCode);
}

#[test]
fn the_stack_has_one_height_everywhere() {
    let field = Instruction::Field(0);
    assert_eq!(flaw_in(&[]), Flaw::Leaves(0));
    assert_eq!(flaw_in(&[field, field]), Flaw::Leaves(2));
    assert_eq!(flaw_in(&[field, Instruction::Equal]), Flaw::StackEmpty);
    assert_eq!(flaw_in(&[field, Instruction::Join(2)]), Flaw::StackEmpty);
    assert_eq!(flaw_in(&[field, Instruction::JumpUnless(3), field]), Flaw::StackUneven);
    assert_eq!(flaw_in(&[field; 1025]), Flaw::StackFull);
    let present = [field, Instruction::JumpIfPresent(3), field];
    let mut sample = lead_routing();
    sample.definition("either", &present);
    sample.verified();
}

#[test]
fn calls_have_the_arguments_they_take() {
    let divide = values::builtins::operator("/", &[Type::Number, Type::Number]).unwrap().0;
    assert!(matches!(flaw_in(&[Instruction::Field(0), Instruction::Call(divide, 1)]), Flaw::Arity { count: 1, .. }));
}

#[test]
fn acting_is_for_trees_and_effects() {
    assert_eq!(flaw_in(&[Instruction::Field(0), Instruction::Fire(0)]), Flaw::Misplaced("fire"));
    assert_eq!(flaw_in(&[Instruction::Field(0), Instruction::Perform(2)]), Flaw::Misplaced("perform"));
    let of_another_set = |sample: &mut Sample| {
        let tree = sample.decision().sets[1].entry as usize;
        let fire = sample.decision().code[tree..].iter_mut().find(|it| matches!(it, Instruction::Fire(_)));
        *fire.unwrap() = Instruction::Fire(0);
    };
    assert_eq!(flaw(of_another_set), Flaw::Misplaced("fire"));
}

#[test]
fn effects_use_their_operands() {
    let skips = Effect::Set { field: Text::from("score"), value: Operand(1) };
    assert_eq!(flaw(|it| it.effect(skips)), Flaw::UnusedOperand(0));
}

#[test]
fn sets_tile_the_rules() {
    assert!(matches!(flaw(|it| it.decision().sets[0].rules = 1..3), Flaw::Rules(_)));
    assert!(matches!(flaw(|it| it.decision().sets[1].rules = 3..3), Flaw::Rules(_)));
    assert!(matches!(flaw(|it| it.decision().sets[1].rules = 3..9), Flaw::Rules(_)));
    assert!(matches!(flaw(|it| it.decision().rules[0].set = 1), Flaw::Rules(_)));
    let early =
        |sample: &mut Sample| sample.set(Policy::All, vec![otherwise(&[]), rule("late", &[Instruction::Now], &[])]);
    assert!(matches!(flaw(early), Flaw::Otherwise(_)));
}

#[test]
fn an_index_leads_to_rules_of_its_set() {
    let with = |change: fn(&mut Index)| {
        flaw(|it| {
            let entry = it.decision().definitions[0].entry;
            let cut = Cut { value: Value::Number(7.into()), after: false };
            let demand = Demand { parts: vec![(2, 2)], missing: Missing::Open, late: false };
            let (scale, demands, made_by) = (Scale::Line(vec![cut]), vec![demand], vec![(0, 0)]);
            let dimensions = vec![Dimension { entry, certain: true, scale, demands, made_by }];
            let mut index = Index {
                rows: vec![Row { rule: 0, whole: true, certain: true }, Row { rule: 1, whole: false, certain: false }],
                dimensions,
            };
            change(&mut index);
            it.decision().sets[0].index = Some(index);
        })
    };
    let unsound: [fn(&mut Index); 7] = [
        |index| index.rows[1].rule = 99,
        |index| index.rows.reverse(),
        |index| index.dimensions[0].made_by = vec![(2, 0)],
        |index| index.dimensions[0].made_by = vec![(0, 1)],
        |index| index.dimensions[0].made_by = vec![(1, 0), (0, 0)],
        |index| index.dimensions[0].demands[0].parts = vec![(2, 3)],
        |index| index.dimensions = vec![index.dimensions[0].clone(); 33],
    ];
    for change in unsound {
        assert!(matches!(with(change), Flaw::Index(_)));
    }
    let beyond = |it: &mut Sample| {
        let rows = vec![Row { rule: 1, whole: true, certain: true }];
        let made = Made::All(values::builtins::Builtin::keyed("sum of present").unwrap());
        let value = it.decision().definitions[0].entry;
        let index = Index { rows, dimensions: Vec::new() };
        it.decision().sieves.push(Sieve { index, cases: vec![Case { condition: None, value }], made });
    };
    assert_eq!(flaw(beyond), Flaw::Sieve(0));
    assert_eq!(flaw_in(&[Instruction::Sieve(99, 2)]), Flaw::NoSuch { what: "sieve", index: 99 });
    let search_in_vain = |sample: &mut Sample| {
        let entry = sample.decision().sets[0].entry as usize;
        sample.decision().code[entry] = Instruction::Search;
    };
    assert_eq!(flaw(search_in_vain), Flaw::Misplaced("search"));
}

#[test]
fn tables_hold_what_fits() {
    assert!(matches!(flaw(|it| it.decision().fields[0].default = Some(Value::text("x"))), Flaw::Field(_)));
    assert!(matches!(flaw(|it| it.decision().fields[0].source.clear()), Flaw::Field(_)));
    let deep = (0..9).fold(Value::Missing, |inner, _| Value::List([inner].into()));
    assert!(matches!(flaw(|it| it.constant(deep)), Flaw::Constant(_)));
    assert!(matches!(flaw(|it| it.choice(vec![Value::Missing], true)), Flaw::Constant(_)));
}

#[test]
fn derived_values_go_round_in_no_circle() {
    let circle = |sample: &mut Sample| {
        let egg = sample.decision().definitions.len() as u32 + 1;
        let chicken = sample.definition("chicken", &[Instruction::Definition(egg)]);
        sample.definition("egg", &[chicken])
    };
    assert_eq!(flaw(circle), Flaw::Nesting(Text::from("chicken")));
    let chain = |length: u32| {
        let mut sample = Sample::new(&["score"]);
        sample.definition("first", &[Instruction::Field(0)]);
        for index in 1..length {
            sample.definition("next", &[Instruction::Definition(index - 1)]);
        }
        sample
    };
    assert!(chain(512).run(&[Value::Number(1.into())]).is_ok());
    assert!(matches!(verify(chain(513).0).unwrap_err().flaw, Flaw::Nesting(_)));
}

#[test]
fn each_rule_fires_once_and_in_its_turn() {
    let instead = |turn: u32, other: u32| {
        let mut sample = Sample::new(&["score"]);
        let rules = ["a", "b"].map(|name| rule(name, &[Instruction::Now], &[]));
        sample.set(Policy::All, rules.into());
        let fires = sample.decision().code.iter_mut().find(|it| **it == Instruction::Fire(turn));
        *fires.unwrap() = Instruction::Fire(other);
        verify(sample.0).map_err(|error| error.flaw)
    };
    assert!(instead(0, 0).is_ok());
    assert_eq!(instead(1, 0).unwrap_err(), Flaw::FiresAgain(0));
    assert_eq!(instead(0, 1).unwrap_err(), Flaw::FiresAgain(1));
}

#[test]
fn fields_lie_no_deeper_than_records_may_be_nested() {
    let path = |length: usize| move |it: &mut Sample| it.decision().fields[0].source = vec![Text::from("a"); length];
    assert_eq!(flaw(path(129)), Flaw::Field(Text::from("score")));
    let mut sample = lead_routing();
    path(128)(&mut sample);
    sample.verified();
}

#[test]
fn lists_stand_in_no_more_lists_than_loops_go_through() {
    let items = |depth: u32| {
        let mut sample = lead_routing();
        let decision = sample.decision();
        decision.fields[0].ty = Type::List(Box::new(Type::Record(Text::from("line"))));
        let fields = vec![decision.fields[0].clone()];
        let list = |index: u32| match index.checked_sub(1) {
            None => FieldPlace::Field(0),
            Some(items) => FieldPlace::Item { items, field: 0 },
        };
        decision.items = (0..depth).map(|index| Items { list: list(index), fields: fields.clone() }).collect();
        verify(sample.0).map_err(|error| error.flaw)
    };
    assert!(items(3).is_ok());
    assert_eq!(items(4).unwrap_err(), Flaw::NoSuch { what: "list of records", index: 3 });
}

#[test]
fn patterns_are_such_and_take_bounded_memory() {
    let pattern = |source: &str| {
        let bytes = postcard::to_stdvec(&(source, false)).unwrap();
        let read = postcard::from_bytes(&bytes).unwrap();
        flaw(|it| it.decision().patterns.push(read))
    };
    assert_eq!(pattern("("), Flaw::Pattern("/(/".to_owned()));
    assert_eq!(pattern(r"\w{2000}"), Flaw::Pattern(r"/\w{2000}/".to_owned()));
}

#[test]
fn what_members_begin_with_is_a_count() {
    let begun = |keys: &[&str], loads: &[Value], lookup: u32| {
        let mut sample = lead_routing();
        let keys = keys.iter().map(|key| Value::text(*key)).collect();
        let column = Column { name: "open".into(), values: loads.to_vec().into() };
        sample.0.references.push(Reference { name: "cases".into(), exact: true, keys, columns: vec![column] });
        sample.decision().lookups.push(Lookup { reference: "cases".into(), column: Some("open".into()) });
        let (target, by) = (Recipient::Declared(0), Some(Selection::LeastLoaded(Some(lookup))));
        sample.effect(Effect::Assign { target, by, due: None, escalations: vec![] });
        verify(sample.0).map_err(|error| error.flaw)
    };
    let number = |text| Value::Number(values::Number::parse(text).unwrap());
    let wrong = |value| begun(&["ana"], &[value], 0).unwrap_err();
    assert!(begun(&["ana", "bo"], &[number("3"), Value::Missing], 0).is_ok());
    for value in [number("-1"), number("0.5"), number("281474976710657"), Value::text("3")] {
        assert_eq!(wrong(value), Flaw::Loads("cases".into()));
    }
    assert_eq!(begun(&["ana"], &[], 0).unwrap_err(), Flaw::Lookup("cases".into()));
    assert_eq!(begun(&[], &[], 1).unwrap_err(), Flaw::NoSuch { what: "lookup", index: 1 });
}

#[test]
fn what_loops_and_sieves_run_counts_as_much() {
    // A derived value whose loop or sieve runs another derived value, which asks for it in turn or does not.
    let with = |circle: bool, runs: fn(&mut Sample, u32) -> Instruction| {
        let mut sample = lead_routing();
        let (first, own) = (Instruction::Definition(0), sample.decision().definitions.len() as u32);
        let body = sample.decision().code.len() as u32;
        let asked = if circle { Instruction::Definition(own) } else { first };
        sample.decision().code.extend([asked, Instruction::Return]);
        let run = runs(&mut sample, body);
        let before = if matches!(run, Instruction::Loop(_)) { vec![Instruction::Field(0)] } else { vec![] };
        sample.definition("odd", &[before, vec![run]].concat());
        verify(sample.0).map_err(|error| error.flaw)
    };
    let filter = |it: &mut Sample, body: u32| {
        it.decision().loops.push(Loop { fold: Fold::Any, depth: 0, filter: Some(body), item: None });
        Instruction::Loop(it.decision().loops.len() as u32 - 1)
    };
    let item = |it: &mut Sample, body: u32| {
        it.decision().loops.push(Loop { fold: Fold::First, depth: 0, filter: None, item: Some(body) });
        Instruction::Loop(it.decision().loops.len() as u32 - 1)
    };
    for runs in [filter, item] {
        assert!(with(false, runs).is_ok());
        assert_eq!(with(true, runs).unwrap_err(), Flaw::Nesting(Text::from("odd")));
    }
}

#[test]
fn chains_are_as_long_from_either_end() {
    // Each derived value asks for the next, so that the first is looked at with all of them below.
    let chain = |length: u32| {
        let mut sample = Sample::new(&["score"]);
        for index in 1..length {
            sample.definition("next", &[Instruction::Definition(index)]);
        }
        sample.definition("last", &[Instruction::Field(0)]);
        verify(sample.0).map_err(|error| error.flaw)
    };
    assert!(chain(512).is_ok());
    assert_eq!(chain(513).unwrap_err(), Flaw::Nesting(Text::from("next")));
}
