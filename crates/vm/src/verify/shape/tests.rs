//! Each table that does not fit the others, refused for its own reason.

use values::{Calendar, Currency, Duration, DurationUnit, Number, Text, Type, Value};

use super::*;
use crate::effect::TargetKind;
use crate::instruction::Instruction;
use crate::program::{Column, Fold, Items, Join, Lookup, Loop, Member, Never, Reference, Target};
use crate::sample::{Sample, lead_routing};
use crate::verify::verify;

/// What the verifier says about the sample once it is changed.
fn checked<T>(change: impl FnOnce(&mut Sample) -> T) -> Result<(), Flaw> {
    let mut sample = lead_routing();
    change(&mut sample);
    verify(sample.0).map(|_| ()).map_err(|error| error.flaw)
}

fn number(text: &str) -> Value {
    Value::Number(Number::parse(text).unwrap())
}

/// A duration in working time of the calendar of this number.
fn business(calendar: u16) -> Value {
    Value::Duration(Duration::business_days(2.into(), calendar).unwrap())
}

fn office() -> Calendar {
    let hours = std::array::from_fn(|_| vec![(540, 1020)]);
    Calendar { name: Text::from("office"), zone: "UTC".to_owned(), hours, holidays: vec![] }
}

/// Lists in each other, so many.
fn nested(depth: usize) -> Value {
    (0..depth).fold(number("1"), |inner, _| Value::List([inner].into()))
}

fn nested_type(depth: usize) -> Type {
    (0..depth).fold(Type::Number, |inner, _| Type::List(Box::new(inner)))
}

#[test]
fn calendars_are_in_order() {
    assert_eq!(checked(|it| it.0.calendars.push(office())), Ok(()));
    let closed = Calendar { hours: Default::default(), ..office() };
    assert_eq!(checked(|it| it.0.calendars.push(closed)), Err(Flaw::Calendar(Text::from("office"))));
}

#[test]
fn whatever_counts_working_time_has_a_calendar() {
    let with = |value: fn(&mut Sample, Value)| {
        let said = |calendar: u16| {
            checked(|it| {
                it.0.calendars.push(office());
                value(it, business(calendar));
            })
        };
        assert_eq!(said(0), Ok(()));
        assert_eq!(said(1), Err(Flaw::NoSuch { what: "calendar", index: 1 }));
    };
    with(|it, value| _ = it.constant(value));
    with(|it, value| _ = it.constant(Value::List([number("1"), value].into())));
    with(|it, value| _ = it.choice(vec![value], true));
    with(|it, value| {
        let field = &mut it.decision().fields[0];
        (field.ty, field.default) = (Type::AnchoredDuration, Some(value));
    });
}

#[test]
fn weights_are_in_range() {
    let weighing = |weight: u32| {
        let member = Member { address: Text::from("ana"), weight, away: vec![] };
        checked(|it| {
            it.0.targets.push(Target { kind: TargetKind::Team, name: Text::from("more"), members: vec![member] });
        })
    };
    assert_eq!(weighing(*WEIGHTS.start()), Ok(()));
    assert_eq!(weighing(*WEIGHTS.end()), Ok(()));
    for weight in [0, WEIGHTS.end() + 1] {
        assert_eq!(weighing(weight), Err(Flaw::Weight(Text::from("ana"))));
    }
}

