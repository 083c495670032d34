//! JSON as it is written: keys in their order, numbers digit by digit.

use serde_json::value::RawValue;

use crate::fault::Wrong;
use crate::infer::Entries;
use crate::read::json::{check_nesting, wrong_json};
use serde::de::Deserializer as _;

/// A piece of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Truth(bool),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    /// Keys and values in written order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole text. Brackets may be nested as deep as in a record.
    pub(crate) fn parse(text: &str) -> Result<Self, Wrong> {
        check_nesting(text)?;
        parse(text.trim_ascii()).map_err(|error| wrong_json(&error))
    }

    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The value under a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The members, if it is a list.
    pub(crate) fn members(&self) -> &[Self] {
        match self {
            Self::List(members) => members,
            _ => &[],
        }
    }

    /// The keys and values, if it is an object.
    pub(crate) fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Object(entries) => entries,
            _ => &[],
        }
    }

    /// On one line.
    pub(crate) fn compact(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Truth(truth) => truth.to_string(),
            Self::Number(number) => number.clone(),
            Self::Text(text) => quoted(text),
            Self::List(members) => {
                let members: Vec<String> = members.iter().map(Self::compact).collect();
                format!("[{}]", members.join(", "))
            }
            Self::Object(entries) => {
                let entry = |(key, value): &(String, Self)| format!("{}: {}", quoted(key), value.compact());
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// On as many lines as it takes: what fits stays on one.
    pub(crate) fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out.push('\n');
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        let compact = self.compact();
        let holds_more = self.entries().iter().any(|(_, value)| matches!(value, Self::Object(_)));
        if compact.len() <= WIDTH && depth > 1 && !holds_more {
            return out.push_str(&compact);
        }
        match self {
            Self::List(members) if !members.is_empty() => {
                let members = members.iter().map(|member| (String::new(), member));
                write_lines(out, depth, ('[', ']'), members);
            }
            Self::Object(entries) if !entries.is_empty() => {
                let entries = entries.iter().map(|(key, value)| (format!("{}: ", quoted(key)), value));
                write_lines(out, depth, ('{', '}'), entries);
            }
            _ => out.push_str(&compact),
        }
    }
}

/// How long a line may become before it is broken.
const WIDTH: usize = 90;

fn write_lines<'j>(
    out: &mut String,
    depth: usize,
    (open, close): (char, char),
    parts: impl Iterator<Item = (String, &'j Json)>,
) {
    out.push(open);
    for (place, (before, part)) in parts.enumerate() {
        out.push_str(if place == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        out.push_str(&before);
        part.write(out, depth + 1);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// Reads a piece without blanks around it. It recurses as deep as the text is nested, which has been bounded.
fn parse(text: &str) -> serde_json::Result<Json> {
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let mut json = serde_json::Deserializer::from_str(text);
            let entries = json.deserialize_map(Entries)?;
            json.end()?;
            let parsed = entries.into_iter().map(|(key, value)| Ok((key, parse(value.get())?)));
            Json::Object(parsed.collect::<serde_json::Result<_>>()?)
        }
        Some(b'[') => {
            let members: Vec<&RawValue> = serde_json::from_str(text)?;
            Json::List(members.iter().map(|member| parse(member.get())).collect::<serde_json::Result<_>>()?)
        }
        Some(b'"') => Json::Text(serde_json::from_str(text)?),
        Some(b't' | b'f') => Json::Truth(serde_json::from_str(text)?),
        Some(b'n') => serde_json::from_str::<()>(text).map(|()| Json::Null)?,
        _ => Json::Number(serde_json::from_str::<&RawValue>(text)?.get().to_owned()),
    })
}
