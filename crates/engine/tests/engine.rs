//! What the door promises to those who embed Rulebook: threads may share it, it says what the command line says, and it asks
//! for no memory once it is warm.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot begin has failed")]

use std::fmt::Write as _;

use rulebook_engine::{Decider, Engine, Error, Instant, Rules, Settings, Source, Value};

#[path = "../examples/threads.rs"]
#[allow(missing_docs, reason = "it is an example")]
mod threads;

fn now() -> Instant {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

fn decider(rules: &str) -> Decider {
    Engine::compile("a.rules", rules).unwrap().decider(&Settings::at(now())).unwrap()
}

#[test]
fn the_example_runs() {
    threads::main().unwrap();
}

#[test]
fn threads_share_an_engine_and_send_deciders() {
    fn shared<T: Send + Sync>(_: &T) {}
    fn sent<T: Send>(_: &T) {}
    let engine = Engine::compile("a.rules", "when lead.score > 70 then assign sales").unwrap();
    shared(&engine);
    shared(&Settings::at(now()));
    sent(&engine.decider(&Settings::at(now())).unwrap());
}

#[test]
fn what_is_saved_decides_the_same() {
    let engine = Engine::compile("a.rules", "when lead.score > 70 then assign sales within 2d").unwrap();
    let again = Engine::load(&engine.save()).unwrap();
    let tell = |engine: &Engine| {
        let mut decider = engine.decider(&Settings::at(now())).unwrap();
        decider.json(br#"{"score": 82}"#).unwrap().to_json().to_owned()
    };
    assert_eq!(tell(&engine), tell(&again));
    assert!(matches!(Engine::load(b"no program"), Err(Error::Program(_))));
}

/// Hundreds of rules, so that an index is asked, with a score, a date and money beside them.
fn many_rules() -> String {
    let mut rules = String::from(
        "record lead {\n  id: text key\n  country: text?\n  score: number?\n  revenue: money in EUR?\n  seen: date?\n\
         \x20 vip: true or false?\n  priority: number?\n  company: { employees: number?, name: text? }?\n}\n\
         score lead.heat {\n  start 0\n  add 5 when lead.vip is true\n  add 2.5 when lead.seen > today - 30d\n}\n\
         rules \"Routing\" for lead, first match {\n",
    );
    for number in 0..500 {
        let (country, least) = (number % 50, number / 50 * 100);
        writeln!(
            rules,
            "  rule \"r{number}\" when lead.country is \"C{country}\" and lead.company.employees >= {least} and lead.heat < 9 \
             then assign queue \"q{number}\"  set lead.priority = {number}"
        )
        .unwrap();
    }
    rules + "  otherwise assign queue rest\n}\n"
}

fn record(number: u32) -> String {
    let (country, employees, day) = (number % 60, number * 37 % 1200, number % 28 + 1);
    format!(
        r#"{{"id":"L{number}","country":"c{country}","score":{number}.25,"revenue":{number},"seen":"2026-11-{day:02}","vip":{},"company":{{"employees":{employees},"name":"Company {number}"}}}}"#,
        number.is_multiple_of(3)
    )
}

#[test]
fn a_warm_decider_asks_for_no_memory() {
    let mut decider = decider(&many_rules());
    let records: Vec<String> = (0..600).map(record).collect();
    let decide = |decider: &mut Decider| {
        for record in &records {
            let mut decided = decider.json(record.as_bytes()).unwrap();
            assert!(decided.assignee().is_some() && decided.to_json().ends_with('\n'));
        }
    };
    decide(&mut decider);
    let asked = allocation_counter::measure(|| decide(&mut decider));
    assert_eq!(asked.count_total, 0, "{asked:?}");
}

#[test]
fn a_warm_decider_takes_values_without_asking_for_memory() {
    let mut decider = decider(&many_rules());
    let slots = ["id", "country", "company.employees", "vip"].map(|field| decider.slot(field).unwrap());
    let decide = |decider: &mut Decider| {
        for number in 0..600 {
            let values = [Value::from("L1"), Value::from("C7"), Value::from(number), Value::from(number % 2 == 0)];
            let decided = decider.values(slots.into_iter().zip(values)).unwrap();
            assert!(decided.assignee().is_some());
        }
    };
    decide(&mut decider);
    let asked = allocation_counter::measure(|| decide(&mut decider));
    assert_eq!(asked.count_total, 0, "{asked:?}");
}

#[test]
fn a_long_text_and_a_list_alone_ask_for_memory() {
    let rules = "record lead {\n  id: text key\n  title: text?\n  tags: list of text?\n}\n\
                 rule \"A\" when lead.title contains \"chief\" or lead.tags contains \"vip\" then assign sales";
    let mut decider = decider(rules);
    let mut count = |record: &str| {
        let mut decide = || assert!(!decider.json(record.as_bytes()).unwrap().to_json().is_empty());
        decide();
        allocation_counter::measure(decide).count_total
    };
    assert_eq!(count(r#"{"id": "L1", "title": "Twenty-three bytes long"}"#), 0);
    assert_eq!(count(r#"{"id": "L1", "title": "Twenty-four bytes longer"}"#), 1);
    assert!((1..=3).contains(&count(r#"{"id": "L1", "tags": ["vip", "trial"]}"#)));
}

#[test]
fn values_are_held_against_their_fields() {
    let rules = "record lead {\n  id: text key\n  stage: one of \"New\", \"Won\"\n  score: number default 5\n\
                 \x20 seen: datetime?\n  price: money in EUR?\n  site: { city: text? }?\n}\n\
                 rule \"A\" when lead.stage is \"New\" and lead.score < 10 and lead.seen is missing and lead.price is missing \
                 and lead.site is missing and lead.site.city is missing then assign sales";
    let mut decider = decider(rules);
    let slot = |decider: &Decider, name: &str| decider.slot(name).unwrap();
    let (id, stage) = (slot(&decider, "id"), slot(&decider, "stage"));
    let whole = |value: &str| [(id, Value::from("L1")), (stage, Value::from(value))];
    assert_eq!(decider.values(whole("new")).unwrap().assignee(), Some("sales"));
    let mut told = |field: &str, value: Value| {
        let slot = decider.slot(field).unwrap();
        match decider.values(whole("new").into_iter().chain([(slot, value)])) {
            Ok(decided) => decided.assignee().unwrap_or("nobody").to_owned(),
            Err(refused) => format!("{}: {refused}", refused.code),
        }
    };
    assert_eq!(told("score", Value::from("9")), "wrong-type: `score` must be a number");
    assert_eq!(told("score", Value::Missing), "sales");
    assert_eq!(told("score", Value::from(11)), "nobody");
    assert_eq!(told("stage", Value::from("Lost")), "not-one-of: `stage` must be one of `New`, `Won`");
    assert_eq!(told("stage", Value::Missing), "required-field-missing: `stage` is a required field and has no value");
    assert_eq!(told("seen", Value::from("2026-11-20T09:00")), "nobody");
    assert_eq!(
        told("price", Value::from("12 USD")),
        "wrong-type: `price` must be money in EUR such as `12.50 EUR` or `12.50`"
    );
    assert_eq!(told("site.city", Value::from("Wien")), "nobody");
    assert_eq!(told("site", Value::from(true)), "nobody");
    assert_eq!(decider.slot("nothing"), None);
}

#[test]
fn errors_tell_what_to_do() {
    let told = |error: Result<Engine, Error>| error.unwrap_err().to_string();
    assert!(told(Engine::compile("a.rules", "when lead.score > then assign sales")).contains("a.rules:1:"));
    assert!(told(Rules::new().zone("Berlin").compile()).contains("like `Europe/Berlin`"));
    let two = "when lead.score > 70 then assign sales\nwhen order.total > 70 then assign sales";
    let engine = Engine::compile("a.rules", two).unwrap();
    let told = |settings: Settings| engine.decider(&settings).map(|_| ()).unwrap_err().to_string();
    assert!(told(Settings::at(now())).ends_with("it was not said which: lead, order"));
    assert!(told(Settings::at(now()).of_type("case")).contains("type `case`, but lead, order"));
    assert!(told(Settings { trace: true, ..Settings::at(now()).of_type("lead") }).contains("rulebook build --trace"));
    let list = "reference zones from \"zones.csv\" keyed by country { country: text  zone: text }\n\
                when zones[lead.country] is present then assign sales";
    assert!(Engine::compile("a.rules", list).unwrap_err().to_string().contains("it has not been handed in"));
}

#[test]
fn references_events_and_time_are_known() {
    let rules = "record account {\n  id: text key\n  tier: text\n}\n\
                 record lead {\n  id: text key\n  account: account? by account_id\n}\n\
                 rules \"New\" for lead, on created, first match {\n\
                 \x20 rule \"Gold\" when lead.account.tier is \"gold\" then assign queue gold within 1d\n}";
    let engine = Engine::compile("a.rules", rules).unwrap();
    let settings = Settings { event: Some("created".to_owned()), ..Settings::at(now()).of_type("lead") };
    assert!(matches!(engine.decider(&settings), Err(Error::Source(_))));
    let accounts = |record: &str| {
        assert_eq!(record, "account");
        Ok(Source::read("accounts.csv", &b"id,tier\nA1,gold\n"[..], None)?)
    };
    let related = engine.related(Some("lead"), accounts).unwrap();
    assert_eq!(related.reports().iter().map(|report| report.records).collect::<Vec<_>>(), [1]);
    let mut decider = engine.decider(&Settings { related: Some(related), ..settings }).unwrap();
    decider.set_now("2026-11-21T09:00:00Z".parse().unwrap());
    let mut decided = decider.json(br#"{"id": "L1", "account_id": "A1"}"#).unwrap();
    let line = decided.to_json();
    assert!(line.contains(r#""event":"created""#) && line.contains(r#""due":"2026-11-22T09:00:00Z""#), "{line}");
}
