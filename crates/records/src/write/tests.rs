//! Verdicts and rejects as they are written.

use values::{Clock, FaultCode, Number, Value, zone_named};
use vm::Verdict;
use vm::effect::{Effect, Escalation, Operand, Recipient, Selection, TargetKind};
use vm::program::{Decision, Definition, Member, Policy, Program, Rule, RuleSet, Target, Trigger};
use vm::verdict::{Assignment, Because, Lost, Outcome, Reason};

use super::{CsvTable, Run, ndjson, rejected};
use crate::{Raw, Rejected};

fn program() -> Program {
    let rule = |name: &str| Rule {
        name: name.into(),
        at: "a.rules:3".into(),
        set: 0,
        condition: None,
        leaves: Vec::new(),
        effects: 0,
        stops: false,
    };
    let set_of = |field: &str| Effect::Set { field: field.into(), value: Operand(0) };
    let target = |kind, name: &str, members: &[&str]| {
        let members =
            members.iter().map(|&address| Member { address: address.into(), weight: 100, away: Vec::new() }).collect();
        Target { kind, name: name.into(), members }
    };
    let decision = Decision {
        record: "lead".into(),
        fields: Vec::new(),
        items: Vec::new(),
        joins: Vec::new(),
        lookups: Vec::new(),
        loops: Vec::new(),
        sieves: Vec::new(),
        definitions: ["fit", "ratio"]
            .map(|name| Definition { name: name.into(), entry: 0, lines: Vec::new(), first_only: false, hidden: false })
            .into(),
        sets: vec![RuleSet {
            name: "Routing".into(),
            policy: Policy::First,
            trigger: Trigger::Always,
            sees: Vec::new(),
            guard: None,
            rules: 0..2,
            entry: 0,
            index: None,
        }],
        actor: Vec::new(),
        guards: Vec::new(),
        rules: vec![rule("Hot"), rule("=Cold")],
        effects: vec![set_of("stage"), set_of("note"), set_of("stage")],
        constants: Vec::new(),
        choices: Vec::new(),
        patterns: Vec::new(),
        code: Vec::new(),
    };
    Program {
        calendars: Vec::new(),
        zone: "Europe/Berlin".to_owned(),
        decisions: vec![decision],
        references: Vec::new(),
        targets: vec![
            target(TargetKind::Team, "sales", &["ana@example.com"]),
            target(TargetKind::User, "director", &["d@example.com"]),
        ],
    }
}

fn verdict() -> Verdict {
    let instant = |text: &str| text.parse().unwrap();
    Verdict {
        fired: vec![0],
        values: vec![Ok(Value::Number(Number::parse("0.10").unwrap())), Err(FaultCode::DivisionByZero)],
        assignment: Some(Assignment::To {
            target: Recipient::Declared(0),
            member: Some("ana@example.com".into()),
            by: Some(Selection::RoundRobin),
            due: Some(instant("2026-11-20T14:00:00Z")),
            escalations: vec![Escalation { target: Recipient::Declared(1), due: None }],
        }),
        assigned_by: Some(0),
        set: vec![("stage".into(), Value::text("working")), ("note".into(), Value::Missing)],
        outcome: Some(Outcome::Reject(vec![Reason { field: None, text: "too \"late\"".into() }])),
        effects: vec![
            Effect::Notify { to: vec![Recipient::Declared(1), Recipient::Assignee], text: Value::text("Call") },
            Effect::Task { text: Value::text("Thank"), owner: None, due: None },
        ],
        lost: vec![Lost { rule: 1, effect: "assign".to_owned(), because: Because::Earlier(0) }],
        ..Verdict::default()
    }
}

