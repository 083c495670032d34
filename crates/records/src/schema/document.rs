//! A JSON Schema document: pieces of it, found by pointer, and what can be wrong with it.

use std::fmt;

use super::json::Json;

/// Why a JSON Schema cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    /// Where in the document, as a JSON pointer: `#/properties/owner`. Empty where the document as a whole is meant.
    pub pointer: String,
    /// What is wrong: one sentence, lower case, without full stop.
    pub sentence: String,
    /// What to do about it, beginning with a verb.
    pub help: Option<String>,
}

impl SchemaError {
    pub(super) fn new(pointer: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), sentence: sentence.into(), help: None }
    }

    #[must_use]
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.pointer {
            "" => out.write_str(&self.sentence),
            pointer => write!(out, "{} (at `{pointer}`)", self.sentence),
        }
    }
}

/// A piece of the document and where it stands.
#[derive(Clone, Debug)]
pub(super) struct At<'d> {
    pub(super) json: &'d Json,
    /// As a JSON pointer: `#/properties/owner`.
    pub(super) pointer: String,
}

impl<'d> At<'d> {
    /// The whole document.
    pub(super) fn root(json: &'d Json) -> Self {
        Self { json, pointer: "#".to_owned() }
    }

    /// A piece of this piece.
    pub(super) fn below(&self, key: &str, json: &'d Json) -> Self {
        Self { json, pointer: format!("{}/{}", self.pointer, escaped(key)) }
    }

    /// The piece under a key.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        self.json.get(key).map(|json| self.below(key, json))
    }

    /// The pieces of this object.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'d str, Self)> {
        self.json.entries().iter().map(|(key, json)| (key.as_str(), self.below(key, json)))
    }

    /// The members of this list.
    pub(super) fn members(&self) -> impl Iterator<Item = Self> {
        self.json.members().iter().enumerate().map(|(place, json)| self.below(&place.to_string(), json))
    }

    pub(super) fn error(&self, sentence: impl Into<String>) -> SchemaError {
        SchemaError::new(self.pointer.clone(), sentence)
    }
}

/// A key as it stands in a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The pointer to a piece below another, as `$ref` has it: what has no place in an address is written `%20`.
pub(super) fn pointer(above: &str, key: &str) -> String {
    let mut pointer = format!("{above}/");
    for byte in escaped(key).bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => pointer.push(char::from(byte)),
            byte => pointer.push_str(&format!("%{byte:02X}")),
        }
    }
    pointer
}

/// The piece that a `$ref` names.
pub(super) fn referred<'d>(document: &'d Json, reference: &At<'d>) -> Result<At<'d>, SchemaError> {
    let Some(target) = reference.json.as_text() else {
        return Err(reference.error("`$ref` must be a text such as \"#/$defs/address\""));
    };
    let Some(fragment) = target.strip_prefix('#') else {
        return Err(reference
            .error(format!("`{target}` lies outside this file, and other files are not read"))
            .help("bundle the schema into one file, with its parts below `$defs`"));
    };
    let found = match fragment {
        "" => Some(At::root(document)),
        path if path.starts_with('/') => by_path(document, path),
        anchor => by_anchor(At::root(document), anchor),
    };
    found.ok_or_else(|| reference.error(format!("there is no `{target}` in this schema")))
}

fn by_path<'d>(document: &'d Json, path: &str) -> Option<At<'d>> {
    path.split('/').skip(1).try_fold(At::root(document), |at, step| {
        let key = percent_decoded(step).replace("~1", "/").replace("~0", "~");
        let member = || at.json.members().get(key.parse::<usize>().ok()?).map(|json| at.below(&key, json));
        at.get(&key).or_else(member)
    })
}

/// The schema among the definitions that has an anchor: `"$anchor": "address"`, in draft 4 to 7 `"$id": "#address"`.
fn by_anchor<'d>(root: At<'d>, anchor: &str) -> Option<At<'d>> {
    let own = root.get("$anchor").or_else(|| root.get("$id")).or_else(|| root.get("id"));
    if own.and_then(|own| own.json.as_text()).is_some_and(|own| own.trim_start_matches('#') == anchor) {
        return Some(root);
    }
    let definitions = DEFINITIONS.iter().filter_map(|path| by_pointer(&root, path)).collect::<Vec<_>>();
    definitions.iter().flat_map(At::entries).find_map(|(_, schema)| by_anchor(schema, anchor))
}

/// Where definitions stand: in JSON Schema, in older drafts, in descriptions of whole APIs.
const DEFINITIONS: [&[&str]; 3] = [&["$defs"], &["definitions"], &["components", "schemas"]];

fn by_pointer<'d>(root: &At<'d>, path: &[&str]) -> Option<At<'d>> {
    path.iter().try_fold(root.clone(), |at, key| at.get(key))
}

/// The definitions of a document, by name.
pub(super) fn definitions(document: &Json) -> Vec<(&str, At<'_>)> {
    let root = At::root(document);
    DEFINITIONS
        .iter()
        .filter_map(|path| by_pointer(&root, path))
        .flat_map(|at| at.entries().collect::<Vec<_>>())
        .collect()
}

/// `%7B` becomes `{`; what is no such sequence stays.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        match after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(b'%');
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}
