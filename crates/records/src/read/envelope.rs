//! Events: records in an envelope that tells what happened to them, or in a CloudEvent.
//!
//! ```text
//! {"event":"updated", "time":…, "actor":{…}, "before":{…}, "after":{…}}
//! {"specversion":"1.0", "type":"com.example.lead.updated", "time":…, "data":{"before":{…}, "after":{…}}}
//! {"specversion":"1.0", "type":"com.example.lead.created", "data":{…the record itself…}}
//! ```
//! The event is the last part of its name: `com.example.lead.updated` is `updated`.

use serde::Deserialize;
use serde_json::value::RawValue;
use values::{Instant, Text, Value, literal};
use vm::instruction::Instruction;
use vm::program::{Decision, Field};

use super::convert::Convert;
use super::filling::Filling;
use super::json;
use super::shape::Shape;
use crate::fault::{RecordFault, Wrong};

/// How envelopes are read.
#[derive(Clone, Debug)]
pub struct Envelopes {
    /// The fields of who acts that the program asks for.
    pub actor: Vec<Field>,
    /// Whether the program looks at records before their event.
    pub before: bool,
    /// Whether the time of an event is *now*.
    pub time: bool,
}

impl Envelopes {
    /// What a decision asks of envelopes; `time` tells whether that of an event is *now*.
    pub fn of(decision: &Decision, time: bool) -> Self {
        let looks_back = |it: &Instruction| matches!(it, Instruction::EnterBefore(_) | Instruction::HasBefore);
        Self { actor: decision.actor.clone(), before: decision.code.iter().any(looks_back), time }
    }
}

/// The keys that count in an envelope and in a CloudEvent.
#[derive(Deserialize)]
struct Keys<'t> {
    #[serde(borrow, default)]
    event: Option<&'t RawValue>,
    #[serde(borrow, default)]
    before: Option<&'t RawValue>,
    #[serde(borrow, default)]
    after: Option<&'t RawValue>,
    #[serde(borrow, default)]
    actor: Option<&'t RawValue>,
    #[serde(borrow, default)]
    time: Option<&'t RawValue>,
    #[serde(borrow, default)]
    specversion: Option<&'t RawValue>,
    #[serde(borrow, default, rename = "type")]
    kind: Option<&'t RawValue>,
    #[serde(borrow, default)]
    data: Option<&'t RawValue>,
}

/// What an envelope holds.
struct Opened<'t> {
    event: Text,
    before: Option<&'t str>,
    after: Option<&'t str>,
    actor: Option<&'t str>,
    time: Option<Instant>,
}

/// Reads events.
#[derive(Clone)]
pub(super) struct EventReader {
    envelopes: Envelopes,
    actor: Shape,
}

/// A record with the key by which it is known, as far as that could be read.
pub(super) type Keyed<T> = (Option<Text>, Result<T, Wrong>);

impl EventReader {
    pub(super) fn new(envelopes: Envelopes) -> Self {
        Self { actor: Shape::of(&envelopes.actor, &[]), envelopes }
    }

    /// The record in an envelope.
    pub(super) fn read(
        &mut self,
        text: &str,
        shape: &mut Shape,
        convert: &Convert,
        fields: &[Field],
    ) -> Keyed<vm::Record> {
        let opened = match json::check_object(text).and_then(|()| open(text, convert)) {
            Ok(opened) => opened,
            Err(wrong) => return (None, Err(wrong)),
        };
        let (part, record) = match (opened.after, opened.before) {
            (Some(after), _) => ("after", after),
            (None, before) => ("before", before.unwrap_or("null")),
        };
        let (key, values) = values_of(record, shape, convert, fields);
        let record = values.map_err(|wrong| inside(part, wrong)).and_then(|values| {
            let before = self.before(&opened, &values, shape, convert, fields)?;
            let actor = self.who_acts(opened.actor, convert)?;
            let now = opened.time.filter(|_| self.envelopes.time);
            Ok(vm::Record { values, before, actor, event: Some(opened.event.clone()), now })
        });
        (key, record)
    }

    /// The values before the event, where the program looks at them.
    fn before(
        &self,
        opened: &Opened<'_>,
        values: &[Value],
        shape: &mut Shape,
        convert: &Convert,
        fields: &[Field],
    ) -> Result<Option<Vec<Value>>, Wrong> {
        match (opened.before, opened.after) {
            _ if !self.envelopes.before => Ok(None),
            (Some(_), None) => Ok(Some(values.to_vec())),
            (Some(before), Some(_)) => {
                values_of(before, shape, convert, fields).1.map(Some).map_err(|wrong| inside("before", wrong))
            }
            (None, _) if &*opened.event == "updated" => {
                Err(envelope("an `updated` record needs `before`, as the rules ask what has changed"))
            }
            (None, _) => Ok(None),
        }
    }

