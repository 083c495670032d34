//! JSON as text, so that its numbers stay as they were written, and the same data as cells of a table.

use crate::source::Source;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    /// A number, `true`, `false`, or anything else as it stands.
    Plain(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// As it is written, on one line.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Plain(text) => text.clone(),
            Self::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
            Self::List(members) => {
                let members: Vec<String> = members.iter().map(Self::written).collect();
                format!("[{}]", members.join(","))
            }
            Self::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, value)| format!("{}:{}", serde_json::Value::from(key.as_str()), value.written()));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }
        }
    }

    /// The same with its keys in another order, at every depth.
    pub(crate) fn reordered(&self, source: &mut Source) -> Self {
        match self {
            Self::Object(members) => {
                let order = source.shuffled(members.len()).into_iter().map(|place| &members[place]);
                Self::Object(order.map(|(key, value)| (key.clone(), value.reordered(source))).collect())
            }
            Self::List(members) => Self::List(members.iter().map(|member| member.reordered(source)).collect()),
            other => other.clone(),
        }
    }

    /// What a record holds under a path of keys.
    pub(crate) fn at(&self, path: &[String]) -> &Self {
        let Some((key, rest)) = path.split_first() else { return self };
        match self {
            Self::Object(members) => {
                members.iter().find(|(name, _)| name == key).map_or(&Self::Null, |(_, value)| value.at(rest))
            }
            _ => &Self::Null,
        }
    }

    /// The same with another value under a path of keys.
    pub(crate) fn with(&self, path: &[String], value: Self) -> Self {
        let Some((key, rest)) = path.split_first() else { return value };
        let mut members = match self {
            Self::Object(members) => members.clone(),
            _ => Vec::new(),
        };
        match members.iter_mut().find(|(name, _)| name == key) {
            Some((_, member)) => *member = member.with(rest, value),
            None => members.push((key.clone(), Self::Null.with(rest, value))),
        }
        Self::Object(members)
    }

    /// As plain words: of a list, its members with `;` between them.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Null | Self::Object(_) => String::new(),
            Self::Plain(text) | Self::Text(text) => text.clone(),
            Self::List(members) => members.iter().map(Self::words).collect::<Vec<_>>().join(";"),
        }
    }

    /// As the cell of a table.
    pub(crate) fn cell(&self) -> String {
        let text = self.words();
        if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    }
}
