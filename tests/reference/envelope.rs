//! What an envelope says of the record in it.

use serde_json::Value as Json;
use values::Instant;

use super::Situation;

/// The record in an envelope, and what is known beside it; `now` where the envelope tells no time. Nothing if there is no record.
pub fn opened(envelope: &Json, now: Instant) -> Option<(Json, Situation)> {
    let there = |object: &Json, key: &str| object.get(key).filter(|json| !json.is_null()).cloned();
    let text = |key: &str| envelope.get(key).and_then(Json::as_str);
    let (event, inner) = match envelope.get("data") {
        Some(data) => (text("type").and_then(|name| name.rsplit('.').next()), data),
        None => (text("event"), envelope),
    };
    let before = there(inner, "before");
    let bare = Some(inner.clone()).filter(|_| inner.get("before").is_none());
    let record = there(inner, "after").or_else(|| before.clone()).or(bare)?;
    let actor = there(inner, "actor").or_else(|| there(envelope, "actor"));
    let now = text("time").and_then(|time| time.parse().ok()).unwrap_or(now);
    Some((record, Situation { event: event.map(str::to_owned), before, actor, ..Situation::at(now) }))
}
