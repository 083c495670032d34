//! A verdict as one line of JSON.

use values::{FaultCode, Value};
use vm::Verdict;
use vm::program::{RuleSet, Trigger};
use vm::verdict::{Because, Idle, Lost, Outcome, Reason};

use super::Run;
use super::json::{Json, Members};

/// Writes a verdict behind a text as a line of JSON, with the keys in this order; those without content are left out but for the first
/// three and `fired`. `record` is what [`Reader::label`](crate::Reader::label) gives.
///
/// ```text
/// record, type, now   what was decided and when
/// event               what happened to the record, if anything did
/// fired               [{"set":…,"rule":…,"at":…}]
/// values              {name: value}, {"fault": code} for one that could not be computed and was not needed
/// assign              {"team"|"queue"|"user"|"target": name, "member":…, "due":…, "escalate": {…}}, null for nobody,
///                     {"keep_owner":true}
/// set                 {field: value}, null for one that is cleared
/// set_in              {reference: {"type":…,"key":…}}: the other records that fields in `set` belong to
/// outcome, reasons    "accept" or "reject", [{"field":…,"text":…}]
/// effects             [{"kind":…, …}]
/// lost                [{"rule":…,"effect":…,"because":…}]
/// not_run             [{"set":…,"because":…}]: sets that are not in force or whose `only when` does not hold; with a trace also those of other events
/// trace               {"rules":[{"set":…,"rule":…,"at":…,"holds":…,"conditions":[{"text":…,"holds":…,"read":{…}}]}]}
/// ```
///
/// A target that is *assigned* to or escalated to is an object that tells its kind. A recipient of an *effect* is a plain
/// text if it is a person or an address (`"to":"ana@example.com"`), else such an object (`"to":{"team":"sales"}`);
/// a declared user is written by its address. `notify` with several recipients yields one effect for each.
pub fn ndjson(out: &mut String, run: &Run<'_>, record: &str, verdict: &Verdict) {
    Json::write_line(out, |json| {
        json.text("record", record);
        json.key("type").write_json(&run.parts.record);
        match verdict.now {
            Some(now) => json.key("now").write_instant(now, &run.clock.zone),
            None => json.key("now").write_json(&run.parts.now),
        }
        if let Some(event) = &verdict.event {
            json.text("event", event);
        }
        write_fired(json, run, verdict);
        write_values(json, run, &verdict.values);
        run.write_assignment(json, verdict.assignment.as_ref());
        if !verdict.set.is_empty() {
            json.key("set").write_object(|set| {
                for (field, value) in &verdict.set {
                    set.key(field).write_value(value, run.clock);
                }
            });
        }
        write_set_in(json, run, verdict);
        write_outcome(json, verdict.outcome.as_ref());
        run.write_effects(json, verdict);
        write_lost(json, run, &verdict.lost);
        write_not_run(json, run, verdict);
        if let Some(trace) = &verdict.trace {
            run.write_trace(json, trace);
        }
    });
}

fn write_fired(json: &mut Members<'_>, run: &Run<'_>, verdict: &Verdict) {
    let fired = verdict.fired.iter().filter_map(|&place| run.parts.rules.get(place as usize));
    json.key("fired").write_array(fired, |json, rule| json.write_json(rule));
}

fn write_values(json: &mut Members<'_>, run: &Run<'_>, values: &[Result<Value, FaultCode>]) {
    if values.is_empty() {
        return;
    }
    json.key("values").write_object(|json| {
        for (definition, value) in
            run.decision.definitions.iter().zip(values).filter(|(definition, _)| !definition.hidden)
        {
            json.key(&definition.name).write_result(value, run.clock);
        }
    });
}

fn write_set_in(json: &mut Members<'_>, run: &Run<'_>, verdict: &Verdict) {
    if verdict.set_in.is_empty() {
        return;
    }
    json.key("set_in").write_object(|json| {
        for (join, key) in &verdict.set_in {
            let Some(join) = run.decision.joins.get(*join as usize) else { continue };
            json.key(&join.name).write_object(|json| {
                json.text("type", &join.record);
                json.key("key").write_value(key, run.clock);
            });
        }
    });
}

fn write_outcome(json: &mut Members<'_>, outcome: Option<&Outcome>) {
    match outcome {
        None => {}
        Some(Outcome::Accept) => json.text("outcome", "accept"),
        Some(Outcome::Reject(reasons)) => {
            json.text("outcome", "reject");
            json.key("reasons").write_array(reasons, |json, Reason { field, text }| {
                json.write_object(|json| {
                    if let Some(field) = field {
                        json.text("field", field);
                    }
                    json.text("text", text);
                });
            });
        }
    }
}

fn write_lost(json: &mut Members<'_>, run: &Run<'_>, lost: &[Lost]) {
    if lost.is_empty() {
        return;
    }
    json.key("lost").write_array(lost, |json, lost| {
        json.write_object(|json| {
            json.text("rule", run.rule_name(lost.rule));
            json.text("effect", &lost.effect);
            json.text("because", &because(run, &lost.because));
        });
    });
}

fn write_not_run(json: &mut Members<'_>, run: &Run<'_>, verdict: &Verdict) {
    if verdict.not_run.is_empty() {
        return;
    }
    let sets = verdict.not_run.iter().filter_map(|it| Some((run.decision.sets.get(it.set as usize)?, it.because)));
    json.key("not_run").write_array(sets, |json, (set, because)| {
        json.write_object(|json| {
            json.text("set", &set.name);
            json.text("because", &idle(set, because, verdict));
        });
    });
}

fn idle(set: &RuleSet, because: Idle, verdict: &Verdict) -> String {
    let at = set.guard.as_ref().map_or("", |guard| &guard.at);
    match because {
        Idle::Waits => waiting(set, verdict),
        Idle::NotInForce => format!("it is not in force ({at})"),
        Idle::NotWanted => format!("its `only when` does not hold ({at})"),
    }
}

/// What a set waits for, and what there is instead.
fn waiting(set: &RuleSet, verdict: &Verdict) -> String {
    let names: Vec<String> = match &set.trigger {
        Trigger::Events(names) => names.iter().map(|name| format!("`{name}`")).collect(),
        Trigger::AnyEvent | Trigger::Always => vec!["an event".to_owned()],
    };
    let found = verdict.event.as_ref().map_or("nothing has happened".to_owned(), |event| format!("this is `{event}`"));
    format!("it waits for {}, and {found}", names.join(" or "))
}

/// Why something was lost, in words.
pub(super) fn because(run: &Run<'_>, because: &Because) -> String {
    match because {
        Because::Earlier(rule) => format!("`{}` came first", run.rule_name(*rule)),
        Because::Rejected(rule) => format!("`{}` rejected the record", run.rule_name(*rule)),
        Because::TargetMissing(written) => format!("`{written}` is missing"),
        Because::UnknownTarget(name) => format!("`{name}` is not an address and names no team, queue or user"),
        Because::NoRecord(reference) => format!("`{reference}` is missing"),
        Because::Never(guard) => match run.decision.guards.get(*guard as usize) {
            Some(guard) => format!("`{}` ({})", guard.written, guard.at),
            None => "it is never done".to_owned(),
        },
        Because::NobodyAssigned => "nobody is assigned".to_owned(),
        Because::TimeMissing => "a value that the deadline is reckoned with is missing".to_owned(),
        Because::NoDeadline => "there is no deadline that could pass".to_owned(),
        Because::EverybodyAway(team) => format!("everybody in `{team}` is away"),
        Because::NoMembers(name) => format!("`{name}` has no members"),
    }
}