#[test]
fn a_default_is_of_its_fields_type() {
    let with = |ty: Type, default: Value| {
        checked(|it| {
            let field = &mut it.decision().fields[0];
            (field.ty, field.default) = (ty, Some(default));
        })
    };
    let day = Value::Duration(Duration::of(1.into(), DurationUnit::Day).unwrap());
    let date = Value::Date("2026-11-20".parse().unwrap());
    let moment = Value::DateTime("2026-11-20T09:00:00Z".parse().unwrap());
    let currency = |code| Currency::named(code).unwrap();
    let amount = Value::Money(values::Money::new(1.into(), currency("EUR")));
    let good = [
        (Type::Truth, Value::Truth(true)),
        (Type::Number, number("1")),
        (Type::Date, date.clone()),
        (Type::DateTime, moment.clone()),
        (Type::Duration, day.clone()),
        (Type::AnchoredDuration, day.clone()),
        (Type::Money(None), amount.clone()),
        (Type::Money(Some(currency("EUR"))), amount.clone()),
        (Type::Text, Value::text("x")),
        (Type::List(Box::new(Type::Number)), Value::List([number("1")].into())),
    ];
    let bad = [
        (Type::Number, Value::Truth(true)),
        (Type::Truth, number("1")),
        (Type::DateTime, date),
        (Type::Date, moment),
        (Type::Number, day),
        (Type::Money(Some(currency("USD"))), amount),
        (Type::Number, Value::text("x")),
        (Type::Number, Value::Missing),
        (Type::List(Box::new(Type::Number)), Value::List([number("1"), Value::text("x")].into())),
    ];
    for (ty, default) in good {
        assert_eq!(with(ty.clone(), default), Ok(()), "{ty:?}");
    }
    for (ty, default) in bad {
        assert_eq!(with(ty.clone(), default), Err(Flaw::Field(Text::from("score"))), "{ty:?}");
    }
}

#[test]
fn lists_nest_no_deeper_than_is_allowed() {
    let field = |depth: usize| checked(|it| it.decision().fields[0].ty = nested_type(depth));
    assert_eq!(field(NESTED_LISTS), Ok(()));
    assert_eq!(field(NESTED_LISTS + 1), Err(Flaw::Field(Text::from("score"))));
    let constant = |depth: usize| checked(|it| it.constant(nested(depth)));
    assert_eq!(constant(NESTED_LISTS), Ok(()));
    assert!(matches!(constant(NESTED_LISTS + 1), Err(Flaw::Constant(_))));
    let choice = |depth: usize| checked(|it| it.choice(vec![nested(depth)], true));
    assert_eq!(choice(NESTED_LISTS), Ok(()));
    assert!(matches!(choice(NESTED_LISTS + 1), Err(Flaw::Constant(_))));
}

#[test]
fn what_is_looked_up_is_there() {
    let with = |lookup: (&str, Option<&str>), values: usize| {
        checked(|it| {
            let keys = vec![Value::text("a"), Value::text("b")].into();
            let column = Column { name: Text::from("stock"), values: vec![number("1"); values].into() };
            it.0.references.push(Reference { name: Text::from("goods"), exact: true, keys, columns: vec![column] });
            let (reference, column) = (Text::from(lookup.0), lookup.1.map(Text::from));
            it.decision().lookups.push(Lookup { reference, column });
        })
    };
    assert_eq!(with(("goods", Some("stock")), 2), Ok(()));
    assert_eq!(with(("goods", None), 2), Ok(()));
    for (lookup, values) in [(("goods", Some("price")), 2), (("goods", Some("stock")), 1), (("goods", None), 3)] {
        assert_eq!(with(lookup, values), Err(Flaw::Lookup(Text::from("goods"))));
    }
    assert_eq!(with(("other", None), 2), Err(Flaw::Lookup(Text::from("other"))));
}

#[test]
fn items_belong_to_a_list_of_records_before_them_and_have_no_key() {
    let with = |list: FieldPlace, key: bool| {
        checked(|it| {
            let records = |name: &str| Type::List(Box::new(Type::Record(Text::from(name))));
            it.decision().fields[0].ty = records("line");
            let mut inner = it.decision().fields[1].clone();
            inner.ty = records("part");
            let mut leaf = it.decision().fields[1].clone();
            leaf.key = key;
            it.decision().items.push(Items { list: FieldPlace::Field(0), fields: vec![inner] });
            it.decision().items.push(Items { list, fields: vec![leaf] });
        })
    };
    let list = |items: u32, field: u32| FieldPlace::Item { items, field };
    assert_eq!(with(list(0, 0), false), Ok(()));
    assert_eq!(with(FieldPlace::Field(0), false), Ok(()));
    assert_eq!(with(list(0, 0), true), Err(Flaw::Field(Text::from("country"))));
    for stray in [FieldPlace::Field(1), FieldPlace::Field(99), list(0, 9), list(1, 0), list(9, 0)] {
        assert_eq!(with(stray, false), Err(Flaw::NoSuch { what: "list of records", index: 1 }));
    }
}