fn with_run<T>(look: impl FnOnce(Run<'_>) -> T) -> T {
    let program = program();
    let zone = zone_named("Europe/Berlin").unwrap();
    let clock = Clock::new("2026-11-20T09:00:00Z".parse().unwrap(), zone);
    look(Run::new(&program, program.decisions.first().unwrap(), &clock))
}

fn line(verdict: &Verdict) -> String {
    let mut out = String::new();
    with_run(|run| ndjson(&mut out, &run, "L1", verdict));
    out
}

#[test]
fn a_verdict_is_one_line_in_a_stable_order() {
    let expected = concat!(
        r#"{"record":"L1","type":"lead","now":"2026-11-20T10:00:00+01:00","#,
        r#""fired":[{"set":"Routing","rule":"Hot","at":"a.rules:3"}],"#,
        r#""values":{"fit":0.1,"ratio":{"fault":"division-by-zero"}},"#,
        r#""assign":{"team":"sales","member":"ana@example.com","due":"2026-11-20T15:00:00+01:00","escalate":{"user":"d@example.com"}},"#,
        r#""set":{"stage":"working","note":null},"#,
        r#""outcome":"reject","reasons":[{"text":"too \"late\""}],"#,
        r#""effects":[{"kind":"notify","to":"d@example.com","text":"Call"},{"kind":"notify","to":"ana@example.com","text":"Call"},"#,
        r#"{"kind":"task","text":"Thank"}],"#,
        r#""lost":[{"rule":"=Cold","effect":"assign","because":"`Hot` came first"}]}"#,
        "\n"
    );
    assert_eq!(line(&verdict()), expected);
    assert!(serde_json::from_str::<serde_json::Value>(expected).is_ok());
}

#[test]
fn a_verdict_without_content_has_its_first_four_keys() {
    let nothing = r#"{"record":"L1","type":"lead","now":"2026-11-20T10:00:00+01:00","fired":[]}"#;
    assert_eq!(line(&Verdict::default()).trim_end(), nothing);
    let nobody = Verdict { assignment: Some(Assignment::Nobody), ..Verdict::default() };
    assert!(line(&nobody).ends_with("\"fired\":[],\"assign\":null}\n"));
}

#[test]
fn a_table_of_verdicts_holds_no_formulas() {
    let out = with_run(|run| {
        let table = CsvTable::new(run);
        let mut rows = table.rows().header();
        rows.push("L1", &verdict());
        let set = vec![("stage".into(), Value::text("@x")), ("note".into(), Value::Number((-5).into()))];
        rows.push("+49", &Verdict { fired: vec![1, 0], set, ..Verdict::default() });
        rows.finish()
    });
    let expected = "record,type,fired,assign,member,due,outcome,lost,set.note,set.stage,values.fit,values.ratio\n\
        L1,lead,Hot,team sales,ana@example.com,2026-11-20T15:00:00+01:00,\"reject: too \"\"late\"\"\",assign: `Hot` came first,,working,0.1,fault: division-by-zero\n\
        '+49,lead,'=Cold; Hot,,,,,,-5,'@x,,\n";
    assert_eq!(out, expected);
}

fn reject_line(raw: Raw) -> String {
    let mut out = String::new();
    let fault = Rejected {
        file: "a.json".into(),
        line: 3,
        key: Some("L1".into()),
        field: None,
        value: None,
        code: "wrong-type",
        message: "m".to_owned(),
        raw,
    };
    rejected(&mut out, &fault);
    out
}

#[test]
fn a_rejected_record_is_written_in_full_or_can_be_found() {
    let start = r#"{"file":"a.json","line":3,"key":"L1","code":"wrong-type","message":"m","#;
    assert_eq!(reject_line(Raw::Json("{\n\"a\": 1}".into())), format!("{start}\"record\":{{ \"a\": 1}}}}\n"));
    assert_eq!(reject_line(Raw::Text("a,\u{1}\n".into())), format!("{start}\"record\":\"a,\\u0001\\n\"}}\n"));
    let elsewhere = Raw::Elsewhere { offset: 7, length: 9, shown: "".into() };
    assert_eq!(reject_line(elsewhere), format!("{start}\"offset\":7,\"length\":9}}\n"));
}