    fn who_acts(&mut self, actor: Option<&str>, convert: &Convert) -> Result<Vec<Value>, Wrong> {
        match actor {
            None => Ok(Vec::new()),
            Some(actor) => values_of(actor, &mut self.actor, convert, &self.envelopes.actor)
                .1
                .map_err(|wrong| inside("actor", wrong)),
        }
    }
}

/// The values of a JSON object.
fn values_of(text: &str, shape: &mut Shape, convert: &Convert, fields: &[Field]) -> Keyed<Vec<Value>> {
    let mut filling = Filling::new(fields);
    let filled = json::fill(text, shape, convert, &mut filling);
    (filling.key(), filled.and_then(|()| filling.finish()))
}

fn open<'t>(text: &'t str, convert: &Convert) -> Result<Opened<'t>, Wrong> {
    let keys: Keys<'t> = serde_json::from_str(text).map_err(|error| wrong_keys(&error))?;
    let opened = if keys.specversion.is_some() { cloud_event(&keys, convert)? } else { plain(&keys, None, convert)? };
    match (&*opened.event, opened.before, opened.after) {
        (_, None, None) => Err(envelope("it holds neither `after` nor `before`")),
        ("created", Some(_), _) => Err(envelope("a `created` record has no `before`")),
        ("updated", _, None) => Err(envelope("it holds no `after`")),
        _ => Ok(opened),
    }
}

fn cloud_event<'t>(keys: &Keys<'t>, convert: &Convert) -> Result<Opened<'t>, Wrong> {
    if keys.specversion.map(RawValue::get) != Some("\"1.0\"") {
        return Err(envelope("its `specversion` is not \"1.0\""));
    }
    let kind = keys.kind.ok_or_else(|| envelope("the CloudEvent has no `type`"))?;
    let Some(data) = keys.data.filter(|data| data.get().starts_with('{')) else {
        return Err(envelope("the `data` of the CloudEvent is no JSON object"));
    };
    let inner: Keys<'t> = serde_json::from_str(data.get()).map_err(|error| wrong_keys(&error))?;
    let time = moment(keys.time, convert)?;
    if inner.after.is_some() || inner.before.is_some() {
        let opened = plain(&inner, Some(kind), convert)?;
        return Ok(Opened {
            time: opened.time.or(time),
            actor: opened.actor.or(keys.actor.map(RawValue::get)),
            ..opened
        });
    }
    let actor = keys.actor.map(RawValue::get);
    Ok(Opened { event: event_name(kind)?, before: None, after: Some(data.get()), actor, time })
}

fn plain<'t>(keys: &Keys<'t>, kind: Option<&RawValue>, convert: &Convert) -> Result<Opened<'t>, Wrong> {
    let named = keys.event.or(kind).ok_or_else(|| envelope("it has no `event`"))?;
    let [before, after, actor] = [keys.before, keys.after, keys.actor].map(|part| part.map(RawValue::get));
    Ok(Opened { event: event_name(named)?, before, after, actor, time: moment(keys.time, convert)? })
}

/// The last part of an event's name.
fn event_name(named: &RawValue) -> Result<Text, Wrong> {
    let name: String = serde_json::from_str(named.get()).map_err(|_| envelope("the name of its event is no text"))?;
    match name.rsplit('.').next().map(str::trim) {
        Some(last) if !last.is_empty() => Ok(Text::from(last)),
        _ => Err(envelope("the name of its event is empty")),
    }
}

fn moment(time: Option<&RawValue>, convert: &Convert) -> Result<Option<Instant>, Wrong> {
    let Some(time) = time else { return Ok(None) };
    let text: Option<String> = serde_json::from_str(time.get()).ok();
    let instant = text.and_then(|text| literal::instant(&text, convert.zone()).ok());
    instant.map(Some).ok_or_else(|| {
        let message = "the envelope's `time` must be a date and time such as `2026-01-31T09:00:00Z`".to_owned();
        Wrong::field(RecordFault::WrongEnvelope, "time", Some(time.get()), message)
    })
}

fn wrong_keys(error: &serde_json::Error) -> Wrong {
    let said = error.to_string();
    match said.split('`').nth(1).filter(|_| said.starts_with("duplicate field")) {
        Some(key) => envelope(&format!("the key `{key}` stands twice")),
        None => json::wrong_json(error),
    }
}

fn envelope(reason: &str) -> Wrong {
    Wrong::because(RecordFault::WrongEnvelope, format!("{}: {reason}", RecordFault::WrongEnvelope.sentence()))
}

/// What is wrong with a part of an envelope.
fn inside(part: &str, wrong: Wrong) -> Wrong {
    let field = Some(wrong.field.map_or_else(|| part.to_owned(), |field| format!("{part}.{field}")));
    Wrong { field, message: format!("in `{part}`: {}", wrong.message), ..wrong }
}