#[test]
fn loops_run_in_no_more_loops_than_is_allowed() {
    let with = |depth: u8| {
        checked(|it| {
            let entry = it.decision().code.len() as u32;
            it.decision().code.extend([Instruction::Now, Instruction::Return]);
            it.decision().loops.push(Loop { fold: Fold::Any, depth, filter: Some(entry), item: None });
        })
    };
    assert_eq!(with(LOOPS - 1), Ok(()));
    assert_eq!(with(LOOPS), Err(Flaw::Loop(0)));
}

#[test]
fn a_set_sees_those_before_it_alone() {
    let with = |seen: u32| checked(|it| it.decision().sets[1].sees = vec![seen]);
    assert_eq!(with(0), Ok(()));
    let name = lead_routing().decision().sets[1].name.clone();
    for seen in [1, 2] {
        assert_eq!(with(seen), Err(Flaw::Sees(name.clone())));
    }
}

#[test]
fn a_guard_names_somebody_who_is_there_and_not_computed() {
    let with = |recipient: Option<Recipient<Operand>>| {
        checked(|it| {
            let condition = it.decision().code.len() as u32;
            it.decision().code.extend([Instruction::Field(0), Instruction::Return]);
            let (written, at) = (Text::from("never assign"), Text::from("sample.rules:1"));
            it.decision().guards.push(Never { effect: Blocked::Assign(recipient), written, at, condition });
        })
    };
    assert_eq!(with(None), Ok(()));
    assert_eq!(with(Some(Recipient::Declared(0))), Ok(()));
    assert_eq!(with(Some(Recipient::Declared(99))), Err(Flaw::NoSuch { what: "target", index: 99 }));
    assert_eq!(with(Some(crate::sample::computed(0))), Err(Flaw::UnusedOperand(0)));
    assert_eq!(with(Some(Recipient::Assignee)), Err(Flaw::UnusedOperand(0)));
}

#[test]
fn references_belong_where_their_fields_are() {
    let with = |change: fn(&mut Decision)| {
        checked(|it| {
            let decision = it.decision();
            let key = Field { ty: Type::Number, ..decision.fields[1].clone() };
            let (name, record) = (Text::from("account"), Text::from("account"));
            decision.joins = vec![Join { name, record, by: FieldPlace::Field(0), key }];
            decision.fields[2].through = Some(0);
            change(decision);
        })
    };
    let field = |name: &str| Err(Flaw::Field(Text::from(name)));
    let join = Err(Flaw::Join(Text::from("account")));
    assert_eq!(with(|_| ()), Ok(()));
    assert_eq!(with(|it| it.fields[2].key = true), field("owner"));
    assert_eq!(with(|it| it.actor.push(it.fields[2].clone())), field("owner"));
    assert_eq!(with(|it| it.joins[0].key.through = Some(0)), join.clone());
    assert_eq!(with(|it| (it.fields[0].ty, it.joins[0].key.ty) = (Type::Truth, Type::Truth)), join);
    let in_items = |it: &mut Decision| {
        it.fields[1].ty = Type::List(Box::new(Type::Record(Text::from("line"))));
        it.items.push(Items { list: FieldPlace::Field(1), fields: vec![it.fields[2].clone()] });
    };
    assert_eq!(with(in_items), field("owner"), "it lies in the lead's account, not in an item's");
}
